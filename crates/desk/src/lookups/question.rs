//! A look-up of the handbook as another database is asked it.

use directory::{Answer, Engine, Kind, Query};
use futures::future::BoxFuture;
use playbook::{Lookup, ValueKind};
use serde_json::{Map, Number, Value};

/// A question, ready to be put.
#[derive(Clone, Debug)]
pub struct Question {
    /// The look-up's name.
    pub lookup: String,
    /// The connection it goes through.
    pub connection: String,
    /// The statement with its parameters and columns.
    pub query: Query,
    /// What is given for the parameters.
    pub given: Map<String, Value>,
}

/// What questions are put to: a company's own databases, or what a scenario says of them.
pub trait Directory: Send + Sync {
    /// Puts one question. It ends in bounded time, whatever the database does.
    fn ask<'a>(&'a self, question: &'a Question) -> BoxFuture<'a, Answer>;
}

impl Question {
    /// The question that a look-up asks with these values.
    #[must_use]
    pub fn of(lookup: &Lookup, given: &Map<String, Value>) -> Self {
        Self {
            lookup: lookup.name.clone(),
            connection: lookup.connection.clone(),
            query: query(lookup),
            given: given.clone(),
        }
    }

    /// An answer with its row as expressions read it: a decimal number is a number there, no longer a text.
    #[must_use]
    pub fn read(&self, answer: Answer) -> Answer {
        let Answer::Found(mut row) = answer else { return answer };
        for (name, _) in self.query.columns.iter().filter(|(_, kind)| *kind == Kind::Decimal) {
            if let Some(value) = row.get_mut(name) {
                let number = value.as_str().and_then(|text| text.parse::<f64>().ok()).and_then(Number::from_f64);
                *value = number.map_or(Value::Null, Value::Number);
            }
        }
        Answer::Found(row)
    }
}

/// A look-up's statement with its parameters and columns.
#[must_use]
pub fn query(lookup: &Lookup) -> Query {
    let kinds = |declared: &std::collections::BTreeMap<String, ValueKind>| {
        declared.iter().map(|(name, kind)| (name.clone(), self::kind(*kind))).collect()
    };
    Query { sql: lookup.sql.clone(), parameters: kinds(&lookup.parameters), columns: kinds(&lookup.columns) }
}

/// What is wrong with a look-up's statement, whichever kind of database it is asked; `None` when it is sound for one.
#[must_use]
pub fn check(lookup: &Lookup) -> Option<String> {
    let query = query(lookup);
    let mut unsound = None;
    for engine in Engine::ALL {
        match query.check_for(engine) {
            Ok(()) => return None,
            Err(error) => unsound = unsound.or_else(|| Some(error.to_string())),
        }
    }
    unsound
}

fn kind(kind: ValueKind) -> Kind {
    match kind {
        ValueKind::Text => Kind::Text,
        ValueKind::Integer => Kind::Integer,
        ValueKind::Decimal => Kind::Decimal,
        ValueKind::Boolean => Kind::Boolean,
        ValueKind::Date => Kind::Date,
        ValueKind::Timestamp => Kind::Timestamp,
    }
}
