//! How a run's clocks look from outside: how each stands, and why it runs out when it does.

use calendar::{Calendar, Span};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde_json::Value;

use super::machine::Machine;
use crate::clock::{ClockReason, ClockRun, ClockState, ClockView, Pause};
use crate::definition::{Clock, Playbook};
use crate::expression::Reference;
use crate::facts::Facts;
use crate::run::{Run, Timer};

/// How many days off are told of a clock, and how many days they are looked for in.
const DAYS_OFF_MAX: usize = 10;
const DAYS_MAX: usize = 400;

impl Playbook {
    /// The clocks of a run that were ever started: first those that run or have run out, the first due first, then those that
    /// stand still, then the others, the last ended first.
    #[must_use]
    pub fn clock_views(&self, run: &Run, facts: &Facts, now: Timestamp) -> Vec<ClockView> {
        let mut machine = Machine::new(self, run, facts, None, now);
        let clocks = self.clocks.iter().filter_map(|clock| {
            let ran = clock.ran(run)?;
            let why =
                ClockReason { stood_still: clock.stood_still(&ran, run, facts), ..clock.reason(&ran, self, facts) };
            let state = machine.clock_state(clock, &ran);
            let left = clock.left(run, facts, now).filter(|_| ran.breached.is_none());
            Some(ClockView { name: clock.name.clone(), title: clock.title.clone(), state, run: ran, left, why })
        });
        let mut clocks: Vec<ClockView> = clocks.collect();
        clocks.sort_by_key(|clock| match (clock.run.ended, &clock.state) {
            (None, ClockState::Paused(Pause::Still { .. })) => (1, clock.run.due.as_microsecond(), clock.name.clone()),
            (None, _) => (0, clock.run.due.as_microsecond(), clock.name.clone()),
            (Some(ended), _) => (2, -ended.as_microsecond(), clock.name.clone()),
        });
        clocks
    }

    /// Whether a timer is one of a clock.
    #[must_use]
    pub fn is_of_a_clock(&self, timer: &Timer) -> bool {
        self.clock_of(timer).is_some()
    }

    /// What people call a clock of this playbook; `None` when it has none of that name.
    #[must_use]
    pub fn clock_title(&self, name: &str) -> Option<&crate::text::Localized> {
        self.clocks.iter().find(|clock| clock.name == name).map(|clock| &clock.title)
    }

    /// The clocks of a run of which what they are about is still to come and that run, or have run out, by name; not those that stand
    /// still, nor those whose time does not count where the run is. What was started before runs remembered their clocks is known by its
    /// timer.
    pub fn open_clocks<'p>(&'p self, run: &'p Run) -> impl Iterator<Item = (&'p str, ClockRun)> {
        let counts = move |clock: &Clock| !clock.stands(run) && self.counts(clock, run);
        let runs = move |clock: &Clock, ran: &ClockRun| ran.is_open() && (ran.breached.is_some() || counts(clock));
        let open = move |clock: &'p Clock| Some((clock.name.as_str(), clock.ran(run).filter(|ran| runs(clock, ran))?));
        self.clocks.iter().filter_map(open)
    }

    /// Whether a clock of a run is open and its time does not count where the run is.
    #[must_use]
    pub fn has_quiet_clock(&self, run: &Run) -> bool {
        let is_open = |clock: &Clock| clock.ran(run).is_some_and(|ran| ran.is_open() && ran.breached.is_none());
        self.clocks.iter().any(|clock| !self.counts(clock, run) && is_open(clock))
    }

    /// Whether the time of a clock counts, as far as the run alone tells: where it waits, and its fields. What asks for more counts.
    fn counts(&self, clock: &Clock, run: &Run) -> bool {
        let (Some(condition), Some(standing)) = (&clock.while_, self.standing_now(run)) else { return true };
        let mut values = run.fields.clone();
        values.insert("waiting_on".to_owned(), Value::from(standing.waiting_on));
        let known = |reference: &Reference| reference.path.first().is_some_and(|root| values.contains_key(root));
        !condition.references().iter().all(known) || condition.holds(&values).unwrap_or(true)
    }
}

impl Machine<'_> {
    fn clock_state(&mut self, clock: &Clock, ran: &ClockRun) -> ClockState {
        match ran {
            ClockRun { unanswered: true, .. } => ClockState::Ended,
            ClockRun { ended: Some(_), breached: Some(_), .. } => ClockState::Late,
            ClockRun { ended: Some(_), .. } => ClockState::Met,
            ClockRun { breached: Some(_), .. } => ClockState::Breached,
            ClockRun { warned, .. } => match self.pause(clock, ran) {
                Some(pause) => ClockState::Paused(pause),
                None if warned.is_some() => ClockState::Warned,
                None => ClockState::Running,
            },
        }
    }

    /// Why the time of a clock that runs does not pass or count now. What cannot be judged counts.
    fn pause(&mut self, clock: &Clock, ran: &ClockRun) -> Option<Pause> {
        if let Some(still) = clock.still(self.playbook, &self.run) {
            return Some(still);
        }
        if let Some(condition) = &clock.while_
            && !self.judge(Some(condition)).unwrap_or(true)
        {
            return Some(Pause::NotCounted { condition: condition.source().to_owned() });
        }
        let (_, calendar) = self.facts.counting(clock.calendar.as_ref());
        if !clock.span.is_working_time() || calendar.is_open(self.now) || ran.due <= self.now {
            return None;
        }
        calendar.next_opening(self.now).map(|until| Pause::Closed { until })
    }
}

impl Clock {
    /// How it ran since it was last started; `None` when it never was.
    fn ran(&self, run: &Run) -> Option<ClockRun> {
        let known = run.memory.clocks.get(&self.name).cloned();
        known.or_else(|| self.end_of(run).map(|end| ClockRun::begun(end.started, end.due)))
    }

    fn reason(&self, ran: &ClockRun, playbook: &Playbook, facts: &Facts) -> ClockReason {
        let (zone, calendar) = facts.counting(self.calendar.as_ref());
        let works = self.span.is_working_time();
        let counted_from = if works { calendar.next_opening(ran.started) } else { None };
        ClockReason {
            span: self.span,
            calendar: self.calendar.as_ref().or(playbook.calendar()).cloned(),
            counted_by: facts.counted_by(self.calendar.as_ref()).clone(),
            zone: match self.span {
                Span::Seconds(_) | Span::Minutes(_) | Span::Hours(_) => None,
                Span::Days(_) | Span::Weeks(_) => Some(named(zone)),
                _ => Some(named(calendar.zone())),
            },
            counted_from: counted_from.filter(|from| *from > ran.started),
            stood_still: None,
            days_off: if works { days_off(calendar, ran.started, ran.due) } else { Vec::new() },
        }
    }
}

fn named(zone: &TimeZone) -> String {
    zone.iana_name().unwrap_or("UTC").to_owned()
}

/// The days between two instants on which a place would work, were they not off.
fn days_off(calendar: &Calendar, from: Timestamp, to: Timestamp) -> Vec<(Date, Option<String>)> {
    let date = |at: Timestamp| calendar.zone().to_datetime(at).date();
    let last = date(to);
    let days = std::iter::successors(Some(date(from)), |day| day.tomorrow().ok()).take_while(|day| *day <= last);
    let is_off = |day: &Date| calendar.days_off().contains(*day) && !calendar.hours().on(day.weekday()).is_empty();
    let named = |day: Date| (day, calendar.days_off().name(day).map(str::to_owned));
    days.take(DAYS_MAX).filter(is_off).take(DAYS_OFF_MAX).map(named).collect()
}
