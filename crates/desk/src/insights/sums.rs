//! Adding up what is told of a span and the span before it. How long tickets waited follows from when how many began or ceased to: a
//! ticket that begins to wait adds what is left of the span, one that ceases takes as much away.

use std::collections::BTreeMap;

use jiff::Timestamp;
use store::Id;

use super::{Asked, Figures, FirstAnswer, Line, Pair, Span, Volume};
use crate::Result;
use crate::tickets::facts::{Cuts, Kind, Told, Turn};

/// Microseconds in a second.
const SECOND: i64 = 1_000_000;

/// The sums of a span.
pub(super) struct Sums {
    now: Window,
    before: Window,
    parts: Vec<(Span, i64)>,
    volumes: Vec<Tally>,
    /// By what tickets are cut by, of which there are few.
    groups: BTreeMap<Id, (Cuts, Group)>,
}

/// A span in microseconds since the epoch, and until when time has passed in it.
#[derive(Clone, Copy)]
struct Window {
    from: i64,
    to: i64,
    until: i64,
}

/// What happened to some tickets in a window.
#[derive(Clone, Default)]
struct Tally {
    opened: i64,
    closed: i64,
    reopened: i64,
    answers: Vec<i64>,
    us: Waiting,
    them: Waiting,
}

/// How the number of those who wait on a side changed: in all, and weighed with how long each change lasted.
#[derive(Clone, Copy, Default)]
struct Waiting {
    change: i64,
    weighed: i128,
}

/// The tickets that are cut alike.
#[derive(Clone, Default)]
struct Group {
    now: Tally,
    before: Tally,
    /// How many wait on us, and on others, as the span ends.
    standing: (i64, i64),
}

impl Window {
    fn of(span: Span, asked: &Asked, now: Timestamp) -> Result<Self> {
        let (from, to) = span.instants(&asked.zone)?;
        let (from, to) = (from.as_microsecond(), to.as_microsecond());
        Ok(Self { from, to, until: now.as_microsecond().clamp(from, to) })
    }

    fn holds(self, at: i64) -> bool {
        (self.from..self.to).contains(&at)
    }
}

impl Waiting {
    fn take(&mut self, change: i64, lasts: i64) {
        self.change += change;
        self.weighed += i128::from(change) * i128::from(lasts.max(0));
    }

    /// Seconds waited in a window at whose end so many wait.
    fn seconds(self, window: Window, at_end: i64) -> i64 {
        let whole = i128::from(at_end - self.change) * i128::from(window.until - window.from);
        i64::try_from((whole + self.weighed).max(0) / i128::from(SECOND)).unwrap_or(i64::MAX)
    }
}

impl Tally {
    fn take(&mut self, turn: &Turn, at: i64, window: Window) {
        match turn.kind {
            Kind::Opened => self.opened += 1,
            Kind::Closed => self.closed += 1,
            Kind::Reopened => self.reopened += 1,
            Kind::Answered => self.answers.extend(turn.answered_after),
            Kind::Turned | Kind::Left | Kind::Joined => {}
        }
        self.us.take(turn.us, window.until - at);
        self.them.take(turn.them, window.until - at);
    }

    fn add(&mut self, other: &Self) {
        self.opened += other.opened;
        self.closed += other.closed;
        self.reopened += other.reopened;
        self.answers.extend(&other.answers);
        for (own, others) in [(&mut self.us, other.us), (&mut self.them, other.them)] {
            own.change += others.change;
            own.weighed += others.weighed;
        }
    }

    /// The figures, when so many wait on us and on others at the end; and how many did as it began.
    fn figures(&self, window: Window, (us, them): (i64, i64)) -> (Figures, (i64, i64)) {
        let figures = Figures {
            opened: self.opened,
            closed: self.closed,
            reopened: self.reopened,
            open: us + them,
            answered: i64::try_from(self.answers.len()).unwrap_or(i64::MAX),
            first_answer: first_answer(self.answers.clone()),
            waited_us: self.us.seconds(window, us),
            waited_them: self.them.seconds(window, them),
        };
        (figures, (us - self.us.change, them - self.them.change))
    }
}

/// The middle one, or what is halfway between the two; and the least that nine of ten do not exceed.
fn first_answer(mut answers: Vec<i64>) -> Option<FirstAnswer> {
    answers.sort_unstable();
    let count = answers.len();
    let at = |place: usize| answers.get(place).copied();
    let (lower, upper) = (at(count.checked_sub(1)? / 2)?, at(count / 2)?);
    let ninetieth = at((count * 9).div_ceil(10).checked_sub(1)?)?;
    Some(FirstAnswer { median: i64::midpoint(lower, upper) / SECOND, ninetieth: ninetieth / SECOND })
}

impl Group {
    fn take(&mut self, told: &Told, now: Window, before: Window) {
        match told {
            Told::Standing(_, us, them) => {
                self.standing.0 += us;
                self.standing.1 += them;
            }
            Told::Turn(turn) => {
                let at = turn.at.as_microsecond();
                if now.holds(at) {
                    self.now.take(turn, at, now);
                } else if before.holds(at) {
                    self.before.take(turn, at, before);
                }
            }
        }
    }

    fn add(&mut self, other: &Self) {
        self.now.add(&other.now);
        self.before.add(&other.before);
        self.standing = (self.standing.0 + other.standing.0, self.standing.1 + other.standing.1);
    }

    fn pair(&self, now: Window, before: Window) -> Pair {
        let (now, began) = self.now.figures(now, self.standing);
        let (before, _) = self.before.figures(before, began);
        Pair { now, before }
    }
}

impl Sums {
    pub(super) fn begin(asked: &Asked, cuts: BTreeMap<Id, Cuts>, now: Timestamp) -> Result<Self> {
        let mut parts = Vec::new();
        for part in asked.span.parts() {
            parts.push((part, part.instants(&asked.zone)?.0.as_microsecond()));
        }
        Ok(Self {
            now: Window::of(asked.span, asked, now)?,
            before: Window::of(asked.span.before()?, asked, now)?,
            volumes: vec![Tally::default(); parts.len()],
            parts,
            groups: cuts
                .into_iter()
                .filter(|(_, cuts)| is_asked_for(asked, cuts))
                .map(|(id, cuts)| (id, (cuts, Group::default())))
                .collect(),
        })
    }

    /// From when until when it wants to be told.
    pub(super) fn whole(&self) -> (Timestamp, Timestamp) {
        let instant = |micros| Timestamp::from_microsecond(micros).unwrap_or_default();
        (instant(self.before.from), instant(self.now.to))
    }

    pub(super) fn take(&mut self, told: &Told) {
        let (now, before) = (self.now, self.before);
        let cut = match told {
            Told::Turn(turn) => turn.cut,
            Told::Standing(cut, ..) => *cut,
        };
        let Some((_, group)) = self.groups.get_mut(&cut) else { return };
        group.take(told, now, before);
        if let Told::Turn(turn) = told
            && now.holds(turn.at.as_microsecond())
        {
            let at = turn.at.as_microsecond();
            let place = self.parts.partition_point(|(_, from)| *from <= at).saturating_sub(1);
            if let Some(volume) = self.volumes.get_mut(place) {
                volume.take(turn, at, now);
            }
        }
    }

    /// The groups that have the same `key`, each as one.
    fn by<K: Ord>(&self, key: impl Fn(&Cuts) -> K) -> BTreeMap<K, Group> {
        let mut by: BTreeMap<K, Group> = BTreeMap::new();
        for (cuts, group) in self.groups.values() {
            by.entry(key(cuts)).or_default().add(group);
        }
        by
    }

    fn whole_group(&self) -> Group {
        self.by(|_| ()).remove(&()).unwrap_or_default()
    }

    pub(super) fn parts(&self) -> Vec<Volume> {
        let total = self.whole_group();
        let (us, them) = total.now.figures(self.now, total.standing).1;
        let mut open = us + them;
        let volume = |((days, _), tally): (&(Span, i64), &Tally)| {
            open += tally.us.change + tally.them.change;
            let Tally { opened, closed, reopened, .. } = *tally;
            Volume { days: *days, opened, closed, reopened, open }
        };
        self.parts.iter().zip(&self.volumes).map(volume).collect()
    }

    pub(super) fn total(&self) -> Pair {
        self.whole_group().pair(self.now, self.before)
    }

    pub(super) fn by_playbook(&self) -> Vec<Line<String>> {
        self.lines(self.by(|cuts| cuts.playbook.clone()))
    }

    pub(super) fn by_team(&self) -> Vec<Line<Option<String>>> {
        self.lines(self.by(|cuts| cuts.team.clone()))
    }

    pub(super) fn by_organization(&self) -> Vec<Line<Option<Id>>> {
        self.lines(self.by(|cuts| cuts.organization))
    }

    /// Those of which there is anything to tell, the most opened first.
    fn lines<K>(&self, groups: BTreeMap<K, Group>) -> Vec<Line<K>> {
        let line = |(key, group): (K, Group)| Line { key, figures: group.pair(self.now, self.before) };
        let mut lines: Vec<Line<K>> = groups.into_iter().map(line).collect();
        lines.retain(|line| !(line.figures.now.is_nothing() && line.figures.before.is_nothing()));
        lines.sort_by_key(|line| std::cmp::Reverse((line.figures.now.opened, line.figures.now.open)));
        lines
    }
}

fn is_asked_for(asked: &Asked, cuts: &Cuts) -> bool {
    let Asked { playbook, team, organization, .. } = asked;
    playbook.as_ref().is_none_or(|playbook| *playbook == cuts.playbook)
        && team.as_ref().is_none_or(|_| *team == cuts.team)
        && organization.is_none_or(|_| *organization == cuts.organization)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_of_two_lies_between_them_and_nine_of_ten_is_one_that_was_waited() {
        let of = |seconds: &[i64]| first_answer(seconds.iter().map(|second| second * SECOND).collect());
        assert_eq!(of(&[]), None);
        assert_eq!(of(&[60]), Some(FirstAnswer { median: 60, ninetieth: 60 }));
        assert_eq!(of(&[30, 10]), Some(FirstAnswer { median: 20, ninetieth: 30 }));
        assert_eq!(of(&[10, 9, 8, 7, 6, 5, 4, 3, 2, 1]), Some(FirstAnswer { median: 5, ninetieth: 9 }));
        assert_eq!(of(&[11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]), Some(FirstAnswer { median: 6, ninetieth: 10 }));
    }
}
