//! Clocks: timers of the run as a whole, which events start and stop and which survive every change of state.
//!
//! A clock's timers have the state `@NAME`, which no state can be called, and the position of what they do.

use jiff::Timestamp;

use super::due::{before, runs_out};
use super::machine::Machine;
use super::select::Selected;
use crate::clock::{ClockPauses, ClockRun};
use crate::definition::{Clock, OPENED, Playbook};
use crate::facts::Facts;
use crate::run::{Event, Fault, Run, Timer};

/// The position of the timer that a clock runs out by.
const BREACH: u32 = 0;

/// The position of the timer that warns before.
const WARN: u32 = 1;

/// What the state of a clock's timer begins with.
const MARK: char = '@';

impl<'p> Machine<'p> {
    /// Stops and starts the clocks that an event concerns; whether any did.
    pub(super) fn hear_clocks(&mut self, event: &str) -> Result<bool, Fault> {
        let playbook = self.playbook;
        let mut changed = false;
        for clock in &playbook.clocks {
            let names = |events: &[String]| events.iter().any(|name| name == event);
            let running = self.run.timers.iter().any(|timer| is_of(timer, clock)) || clock.stands(&self.run);
            let stops = running && names(&clock.stop);
            if stops {
                self.stop_clock(clock);
            }
            // One that has run out is no longer running, and still waits for what it was about.
            let met = names(&clock.stop) && self.note_stop(clock);
            // An event that stops a clock which is not running has nothing to repeat.
            let starts = names(&clock.start) && (stops || !running) || stops && clock.repeats;
            if starts {
                self.start_clock(clock)?;
            }
            changed |= stops || starts || met;
        }
        Ok(changed)
    }

    /// Starts the clocks that begin with the ticket.
    pub(super) fn start_clocks(&mut self) -> Result<(), Fault> {
        self.hear_clocks(OPENED).map(drop)
    }

    /// Stops every clock: the run is over.
    pub(super) fn stop_clocks(&mut self) {
        self.run.timers.retain(|timer| !timer.state.starts_with(MARK));
        let now = self.now;
        self.run.memory.pauses.values_mut().for_each(|pauses| pauses.close(now));
        for ran in self.run.memory.clocks.values_mut().filter(|ran| ran.is_open()) {
            (ran.ended, ran.unanswered) = (Some(self.now), true);
        }
    }

    /// Notes that a clock was stopped; whether it was open.
    fn note_stop(&mut self, clock: &Clock) -> bool {
        let open = self.run.memory.clocks.get_mut(&clock.name).filter(|ran| ran.is_open());
        let is_open = open.is_some();
        if let Some(ran) = open {
            ran.ended = Some(self.now);
        }
        is_open
    }

    /// Notes when a clock that was started runs out. One that ran out and was not stopped since is still the one that did.
    fn note_start(&mut self, clock: &Clock, due: Timestamp) {
        let is_broken = |ran: &ClockRun| ran.is_open() && ran.breached.is_some();
        if !self.run.memory.clocks.get(&clock.name).is_some_and(is_broken) {
            self.run.memory.clocks.insert(clock.name.clone(), ClockRun::begun(self.now, due));
        }
    }

    fn start_clock(&mut self, clock: &Clock) -> Result<(), Fault> {
        let bad = |error: calendar::SpanError| Fault::new("bad-time", &clock.place, error.to_string());
        self.run.memory.pauses.remove(&clock.name);
        let fresh = ClockPauses::none(self.now);
        for position in [BREACH, WARN] {
            if let Some(due) = clock.counted(position, &fresh, self.facts).map_err(bad)? {
                self.set_clock(clock, position, due);
                if position == BREACH {
                    self.note_start(clock, due);
                }
            }
        }
        Ok(())
    }

    /// Brings what is remembered of the clocks in line with the timers by which they run out. What has run out once stays so.
    pub(super) fn count_clocks_anew(&mut self) {
        for clock in &self.playbook.clocks {
            let due = clock.end_of(&self.run).map(|end| end.due);
            let ran = self.run.memory.clocks.get_mut(&clock.name).filter(|ran| ran.breached.is_none());
            if let (Some(due), Some(ran)) = (due, ran) {
                ran.due = due;
            }
        }
    }

    fn set_clock(&mut self, clock: &Clock, position: u32, due: Timestamp) {
        let state = format!("{MARK}{}", clock.name);
        self.run.timers.push(Timer { state, position, started: self.now, due });
    }

    fn stop_clock(&mut self, clock: &Clock) {
        self.run.timers.retain(|timer| !is_of(timer, clock));
        let now = self.now;
        self.run.memory.pauses.get_mut(&clock.name).into_iter().for_each(|pauses| pauses.close(now));
    }

    /// What the timer of a clock leads to, when it is one; it was taken from the run before.
    pub(super) fn select_clock(&mut self, state: &str, position: u32) -> Result<Option<Selected<'p>>, Fault> {
        let playbook = self.playbook;
        let Some(name) = state.strip_prefix(MARK) else { return Ok(None) };
        let Some(clock) = playbook.clocks.iter().find(|clock| clock.name == name) else {
            return Ok(Some(Selected::Done));
        };
        self.trace.place = Some(clock.place.clone());
        let ran = self.run.memory.clocks.get(name).cloned();
        if position == BREACH {
            self.stop_clock(clock);
            self.run.memory.clocks.remove(name);
            if clock.repeats {
                self.start_clock(clock)?;
            }
        }
        if !self.judge(clock.while_.as_ref())? {
            // What ran out before, and counted, is not made good by not counting now.
            if let Some(broken) = ran.filter(|ran| ran.breached.is_some()) {
                self.run.memory.clocks.insert(name.to_owned(), broken);
            }
            return Ok(Some(Selected::Done));
        }
        // It was started before runs remembered their clocks.
        let mut ran = ran.unwrap_or_else(|| ClockRun::begun(self.now, self.now));
        let happened = if position == BREACH { &mut ran.breached } else { &mut ran.warned };
        happened.get_or_insert(self.now);
        self.run.memory.clocks.insert(name.to_owned(), ran);
        let actions = match (position, &clock.warn) {
            (WARN, Some(warn)) => &warn.actions,
            _ => &clock.breach,
        };
        Ok(Some(Selected::Actions(actions)))
    }
}

impl Clock {
    /// When one of its timers fires, with the pauses that it had: the end, or the warning before it, which comes at once
    /// where what is left is shorter. `None` when it does not warn.
    pub(super) fn counted(
        &self,
        position: u32,
        pauses: &ClockPauses,
        facts: &Facts,
    ) -> Result<Option<Timestamp>, calendar::SpanError> {
        let breach = runs_out(self, pauses, facts)?;
        match (position, &self.warn) {
            (BREACH, _) => Ok(Some(breach)),
            (_, None) => Ok(None),
            (_, Some(warn)) => Ok(Some(before(warn.before, breach, self, facts)?.max(pauses.runs_since()))),
        }
    }

    /// The pauses that it had in a run since a timer of it was set.
    pub(super) fn pauses_of(&self, run: &Run, timer: &Timer) -> ClockPauses {
        run.memory.pauses.get(&self.name).cloned().unwrap_or_else(|| ClockPauses::none(timer.started))
    }

    /// Whether a timer is one of its.
    pub(super) fn has(&self, timer: &Timer) -> bool {
        is_of(timer, self)
    }

    /// The timer by which it runs out.
    pub(super) fn end(&self, started: Timestamp, due: Timestamp) -> Timer {
        Timer { state: format!("{MARK}{}", self.name), position: BREACH, started, due }
    }

    /// The timer of a run by which this clock runs out, while it is running.
    pub(super) fn end_of<'r>(&self, run: &'r Run) -> Option<&'r Timer> {
        run.timers.iter().find(|timer| is_of(timer, self) && timer.position == BREACH)
    }

    /// The timer of a run by which this clock warns, while that is still to come.
    pub(super) fn warning_of<'r>(&self, run: &'r Run) -> Option<&'r Timer> {
        run.timers.iter().find(|timer| is_of(timer, self) && timer.position == WARN)
    }

    /// A timer by which this clock warns.
    pub(super) fn warning(&self, started: Timestamp, due: Timestamp) -> Timer {
        Timer { state: format!("{MARK}{}", self.name), position: WARN, started, due }
    }
}

impl Playbook {
    /// The clock that a timer belongs to, if it is one's.
    pub(super) fn clock_of(&self, timer: &Timer) -> Option<&Clock> {
        self.clocks.iter().find(|clock| is_of(timer, clock))
    }
}

impl Event {
    /// What a trace calls the firing of a timer: `clock.NAME` or `clock.NAME.warn`, otherwise `after`.
    pub(crate) fn name_of_firing(timer: &Timer) -> String {
        match (timer.state.strip_prefix(MARK), timer.position) {
            (Some(name), WARN) => format!("clock.{name}.warn"),
            (Some(name), _) => format!("clock.{name}"),
            (None, _) => "after".to_owned(),
        }
    }
}

fn is_of(timer: &Timer, clock: &Clock) -> bool {
    timer.state.strip_prefix(MARK) == Some(&clock.name)
}
