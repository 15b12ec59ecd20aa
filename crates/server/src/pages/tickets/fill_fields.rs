//! What the procedure knows of a ticket: its fields as they are read beside it, and as they are corrected.

use desk::rights::{Verb, may};
use desk::runs::view::TicketView;
use playbook::{Field as Declared, FieldKind as Kind};
use serde_json::Value;

use super::context::FieldValue;
use super::fill_list::Words;
use super::fill_ticket::Again;
use crate::pages::field::Field;
use crate::pages::forms::fill::{control, help};
use crate::pages::visit::Visit;

/// What stands before a field's name where it is posted.
pub(super) const POSTED: &str = "fields.";
/// What stands before the name of what it held when it was shown, as JSON.
pub(super) const WAS: &str = "was.";

/// The fields of the playbook, as the playbook has them in order.
pub(super) fn fields(visit: &Visit, words: &Words, view: &TicketView, again: &Again) -> Vec<FieldValue> {
    let Some(playbook) = view.handbook.playbook(&view.ticket.playbook) else { return Vec::new() };
    let corrects = may(&visit.actor(), Verb::WorkOnTickets) && view.ticket.merged_into.is_none();
    let mut declared: Vec<&Declared> = playbook.fields().values().collect();
    declared.sort_by_key(|field| field.place.line);
    let value = |field: &&Declared| {
        let known = view.ticket.fields.get(&field.name).unwrap_or(&Value::Null);
        FieldValue {
            name: field.name.clone(),
            label: field.label.text(visit.texts.tag()).to_owned(),
            value: shown(visit, words, field, known),
            missing: view.missing.iter().any(|missing| missing.field == field.name),
            correct: corrects.then(|| correct(visit, view, field, known, again)),
            was: known.to_string(),
        }
    };
    declared.iter().map(value).collect()
}

/// A value as it is read; `None` where nothing is known.
pub(super) fn shown(visit: &Visit, words: &Words, field: &Declared, value: &Value) -> Option<String> {
    match (&field.kind, value) {
        (_, Value::Bool(yes)) => Some(visit.texts.get(if *yes { "yes" } else { "no" })),
        (Kind::Date, Value::String(day)) => {
            let day = day.parse().map_or_else(|_| day.clone(), |date| words.moments.day_of_year(date));
            Some(day)
        }
        (_, other) => spoken(other),
    }
}

/// The control that corrects it.
fn correct(visit: &Visit, view: &TicketView, field: &Declared, known: &Value, again: &Again) -> Field {
    let name = format!("{POSTED}{}", field.name);
    let answered = again.fields.as_ref();
    let entered = answered.and_then(|(answers, _)| answers.get(&name)).cloned().or_else(|| written(known));
    let without_default = Declared { default: None, ..field.clone() };
    let label = field.label.text(visit.texts.tag());
    let mut corrected = Field::new(name, label, control(&without_default, entered.as_deref())).optional();
    corrected.id = format!("correct-{}-{}", view.ticket.id, field.name);
    corrected.help = help(visit.texts, field);
    let wrong = answered.and_then(|(_, errors)| errors.iter().find(|error| error.field == field.name));
    corrected.error = wrong.map(|error| error.message.clone());
    corrected
}

/// A value as it is written into its control.
fn written(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        Value::Array(members) => Some(members.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("\n")),
        other => Some(other.to_string()),
    }
}

pub(in crate::pages) fn spoken(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => (!text.is_empty()).then(|| text.clone()),
        Value::Array(values) => {
            let said: Vec<String> = values.iter().filter_map(spoken).collect();
            (!said.is_empty()).then(|| said.join(", "))
        }
        other => Some(other.to_string()),
    }
}
