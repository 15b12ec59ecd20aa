//! What a trace says about the values a guard was judged by.

use serde_json::{Map, Value};

use super::machine::Machine;
use crate::expression::{Expression, lookup};
use crate::fields::FieldKind;

/// The longest text that a trace repeats, in characters.
const MAX_CHARACTERS: usize = 80;

/// Names below which words of messages stand.
const WORDS: [&str; 5] = ["message", "last_message", "text", "html", "body"];

impl Machine<'_> {
    /// The values of the paths in an expression: never words of a message, of fields that hold free text only the
    /// length, of objects only that they are there.
    pub(super) fn explain(&self, expression: &Expression) -> Map<String, Value> {
        let mut values = Map::new();
        for reference in expression.references() {
            let path = &reference.path;
            if path.iter().any(|name| WORDS.contains(&name.as_str())) {
                continue;
            }
            let Ok(value) = lookup(&self.values, path) else { continue };
            let free_text = path.len() == 1
                && path
                    .first()
                    .and_then(|name| self.playbook.fields.get(name))
                    .is_some_and(|field| matches!(field.kind, FieldKind::Text { .. } | FieldKind::List));
            values.insert(path.join("."), shorten(value, free_text));
        }
        values
    }
}

fn shorten(value: &Value, free_text: bool) -> Value {
    match value {
        Value::String(text) => {
            let length = text.chars().count();
            if free_text || length > MAX_CHARACTERS {
                Value::from(format!("({length} characters)"))
            } else {
                value.clone()
            }
        }
        Value::Array(members) if free_text => Value::from(format!("({} members)", members.len())),
        Value::Array(members) => members.iter().map(|member| shorten(member, false)).collect(),
        Value::Object(_) => Value::from("(present)"),
        other => other.clone(),
    }
}
