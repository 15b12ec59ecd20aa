//! The question itself, and what can come of it.

use serde_json::{Map, Value};

use crate::failure::Failure;
use crate::given;
use crate::statement::Statement;
use crate::{Connection, Limits, Query};

/// What came of a question.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// Exactly one row: the value of each named column, in the form that [`Kind`](crate::Kind) describes.
    Found(Map<String, Value>),
    /// No row.
    Missing,
    /// Several rows: how many, or [`Limits::rows`] when there are at least as many.
    Ambiguous(usize),
    /// No answer.
    Failed {
        /// Why, in words for whoever keeps the query. They hold neither the connection's address nor a parameter's value.
        reason: String,
        /// Whether the same question may be answered later without anybody having mended anything.
        again: bool,
    },
}

/// Puts a question to a database.
///
/// Every declared parameter is given, as [`Kind`](crate::Kind) wants it, and no other. When the answer is dropped before it is
/// there, the question is given up.
pub async fn ask(connection: &Connection, query: &Query, given: &Map<String, Value>, limits: &Limits) -> Answer {
    let asked = async {
        let statement = Statement::of(query, connection.engine())?;
        let values = given::read(query, given)?;
        connection.read(&statement, values, query, limits).await
    };
    match tokio::time::timeout(limits.whole, asked).await {
        Ok(Ok(answer)) => answer,
        Ok(Err(failure)) => failure.into(),
        Err(_) => Failure::silent(limits.whole).into(),
    }
}

impl From<Failure> for Answer {
    fn from(failure: Failure) -> Self {
        Answer::Failed { reason: failure.reason, again: failure.again }
    }
}
