//! Attributes are declared, with their types, in the handbook's `desk.yaml`; nothing else is kept.

use std::collections::BTreeMap;

use playbook::Field;
use serde_json::{Map, Value};

use crate::error::FieldError;
use crate::{Error, Result};

/// Refuses attributes that are not declared and values that they do not take. A null takes one away and always fits.
pub(super) fn check(declared: &BTreeMap<String, Field>, given: &Map<String, Value>) -> Result<()> {
    let wrong: Vec<FieldError> = given
        .iter()
        .filter(|(_, value)| !value.is_null())
        .filter_map(|(name, value)| {
            let place = format!("attributes.{name}");
            match declared.get(name) {
                None => {
                    Some(FieldError::new(&place, "unknown", "desk.yaml of the handbook declares no such attribute"))
                }
                Some(field) => field.accept(value).err().map(|why| FieldError::new(&place, "wrong-type", why)),
            }
        })
        .collect();
    if wrong.is_empty() { Ok(()) } else { Err(Error::invalid_fields(wrong)) }
}
