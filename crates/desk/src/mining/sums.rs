//! Steps added up.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::{SignedDuration, Timestamp};
use playbook::Playbook;
use playbook::drawing::Passage;
use store::Id;

use super::log::Step;
use super::{Mined, Move, State};

/// Where a ticket is since when, and whether that stay counts.
struct Stay {
    state: String,
    since: Timestamp,
    counts: bool,
}

#[derive(Default)]
struct Seen {
    entered: u64,
    again: u64,
    present: u64,
    lengths: Vec<SignedDuration>,
}

/// The sums of steps that are taken in the order in which they happened.
pub(super) struct Sums<'a> {
    playbook: &'a Playbook,
    /// Its states by their paths: which of them each is, and whether others are inside.
    known: BTreeMap<String, (usize, bool)>,
    /// Stays that begin from here on do not count, they only end others.
    to: Timestamp,
    stays: HashMap<Id, Stay>,
    been: HashSet<(Id, String)>,
    seen: BTreeMap<String, Seen>,
    moves: BTreeMap<Passage, u64>,
    tickets: HashSet<Id>,
}

impl<'a> Sums<'a> {
    pub(super) fn new(playbook: &'a Playbook, to: Timestamp) -> Self {
        let outline = playbook.outline();
        let is_frame = |place: usize| outline.get(place + 1).is_some_and(|next| next.depth > outline[place].depth);
        let known = (0..outline.len()).map(|place| (outline[place].path.clone(), (place, is_frame(place)))).collect();
        Self {
            playbook,
            known,
            to,
            stays: HashMap::new(),
            been: HashSet::new(),
            seen: BTreeMap::new(),
            moves: BTreeMap::new(),
            tickets: HashSet::new(),
        }
    }

    pub(super) fn take(&mut self, step: &Step) {
        let counts = step.at < self.to;
        if counts {
            self.tickets.insert(step.ticket);
        }
        for passage in Passage::of_step(self.playbook, step.from.as_deref(), &step.event, &step.entered) {
            if counts {
                *self.moves.entry(passage).or_default() += 1;
            }
        }
        for state in step.entered.iter().filter(|state| self.is_innermost(state)).cloned().collect::<Vec<_>>() {
            self.leave(step.ticket, step.at);
            if counts {
                let seen = self.seen.entry(state.clone()).or_default();
                seen.entered += 1;
                seen.again += u64::from(!self.been.insert((step.ticket, state.clone())));
            }
            self.stays.insert(step.ticket, Stay { state, since: step.at, counts });
        }
    }

    /// A state that the playbook no longer has is taken for one without states inside.
    fn is_innermost(&self, path: &str) -> bool {
        self.known.get(path).is_none_or(|(_, is_frame)| !is_frame)
    }

    fn leave(&mut self, ticket: Id, at: Timestamp) {
        let Some(stay) = self.stays.remove(&ticket).filter(|stay| stay.counts) else { return };
        let length = at.duration_since(stay.since).max(SignedDuration::ZERO);
        self.seen.entry(stay.state).or_default().lengths.push(length);
    }

    pub(super) fn end(mut self, is_partial: bool) -> Mined {
        for stay in self.stays.values().filter(|stay| stay.counts) {
            self.seen.entry(stay.state.clone()).or_default().present += 1;
        }
        let known = &self.known;
        let mut states: Vec<State> =
            self.seen.into_iter().map(|(path, seen)| seen.told(known.contains_key(&path), path)).collect();
        states.sort_by_key(|state| known.get(&state.path).map_or(usize::MAX, |(place, _)| *place));
        let mut moves: Vec<Move> = self.moves.into_iter().map(|(passage, times)| Move { passage, times }).collect();
        moves.sort_by(|one, other| other.times.cmp(&one.times).then_with(|| one.passage.cmp(&other.passage)));
        Mined { tickets: self.tickets.len() as u64, states, moves, is_partial }
    }
}

impl Seen {
    fn told(mut self, is_known: bool, path: String) -> State {
        self.lengths.sort_unstable();
        let stays = self.lengths.len() as u64 + self.present;
        // The shortest stay that so many tenths are no longer than; a stay that goes on is longer than any that ended.
        let within = |tenths: u64| {
            let place = (stays * tenths).div_ceil(10).checked_sub(1)?;
            self.lengths.get(usize::try_from(place).ok()?).copied()
        };
        State {
            path,
            is_known,
            entered: self.entered,
            again: self.again,
            present: self.present,
            median: within(5),
            ninetieth: within(9),
        }
    }
}
