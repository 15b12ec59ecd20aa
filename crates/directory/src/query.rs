//! Queries: one statement with its typed parameters and columns.

use std::fmt;
use std::str::FromStr;

use crate::statement::{Statement, Unsound};
use crate::{Connection, Engine};

/// A question that can be put to a database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    /// One statement that begins with `SELECT`, `WITH` or `VALUES`, in the database's own dialect, with `:name` where a
    /// parameter goes.
    pub sql: String,
    /// The parameters that are given, by name. Each is used, as often as needed.
    pub parameters: Vec<(String, Kind)>,
    /// The columns that make the answer, by the exact name they have in the result; others in it are passed over.
    pub columns: Vec<(String, Kind)>,
}

impl Query {
    /// Checks what can be checked without a database.
    ///
    /// # Errors
    /// What is wrong with the query, the first of it.
    pub fn check(&self, connection: &Connection) -> Result<(), Unsound> {
        self.check_for(connection.engine())
    }

    /// The same for any database of that kind.
    ///
    /// # Errors
    /// What is wrong with the query, the first of it.
    pub fn check_for(&self, engine: Engine) -> Result<(), Unsound> {
        Statement::of(self, engine).map(drop)
    }
}

/// What a parameter or a column holds. A column may hold NULL as well, which is JSON's null; a parameter is always given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A text: a JSON string.
    Text,
    /// A whole number of 64 bits: a JSON number.
    Integer,
    /// An exact decimal number: a JSON string such as `"12.50"`, because a JSON number would round it. Given as either.
    Decimal,
    /// A JSON boolean. Databases that have none store 0 and 1.
    Boolean,
    /// A day, as `"2026-12-25"`.
    Date,
    /// An instant, as `"2026-12-25T10:00:00Z"` (RFC 3339). What a database stores without a zone is taken as UTC.
    Timestamp,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Kind; 6] = [Kind::Text, Kind::Integer, Kind::Decimal, Kind::Boolean, Kind::Date, Kind::Timestamp];

    /// The word for it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Kind::Text => "text",
            Kind::Integer => "integer",
            Kind::Decimal => "decimal",
            Kind::Boolean => "boolean",
            Kind::Date => "date",
            Kind::Timestamp => "timestamp",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for Kind {
    type Err = UnknownKind;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        Kind::ALL.into_iter().find(|kind| kind.word() == word).ok_or_else(|| UnknownKind(word.to_owned()))
    }
}

/// A word that names no [`Kind`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no kind of value: text, integer, decimal, boolean, date, timestamp")]
pub struct UnknownKind(pub String);
