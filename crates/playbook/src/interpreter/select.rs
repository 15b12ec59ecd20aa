//! Which transition takes an event.

use serde_json::{Map, Value};

use super::due::due;
use super::machine::Machine;
use crate::definition::{Action, Choice, StateId, Transition};
use crate::run::{Event, Fault, GuardTrace};

/// What is to be done about an event.
pub(super) enum Selected<'p> {
    /// Nothing takes it, for this reason.
    Nothing(&'static str),
    /// It is taken, and nothing follows.
    Done,
    /// This transition takes it.
    Transition(&'p Transition),
    /// These actions are what follows.
    Actions(&'p [Action]),
    /// This choice takes the ticket to another playbook.
    Switch(&'p Choice),
}

impl<'p> Machine<'p> {
    /// Finds what takes the event, and notes what else the event means for the run.
    pub(super) fn select(&mut self, event: &Event) -> Result<Selected<'p>, Fault> {
        let selected = self.select_by_state(event)?;
        if !matches!(selected, Selected::Nothing(_)) {
            self.hear(event)?;
            return Ok(selected);
        }
        let heard = !self.run.is_over() && !self.waits_for_a_state(event) && self.hear(event)?;
        Ok(if heard { Selected::Done } else { selected })
    }

    /// Finds the state that takes the event; a timer that fires is used up here.
    fn select_by_state(&mut self, event: &Event) -> Result<Selected<'p>, Fault> {
        let active = self.active()?;
        if let Some((state, position)) = event.fired() {
            return self.select_timer(state, position);
        }
        if let Some(name) = event.choice_name() {
            return self.select_choice(active, name, event);
        }
        if let Some(transition) = self.first_on(active, &event.name)? {
            return Ok(Selected::Transition(transition));
        }
        self.select_reopening(event)
    }

    /// A closed ticket whose requester writes comes back while its playbook allows it.
    fn select_reopening(&mut self, event: &Event) -> Result<Selected<'p>, Fault> {
        let (Some(ended), Some(reopen)) = (self.run.ended, &self.playbook.reopen) else {
            return Ok(Selected::Nothing("no state takes this event"));
        };
        if event.name != "requester.replied" {
            return Ok(Selected::Nothing("no state takes this event"));
        }
        let until = due(reopen.within, ended, self.facts);
        let until = until.map_err(|error| Fault::new("bad-time", &self.playbook.place, error.to_string()))?;
        if self.now > until {
            return Ok(Selected::Nothing("the ticket was closed too long ago to come back"));
        }
        let transition = self.first(&reopen.transitions)?;
        Ok(transition.map_or(Selected::Nothing("no way back is open"), Selected::Transition))
    }

    /// The first transition for an event whose guard holds, innermost state first.
    pub(super) fn first_on(&mut self, active: StateId, event: &str) -> Result<Option<&'p Transition>, Fault> {
        let playbook = self.playbook;
        for (_, state) in playbook.line(active) {
            for (_, transitions) in state.on.iter().filter(|(name, _)| name == event) {
                if let Some(transition) = self.first(transitions)? {
                    return Ok(Some(transition));
                }
            }
        }
        Ok(None)
    }

    /// Whether a transition with a `max` may be taken once more.
    fn has_turns_left(&mut self, transition: &Transition) -> bool {
        let Some(bound) = &transition.bound else { return true };
        let taken = self.run.memory.counters.get(&bound.counter).copied().unwrap_or_default();
        let held = taken < bound.max;
        if !held {
            self.trace.guards.push(GuardTrace {
                expression: format!("max: {}", bound.max),
                held,
                values: Map::from_iter([("taken".to_owned(), Value::from(taken))]),
                place: transition.place.clone(),
            });
        }
        held
    }

    /// The first of the transitions whose guard holds, without those that were taken as often as they may be.
    pub(super) fn first(&mut self, transitions: &'p [Transition]) -> Result<Option<&'p Transition>, Fault> {
        for transition in transitions {
            if self.has_turns_left(transition) && self.judge(transition.guard.as_ref())? {
                return Ok(Some(transition));
            }
        }
        Ok(None)
    }
}
