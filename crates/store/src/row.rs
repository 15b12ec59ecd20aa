//! What a statement gives back.

use jiff::Timestamp;
use sqlx::Row as _;
use sqlx::postgres::PgRow;

use crate::sqlite_row::SqliteRow;
use crate::{Error, Id, Result};

/// One row of a result.
pub enum Row {
    /// From SQLite.
    Sqlite(SqliteRow),
    /// From PostgreSQL.
    Postgres(PgRow),
}

impl Row {
    /// The value of the column called `name`, as a `T`. Fails when there is no such column or it holds something else.
    pub fn get<T: FromColumn>(&self, name: &str) -> Result<T> {
        T::from_column(self, name)
    }
}

/// A type that a column can be read as.
pub trait FromColumn: Sized {
    /// Reads the column called `name` of `row`.
    fn from_column(row: &Row, name: &str) -> Result<Self>;
}

fn wrong(name: &str, error: impl std::fmt::Display) -> Error {
    Error::Column { column: name.to_owned(), reason: error.to_string() }
}

macro_rules! plain {
    ($($type:ty),*) => {$(
        impl FromColumn for $type {
            fn from_column(row: &Row, name: &str) -> Result<Self> {
                match row {
                    Row::Sqlite(row) => row.get(name).map_err(|reason| wrong(name, reason)),
                    Row::Postgres(row) => row.try_get(name).map_err(|error| wrong(name, error)),
                }
            }
        }
    )*};
}

plain!(i64, String, bool, Vec<u8>, Option<i64>, Option<String>, Option<bool>, Option<Vec<u8>>);

macro_rules! converted {
    ($($type:ty, $from:ty, $convert:expr;)*) => {$(
        impl FromColumn for $type {
            fn from_column(row: &Row, name: &str) -> Result<Self> {
                let convert: fn($from) -> Result<$type, String> = $convert;
                convert(row.get(name)?).map_err(|reason| wrong(name, reason))
            }
        }
        impl FromColumn for Option<$type> {
            fn from_column(row: &Row, name: &str) -> Result<Self> {
                let convert: fn($from) -> Result<$type, String> = $convert;
                row.get::<Option<$from>>(name)?.map(convert).transpose().map_err(|reason| wrong(name, reason))
            }
        }
    )*};
}

converted! {
    Id, i64, |n| Ok(Id(n));
    Timestamp, i64, |n| Timestamp::from_microsecond(n).map_err(|error| error.to_string());
    u32, i64, |n| u32::try_from(n).map_err(|error| error.to_string());
}
