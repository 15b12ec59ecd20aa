//! A row as a line of JSON, the same whichever database it is from.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value as Json;
use store::Value;
use store::tables::{Kind, Table};

use super::damaged;
use crate::Result;

/// Adds the row's line to `lines`, with its end.
pub(super) fn write(values: Vec<Value>, lines: &mut Vec<u8>) -> Result<()> {
    let row: Vec<Json> = values.into_iter().map(json).collect();
    serde_json::to_writer(&mut *lines, &row)?;
    lines.push(b'\n');
    Ok(())
}

/// The values of each line.
pub(super) fn read(table: &Table, lines: &[u8]) -> Result<Vec<Vec<Value>>> {
    let lines = lines.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    lines.map(|line| row(table, line)).collect()
}

/// How many lines there are.
pub(super) fn count(lines: &[u8]) -> u64 {
    lines.iter().filter(|byte| **byte == b'\n').count() as u64
}

fn row(table: &Table, line: &[u8]) -> Result<Vec<Value>> {
    let row: Vec<Json> = serde_json::from_slice(line)
        .map_err(|error| damaged(format!("a row of {} is no JSON: {error}", table.name)))?;
    if row.len() != table.columns.len() {
        return Err(damaged(format!("a row of {} has {} values", table.name, row.len())));
    }
    let values = table.columns.iter().zip(row);
    values
        .map(|(column, json)| {
            value(column.kind, json)
                .ok_or_else(|| damaged(format!("a value of {}.{} is not as it should be", table.name, column.name)))
        })
        .collect()
}

fn json(value: Value) -> Json {
    match value {
        Value::Integer(number) => number.map_or(Json::Null, Json::from),
        Value::Boolean(truth) => truth.map_or(Json::Null, |truth| Json::from(i64::from(truth))),
        Value::Text(text) => text.map_or(Json::Null, Json::from),
        Value::Bytes(bytes) => bytes.map_or(Json::Null, |bytes| Json::from(STANDARD.encode(bytes))),
    }
}

fn value(kind: Kind, json: Json) -> Option<Value> {
    match (kind, json) {
        (kind, Json::Null) => Some(kind.null()),
        (Kind::Integer, Json::Number(number)) => Some(Value::Integer(Some(number.as_i64()?))),
        (Kind::Text, Json::String(text)) => Some(Value::Text(Some(text))),
        (Kind::Bytes, Json::String(text)) => Some(Value::Bytes(Some(STANDARD.decode(text).ok()?))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn any_value(kind: Kind) -> BoxedStrategy<Value> {
        match kind {
            Kind::Integer => any::<Option<i64>>().prop_map(Value::Integer).boxed(),
            Kind::Text => any::<Option<String>>().prop_map(Value::Text).boxed(),
            Kind::Bytes => any::<Option<Vec<u8>>>().prop_map(Value::Bytes).boxed(),
        }
    }

    proptest! {
        #[test]
        fn whatever_a_row_holds_its_line_gives_it_back(
            number in any_value(Kind::Integer), text in any_value(Kind::Text), bytes in any_value(Kind::Bytes),
        ) {
            for (kind, given) in [(Kind::Integer, number), (Kind::Text, text), (Kind::Bytes, bytes)] {
                let mut lines = Vec::new();
                write(vec![given.clone()], &mut lines).unwrap();
                prop_assert_eq!(count(&lines), 1);
                let line: Vec<Json> = serde_json::from_slice(&lines).unwrap();
                prop_assert_eq!(value(kind, line[0].clone()), Some(given));
            }
        }
    }

    #[test]
    fn what_is_not_of_its_column_is_no_value() {
        assert_eq!(value(Kind::Integer, Json::from(1.5)), None);
        assert_eq!(value(Kind::Text, Json::from(1)), None);
        assert_eq!(value(Kind::Bytes, Json::from("not base64!")), None);
    }
}
