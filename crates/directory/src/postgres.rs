//! PostgreSQL.

use jiff::civil::Date;
use jiff::{Span, Timestamp};
use sqlx::postgres::{PgConnectOptions, PgRow, PgTypeKind, PgValueRef};
use sqlx::{AssertSqlSafe, ConnectOptions, Executor, PgConnection, Row, SqlSafeStr, TypeInfo, ValueRef};

use crate::Limits;
use crate::cell::Cell;
use crate::failure::Failure;
use crate::given::Given;
use crate::reading::Reading;
use crate::server::{Wire, names, take_in};
use crate::statement::Statement;

/// From 1970-01-01, which is jiff's zero, to 2000-01-01, which is PostgreSQL's, in microseconds.
const EPOCH: i64 = 946_684_800_000_000;

impl Wire for PgConnection {
    type Address = PgConnectOptions;

    async fn open(address: &PgConnectOptions) -> Result<Self, Failure> {
        address
            .connect()
            .await
            .map_err(|error| Failure::of(&error, |said| Failure::of_state(&state(said), said.message())))
    }

    async fn begin(&mut self, limits: &Limits) -> Result<(), Failure> {
        let begin = format!(
            "BEGIN READ ONLY; SET LOCAL statement_timeout = {}; SET LOCAL timezone = 'UTC'",
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
                Given::Timestamp(at) => query.bind(at.to_string()),
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

async fn run(wire: &mut PgConnection, text: String, limits: &Limits) -> Result<(), Failure> {
    wire.execute(sqlx::raw_sql(AssertSqlSafe(text))).await.map(drop).map_err(|error| failure(&error, limits))
}

fn state(said: &dyn sqlx::error::DatabaseError) -> String {
    said.code().unwrap_or_default().into_owned()
}

fn failure(error: &sqlx::Error, limits: &Limits) -> Failure {
    Failure::of(error, |said| match state(said).as_str() {
        "57014" => Failure::stopped(limits.statement),
        state => Failure::of_state(state, said.message()),
    })
}

fn cell(row: &PgRow, column: usize) -> Cell {
    match row.try_get_raw(column) {
        Ok(value) => known(&value).unwrap_or_else(|| Cell::Other(format!("a {}", value.type_info().name()))),
        Err(_) => Cell::Other("nothing that can be read".to_owned()),
    }
}

/// The value, sent in PostgreSQL's binary form; `None` when its type has no kind or its bytes are not as they should be.
fn known(value: &PgValueRef<'_>) -> Option<Cell> {
    if value.is_null() {
        return Some(Cell::Null);
    }
    let (kind, bytes) = (value.type_info(), value.as_bytes().ok()?);
    Some(match kind.name() {
        "TEXT" | "VARCHAR" | "CHAR" | "NAME" | "UNKNOWN" => text(bytes)?,
        "INT2" => Cell::Integer(i16::from_be_bytes(bytes.try_into().ok()?).into()),
        "INT4" => Cell::Integer(i32::from_be_bytes(bytes.try_into().ok()?).into()),
        "INT8" => Cell::Integer(i64::from_be_bytes(bytes.try_into().ok()?)),
        "FLOAT4" => Cell::Real(f32::from_be_bytes(bytes.try_into().ok()?).to_string().parse().ok()?),
        "FLOAT8" => Cell::Real(f64::from_be_bytes(bytes.try_into().ok()?)),
        "NUMERIC" => Cell::Decimal(numeric(bytes)?),
        "BOOL" => Cell::Boolean(*bytes.first()? != 0),
        "DATE" => Cell::Date(date(i32::from_be_bytes(bytes.try_into().ok()?))?),
        "TIMESTAMP" | "TIMESTAMPTZ" => {
            let since = i64::from_be_bytes(bytes.try_into().ok()?);
            Cell::Timestamp(Timestamp::from_microsecond(since.checked_add(EPOCH)?).ok()?)
        }
        // Types that a database makes for itself: enumerations, and texts that ignore case.
        name if name.eq_ignore_ascii_case("citext") || matches!(kind.kind(), PgTypeKind::Enum(_)) => text(bytes)?,
        _ => return None,
    })
}

fn text(bytes: &[u8]) -> Option<Cell> {
    std::str::from_utf8(bytes).ok().map(|text| Cell::Text(text.to_owned()))
}

fn date(days: i32) -> Option<Date> {
    Date::new(2000, 1, 1).ok()?.checked_add(Span::new().try_days(days).ok()?).ok()
}

/// `numeric` as it is sent: how many digits, the weight of the first, the sign, how many decimal places, then the digits, each
/// worth 10,000 of the next. `None` for what is no number (NaN, infinity).
fn numeric(bytes: &[u8]) -> Option<String> {
    let mut parts = bytes.chunks_exact(2).filter_map(|part| part.try_into().ok().map(u16::from_be_bytes));
    let (count, weight, sign, places) = (parts.next()?, parts.next()?.cast_signed(), parts.next()?, parts.next()?);
    let digits: Vec<u16> = parts.take(count.into()).collect();
    let digit = |at: i32| usize::try_from(at).ok().and_then(|at| digits.get(at)).copied().unwrap_or(0);
    let mut text = match sign {
        0x0000 => String::new(),
        0x4000 => "-".to_owned(),
        _ => return None,
    };
    let whole: String = (0..=i32::from(weight)).map(|at| format!("{:04}", digit(at))).collect();
    let whole = whole.trim_start_matches('0');
    text.push_str(if whole.is_empty() { "0" } else { whole });
    if places > 0 {
        let first = i32::from(weight) + 1;
        let fraction: String =
            (first..first + i32::from(places.div_ceil(4))).map(|at| format!("{:04}", digit(at))).collect();
        text.push('.');
        text.push_str(fraction.get(..places.into())?);
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(weight: i16, sign: u16, places: u16, digits: &[u16]) -> Vec<u8> {
        let count = u16::try_from(digits.len()).unwrap();
        let head = [count, weight.cast_unsigned(), sign, places];
        head.iter().chain(digits).flat_map(|part| part.to_be_bytes()).collect()
    }

    #[test]
    fn decimal_numbers_are_read_exactly() {
        for (bytes, text) in [
            (sent(0, 0, 0, &[]), Some("0")),
            (sent(0, 0, 2, &[12, 5000]), Some("12.50")),
            (sent(1, 0x4000, 0, &[1, 2]), Some("-10002")),
            (sent(2, 0, 0, &[7]), Some("700000000")),
            (sent(-1, 0, 4, &[5]), Some("0.0005")),
            (sent(-2, 0x4000, 6, &[100]), Some("-0.000001")),
            (sent(0, 0xC000, 0, &[]), None),
            (vec![0, 1], None),
        ] {
            assert_eq!(numeric(&bytes).as_deref(), text);
        }
    }

    #[test]
    fn days_count_from_the_year_2000_and_infinity_is_none() {
        assert_eq!(date(-1).unwrap().to_string(), "1999-12-31");
        assert_eq!(date(i32::MAX), None);
    }
}
