//! A step while it is being taken.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde_json::{Map, Value};

use super::{choices, links};
use crate::definition::{Opens, Playbook, StateId};
use crate::expression::Expression;
use crate::facts::Facts;
use crate::occurrence::{OPENING, Occurrence};
use crate::run::{Effect, Event, Fault, GuardTrace, Run, Step, Trace};
use crate::source::Place;

/// The run, what guards and texts see, and what has been done so far.
pub(super) struct Machine<'p> {
    pub(super) playbook: &'p Playbook,
    pub(super) run: Run,
    pub(super) values: Map<String, Value>,
    pub(super) facts: &'p Facts,
    pub(super) now: Timestamp,
    pub(super) effects: Vec<Effect>,
    pub(super) trace: Trace,
    /// Whether a schedule began this step.
    pub(super) by_schedule: bool,
    /// The path of the state whose business the effects are that are being left; see [`Effect::state`].
    pub(super) owner: String,
}

impl<'p> Machine<'p> {
    pub(super) fn new(
        playbook: &'p Playbook,
        run: &Run,
        facts: &'p Facts,
        event: Option<&Event>,
        now: Timestamp,
    ) -> Self {
        let mut values = facts.values.clone();
        links::complete(&mut values, playbook);
        let event_value = event.map_or(Value::Null, |event| event.value(now));
        values.insert("event".to_owned(), event_value);
        values.insert("choice".to_owned(), choices::value(playbook, event));
        values.insert("now".to_owned(), Value::from(now.to_string()));
        if playbook.is_scheduled() {
            values.insert(OPENING.to_owned(), Occurrence::value(run.memory.opening.as_ref()));
        }
        values.extend(run.fields.clone());
        let mut machine = Self {
            playbook,
            run: run.clone(),
            values,
            facts,
            now,
            effects: Vec::new(),
            trace: Trace { event: event.map(|event| event.name.clone()).unwrap_or_default(), ..Trace::default() },
            by_schedule: false,
            owner: run.state.clone(),
        };
        machine.refresh_waiting_on();
        machine.refresh_checklists();
        machine
    }

    /// Sets what the opening gives the ticket.
    pub(super) fn open(&mut self, opening: &Opens) -> Result<(), Fault> {
        for (name, expression) in &opening.set {
            let value = self.evaluate(expression)?;
            self.set_field(name, &value, expression.place())?;
        }
        if let Some(subject) = &opening.subject {
            let text = subject.render(&self.values, self.language())?;
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            self.set_attribute("subject", Value::from(text), subject.place());
        }
        Ok(())
    }

    /// The position of the innermost active state.
    pub(super) fn active(&self) -> Result<StateId, Fault> {
        self.playbook.find(&self.run.state).ok_or_else(|| {
            let message = format!("`{}` has no state `{}`", self.playbook.name, self.run.state);
            Fault::new("unknown-state", &self.playbook.place, message)
        })
    }

    /// The value of an expression as the step has made the values so far.
    pub(super) fn evaluate(&self, expression: &Expression) -> Result<Value, Fault> {
        expression.evaluate_with(&self.values, &self.facts.open)
    }

    /// Whether a condition holds, and notes the verdict; without a condition it does.
    pub(super) fn judge(&mut self, condition: Option<&Expression>) -> Result<bool, Fault> {
        let Some(expression) = condition else { return Ok(true) };
        let held = expression.holds_with(&self.values, &self.facts.open)?;
        let guard = GuardTrace {
            expression: expression.source().to_owned(),
            held,
            values: self.explain(expression),
            place: expression.place().clone(),
        };
        self.trace.guards.push(guard);
        Ok(held)
    }

    /// Sets a declared field to a value that suits it.
    pub(super) fn set_field(&mut self, name: &str, value: &Value, place: &Place) -> Result<(), Fault> {
        let Some(field) = self.playbook.fields.get(name) else {
            return Err(Fault::new("unknown-field", place, format!("there is no field `{name}`")));
        };
        let value = field
            .accept(value)
            .map_err(|message| Fault::new("wrong-type", place, format!("`{name}` {message}, and this is {value}")))?;
        self.values.insert(name.to_owned(), value.clone());
        self.run.fields.insert(name.to_owned(), value);
        self.refresh_checklists();
        Ok(())
    }

    /// Changes an attribute of the ticket: an effect, and what follows sees it.
    pub(super) fn set_attribute(&mut self, name: &str, value: Value, place: &Place) {
        if let Some(Value::Object(ticket)) = self.values.get_mut("ticket") {
            ticket.insert(name.to_owned(), value.clone());
        }
        self.refresh_checklists();
        self.add_effect("set", Map::from_iter([(name.to_owned(), value)]), place);
    }

    pub(super) fn add_effect(&mut self, action: &str, arguments: Map<String, Value>, place: &Place) {
        let index = u32::try_from(self.effects.len()).unwrap_or(u32::MAX);
        let (action, state) = (action.to_owned(), self.owner.clone());
        let in_languages = BTreeMap::new();
        self.effects.push(Effect { action, arguments, place: place.clone(), index, state, in_languages });
    }

    /// The requester's language, when the facts tell it.
    pub(super) fn language(&self) -> &str {
        let language = self.values.get("requester").and_then(|requester| requester.get("language"));
        language.and_then(Value::as_str).unwrap_or_default()
    }

    /// Brings the variable `waiting_on` in line with the active state.
    pub(super) fn refresh_waiting_on(&mut self) {
        let waiting_on = self.playbook.standing_now(&self.run).map(|standing| standing.waiting_on);
        self.values.insert("waiting_on".to_owned(), waiting_on.map_or(Value::Null, Value::from));
    }

    /// A counter lasts while its state is active; a state left and entered again within one step was not left.
    fn forget_counters_of_states_left(&mut self, active: StateId) {
        let playbook = self.playbook;
        self.run.memory.counters.retain(|counter, _| {
            let state = counter.split('#').next().unwrap_or_default();
            playbook.line(active).any(|(_, active)| active.path == state)
        });
    }

    /// The step as it has become.
    pub(super) fn finish(mut self, taken: bool) -> Result<Step, Fault> {
        if taken {
            self.run.step += 1;
        }
        if self.run.is_over() {
            self.stop_clocks();
        } else if taken {
            self.keep_pauses()?;
        }
        self.run.timers.sort_by(|a, b| (a.due, &a.state, a.position).cmp(&(b.due, &b.state, b.position)));
        self.trace.to.clone_from(&self.run.state);
        let active = self.active()?;
        self.forget_counters_of_states_left(active);
        let standing = self.playbook.standing_of(active, &self.run.memory);
        Ok(Step { run: self.run, effects: self.effects, standing, trace: self.trace, taken, switch: None })
    }
}
