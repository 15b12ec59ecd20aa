//! Opening linked tickets: one under its alias, or one for each member of a list.

use serde_json::{Map, Value, json};

use super::machine::Machine;
use crate::definition::{Action, ArgumentValue, Playbook};
use crate::expression::Expression;
use crate::run::Fault;

/// The most tickets that one `open` opens.
const MAX_TICKETS: usize = 500;

/// What stands for the member of the list in the arguments of an `open` with `each`.
pub(crate) const MEMBER: &str = "each";

impl Machine<'_> {
    /// Carries out an `open`.
    pub(super) fn open_linked(&mut self, action: &Action) -> Result<(), Fault> {
        match action.argument("each") {
            Some(ArgumentValue::Expression(each)) => self.open_each(action, each),
            _ => {
                let arguments = self.arguments(action)?;
                self.open_one(action, &arguments)?;
                self.add_effect(action.name, arguments, &action.place);
                Ok(())
            }
        }
    }

    /// Carries out a `send`: the key of one of many is told as its ticket was opened with.
    pub(super) fn send(&mut self, action: &Action) -> Result<(), Fault> {
        let mut arguments = self.arguments(action)?;
        if let Some(given) = arguments.get("key") {
            let key = key_of(given).ok_or_else(|| bad_key(action))?;
            arguments.insert("key".to_owned(), Value::from(key));
        }
        self.add_effect(action.name, arguments, &action.place);
        Ok(())
    }

    /// One ticket for each member, told apart by their keys: a key whose ticket is live is passed by.
    fn open_each(&mut self, action: &Action, each: &Expression) -> Result<(), Fault> {
        let members = match self.evaluate(each)? {
            Value::Array(members) if members.len() <= MAX_TICKETS => members,
            Value::Null => Vec::new(),
            Value::Array(_) => {
                return Err(Fault::new(
                    "endless",
                    each.place(),
                    format!("one `open` opens {MAX_TICKETS} tickets at most"),
                ));
            }
            other => {
                let message = format!("`{}` gives {other}, where a list was to be gone through", each.source());
                return Err(Fault::new("wrong-type", each.place(), message));
            }
        };
        let shadowed = self.values.remove(MEMBER);
        let opened = members.into_iter().try_for_each(|member| self.open_member(action, member));
        self.values.remove(MEMBER);
        self.values.extend(shadowed.map(|value| (MEMBER.to_owned(), value)));
        opened
    }

    fn open_member(&mut self, action: &Action, member: Value) -> Result<(), Fault> {
        self.values.insert(MEMBER.to_owned(), member.clone());
        let mut arguments = self.arguments(action)?;
        arguments.remove("each");
        let key = key_of(arguments.get("key").unwrap_or(&member)).ok_or_else(|| bad_key(action))?;
        let alias = arguments.get("as").and_then(Value::as_str).unwrap_or_default().to_owned();
        let Some(Value::Object(links)) = self.values.get_mut("links") else { return Ok(()) };
        let link = links.entry(alias).or_insert(Value::Null);
        if is_live(link, &key) {
            return Ok(());
        }
        add_to(link, &key);
        arguments.insert("key".to_owned(), Value::from(key));
        self.add_effect(action.name, arguments, &action.place);
        self.check_effects(&action.place)
    }

    /// An alias stands for one live ticket at most; from here on what follows sees it as open.
    fn open_one(&mut self, action: &Action, arguments: &Map<String, Value>) -> Result<(), Fault> {
        let Some(alias) = arguments.get("as").and_then(Value::as_str) else { return Ok(()) };
        let Some(Value::Object(links)) = self.values.get_mut("links") else { return Ok(()) };
        let live =
            links.get(alias).is_some_and(|link| link.is_object() && link.get("ended") != Some(&Value::Bool(true)));
        if live {
            let message = format!("a ticket is open as `{alias}` already");
            return Err(Fault::new("alias-live", &action.place, message)
                .with_help(format!("open it only where `links.{alias} == null || links.{alias}.ended`")));
        }
        links.insert(alias.to_owned(), just_opened());
        Ok(())
    }
}

/// Every declared alias is there, null while no ticket is open under it; of a single ticket, what a playbook can ask
/// of many is filled in.
pub(super) fn complete(values: &mut Map<String, Value>, playbook: &Playbook) {
    let links = values.entry("links").or_insert_with(|| json!({}));
    if !links.is_object() {
        *links = json!({});
    }
    if let Value::Object(links) = links {
        for alias in playbook.links.keys() {
            links.entry(alias.clone()).or_insert(Value::Null);
        }
        links.values_mut().for_each(count_one);
    }
    values.entry("opener").or_insert(Value::Null);
}

/// A link that does not say how many tickets it stands for is one.
fn count_one(link: &mut Value) {
    let Value::Object(link) = link else { return };
    let ended = link.get("ended") == Some(&Value::Bool(true));
    link.entry("count").or_insert(json!(1));
    link.entry("ended_count").or_insert(json!(u8::from(ended)));
    link.entry("all_ended").or_insert(json!(ended));
    link.entry("live_keys").or_insert(json!([]));
}

/// A ticket that is opened in this step, as what follows in it sees it.
fn just_opened() -> Value {
    let mut link = json!({ "number": null, "state": null, "status": "open", "subject": null, "ended": false });
    count_one(&mut link);
    link
}

fn is_live(link: &Value, key: &str) -> bool {
    let keys = link.get("live_keys").and_then(Value::as_array);
    keys.is_some_and(|keys| keys.iter().any(|live| live == key))
}

/// Counts a ticket of this key in.
fn add_to(link: &mut Value, key: &str) {
    if link.is_null() {
        *link = just_opened();
        link["count"] = json!(0);
    }
    let count = link.get("count").and_then(Value::as_u64).unwrap_or_default();
    link["count"] = json!(count + 1);
    link["ended"] = json!(false);
    link["all_ended"] = json!(false);
    if let Some(keys) = link.get_mut("live_keys").and_then(Value::as_array_mut) {
        keys.push(Value::from(key));
    }
}

fn bad_key(action: &Action) -> Fault {
    let message = "a ticket cannot be told apart by nothing, true, false or an object";
    Fault::new("bad-key", &action.place, message).with_help("give `key` a text or a number: `key: [ each.name ]`")
}

/// A text or number, or several joined by `/`.
fn key_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.trim().is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(parts) if !parts.is_empty() => {
            let parts: Option<Vec<String>> = parts.iter().map(key_of).collect();
            parts.map(|parts| parts.join("/"))
        }
        _ => None,
    }
}
