//! Between JSON and the values of the expression language.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use cel::Value as Cel;
use cel::common::types::{CelList, CelMap, CelMapKey, CelString};
use cel::common::value::Val;
use cel::objects::Key;
use serde_json::{Map, Number, Value};

use super::cost::{MAX_MEMBER_TEXT, MAX_MEMBERS, MAX_TEXT};
use super::moments::{Instant, Length};

/// A JSON value for an expression. Whole numbers become `int` wherever they fit, so that they add up with literals.
/// Of a text or list only as much is seen as the reckoning of costs counts on, and of an object only the `members` named.
pub(super) fn to_cel(value: &Value, members: Option<&BTreeSet<String>>) -> Cel {
    match (value, members) {
        (Value::Object(entries), Some(members)) => {
            object(members.iter().filter_map(|name| entries.get_key_value(name)), MAX_TEXT)
        }
        _ => within(value, MAX_TEXT),
    }
}

fn object<'v>(entries: impl Iterator<Item = (&'v String, &'v Value)>, max_text: usize) -> Cel {
    let entries = entries.map(|(name, value)| (Key::String(Arc::new(name.clone())), within(value, max_text)));
    Cel::Map(cel::objects::Map { map: Arc::new(entries.collect::<HashMap<_, _>>()) })
}

fn within(value: &Value, max_text: usize) -> Cel {
    match value {
        Value::Null => Cel::Null,
        Value::Bool(flag) => Cel::Bool(*flag),
        Value::Number(number) => match (number.as_i64(), number.as_u64()) {
            (Some(integer), _) => Cel::Int(integer),
            (None, Some(large)) => Cel::UInt(large),
            (None, None) => Cel::Float(number.as_f64().unwrap_or_default()),
        },
        Value::String(text) => Cel::String(Arc::new(beginning(text, max_text).to_owned())),
        Value::Array(members) => {
            let members = members.iter().take(MAX_MEMBERS);
            Cel::List(Arc::new(members.map(|member| within(member, MAX_MEMBER_TEXT)).collect()))
        }
        Value::Object(entries) => object(entries.iter(), max_text),
    }
}

/// The first characters of a text.
fn beginning(text: &str, characters: usize) -> &str {
    if text.len() <= characters {
        return text;
    }
    text.char_indices().nth(characters).and_then(|(end, _)| text.get(..end)).unwrap_or(text)
}

/// An expression's value as JSON, instants and lengths of time as texts; `None` for what JSON cannot hold.
pub(super) fn from_cel(value: &dyn Val) -> Option<Value> {
    if let Some(text) = value.downcast_ref::<CelString<'_>>() {
        return Some(Value::from(text.inner()));
    }
    if let Some(list) = value.downcast_ref::<CelList<'_>>() {
        return list.inner().iter().map(|member| from_cel(member.as_ref())).collect();
    }
    if let Some(entries) = value.downcast_ref::<CelMap<'_>>() {
        let mut object = Map::new();
        for (key, value) in entries.inner() {
            let CelMapKey::String(name) = key else { return None };
            object.insert(name.inner().to_owned(), from_cel(value.as_ref())?);
        }
        return Some(Value::Object(object));
    }
    if let Some(instant) = value.downcast_ref::<Instant>() {
        return Some(Value::from(instant.0.to_string()));
    }
    if let Some(length) = value.downcast_ref::<Length>() {
        return Some(Value::from(length.spelt()));
    }
    Some(match Cel::try_from(value).ok()? {
        Cel::Null => Value::Null,
        Cel::Bool(flag) => Value::Bool(flag),
        Cel::Int(integer) => Value::from(integer),
        Cel::UInt(integer) => Value::from(integer),
        Cel::Float(number) => Value::Number(Number::from_f64(number)?),
        _ => return None,
    })
}
