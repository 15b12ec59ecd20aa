//! What somebody else changed while a form was open. The form says of each field how it stood when it was asked for (`was.NAME`): what
//! its writer left alone is taken as it stands by now, and what both changed is shown to them before it is kept.

use std::collections::BTreeMap;

use desk::error::FieldError;

use super::field::{Field, FieldKind};
use super::posted::Posted;

/// The code of a field that somebody else changed meanwhile; its message is how it stands now.
pub const CHANGED: &str = "changed-meanwhile";

/// How the fields of a form stand at present, as they would be entered.
pub struct Standing(BTreeMap<String, String>);

impl Standing {
    /// As these fields say, which hold what is known and nothing that was entered.
    pub fn of(fields: &[Field]) -> Self {
        Self(fields.iter().filter_map(|field| Some((field.name.clone(), written(&field.kind)?))).collect())
    }

    /// The fields of the form that is shown, each with how it stands.
    pub fn onto(&self, fields: Vec<Field>) -> Vec<Field> {
        fields.into_iter().map(|field| Field { was: self.0.get(&field.name).cloned(), ..field }).collect()
    }

    /// Has what was posted catch up with what stands now; says which fields both changed, to something else each.
    pub fn catch_up(&self, posted: &mut Posted) -> Vec<FieldError> {
        let mut crossed = Vec::new();
        for (name, now) in &self.0 {
            let (Some(was), Some(entered)) = (posted.fields.get(&format!("was.{name}")), posted.fields.get(name))
            else {
                continue;
            };
            if same(was, now) {
                continue;
            }
            if same(entered, was) {
                posted.fields.insert(name.clone(), now.clone());
            } else if !same(entered, now) {
                crossed.push(FieldError::new(name, CHANGED, now));
            }
        }
        crossed
    }
}

/// What a field holds; nothing where it cannot be told.
fn written(kind: &FieldKind) -> Option<String> {
    match kind {
        FieldKind::Text(value) | FieldKind::Email(value) | FieldKind::LongText(value) | FieldKind::Date(value) => {
            Some(value.clone())
        }
        FieldKind::Integer { value, .. } => Some(value.clone()),
        FieldKind::Boolean(value) => Some(value.map(|yes| yes.to_string()).unwrap_or_default()),
        FieldKind::Choice(options) => {
            let chosen = options.iter().find(|option| option.chosen);
            Some(chosen.map(|option| option.value.clone()).unwrap_or_default())
        }
        FieldKind::Secret | FieldKind::Files => None,
    }
}

/// Browsers end each line with CR LF (HTML, "Constructing the entry list").
fn same(one: &str, other: &str) -> bool {
    one.trim().lines().eq(other.trim().lines())
}
