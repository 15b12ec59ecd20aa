//! Clocks that stand still where their playbook says so, and go on with what was left.
//!
//! Where a run stands says which of its clocks run, so they are brought in line with it at the end of each step. One that stands
//! still has no timers. One that has run out already, and whose timer is about to fire, is not saved by stopping.

use jiff::{SignedDuration, Timestamp};

use super::due::before;
use super::machine::Machine;
use crate::clock::{ClockPauses, ClockRun, Pause, Rest};
use crate::definition::{Clock, Playbook, StillFor};
use crate::facts::Facts;
use crate::run::{ClockTrace, Fault, Run};

impl Machine<'_> {
    /// Stops the clocks that stand still where the run is now, and lets the others go on.
    pub(super) fn keep_pauses(&mut self) -> Result<(), Fault> {
        let playbook = self.playbook;
        for clock in &playbook.clocks {
            let holds = clock.still_for(playbook, &self.run).is_some();
            match (clock.stands(&self.run), holds) {
                (false, true) => self.stand_still(clock)?,
                (true, false) => self.go_on(clock)?,
                _ => {}
            }
        }
        Ok(())
    }

    fn stand_still(&mut self, clock: &Clock) -> Result<(), Fault> {
        let Some(end) = clock.end_of(&self.run).filter(|end| end.due > self.now) else { return Ok(()) };
        let started = end.started;
        let left = clock.passed(self.now, end.due, self.facts);
        let warns = clock.warning_of(&self.run).is_some();
        self.run.timers.retain(|timer| !clock.has(timer));
        let pauses = self.run.memory.pauses.entry(clock.name.clone()).or_insert_with(|| ClockPauses::none(started));
        (pauses.since, pauses.warns) = (Some(self.now), warns);
        self.note_pause(clock, true, left);
        Ok(())
    }

    fn go_on(&mut self, clock: &Clock) -> Result<(), Fault> {
        let bad = |error: calendar::SpanError| Fault::new("bad-time", &clock.place, error.to_string());
        let (zone, calendar) = self.facts.counting(clock.calendar.as_ref());
        let Some(pauses) = self.run.memory.pauses.get_mut(&clock.name) else { return Ok(()) };
        pauses.go_on(self.now, clock.span, calendar, zone).map_err(bad)?;
        let pauses = pauses.clone();
        let breach = pauses.end(clock.span, calendar, zone).map_err(bad)?;
        self.run.timers.push(clock.end(pauses.started, breach));
        if let Some(warn) = clock.warn.as_ref().filter(|_| pauses.warns) {
            let due = before(warn.before, breach, clock, self.facts).map_err(bad)?.max(self.now);
            self.run.timers.push(clock.warning(pauses.started, due));
        }
        self.count_clocks_anew();
        self.note_pause(clock, false, clock.passed(self.now, breach, self.facts));
        Ok(())
    }

    fn note_pause(&mut self, clock: &Clock, stands: bool, left: SignedDuration) {
        let place = clock.pause.as_ref().map_or(&clock.place, |pause| &pause.place).clone();
        self.trace.clocks.push(ClockTrace { clock: clock.name.clone(), stands, left: left.as_secs(), place });
    }
}

impl Clock {
    /// Whether it stands still in a run.
    pub(super) fn stands(&self, run: &Run) -> bool {
        run.memory.pauses.get(&self.name).is_some_and(|pauses| pauses.since.is_some())
    }

    /// Why it is to stand still where a run is; `None` where it is to run.
    fn still_for(&self, playbook: &Playbook, run: &Run) -> Option<StillFor> {
        let pause = self.pause.as_ref()?;
        let standing = playbook.standing_now(run)?;
        pause.holds(playbook, playbook.find(&run.state)?, &standing.waiting_on)
    }

    /// How much of what it counts lies between two instants.
    pub(super) fn passed(&self, from: Timestamp, to: Timestamp, facts: &Facts) -> SignedDuration {
        self.span.passed(from, to, facts.counting(self.calendar.as_ref()).1)
    }

    fn rest(&self, length: SignedDuration) -> Rest {
        Rest { length, is_working_time: self.span.is_working_time() }
    }

    /// How it stands still in a run, if it does.
    pub(super) fn still(&self, playbook: &Playbook, run: &Run) -> Option<Pause> {
        let pauses = run.memory.pauses.get(&self.name)?;
        let since = pauses.since?;
        let because = self.still_for(playbook, run).unwrap_or_else(|| StillFor::State(run.state.clone()));
        Some(Pause::Still { because, since })
    }

    /// What is left of it in a run, while it runs or stands still.
    pub(super) fn left(&self, run: &Run, facts: &Facts, now: Timestamp) -> Option<Rest> {
        if let Some(end) = self.end_of(run) {
            return Some(self.rest(self.passed(now, end.due, facts)));
        }
        let pauses = run.memory.pauses.get(&self.name)?;
        let (zone, calendar) = facts.counting(self.calendar.as_ref());
        let end = pauses.end(self.span, calendar, zone).ok()?;
        Some(self.rest(self.passed(pauses.since?, end, facts)))
    }

    /// For how long it stood still until `until`, since it was last started.
    pub(super) fn stood_still(&self, ran: &ClockRun, run: &Run, facts: &Facts) -> Option<Rest> {
        let pauses = run.memory.pauses.get(&self.name).filter(|pauses| pauses.started == ran.started)?;
        let passed = |(from, to): &(Timestamp, Timestamp)| self.passed(*from, *to, facts);
        let length =
            pauses.over.iter().map(passed).fold(SignedDuration::ZERO, |sum, length| sum.saturating_add(length));
        (!length.is_zero()).then(|| self.rest(length))
    }
}
