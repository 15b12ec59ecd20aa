//! The values that are given for a query's parameters.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, civil::DateTime};
use serde_json::{Map, Value};

use crate::failure::Failure;
use crate::{Kind, Query};

/// A value of a parameter's kind.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Given {
    Text(String),
    Integer(i64),
    /// Digits, at most one point, perhaps a sign.
    Decimal(String),
    Boolean(bool),
    Date(Date),
    Timestamp(Timestamp),
}

/// The values in the order in which the parameters are declared.
pub(crate) fn read(query: &Query, given: &Map<String, Value>) -> Result<Vec<Given>, Failure> {
    if let Some(name) = given.keys().find(|name| !query.parameters.iter().any(|(declared, _)| declared == *name)) {
        return Err(Failure::lasting(format!("`{name}` is given and is no parameter of the query")));
    }
    let read = |(name, kind): &(String, Kind)| match given.get(name) {
        None | Some(Value::Null) => Err(Failure::lasting(format!("the parameter `{name}` is not given"))),
        Some(value) => {
            Given::of(*kind, value).ok_or_else(|| Failure::lasting(format!("the parameter `{name}` is no {kind}")))
        }
    };
    query.parameters.iter().map(read).collect()
}

impl Given {
    fn of(kind: Kind, value: &Value) -> Option<Self> {
        Some(match (kind, value) {
            (Kind::Text, Value::String(text)) => Given::Text(text.clone()),
            (Kind::Integer, Value::Number(number)) => Given::Integer(number.as_i64()?),
            (Kind::Decimal, Value::Number(number)) => Given::Decimal(decimal(&number.to_string())?),
            (Kind::Decimal, Value::String(text)) => Given::Decimal(decimal(text)?),
            (Kind::Boolean, Value::Bool(truth)) => Given::Boolean(*truth),
            (Kind::Date, Value::String(text)) => Given::Date(text.parse().ok()?),
            (Kind::Timestamp, Value::String(text)) => Given::Timestamp(text.parse().ok()?),
            _ => return None,
        })
    }
}

/// A plain decimal number, as far as every database can hold it.
fn decimal(text: &str) -> Option<String> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let plain = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    (plain(whole) && plain(fraction) && whole.len() <= 35 && fraction.len() <= 30).then(|| text.to_owned())
}

/// An instant as databases without zones write it, in UTC.
pub(crate) fn civil(at: Timestamp) -> DateTime {
    at.to_zoned(TimeZone::UTC).datetime()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_value_of_its_kind_is_taken_and_another_is_not() {
        for (kind, good, bad) in [
            (Kind::Text, json!("x"), json!(1)),
            (Kind::Integer, json!(-7), json!(1.5)),
            (Kind::Decimal, json!("-12.50"), json!("1e9")),
            (Kind::Decimal, json!(12.5), json!("1.")),
            (Kind::Boolean, json!(true), json!(1)),
            (Kind::Date, json!("2026-12-25"), json!("2026-02-30")),
            (Kind::Timestamp, json!("2026-12-25T10:00:00+01:00"), json!("2026-12-25")),
        ] {
            assert!(Given::of(kind, &good).is_some(), "{kind} {good}");
            assert_eq!(Given::of(kind, &bad), None, "{kind} {bad}");
        }
    }

    #[test]
    fn what_is_missing_too_much_or_wrong_is_named_and_its_value_is_not() {
        let query = Query {
            sql: String::new(),
            parameters: vec![("email".to_owned(), Kind::Text), ("since".to_owned(), Kind::Date)],
            columns: Vec::new(),
        };
        let reason = |given: Value| read(&query, given.as_object().unwrap()).unwrap_err().reason;
        assert_eq!(reason(json!({"email": "m"})), "the parameter `since` is not given");
        assert_eq!(reason(json!({"email": null, "since": "2026-01-01"})), "the parameter `email` is not given");
        assert_eq!(reason(json!({"email": "m", "since": "soon"})), "the parameter `since` is no date");
        assert_eq!(reason(json!({"mail": "m"})), "`mail` is given and is no parameter of the query");
    }
}
