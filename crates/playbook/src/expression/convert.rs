//! Between JSON and the values of the expression language.

use std::collections::HashMap;
use std::sync::Arc;

use cel::Value as Cel;
use cel::objects::Key;
use serde_json::{Map, Number, Value};

/// A JSON value for an expression. Whole numbers become `int` wherever they fit, so that they add up with literals.
pub(super) fn to_cel(value: &Value) -> Cel {
    match value {
        Value::Null => Cel::Null,
        Value::Bool(flag) => Cel::Bool(*flag),
        Value::Number(number) => match (number.as_i64(), number.as_u64()) {
            (Some(integer), _) => Cel::Int(integer),
            (None, Some(large)) => Cel::UInt(large),
            (None, None) => Cel::Float(number.as_f64().unwrap_or_default()),
        },
        Value::String(text) => Cel::String(Arc::new(text.clone())),
        Value::Array(members) => Cel::List(Arc::new(members.iter().map(to_cel).collect())),
        Value::Object(entries) => Cel::Map(cel::objects::Map {
            map: Arc::new(
                entries
                    .iter()
                    .map(|(name, value)| (Key::String(Arc::new(name.clone())), to_cel(value)))
                    .collect::<HashMap<_, _>>(),
            ),
        }),
    }
}

/// An expression's value as JSON; `None` for what JSON cannot hold.
pub(super) fn from_cel(value: &Cel) -> Option<Value> {
    Some(match value {
        Cel::Null => Value::Null,
        Cel::Bool(flag) => Value::Bool(*flag),
        Cel::Int(integer) => Value::from(*integer),
        Cel::UInt(integer) => Value::from(*integer),
        Cel::Float(number) => Value::Number(Number::from_f64(*number)?),
        Cel::String(text) => Value::from(text.as_str()),
        Cel::List(members) => members.iter().map(from_cel).collect::<Option<Vec<_>>>()?.into(),
        Cel::Map(entries) => {
            let mut object = Map::new();
            for (key, value) in entries.map.iter() {
                let Key::String(name) = key else { return None };
                object.insert(name.as_str().to_owned(), from_cel(value)?);
            }
            Value::Object(object)
        }
        _ => return None,
    })
}
