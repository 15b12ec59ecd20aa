//! What look-ups answer in a story: the rows of `given.lookups`.

use directory::{Answer, Kind, Limits};
use futures::FutureExt;
use futures::future::BoxFuture;
use playbook::{Given, Handbook, Lookup, Outside, ValueKind};
use serde_json::{Map, Value};

use super::outages::Outages;
use crate::lookups::{Directory, Question};
use crate::{Error, Result};

/// The rows that a scenario gives to look-ups. A row answers a question if each of its entries that is called like a
/// parameter equals what is given for it; its other entries are columns, and a column that it leaves out is null.
pub(super) struct Rehearsed {
    rows: Map<String, Value>,
    outages: Outages,
}

impl Rehearsed {
    /// The rows given for the look-ups of `handbook`, each of which must suit its look-up.
    pub(super) fn new(given: &Given, handbook: &Handbook, outages: Outages) -> Result<Self> {
        for (name, rows) in &given.lookups {
            let lookup = handbook.lookups.get(name);
            let lookup = lookup.ok_or_else(|| unsuitable(format!("the handbook has no look-up `{name}`")))?;
            let rows = rows.as_array();
            let rows = rows.ok_or_else(|| unsuitable(format!("`{name}` is a list of rows: [ {{ email: …, … }} ]")))?;
            rows.iter().try_for_each(|row| check(lookup, row))?;
        }
        Ok(Self { rows: given.lookups.clone(), outages })
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

/// A row names parameters and columns of its look-up, each with a value of its kind.
fn check(lookup: &Lookup, row: &Value) -> Result<()> {
    let row = row.as_object().ok_or_else(|| unsuitable(format!("a row of `{}` is a mapping", lookup.name)))?;
    for (name, value) in row {
        let kind = lookup.columns.get(name).or_else(|| lookup.parameters.get(name));
        let kind = kind.ok_or_else(|| {
            unsuitable(format!("`{name}` is neither a column nor a parameter of the look-up `{}`", lookup.name))
        })?;
        if !value.is_null() && !suits(*kind, value) {
            return Err(unsuitable(format!("`{name}` of the look-up `{}` is no {}", lookup.name, kind.word())));
        }
    }
    Ok(())
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

fn unsuitable(message: String) -> Error {
    Error::invalid_field("given.lookups", "unsuitable", message)
}
