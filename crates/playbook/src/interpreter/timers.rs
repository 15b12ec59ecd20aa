//! Setting a state's timers when it is entered, and what a timer that fires leads to.

use jiff::Timestamp;

use super::due::{due, instant};
use super::machine::Machine;
use super::select::Selected;
use crate::definition::{After, Every, Playbook, State, TimerRule};
use crate::facts::Facts;
use crate::run::{Fault, Timer};

impl Playbook {
    /// Whether a timer fires at its hour whatever mail is missing: a schedule, whose hour is that of the world, or a clock,
    /// which measures a promise of ours. The others of a state that waits on somebody outside measure their silence.
    #[must_use]
    pub fn is_punctual(&self, timer: &Timer) -> bool {
        let state = self.find(&timer.state).and_then(|id| self.states.get(id));
        !state.is_some_and(|state| matches!(state.timer(timer.position), Some(TimerRule::After(_) | TimerRule::At(_))))
    }
}

impl After {
    /// When it fires in a state that was entered at `from`.
    pub(super) fn counted(&self, from: Timestamp, facts: &Facts) -> Result<Timestamp, Fault> {
        due(self.span, from, facts).map_err(|error| Fault::new("bad-time", &self.place, error.to_string()))
    }
}

impl Every {
    /// The first of its times after `from`.
    pub(super) fn next_after(&self, from: Timestamp, facts: &Facts) -> Result<Timestamp, Fault> {
        let next = self.at.next_after(from, &facts.desk_zone);
        next.ok_or_else(|| Fault::new("bad-time", &self.place, "the next time lies beyond the calendar's last year"))
    }
}

impl<'p> Machine<'p> {
    /// Sets the timers of a state that is being entered.
    pub(super) fn set_timers(&mut self, state: &'p State) -> Result<(), Fault> {
        for (position, rule) in (0..).zip(state.timers()) {
            if let Some(due) = self.first_due(rule)? {
                self.run.timers.push(Timer { state: state.path.clone(), position, started: self.now, due });
            }
        }
        Ok(())
    }

    /// When a timer of a state entered now fires; `None` when it never does.
    pub(super) fn first_due(&self, rule: TimerRule<'_>) -> Result<Option<Timestamp>, Fault> {
        match rule {
            TimerRule::After(after) => after.counted(self.now, self.facts).map(Some),
            TimerRule::At(at) => {
                let value = self.evaluate(&at.time)?;
                if value.is_null() {
                    return Ok(None);
                }
                let instant = instant(&value, self.facts).ok_or_else(|| {
                    let message = format!("`{}` gives {value}, which is no instant", at.time.source());
                    Fault::new("bad-time", at.time.place(), message)
                        .with_help("an RFC 3339 text (`2026-12-25T09:00:00+01:00`), a day (`2026-12-25`), or null")
                })?;
                Ok(Some(instant.max(self.now)))
            }
            TimerRule::Every(every) if self.is_late(every) => Ok(Some(self.now)),
            TimerRule::Every(every) => every.next_after(self.now, self.facts).map(Some),
        }
    }

    /// Whether a state that is entered now is still taken along by the last time of the schedule. Not when a schedule
    /// is what leads there, or a state that a schedule leads back to would be left and entered until the hour is over.
    fn is_late(&self, every: &Every) -> bool {
        let Some(until) = every.late_until.as_ref().filter(|_| !self.by_schedule) else { return false };
        let zone = &self.facts.desk_zone;
        let last = every.at.last_until(self.now, zone);
        last.and_then(|last| until.next_after(last, zone)).is_some_and(|until| self.now < until)
    }

    /// What a timer that fires leads to. It is used up here; one of a schedule is set again for its next time.
    pub(super) fn select_timer(&mut self, state: &str, position: u32) -> Result<Selected<'p>, Fault> {
        let timer = self.run.timers.iter().position(|timer| timer.state == state && timer.position == position);
        let Some(timer) = timer else { return Ok(Selected::Nothing("the timer is no longer set")) };
        if self.run.timers.get(timer).is_some_and(|timer| timer.due > self.now) {
            return Ok(Selected::Nothing("the timer is not due yet"));
        }
        self.run.timers.remove(timer);
        if let Some(selected) = self.select_clock(state, position)? {
            return Ok(selected);
        }
        let playbook = self.playbook;
        let rule = playbook.find(state).and_then(|id| playbook.states.get(id)).and_then(|state| state.timer(position));
        let Some(rule) = rule else { return Ok(Selected::Done) };
        if let TimerRule::Every(every) = rule {
            let due = every.next_after(self.now, self.facts)?;
            self.run.timers.push(Timer { state: state.to_owned(), position, started: self.now, due });
            self.by_schedule = true;
        }
        self.trace.place = Some(rule.place().clone());
        Ok(self.first(rule.transitions())?.map_or(Selected::Done, Selected::Transition))
    }
}
