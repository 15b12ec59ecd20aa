//! Whether a choice can be made, and what its maker says with it.

use serde_json::{Map, Value, json};

use super::machine::Machine;
use super::select::Selected;
use crate::definition::{Choice, Playbook, StateId};
use crate::expression::lookup;
use crate::run::{Event, Fault};
use crate::spelling;
use crate::views::Missing;

impl<'p> Machine<'p> {
    /// What a choice that is made leads to.
    pub(super) fn select_choice(&mut self, active: StateId, name: &str, event: &Event) -> Result<Selected<'p>, Fault> {
        let Some(choice) = self.playbook.visible_choices(active).find(|choice| choice.name == name) else {
            let state = self.playbook.states.get(active).map_or(&self.playbook.place, |state| &state.place);
            let known: Vec<&str> = self.playbook.visible_choices(active).map(|choice| choice.name.as_str()).collect();
            let message = format!("there is no choice `{name}` in the state `{}`", self.run.state);
            return Err(Fault::new("choice-unknown", state, message).with_help(spelling::suggest(name, known)));
        };
        self.check_choice(active, choice, event)?;
        if choice.switch.is_some() {
            return Ok(Selected::Switch(choice));
        }
        if let Some(transition) = &choice.transition {
            return Ok(Selected::Transition(transition));
        }
        self.trace.place = Some(choice.place.clone());
        Ok(self.first_on(active, &event.name)?.map_or(Selected::Done, Selected::Transition))
    }

    fn check_choice(&mut self, active: StateId, choice: &Choice, event: &Event) -> Result<(), Fault> {
        let label = &choice.label;
        if !choice.is_permitted(event.by.as_ref()) {
            let message = format!("“{label}” is for {}", choice.by.join(" and "));
            return Err(Fault::new("not-permitted", &choice.place, message));
        }
        if !self.judge(choice.guard.as_ref())? {
            let message = format!("“{label}” cannot be chosen now");
            return Err(Fault::new("choice-not-available", &choice.place, message));
        }
        let unmet = self.unmet(active, choice).into_iter().map(|missing| missing.label.to_string());
        let unchecked = self.unchecked(active, choice).into_iter().map(|item| format!("“{}” checked", item.label));
        let unsaid = check_answers(choice, event)?;
        let missing: Vec<String> = unmet.chain(unchecked).chain(unsaid).collect();
        if !missing.is_empty() {
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
}

/// What guards and texts read as `choice`: its name, and every answer that any choice asks for; null is what was not
/// said.
pub(super) fn value(playbook: &Playbook, event: Option<&Event>) -> Value {
    let asks = playbook.states.iter().flat_map(|state| &state.choices).flat_map(|choice| &choice.asks);
    let mut value: Map<String, Value> = asks.map(|ask| (ask.field.name.clone(), Value::Null)).collect();
    let made = event.and_then(|event| Some((event.choice_name()?, &event.data)));
    if let Some((name, said)) = made {
        for ask in playbook.asked(name) {
            let said = said.get(&ask.field.name).map(|said| ask.field.accept_entered(said));
            value.extend(said.and_then(Result::ok).map(|said| (ask.field.name.clone(), said)));
        }
    }
    value.insert("name".to_owned(), json!(made.map(|(name, _)| name)));
    Value::Object(value)
}

/// The labels of what is asked, required and not said. What is said and not asked, or does not suit, is refused.
fn check_answers(choice: &Choice, event: &Event) -> Result<Vec<String>, Fault> {
    let none = Map::new();
    let said = event.data.as_object().unwrap_or(&none);
    let refuse = |message: String| Fault::new("choice-invalid", &choice.place, message);
    if let Some(name) = said.keys().find(|name| choice.asks.iter().all(|ask| ask.field.name != **name)) {
        let help = spelling::suggest(name, choice.asks.iter().map(|ask| ask.field.name.as_str()));
        return Err(refuse(format!("“{}” does not ask for `{name}`", choice.label)).with_help(help));
    }
    let mut unsaid = Vec::new();
    for ask in &choice.asks {
        let label = &ask.field.label;
        let said = said.get(&ask.field.name).map_or(Ok(Value::Null), |said| ask.field.accept_entered(said));
        let said = said.map_err(|message| refuse(format!("“{label}” {message}")))?;
        if ask.required && said.is_null() {
            unsaid.push(label.to_string());
        }
    }
    Ok(unsaid)
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
