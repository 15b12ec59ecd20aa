//! Actions: what they change at once, and the effects they leave for the desk.

use serde_json::{Map, Value, json};

use super::machine::Machine;
use crate::definition::{Action, ArgumentValue};
use crate::run::{ActionTrace, Fault};

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
        if self.effects.len() >= MAX_EFFECTS {
            return Err(Fault::new("endless", &action.place, format!("one step has {MAX_EFFECTS} effects at most")));
        }
        self.trace.actions.push(ActionTrace { action: action.name.to_owned(), place: action.place.clone() });
        if action.name == "set" {
            return self.set(action);
        }
        let mut arguments = Map::new();
        for (name, argument) in &action.arguments {
            arguments.insert(name.clone(), self.argument(argument)?);
        }
        if action.name == "open" {
            self.open_link(action, &arguments)?;
        }
        self.add_effect(action.name, arguments, &action.place);
        Ok(())
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
            ArgumentValue::Expression(expression) => expression.evaluate(&self.values),
            ArgumentValue::Word(word) => Ok(Value::from(word.as_str())),
            ArgumentValue::Flag(flag) => Ok(Value::Bool(*flag)),
            ArgumentValue::Assignments(assignments) => {
                let mut object = Map::new();
                for (name, expression) in assignments {
                    object.insert(name.clone(), expression.evaluate(&self.values)?);
                }
                Ok(Value::Object(object))
            }
        }
    }

    /// An alias stands for one live ticket at most; from here on what follows sees it as open.
    fn open_link(&mut self, action: &Action, arguments: &Map<String, Value>) -> Result<(), Fault> {
        let Some(alias) = arguments.get("as").and_then(Value::as_str) else { return Ok(()) };
        let Some(Value::Object(links)) = self.values.get_mut("links") else { return Ok(()) };
        let live =
            links.get(alias).is_some_and(|link| link.is_object() && link.get("ended") != Some(&Value::Bool(true)));
        if live {
            let message = format!("a ticket is open as `{alias}` already");
            return Err(Fault::new("alias-live", &action.place, message)
                .with_help(format!("open it only where `links.{alias} == null || links.{alias}.ended`")));
        }
        links.insert(
            alias.to_owned(),
            json!({ "number": null, "state": null, "status": "open", "subject": null, "ended": false }),
        );
        Ok(())
    }
}
