//! Somebody corrects what a ticket's playbook knows: its fields, known ones too. No step is taken; the next one sees what they say.

use playbook::Field;
use serde_json::{Map, Value, json};

use crate::error::FieldError;
use crate::runs::{Case, by_hand};
use crate::{Context, Error, Result};

/// The most characters of a value that a line of history tells.
const TOLD_MAX: usize = 300;

/// Sets fields of the playbook, and keeps a line of history for each that changes; whether any does. `was` holds what whoever corrects
/// them had before them.
///
/// # Errors
/// `changed-since` where a field is not what it was; `unknown-field` and `wrong-type` of each field that cannot be so.
pub(super) async fn correct(
    context: &mut Context<'_>,
    case: &mut Case,
    fields: &Map<String, Value>,
    was: &Map<String, Value>,
) -> Result<bool> {
    let playbook = case.playbook()?;
    let (mut changed, mut wrong) = (Vec::new(), Vec::new());
    for (name, value) in fields {
        let known = case.run.fields.get(name).unwrap_or(&Value::Null);
        if was.get(name).is_some_and(|was| was != known) {
            return Err(Error::conflict("changed-since", "Somebody else has changed this field meanwhile.")
                .advise("Read what it says now, and correct it if that is still wrong."));
        }
        match accepted(playbook.fields().get(name), name, value) {
            Ok(value) if value != *known => changed.push((name, known.clone(), value)),
            Ok(_) => {}
            Err(error) => wrong.push(error),
        }
    }
    if !wrong.is_empty() {
        return Err(Error::invalid_fields(wrong));
    }
    for (name, known, value) in &changed {
        case.run.fields.insert((*name).clone(), value.clone());
        let note = json!({"field": name, "was": told(known), "now": told(value)}).to_string();
        by_hand::note(context, case, by_hand::CORRECTED, Some(note)).await?;
    }
    case.ticket.fields = case.run.fields.clone();
    Ok(!changed.is_empty())
}

fn accepted(field: Option<&Field>, name: &str, value: &Value) -> std::result::Result<Value, FieldError> {
    let Some(field) = field else {
        return Err(FieldError::new(name, "unknown-field", "the ticket's playbook has no such field"));
    };
    field.accept(value).map_err(|problem| FieldError::new(name, "wrong-type", problem))
}

/// A value as a line of history tells it.
fn told(value: &Value) -> Value {
    match value {
        Value::String(text) if text.chars().count() > TOLD_MAX => {
            text.chars().take(TOLD_MAX - 1).chain(['…']).collect::<String>().into()
        }
        Value::Array(members) => {
            told(&Value::from(members.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", ")))
        }
        other => other.clone(),
    }
}
