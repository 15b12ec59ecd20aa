//! Setting timers anew when what they are counted in has changed: a calendar, a zone, the organization's hours.
//!
//! The run knows when each timer was set, the playbook how long it is; so a timer is put where it would be had it been
//! set, at its start, under what holds now. One that has fired is no longer set, and so stays fired.

use jiff::Timestamp;

use super::machine::Machine;
use crate::definition::{Playbook, TimerRule};
use crate::facts::Facts;
use crate::run::{Event, Fault, Run, Step, Timer};

/// The event that a history tells it by. No playbook can wait for it.
pub const RECOUNTED: &str = "calendar.changed";

impl Playbook {
    /// Counts the timers and clocks of a run anew, each from its start, as `facts` say now; `None` when none of them
    /// moves. What was calculated when its state was entered (`at`) stays, and so does a schedule that fires at once.
    /// `why` is told in the history, with what moved.
    ///
    /// # Errors
    /// A [`Fault`] (`bad-time`) when an instant is beyond what can be counted, or the run's state is unknown.
    pub fn recount(&self, run: &Run, facts: &Facts, why: &str, now: Timestamp) -> Result<Option<Step>, Fault> {
        let mut timers = Vec::with_capacity(run.timers.len());
        let mut moved = Vec::new();
        for timer in &run.timers {
            let due = self.counted(timer, run, facts)?.unwrap_or(timer.due);
            if due != timer.due {
                moved.push(format!("{}: {due} instead of {}", self.timer_name(timer), timer.due));
            }
            timers.push(Timer { due, ..timer.clone() });
        }
        if moved.is_empty() {
            return Ok(None);
        }
        let mut machine = Machine::new(self, run, facts, Some(&Event::new(RECOUNTED)), now);
        machine.run.timers = timers;
        machine.count_clocks_anew();
        machine.trace.from = Some(run.state.clone());
        machine.trace.place = self.states.get(machine.active()?).map(|state| state.place.clone());
        machine.trace.note = Some(format!("{why}. {}", moved.join("; ")));
        machine.finish(true).map(Some)
    }

    /// When a timer fires that is counted from its start; `None` when it is not counted, or nobody declares it any more.
    fn counted(&self, timer: &Timer, run: &Run, facts: &Facts) -> Result<Option<Timestamp>, Fault> {
        if let Some(clock) = self.clock_of(timer) {
            let due = clock.counted(timer.position, &clock.pauses_of(run, timer), facts);
            return due.map_err(|error| Fault::new("bad-time", &clock.place, error.to_string()));
        }
        let state = self.find(&timer.state).and_then(|id| self.states.get(id));
        match state.and_then(|state| state.timer(timer.position)) {
            Some(TimerRule::After(after)) => after.counted(timer.started, facts).map(Some),
            // It fires at once for a ticket that came late to its hour, and that hour is over.
            Some(TimerRule::Every(_)) if timer.due == timer.started => Ok(None),
            Some(TimerRule::Every(every)) => every.next_after(timer.started, facts).map(Some),
            Some(TimerRule::At(_)) | None => Ok(None),
        }
    }

    /// What people call a timer: `after 3 days (waiting)`, `clock answer`.
    fn timer_name(&self, timer: &Timer) -> String {
        if let Some(clock) = self.clock_of(timer) {
            return format!("clock {}", clock.name);
        }
        let state = self.find(&timer.state).and_then(|id| self.states.get(id));
        let rule = state.and_then(|state| state.timer(timer.position));
        rule.map_or_else(|| timer.state.clone(), |rule| format!("{} ({})", rule.name(), timer.state))
    }
}
