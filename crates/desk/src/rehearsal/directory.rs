//! What look-ups answer in a story: the rows of `given.lookups`.

use directory::{Answer, Kind, Limits};
use futures::FutureExt;
use futures::future::BoxFuture;
use playbook::{Given, Handbook, Lookup, Outside, ValueKind};
use serde_json::{Map, Value};

use super::outages::Outages;
use crate::lookups::{Directory, Question};

/// The rows that a scenario gives to look-ups. A row answers a question if each of its entries that is called like a
/// parameter equals what is given for it; its other entries are columns, and a column that it leaves out is null.
pub(super) struct Rehearsed {
    rows: Map<String, Value>,
    outages: Outages,
}

impl Rehearsed {
    /// The rows that a scenario gives.
    pub(super) fn new(given: &Given, outages: Outages) -> Self {
        Self { rows: given.lookups.clone(), outages }
    }

    fn answer(&self, question: &Question) -> Answer {
        let meant = [&question.connection, &question.lookup];
        if self.outages.any(|what| matches!(what, Outside::Database(name) if meant.contains(&name))) {
            return Answer::Failed {
                reason: "the database cannot be reached, as the scenario says".to_owned(),
                again: true,
            };
        }
        let rows = self.rows.get(&question.lookup).and_then(Value::as_array);
        let mut found = rows.into_iter().flatten().filter_map(Value::as_object).filter(|row| answers(question, row));
        match (found.next(), found.count()) {
            (None, _) => Answer::Missing,
            (Some(row), 0) => Answer::Found(columns(question, row)),
            (Some(_), more) => Answer::Ambiguous((more + 1).min(Limits::default().rows)),
        }
    }
}

impl Directory for Rehearsed {
    fn ask<'a>(&'a self, question: &'a Question) -> BoxFuture<'a, Answer> {
        async move { self.answer(question) }.boxed()
    }
}

fn answers(question: &Question, row: &Map<String, Value>) -> bool {
    let mut parameters = question.query.parameters.iter().map(|(name, _)| name);
    parameters.all(|name| row.get(name).is_none_or(|value| question.given.get(name) == Some(value)))
}

/// The columns of a row, in the form in which a database gives them.
fn columns(question: &Question, row: &Map<String, Value>) -> Map<String, Value> {
    let column = |(name, kind): &(String, Kind)| {
        let value = row.get(name).cloned().unwrap_or_default();
        let value = if *kind == Kind::Decimal && value.is_number() { Value::String(value.to_string()) } else { value };
        (name.clone(), value)
    };
    question.query.columns.iter().map(column).collect()
}

/// What is wrong with the rows that a scenario gives to the look-ups of its handbook.
pub(super) fn unsuitable(given: &Given, handbook: &Handbook) -> Vec<String> {
    let mut wrong = Vec::new();
    for (name, rows) in &given.lookups {
        match (handbook.lookups.get(name), rows.as_array()) {
            (None, _) => wrong.push(format!("`given.lookups`: the handbook has no look-up `{name}`")),
            (Some(_), None) => {
                wrong.push(format!("`given.lookups`: `{name}` is a list of rows, [ {{ email: …, … }} ]"))
            }
            (Some(lookup), Some(rows)) => wrong.extend(rows.iter().filter_map(|row| unsuitable_row(lookup, row))),
        }
    }
    wrong
}

/// A row names parameters and columns of its look-up, each with a value of its kind.
fn unsuitable_row(lookup: &Lookup, row: &Value) -> Option<String> {
    let name = &lookup.name;
    let Some(row) = row.as_object() else { return Some(format!("`given.lookups`: a row of `{name}` is a mapping")) };
    row.iter().find_map(|(part, value)| match lookup.columns.get(part).or_else(|| lookup.parameters.get(part)) {
        None => Some(format!("`given.lookups`: `{part}` is neither a column nor a parameter of `{name}`")),
        Some(kind) if value.is_null() || suits(*kind, value) => None,
        Some(kind) => Some(format!("`given.lookups`: `{part}` of `{name}` is no {}", kind.word())),
    })
}

fn suits(kind: ValueKind, value: &Value) -> bool {
    match kind {
        ValueKind::Text => value.is_string(),
        ValueKind::Integer => value.is_i64(),
        ValueKind::Decimal => value.is_number(),
        ValueKind::Boolean => value.is_boolean(),
        ValueKind::Date => value.as_str().is_some_and(|text| text.parse::<jiff::civil::Date>().is_ok()),
        ValueKind::Timestamp => value.as_str().is_some_and(|text| text.parse::<jiff::Timestamp>().is_ok()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_row_that_does_not_suit_its_look_up_is_told() {
        let text = "language: 1\nlookup: who\nconnection: c\nsql: SELECT 1\nparameters: { email: text }\n\
                    columns: { documents: integer, since: date }\n";
        let lookup = Lookup::parse("who.yaml", text).unwrap();
        let told = |row: Value| unsuitable_row(&lookup, &row);
        assert_eq!(told(json!({"email": "maria@acme.example", "documents": 1, "since": null})), None);
        assert_eq!(
            told(json!({"dokuments": 1})).unwrap(),
            "`given.lookups`: `dokuments` is neither a column nor a parameter of `who`"
        );
        assert_eq!(told(json!({"since": "soon"})).unwrap(), "`given.lookups`: `since` of `who` is no date");
        assert!(told(json!([1])).is_some());
    }
}
