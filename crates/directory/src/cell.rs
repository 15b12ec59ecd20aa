//! One value of a row, in a form that is the same for all databases, and as a column wants it.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use serde_json::Value;

use crate::Kind;

/// One value of a row.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Cell {
    Null,
    Text(String),
    /// A text of a database that has no types for days and instants, so that it may be one.
    Untyped(String),
    Integer(i64),
    Decimal(String),
    Real(f64),
    Boolean(bool),
    Date(Date),
    Timestamp(Timestamp),
    /// Of a type that has no kind, with the database's word for it.
    Other(String),
}

impl Cell {
    /// The value as a column of that kind holds it; what it is instead, as the end of a sentence, when it does not fit.
    pub(crate) fn as_kind(&self, kind: Kind, most_bytes: usize) -> Result<Value, String> {
        if let Cell::Text(text) | Cell::Untyped(text) | Cell::Decimal(text) = self
            && text.len() > most_bytes
        {
            return Err(format!("holds more than {most_bytes} bytes"));
        }
        let fits = match (kind, self) {
            (_, Cell::Null) => Some(Value::Null),
            (Kind::Text, Cell::Text(text) | Cell::Untyped(text)) => Some(text.as_str().into()),
            (Kind::Integer, Cell::Integer(number)) => Some((*number).into()),
            // What a sum of whole numbers is to some databases.
            (Kind::Integer, Cell::Decimal(text)) => whole(text).map(Value::from),
            (Kind::Decimal, Cell::Decimal(text)) => Some(text.as_str().into()),
            (Kind::Decimal, Cell::Integer(number)) => Some(number.to_string().into()),
            (Kind::Decimal, Cell::Real(number)) if number.is_finite() => Some(number.to_string().into()),
            (Kind::Boolean, Cell::Boolean(truth)) => Some((*truth).into()),
            (Kind::Boolean, Cell::Integer(number @ (0 | 1))) => Some((*number == 1).into()),
            (Kind::Date, Cell::Date(date)) => Some(date.to_string().into()),
            (Kind::Date, Cell::Untyped(text)) => day(text).map(|date| date.to_string().into()),
            (Kind::Timestamp, Cell::Timestamp(at)) => Some(at.to_string().into()),
            (Kind::Timestamp, Cell::Untyped(text)) => instant(text).map(|at| at.to_string().into()),
            _ => None,
        };
        fits.ok_or_else(|| format!("holds {}, and is declared as {kind}", self.word()))
    }

    /// What it is, without its value.
    fn word(&self) -> &str {
        match self {
            Cell::Null => "nothing",
            Cell::Text(_) | Cell::Untyped(_) => "a text",
            Cell::Integer(_) => "a whole number",
            Cell::Decimal(_) => "a decimal number",
            Cell::Real(_) => "a floating-point number",
            Cell::Boolean(_) => "true or false",
            Cell::Date(_) => "a day",
            Cell::Timestamp(_) => "an instant",
            Cell::Other(word) => word,
        }
    }
}

fn whole(decimal: &str) -> Option<i64> {
    let (whole, fraction) = decimal.split_once('.').unwrap_or((decimal, ""));
    if fraction.bytes().all(|digit| digit == b'0') { whole.parse().ok() } else { None }
}

/// `2026-12-25` and nothing after it.
fn day(text: &str) -> Option<Date> {
    text.parse().ok().filter(|_| text.len() == "2026-12-25".len())
}

/// An instant with its offset, or a day and time in UTC.
fn instant(text: &str) -> Option<Timestamp> {
    text.parse().ok().or_else(|| utc(text.parse().ok().filter(|_| text.len() > "2026-12-25".len())?))
}

/// The instant at which it is that time in UTC.
pub(crate) fn utc(at: DateTime) -> Option<Timestamp> {
    at.to_zoned(TimeZone::UTC).ok().map(|at| at.timestamp())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn text(text: &str) -> Cell {
        Cell::Untyped(text.to_owned())
    }

    #[test]
    fn a_value_that_fits_has_one_form_whatever_the_database_calls_it() {
        for (cell, kind, value) in [
            (Cell::Null, Kind::Date, Value::Null),
            (text("Zoë"), Kind::Text, json!("Zoë")),
            (Cell::Integer(7), Kind::Integer, json!(7)),
            (Cell::Decimal("7.00".to_owned()), Kind::Integer, json!(7)),
            (Cell::Decimal("-12.50".to_owned()), Kind::Decimal, json!("-12.50")),
            (Cell::Real(0.1), Kind::Decimal, json!("0.1")),
            (Cell::Integer(1), Kind::Boolean, json!(true)),
            (text("2026-12-25"), Kind::Date, json!("2026-12-25")),
            (text("2026-12-25 10:00:00"), Kind::Timestamp, json!("2026-12-25T10:00:00Z")),
            (text("2026-12-25T10:00:00.5+01:00"), Kind::Timestamp, json!("2026-12-25T09:00:00.5Z")),
        ] {
            assert_eq!(cell.as_kind(kind, 100), Ok(value), "{cell:?}");
        }
    }

    #[test]
    fn a_value_that_does_not_fit_is_described_and_not_repeated() {
        for (cell, kind, words) in [
            (text("secret"), Kind::Integer, "holds a text, and is declared as integer"),
            (Cell::Text("2026-12-25".to_owned()), Kind::Date, "holds a text, and is declared as date"),
            (text("2026-12-25 10:00:00"), Kind::Date, "holds a text, and is declared as date"),
            (text("2026-12-25"), Kind::Timestamp, "holds a text, and is declared as timestamp"),
            (Cell::Decimal("7.5".to_owned()), Kind::Integer, "holds a decimal number, and is declared as integer"),
            (Cell::Integer(2), Kind::Boolean, "holds a whole number, and is declared as boolean"),
            (Cell::Integer(2), Kind::Text, "holds a whole number, and is declared as text"),
            (Cell::Other("a point".to_owned()), Kind::Text, "holds a point, and is declared as text"),
            (text("four"), Kind::Text, "holds more than 3 bytes"),
        ] {
            assert_eq!(cell.as_kind(kind, if words.contains("bytes") { 3 } else { 100 }), Err(words.to_owned()));
        }
    }
}
