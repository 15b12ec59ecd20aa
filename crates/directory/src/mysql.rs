//! MySQL and MariaDB.

use jiff::civil::{Date, DateTime, Time};
use sqlx::mysql::{MySqlConnectOptions, MySqlDatabaseError, MySqlRow};
use sqlx::{AssertSqlSafe, ConnectOptions, Executor, MySqlConnection, Row, SqlSafeStr, TypeInfo, ValueRef};

use crate::Limits;
use crate::cell::{Cell, utc};
use crate::failure::Failure;
use crate::given::{Given, civil};
use crate::reading::Reading;
use crate::server::{Wire, names, take_in};
use crate::statement::Statement;

impl Wire for MySqlConnection {
    type Address = MySqlConnectOptions;

    async fn open(address: &MySqlConnectOptions) -> Result<Self, Failure> {
        address.connect().await.map_err(|error| failure(&error, &Limits::default()))
    }

    async fn begin(&mut self, limits: &Limits) -> Result<(), Failure> {
        // The two servers call it by different names, and each passes over what the comment gives to the other.
        let begin = format!(
            "SET SESSION /*M!100101 max_statement_time = {} */ /*!50708 max_execution_time = {} */; \
             START TRANSACTION READ ONLY",
            limits.statement.as_secs_f64().max(0.001),
            limits.statement.as_millis().max(1)
        );
        run(self, begin, limits).await
    }

    async fn read(
        &mut self,
        statement: &Statement,
        values: &[Given],
        limits: &Limits,
        reading: &mut Reading<'_>,
    ) -> Result<bool, Failure> {
        let mut query = sqlx::query(AssertSqlSafe(statement.text.as_str()));
        for value in statement.places.iter().filter_map(|place| values.get(*place)) {
            query = match value {
                Given::Text(text) | Given::Decimal(text) => query.bind(text.as_str()),
                Given::Integer(number) => query.bind(*number),
                Given::Boolean(truth) => query.bind(*truth),
                Given::Date(date) => query.bind(date.to_string()),
                Given::Timestamp(at) => query.bind(civil(*at).to_string()),
            };
        }
        if !take_in(query.fetch(&mut *self), reading, cell, |error| failure(error, limits)).await? {
            return Ok(false);
        }
        if reading.is_empty() {
            // It is prepared already, so this asks nobody.
            let prepared = self.prepare(AssertSqlSafe(statement.text.as_str()).into_sql_str()).await;
            let prepared = prepared.map_err(|error| failure(&error, limits))?;
            reading.check_columns(&names(sqlx::Statement::columns(&prepared)))?;
        }
        Ok(true)
    }

    async fn end(&mut self) -> Result<(), Failure> {
        run(self, "ROLLBACK".to_owned(), &Limits::default()).await
    }
}

async fn run(wire: &mut MySqlConnection, text: String, limits: &Limits) -> Result<(), Failure> {
    wire.execute(sqlx::raw_sql(AssertSqlSafe(text))).await.map(drop).map_err(|error| failure(&error, limits))
}

fn failure(error: &sqlx::Error, limits: &Limits) -> Failure {
    Failure::of(error, |said| {
        let number = said.try_downcast_ref::<MySqlDatabaseError>().map_or(0, MySqlDatabaseError::number);
        match number {
            // Stopped: ER_QUERY_INTERRUPTED, MariaDB's ER_STATEMENT_TIMEOUT, MySQL's ER_QUERY_TIMEOUT.
            1317 | 1969 | 3024 => Failure::stopped(limits.statement),
            1290 | 1792 => Failure::writes(),
            // Too many connections, of everybody or of this user; a lock that is not let go, a deadlock; a server that stops.
            1040 | 1053 | 1203 | 1205 | 1213 | 1226 => {
                Failure::passing(format!("the database is not able to answer now ({number})"))
            }
            _ => Failure::of_state(&said.code().unwrap_or_default(), said.message()),
        }
    })
}

fn cell(row: &MySqlRow, column: usize) -> Cell {
    match row.try_get_raw(column) {
        Ok(value) if value.is_null() => Cell::Null,
        Ok(value) => {
            let info = value.type_info().into_owned();
            known(row, column, info.name()).unwrap_or_else(|| Cell::Other(format!("a {}", info.name())))
        }
        Err(_) => Cell::Other("nothing that can be read".to_owned()),
    }
}

/// The value, sent in the protocol's binary form; `None` when its type has no kind or its bytes are not as they should be.
fn known(row: &MySqlRow, column: usize, kind: &str) -> Option<Cell> {
    let bytes = || row.try_get_unchecked::<&[u8], _>(column).ok();
    let text = || std::str::from_utf8(bytes()?).ok().map(str::to_owned);
    Some(match kind {
        // Its booleans are the numbers 0 and 1.
        "BOOLEAN" | "TINYINT" | "SMALLINT" | "MEDIUMINT" | "INT" | "BIGINT" => {
            Cell::Integer(row.try_get_unchecked(column).ok()?)
        }
        _ if kind.ends_with(" UNSIGNED") => {
            Cell::Integer(row.try_get_unchecked::<u64, _>(column).ok().and_then(|number| number.try_into().ok())?)
        }
        "DECIMAL" => Cell::Decimal(text()?),
        "FLOAT" => Cell::Real(row.try_get_unchecked::<f32, _>(column).ok()?.to_string().parse().ok()?),
        "DOUBLE" => Cell::Real(row.try_get_unchecked(column).ok()?),
        "DATE" => Cell::Date(moment(bytes()?)?.date()),
        "DATETIME" | "TIMESTAMP" => Cell::Timestamp(utc(moment(bytes()?)?)?),
        "JSON" => Cell::Text(text()?),
        // Texts that are compared byte by byte are told from bytes by their collation, which the driver knows.
        _ => Cell::Text(row.try_get::<String, _>(column).ok()?),
    })
}

/// A day, perhaps with its time, as it is sent: the length, then year, month, day, hour, minute, second, microseconds, as far as
/// they are not zero.
fn moment(bytes: &[u8]) -> Option<DateTime> {
    let part = |at: usize| bytes.get(at).copied().unwrap_or(0).cast_signed();
    let year = i16::from_le_bytes(bytes.get(1..3)?.try_into().ok()?);
    let micros = bytes.get(8..12).and_then(|part| part.try_into().ok()).map_or(0, i32::from_le_bytes);
    let date = Date::new(year, part(3), part(4)).ok()?;
    let time = Time::new(part(5), part(6), part(7), micros.checked_mul(1000)?).ok()?;
    Some(date.to_datetime(time))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_times_are_read_as_far_as_they_are_sent() {
        let day = [4, 0xEA, 0x07, 12, 25];
        assert_eq!(moment(&day).unwrap().to_string(), "2026-12-25T00:00:00");
        let time = [7, 0xEA, 0x07, 12, 25, 10, 30, 59];
        assert_eq!(moment(&time).unwrap().to_string(), "2026-12-25T10:30:59");
        let micros = [11, 0xEA, 0x07, 12, 25, 10, 30, 59, 0x20, 0xA1, 0x07, 0];
        assert_eq!(moment(&micros).unwrap().to_string(), "2026-12-25T10:30:59.5");
    }

    #[test]
    fn a_day_that_is_none_is_not_read() {
        assert_eq!(moment(&[0]), None);
        assert_eq!(moment(&[4, 0, 0, 0, 0]), None);
    }
}
