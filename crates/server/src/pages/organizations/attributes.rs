//! Attributes, as the handbook's `desk.yaml` declares them: shown as facts, asked for as fields, read from what was posted.

use std::collections::BTreeMap;

use desk::error::FieldError;
use jiff::civil::Date;
use playbook::FieldKind as Declared;
use serde_json::{Map, Value};

use crate::pages::field::{Field, FieldKind, FieldOption};
use crate::pages::posted::Posted;
use crate::pages::tickets::fill_fields::spoken;
use crate::texts::Texts;

type Declarations = BTreeMap<String, playbook::Field>;

/// The longest text that is asked for on one line.
const LINE_MAX: u32 = 200;
/// The most options that stand beside each other; with none of them it is one more.
const BUTTONS_MAX: usize = 4;

/// What is known, in words.
pub fn facts(texts: &Texts, declared: &Declarations, known: &Map<String, Value>) -> Vec<(String, String)> {
    let fact = |(name, field): (&String, &playbook::Field)| {
        let value = match known.get(name)? {
            Value::Bool(yes) => texts.get(if *yes { "yes" } else { "no" }),
            other => spoken(other)?,
        };
        Some((field.label.text(texts.tag()).to_owned(), value))
    };
    declared.iter().filter_map(fact).collect()
}

/// A field for each attribute, with what is known or what was entered.
pub fn fields(
    texts: &Texts,
    declared: &Declarations,
    known: &Map<String, Value>,
    entered: Option<&Posted>,
) -> Vec<Field> {
    let field = |(name, declared): (&String, &playbook::Field)| {
        let posted = format!("attributes.{name}");
        let value = match entered.and_then(|posted_by| posted_by.fields.get(&posted)) {
            Some(entered) => entered.trim().to_owned(),
            None => known.get(name).map(written).unwrap_or_default(),
        };
        let field = Field::new(posted, declared.label.text(texts.tag()), kind(texts, &declared.kind, value)).optional();
        match &field.kind {
            FieldKind::LongText(_) if matches!(declared.kind, Declared::List) => {
                field.helped(texts.get("attribute-list-help"))
            }
            FieldKind::Text(_) if matches!(declared.kind, Declared::Date) => {
                field.helped(texts.get("attribute-date-help"))
            }
            _ => field,
        }
    };
    declared.iter().map(field).collect()
}

/// What was posted of them; null takes one away.
///
/// # Errors
/// What is wrong with each.
pub fn read(posted: &Posted, declared: &Declarations) -> Result<Map<String, Value>, Vec<FieldError>> {
    let (mut attributes, mut wrong) = (Map::new(), Vec::new());
    for (name, field) in declared {
        let place = format!("attributes.{name}");
        let Some(entered) = posted.fields.get(&place) else { continue };
        match field.accept_entered(&Value::from(entered.trim())) {
            Ok(value) => drop(attributes.insert(name.clone(), value)),
            Err(why) => wrong.push(FieldError::new(&place, "wrong-type", why)),
        }
    }
    if wrong.is_empty() { Ok(attributes) } else { Err(wrong) }
}

/// A value as somebody writes it into a field.
fn written(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(members) => members.iter().map(written).collect::<Vec<_>>().join("\n"),
        other => other.to_string(),
    }
}

/// Whether a control of days shows it.
fn is_day(value: &str) -> bool {
    value.is_empty() || value.parse::<Date>().is_ok_and(|date| date.to_string() == value)
}

fn kind(texts: &Texts, declared: &Declared, value: String) -> FieldKind {
    let option = |known: &str, label: String| FieldOption { value: known.to_owned(), label, chosen: known == value };
    match declared {
        Declared::Text { max_length } if *max_length <= LINE_MAX => FieldKind::Text(value),
        Declared::Text { .. } | Declared::List => FieldKind::LongText(value),
        // What is no day would be shown by no control of days, and be taken away unseen.
        Declared::Date if is_day(&value) => FieldKind::Date(value),
        Declared::Date => FieldKind::Text(value),
        Declared::Integer { min, max } => FieldKind::Integer { min: *min, max: *max, value },
        Declared::Boolean => {
            let none = option("", texts.get("attribute-none"));
            FieldKind::Choice(vec![none, option("true", texts.get("yes")), option("false", texts.get("no"))])
        }
        Declared::Choice { of } => {
            let options = of.iter().map(|word| option(word, word.clone()));
            let none = (of.len() <= BUTTONS_MAX).then(|| option("", texts.get("attribute-none")));
            FieldKind::Choice(none.into_iter().chain(options).collect())
        }
    }
}
