//! Forms: what a client fills in. The handbook says what a form asks; this reads what came back.

pub mod typeform;

use playbook::Form;
use serde_json::{Map, Value};

use crate::error::FieldError;
use crate::{Error, Result};

/// The largest form without files, in bytes.
pub const FORM_MAX: usize = 1024 * 1024;

/// The answers as the playbook's fields: checked, typed, and under the names they fill in. `fields` is what these hold already, over
/// which a part of a form is read.
pub fn read(form: &Form, answers: &Map<String, Value>, fields: &Map<String, Value>) -> Result<Map<String, Value>> {
    form.read(answers, fields).map_err(|errors| {
        let fields = errors.into_iter().map(|error| FieldError::new(&error.field, error.code, error.message)).collect();
        Error::invalid_fields(fields)
    })
}

/// The answers as the first message of the ticket: each question that was shown, and what was said to it.
pub fn in_words(form: &Form, answers: &Map<String, Value>, language: &str) -> String {
    let lines = form.shown(answers).unwrap_or_default().into_iter().filter_map(|shown| {
        let field = &shown.field.field;
        let entered = answers.get(&field.name)?;
        let said = spoken(&field.accept_entered(entered).unwrap_or_else(|_| entered.clone()))?;
        Some(format!("{}\n{said}", field.label.text(language)))
    });
    lines.collect::<Vec<_>>().join("\n\n")
}

fn spoken(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) if text.trim().is_empty() => None,
        Value::String(text) => Some(crate::messages::write::printable(text)),
        Value::Bool(true) => Some("✓".to_owned()),
        Value::Bool(false) => Some("–".to_owned()),
        Value::Array(values) => Some(values.iter().filter_map(spoken).collect::<Vec<_>>().join(", ")),
        other => Some(other.to_string()),
    }
}
