//! Actions: what they change at once, and the effects they leave for the desk.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::due::due;
use super::machine::Machine;
use crate::definition::{Action, ArgumentValue};
use crate::run::{ActionTrace, Fault};
use crate::source::Place;

/// The most effects of one step.
const MAX_EFFECTS: usize = 1_000;

impl Machine<'_> {
    /// Carries out actions in their order.
    pub(super) fn perform_all(&mut self, actions: &[Action]) -> Result<(), Fault> {
        actions.iter().try_for_each(|action| self.perform(action))
    }

    fn perform(&mut self, action: &Action) -> Result<(), Fault> {
        if !self.judge(action.when.as_ref())? {
            return Ok(());
        }
        self.check_effects(&action.place)?;
        self.trace.actions.push(ActionTrace { action: action.name.to_owned(), place: action.place.clone() });
        match action.name {
            "set" => self.set(action),
            "open" => self.open_linked(action),
            "send" => self.send(action),
            _ => {
                let arguments = self.arguments(action)?;
                let in_languages = self.in_languages(action);
                self.add_effect(action.name, arguments, &action.place);
                if let Some(effect) = self.effects.last_mut() {
                    effect.in_languages = in_languages;
                }
                Ok(())
            }
        }
    }

    /// Reports a step that has as many effects as it may.
    pub(super) fn check_effects(&self, place: &Place) -> Result<(), Fault> {
        if self.effects.len() < MAX_EFFECTS {
            return Ok(());
        }
        Err(Fault::new("endless", place, format!("one step has {MAX_EFFECTS} effects at most")))
    }

    /// The arguments of an action as its effect carries them.
    pub(super) fn arguments(&self, action: &Action) -> Result<Map<String, Value>, Fault> {
        action.arguments.iter().map(|(name, argument)| Ok((name.clone(), self.argument(argument)?))).collect()
    }

    /// The texts of an action that differ by language, in each of them.
    fn in_languages(&self, action: &Action) -> BTreeMap<String, BTreeMap<String, String>> {
        let texts = action.arguments.iter().filter_map(|(name, argument)| match argument {
            ArgumentValue::Text(template) => Some((name.clone(), template.render_each(&self.values))),
            _ => None,
        });
        texts.filter(|(_, texts)| !texts.is_empty()).collect()
    }

    fn set(&mut self, action: &Action) -> Result<(), Fault> {
        for (name, argument) in &action.arguments {
            let value = self.argument(argument)?;
            if self.playbook.fields.contains_key(name) {
                self.set_field(name, &value, &action.place)?;
            } else {
                self.set_attribute(name, value, &action.place);
            }
        }
        Ok(())
    }

    fn argument(&self, argument: &ArgumentValue) -> Result<Value, Fault> {
        match argument {
            ArgumentValue::Text(template) => template.render(&self.values, self.language()).map(Value::from),
            ArgumentValue::Expression(expression) => self.evaluate(expression),
            ArgumentValue::Expressions(expressions) => {
                let values: Result<Vec<Value>, Fault> =
                    expressions.iter().map(|expression| self.evaluate(expression)).collect();
                values.map(Value::Array)
            }
            ArgumentValue::Span(span, place) => {
                let due = due(*span, self.now, self.facts);
                let due = due.map_err(|error| Fault::new("bad-time", place, error.to_string()))?;
                Ok(Value::from(due.to_string()))
            }
            ArgumentValue::Words(words) => Ok(Value::from(words.clone())),
            ArgumentValue::Word(word) => Ok(Value::from(word.as_str())),
            ArgumentValue::Flag(flag) => Ok(Value::Bool(*flag)),
            ArgumentValue::Assignments(assignments) => {
                let mut object = Map::new();
                for (name, expression) in assignments {
                    object.insert(name.clone(), self.evaluate(expression)?);
                }
                Ok(Value::Object(object))
            }
        }
    }
}
