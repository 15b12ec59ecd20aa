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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn lookup(sql: &str) -> Lookup {
        let head = "language: 1\nlookup: who\nconnection: customers\nparameters: { email: text }\ncolumns: { rate: decimal }\n";
        Lookup::parse("who.yaml", &format!("{head}sql: {sql}\n")).unwrap()
    }

    #[test]
    fn a_statement_that_no_database_should_be_asked_is_refused_with_the_handbook() {
        assert_eq!(check(&lookup("SELECT rate FROM people WHERE lower(email) = lower(:email)")), None);
        // Only one of the engines reads this as it is meant, and it may be that one.
        assert_eq!(check(&lookup("SELECT `it's` AS rate FROM people WHERE email = :email")), None);
        for (sql, words) in [
            ("DELETE FROM people WHERE email = :email", "begins with SELECT"),
            ("SELECT 1 AS rate", "the parameter `email` is declared"),
            ("SELECT 1 FROM people WHERE email LIKE :email", "part of a pattern"),
            ("\"SELECT :email; DROP TABLE people\"", "one statement"),
        ] {
            let told = check(&lookup(sql)).unwrap();
            assert!(told.contains(words), "{sql}: {told}");
        }
    }

    #[test]
    fn a_decimal_number_is_a_number_in_expressions() {
        let question = Question::of(&lookup("SELECT 1"), &Map::new());
        let found = |rate: Value| Answer::Found(Map::from_iter([("rate".to_owned(), rate)]));
        assert_eq!(question.read(found(json!("12.50"))), found(json!(12.5)));
        assert_eq!(question.read(found(json!("2"))), found(json!(2.0)));
        assert_eq!(question.read(found(Value::Null)), found(Value::Null));
        assert_eq!(question.read(Answer::Missing), Answer::Missing);
    }
}
