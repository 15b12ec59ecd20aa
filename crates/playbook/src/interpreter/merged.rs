//! A ticket that was merged into the one of this run still owed its client something: from then on this run owes it, by the earlier
//! time, until the two are taken apart.

use jiff::Timestamp;

use super::machine::Machine;
use crate::clock::{ClockPauses, ClockRun};
use crate::definition::{Clock, Playbook};
use crate::facts::Facts;
use crate::memory::{Stood, TakenIn};
use crate::run::{Event, Fault, Run, Step};

/// What a run took over, and of whom.
#[derive(Clone, Copy, Debug)]
pub struct Taking<'a> {
    /// The name that this run knows the other ticket by.
    pub ticket: &'a str,
    /// The other ticket's run, as it stood before it was merged.
    pub theirs: &'a Run,
    /// This run, as it stood before it heard what the other ticket's client had said.
    pub before: &'a Run,
    /// The event that the history tells it by.
    pub event: &'a str,
    /// What is said of it there.
    pub note: &'a str,
}

impl Playbook {
    /// Counts the clocks of a run from when the other ticket's began, where that is the earlier end, and remembers how the run stood.
    ///
    /// A clock that runs there and not here runs here as well; one that has run out there has run out here; one that was met there is
    /// not begun by what was said there.
    ///
    /// # Errors
    /// A [`Fault`] (`bad-time`) when an instant is beyond what can be counted, or the run's state is unknown.
    pub fn take_in(&self, run: &Run, taking: &Taking<'_>, facts: &Facts, now: Timestamp) -> Result<Step, Fault> {
        let mut machine = Machine::new(self, run, facts, Some(&Event::new(taking.event)), now);
        if !run.is_over() {
            for clock in &self.clocks {
                machine.take_clock(clock, taking)?;
            }
        }
        let taken = TakenIn { stood: Stood::of(taking.before), came: Stood::of(&machine.run) };
        machine.run.memory.taken_in.insert(taking.ticket.to_owned(), taken);
        machine.tell(run, taking.note)
    }

    /// Counts every clock that runs since an earlier instant, at which what the run is about was said; `None` where none does.
    ///
    /// # Errors
    /// As [`take_in`](Self::take_in).
    pub fn count_since(
        &self,
        run: &Run,
        since: Timestamp,
        facts: &Facts,
        (event, note): (&str, &str),
        now: Timestamp,
    ) -> Result<Option<Step>, Fault> {
        let mut machine = Machine::new(self, run, facts, Some(&Event::new(event)), now);
        for clock in self.clocks.iter().filter(|clock| clock.end_of(run).is_some()) {
            machine.take_time(clock, &ClockPauses::none(since))?;
        }
        if machine.run == *run { Ok(None) } else { machine.tell(run, note).map(Some) }
    }

    /// Gives back what a run took over of a ticket that is taken out of its own again; `None` when it took nothing. Where nothing has
    /// happened since, and `heard` is false, the run stands where it stood; otherwise its clocks alone run as they ran.
    ///
    /// # Errors
    /// As [`take_in`](Self::take_in).
    pub fn give_back(
        &self,
        run: &Run,
        (ticket, heard): (&str, bool),
        facts: &Facts,
        (event, note): (&str, &str),
        now: Timestamp,
    ) -> Result<Option<Step>, Fault> {
        let mut machine = Machine::new(self, run, facts, Some(&Event::new(event)), now);
        let Some(TakenIn { stood, came }) = machine.run.memory.taken_in.remove(ticket) else { return Ok(None) };
        if !heard && Stood::of(&machine.run) == came && self.find(&stood.state).is_some() {
            machine.run.state = stood.state;
            machine.run.timers = stood.timers;
            machine.run.ended = stood.ended;
            let memory = &mut machine.run.memory;
            (memory.turn, memory.clocks, memory.pauses) = (stood.turn, stood.clocks, stood.pauses);
        } else {
            for clock in &self.clocks {
                machine.give_clock_back(clock, &stood, &came);
            }
        }
        machine.refresh_waiting_on();
        machine.tell(run, note).map(Some)
    }
}

impl Machine<'_> {
    fn tell(mut self, before: &Run, note: &str) -> Result<Step, Fault> {
        let active = self.active()?;
        self.trace.from = Some(before.state.clone());
        self.trace.place = self.playbook.states.get(active).map(|state| state.place.clone());
        self.trace.note = Some(note.to_owned());
        self.finish(true)
    }

    fn take_clock(&mut self, clock: &Clock, taking: &Taking<'_>) -> Result<(), Fault> {
        let Some(ran) = taking.theirs.memory.clocks.get(&clock.name) else { return Ok(()) };
        let is_new = clock.end_of(&self.run).is_some_and(|end| end.started == self.now)
            && clock.end_of(taking.before).is_none()
            && !clock.stands(taking.before);
        if !ran.is_open() {
            if is_new {
                self.run.timers.retain(|timer| !clock.has(timer));
                self.put_clock(clock, taking.before.memory.clocks.get(&clock.name), None);
            }
            return Ok(());
        }
        if ran.breached.is_some() && clock.end_of(taking.theirs).is_none() {
            self.run.memory.clocks.insert(clock.name.clone(), ran.clone());
            return Ok(());
        }
        match clock.end_of(taking.theirs) {
            Some(end) if !clock.stands(&self.run) => self.take_time(clock, &clock.pauses_of(taking.theirs, end)),
            _ => Ok(()),
        }
    }

    /// Has a clock run since another run's began, where it runs out earlier so, or does not run.
    fn take_time(&mut self, clock: &Clock, pauses: &ClockPauses) -> Result<(), Fault> {
        let bad = |error: calendar::SpanError| Fault::new("bad-time", &clock.place, error.to_string());
        let Some(due) = clock.counted(0, pauses, self.facts).map_err(bad)? else { return Ok(()) };
        if clock.end_of(&self.run).is_some_and(|end| (end.due, end.started) <= (due, pauses.started)) {
            return Ok(());
        }
        self.run.timers.retain(|timer| !clock.has(timer));
        self.run.timers.push(clock.end(pauses.started, due));
        if let Some(warning) = clock.counted(1, pauses, self.facts).map_err(bad)? {
            self.run.timers.push(clock.warning(pauses.started, warning));
        }
        let known = self.run.memory.clocks.get(&clock.name);
        let broken = known.filter(|ran| ran.is_open() && ran.breached.is_some()).cloned();
        let ran = broken.unwrap_or_else(|| ClockRun::begun(pauses.started, due));
        self.put_clock(clock, Some(&ran), Some(pauses));
        Ok(())
    }

    /// A clock that ran before the other ticket came, and that nothing has stopped or started since, runs as it ran then.
    fn give_clock_back(&mut self, clock: &Clock, stood: &Stood, came: &Stood) {
        let (now, then) = (self.run.memory.clocks.get(&clock.name), came.clocks.get(&clock.name));
        let Some(before) = stood.clocks.get(&clock.name).filter(|ran| ran.is_open()) else { return };
        if now.is_none() || now != then {
            return;
        }
        self.run.timers.retain(|timer| !clock.has(timer));
        self.run.timers.extend(stood.timers.iter().filter(|timer| clock.has(timer)).cloned());
        self.put_clock(clock, Some(before), stood.pauses.get(&clock.name));
    }

    fn put_clock(&mut self, clock: &Clock, ran: Option<&ClockRun>, pauses: Option<&ClockPauses>) {
        let memory = &mut self.run.memory;
        memory.clocks.remove(&clock.name);
        memory.pauses.remove(&clock.name);
        memory.clocks.extend(ran.map(|ran| (clock.name.clone(), ran.clone())));
        memory.pauses.extend(pauses.map(|pauses| (clock.name.clone(), pauses.clone())));
    }
}
