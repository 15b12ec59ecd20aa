//! Leaving and entering states.
//!
//! The deepest active state around the target stays; everything active below it is left, innermost first, and the
//! target is entered from there, outermost first, then its initial states. So a state that is its own target is left
//! and entered again, and a parent's timers survive moves among its children.

use super::machine::Machine;
use crate::definition::{StateId, Transition};
use crate::memory::Memory;
use crate::run::Fault;

/// How many `always` transitions one step may take.
const MAX_MICROSTEPS: usize = 100;

impl<'p> Machine<'p> {
    /// Takes a transition: leaves, acts, enters.
    pub(super) fn take(&mut self, transition: &'p Transition) -> Result<(), Fault> {
        if let Some(bound) = &transition.bound {
            *self.run.memory.counters.entry(bound.counter.clone()).or_insert(0) += 1;
        }
        let active = self.active()?;
        let Some(target) = transition.target else {
            self.owner = self.path(self.playbook.declarer(active, transition));
            return self.perform_all(&transition.actions);
        };
        let line: Vec<StateId> = self.playbook.line(active).map(|(id, _)| id).collect();
        let around = self.playbook.line(target).skip(1).map(|(id, _)| id).find(|id| line.contains(id));
        for state in line.into_iter().take_while(|state| Some(*state) != around) {
            self.exit(state)?;
        }
        self.owner = self.path(target);
        self.perform_all(&transition.actions)?;
        self.enter_below(around, target)
    }

    fn path(&self, state: StateId) -> String {
        self.playbook.states.get(state).map(|state| state.path.clone()).unwrap_or_default()
    }

    /// Leaves every state, and the playbook.
    pub(super) fn leave_all(&mut self, transition: Option<&'p Transition>) -> Result<(), Fault> {
        let active = self.active()?;
        let line: Vec<StateId> = self.playbook.line(active).map(|(id, _)| id).collect();
        line.into_iter().try_for_each(|state| self.exit(state))?;
        self.perform_all(transition.map(|transition| transition.actions.as_slice()).unwrap_or_default())?;
        self.run.timers.clear();
        self.run.memory = Memory::default();
        Ok(())
    }

    /// Takes every `always` whose guard holds, innermost state first, until none does.
    pub(super) fn settle(&mut self) -> Result<(), Fault> {
        for _ in 0..MAX_MICROSTEPS {
            let active = self.active()?;
            let Some(transition) = self.first_always(active)? else { return Ok(()) };
            self.take(transition)?;
        }
        let place = self.playbook.states.get(self.active()?).map_or(&self.playbook.place, |state| &state.place);
        let message =
            format!("`always` did not come to rest after {MAX_MICROSTEPS} transitions, last in `{}`", self.run.state);
        Err(Fault::new("endless", place, message)
            .with_help("give the `always` guards that do not hold in turn for ever"))
    }

    fn first_always(&mut self, active: StateId) -> Result<Option<&'p Transition>, Fault> {
        let playbook = self.playbook;
        for (_, state) in playbook.line(active) {
            if let Some(transition) = self.first(&state.always)? {
                return Ok(Some(transition));
            }
        }
        Ok(None)
    }

    /// Enters a state when none is active.
    pub(super) fn enter_from_top(&mut self, target: StateId) -> Result<(), Fault> {
        self.enter_below(None, target)
    }

    fn enter_below(&mut self, around: Option<StateId>, target: StateId) -> Result<(), Fault> {
        let innermost = self.playbook.innermost(target);
        let line = self.playbook.line(innermost).map(|(id, _)| id);
        let mut entered: Vec<StateId> = line.take_while(|state| Some(*state) != around).collect();
        entered.reverse();
        entered.into_iter().try_for_each(|state| self.enter(state))
    }

    fn exit(&mut self, id: StateId) -> Result<(), Fault> {
        let playbook = self.playbook;
        let Some(state) = playbook.states.get(id) else { return Ok(()) };
        self.owner.clone_from(&state.path);
        self.perform_all(&state.exit)?;
        self.run.timers.retain(|timer| timer.state != state.path);
        self.run.ended = None;
        self.trace.exited.push(state.path.clone());
        Ok(())
    }

    fn enter(&mut self, id: StateId) -> Result<(), Fault> {
        let playbook = self.playbook;
        let Some(state) = playbook.states.get(id) else { return Ok(()) };
        self.run.state.clone_from(&state.path);
        self.owner.clone_from(&state.path);
        self.refresh_waiting_on();
        self.trace.entered.push(state.path.clone());
        if state.is_final {
            self.run.ended = Some(self.now);
        }
        self.perform_all(&state.entry)?;
        // After the actions, so that an `at` sees what they set.
        self.set_timers(state)
    }
}
