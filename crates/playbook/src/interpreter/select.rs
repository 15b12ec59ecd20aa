//! Which transition takes an event.

use serde_json::{Map, Value};

use super::due::due;
use super::machine::Machine;
use crate::definition::{Choice, StateId, Transition};
use crate::expression::lookup;
use crate::run::{Event, Fault, GuardTrace, Missing};

/// What is to be done about an event.
pub(super) enum Selected<'p> {
    /// Nothing takes it, for this reason.
    Nothing(&'static str),
    /// It is taken, and nothing follows.
    Done,
    /// This transition takes it.
    Transition(&'p Transition),
}

impl<'p> Machine<'p> {
    /// Finds what takes the event; a timer that fires is used up here.
    pub(super) fn select(&mut self, event: &Event) -> Result<Selected<'p>, Fault> {
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

    fn select_choice(&mut self, active: StateId, name: &str, event: &Event) -> Result<Selected<'p>, Fault> {
        let Some(choice) = self.playbook.visible_choices(active).find(|choice| choice.name == name) else {
            let state = self.playbook.states.get(active).map_or(&self.playbook.place, |state| &state.place);
            let known: Vec<&str> = self.playbook.visible_choices(active).map(|choice| choice.name.as_str()).collect();
            let message = format!("there is no choice `{name}` in the state `{}`", self.run.state);
            return Err(Fault::new("choice-unknown", state, message).with_help(crate::spelling::suggest(name, known)));
        };
        self.check_choice(active, choice, event)?;
        if let Some(transition) = &choice.transition {
            return Ok(Selected::Transition(transition));
        }
        self.trace.place = Some(choice.place.clone());
        Ok(self.first_on(active, &event.name)?.map_or(Selected::Done, Selected::Transition))
    }

    fn check_choice(&mut self, active: StateId, choice: &Choice, event: &Event) -> Result<(), Fault> {
        let label = choice.label.to_string();
        if !choice.is_permitted(event.by.as_ref()) {
            let message = format!("“{label}” is for {}", choice.by.join(", "));
            return Err(Fault::new("not-permitted", &choice.place, message));
        }
        if !self.judge(choice.guard.as_ref())? {
            let message = format!("“{label}” cannot be chosen now");
            return Err(Fault::new("choice-not-available", &choice.place, message));
        }
        let unmet = self.unmet(active, choice);
        if !unmet.is_empty() {
            let missing: Vec<String> = unmet.iter().map(|missing| missing.label.to_string()).collect();
            let message = format!("“{label}” needs {} first", missing.join(", "));
            return Err(Fault::new("choice-incomplete", &choice.place, message));
        }
        Ok(())
    }

    /// What the choice, and the states it stands in, require and is not known.
    pub(super) fn unmet(&self, active: StateId, choice: &Choice) -> Vec<Missing> {
        let of_states = self.playbook.line(active).flat_map(|(_, state)| &state.require);
        let mut unmet: Vec<Missing> = Vec::new();
        for requirement in choice.require.iter().chain(of_states) {
            let known = match lookup(&self.values, &requirement.path) {
                Ok(Value::Null) | Err(_) => false,
                Ok(Value::String(text)) => !text.trim().is_empty(),
                Ok(_) => true,
            };
            let field = requirement.path.join(".");
            if !known && unmet.iter().all(|missing| missing.field != field) {
                unmet.push(Missing { field, label: requirement.label.clone() });
            }
        }
        unmet
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
    fn first_on(&mut self, active: StateId, event: &str) -> Result<Option<&'p Transition>, Fault> {
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

impl Choice {
    /// Whether whoever `by` describes (`role`, `team` or `teams`) may make it; the desk itself always may.
    fn is_permitted(&self, by: Option<&Value>) -> bool {
        let Some(by) = by else { return true };
        let is_among = |value: Option<&Value>| match value {
            Some(Value::String(name)) => self.by.contains(name),
            Some(Value::Array(names)) => {
                names.iter().filter_map(Value::as_str).any(|name| self.by.iter().any(|by| by == name))
            }
            _ => false,
        };
        self.by.is_empty() || ["role", "team", "teams"].into_iter().any(|key| is_among(by.get(key)))
    }
}
