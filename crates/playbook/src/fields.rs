//! Typed values: the fields of a playbook and of a form, and the attributes of organizations and contacts.

use jiff::civil::Date;
use serde_json::Value;

use crate::finding::Finding;
use crate::source::Place;
use crate::spelling;
use crate::text::Localized;
use crate::yaml::{Entries, Node};

/// The most characters of a text field that does not say otherwise.
pub const DEFAULT_MAX_LENGTH: u32 = 10_000;

/// The most members of a list field.
const MAX_MEMBERS: usize = 1_000;

/// A declared, typed field.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// The name, as expressions use it.
    pub name: String,
    /// What people call it; the name in words when the handbook does not say.
    pub label: Localized,
    /// What it may hold.
    pub kind: FieldKind,
    /// What it begins with.
    pub default: Option<Value>,
    /// Where it is declared.
    pub place: Place,
}

/// What a field may hold. `null` is always allowed: no value yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// A text.
    Text {
        /// The most characters.
        max_length: u32,
    },
    /// A whole number.
    Integer {
        /// The least.
        min: Option<i64>,
        /// The most.
        max: Option<i64>,
    },
    /// True or false.
    Boolean,
    /// One of these words.
    Choice {
        /// The words, in the order they are offered.
        of: Vec<String>,
    },
    /// A list of texts.
    List,
    /// A day, as `2026-12-25`.
    Date,
}

impl FieldKind {
    /// The words for all of them.
    pub(crate) const WORDS: [&'static str; 6] = ["text", "integer", "boolean", "choice", "list", "date"];

    /// The word for it in a handbook.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Text { .. } => "text",
            Self::Integer { .. } => "integer",
            Self::Boolean => "boolean",
            Self::Choice { .. } => "choice",
            Self::List => "list",
            Self::Date => "date",
        }
    }
}

impl Field {
    /// Checks that a value suits the field, and gives it as it is to be kept.
    ///
    /// # Errors
    /// What is wrong with the value, as a sentence without subject: "is a whole number".
    pub fn accept(&self, value: &Value) -> Result<Value, String> {
        let fits = match (&self.kind, value) {
            (_, Value::Null) => Ok(()),
            (FieldKind::Text { max_length }, Value::String(text)) => check_length(text, *max_length),
            (FieldKind::Integer { min, max }, Value::Number(number)) => match number.as_i64() {
                Some(number) => check_range(number, *min, *max),
                None => Err("is a whole number".to_owned()),
            },
            (FieldKind::Boolean, Value::Bool(_)) => Ok(()),
            (FieldKind::Choice { of }, Value::String(word)) if of.contains(word) => Ok(()),
            (FieldKind::Choice { of }, _) => Err(format!("is one of {}", of.join(", "))),
            (FieldKind::List, Value::Array(members)) => check_members(members),
            (FieldKind::Date, Value::String(day)) if day.parse::<Date>().is_ok_and(|date| date.to_string() == *day) => {
                Ok(())
            }
            (FieldKind::Text { .. }, _) => Err("is a text".to_owned()),
            (FieldKind::Integer { .. }, _) => Err("is a whole number".to_owned()),
            (FieldKind::Boolean, _) => Err("is true or false".to_owned()),
            (FieldKind::List, _) => Err("is a list of texts".to_owned()),
            (FieldKind::Date, _) => Err("is a day, written like 2026-12-25".to_owned()),
        };
        fits.map(|()| value.clone())
    }

    /// Reads what a person entered in a form, where everything may be a text: `"2"` is 2, `"on"` true.
    ///
    /// # Errors
    /// As [`accept`](Self::accept).
    pub fn accept_entered(&self, entered: &Value) -> Result<Value, String> {
        let Value::String(text) = entered else { return self.accept(entered) };
        let trimmed = text.trim();
        if trimmed.is_empty() {
            return Ok(Value::Null);
        }
        let value = match &self.kind {
            FieldKind::Integer { .. } => trimmed.parse::<i64>().map_or_else(|_| entered.clone(), Value::from),
            FieldKind::Boolean => match trimmed {
                "true" | "on" | "yes" | "1" => Value::Bool(true),
                "false" | "off" | "no" | "0" => Value::Bool(false),
                _ => entered.clone(),
            },
            FieldKind::List => trimmed.lines().map(str::trim).filter(|line| !line.is_empty()).collect(),
            FieldKind::Choice { .. } | FieldKind::Date => Value::from(trimmed),
            FieldKind::Text { .. } => entered.clone(),
        };
        self.accept(&value)
    }

    /// Reads the keys of a field that every kind of field has; the caller closes the mapping.
    pub(crate) fn read(
        name: &str,
        entries: &mut Entries<'_>,
        languages: &[String],
        findings: &mut Vec<Finding>,
    ) -> Option<Self> {
        let label = match entries.get("label") {
            Some(node) => Localized::read(node, languages, findings)?,
            None => Localized::plain(in_words(name)),
        };
        let kind = read_kind(entries, findings);
        let default = entries.get("default");
        let mut field =
            Self { name: name.to_owned(), label, kind: kind?, default: None, place: entries.place().clone() };
        if let Some(node) = default {
            field.default = field.check_default(node, findings);
        }
        Some(field)
    }

    fn check_default(&self, node: &Node, findings: &mut Vec<Finding>) -> Option<Value> {
        match self.accept(&node.value()) {
            Ok(value) => Some(value),
            Err(message) => {
                findings.push(Finding::error(
                    "wrong-type",
                    node.place.clone(),
                    format!("the default of `{}` {message}", self.name),
                ));
                None
            }
        }
    }
}

/// A name as words: `request_type` is "Request type".
pub(crate) fn in_words(name: &str) -> String {
    let spaced = name.replace(['_', '-'], " ");
    let mut characters = spaced.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => spaced,
    }
}

fn check_length(text: &str, max_length: u32) -> Result<(), String> {
    let fits = text.chars().count() <= max_length as usize;
    fits.then_some(()).ok_or_else(|| format!("has {max_length} characters at most"))
}

fn check_range(number: i64, min: Option<i64>, max: Option<i64>) -> Result<(), String> {
    match (min, max) {
        (Some(min), _) if number < min => Err(format!("is {min} or more")),
        (_, Some(max)) if number > max => Err(format!("is {max} or less")),
        _ => Ok(()),
    }
}

fn check_members(members: &[Value]) -> Result<(), String> {
    if members.len() > MAX_MEMBERS {
        return Err(format!("has {MAX_MEMBERS} members at most"));
    }
    members.iter().try_for_each(|member| match member {
        Value::String(text) => check_length(text, DEFAULT_MAX_LENGTH),
        _ => Err("is a list of texts".to_owned()),
    })
}

fn read_kind(entries: &mut Entries<'_>, findings: &mut Vec<Finding>) -> Option<FieldKind> {
    let of = entries.words("of", findings);
    let (min, max) = (entries.integer("min", findings), entries.integer("max", findings));
    let max_length = entries.integer("max_length", findings);
    let node = entries.require("type", findings)?;
    let word = crate::yaml::word(node, "type", findings)?;
    let wrong = |message: &str| Finding::error("wrong-type", node.place.clone(), message);
    Some(match word {
        "text" => FieldKind::Text {
            max_length: match max_length.map(u32::try_from) {
                None => DEFAULT_MAX_LENGTH,
                Some(Ok(length)) if length > 0 => length,
                Some(_) => {
                    findings.push(wrong("`max_length` is 1 or more"));
                    return None;
                }
            },
        },
        "integer" => FieldKind::Integer { min, max },
        "boolean" => FieldKind::Boolean,
        "date" => FieldKind::Date,
        "list" => {
            if of.iter().any(|(kind, _)| *kind != "text") || of.len() > 1 {
                findings.push(wrong("a list is `of: text`"));
            }
            FieldKind::List
        }
        "choice" => {
            if of.is_empty() {
                findings.push(wrong("a choice says what to choose from: `of: [ first, second ]`"));
                return None;
            }
            FieldKind::Choice { of: of.into_iter().map(|(word, _)| word.to_owned()).collect() }
        }
        other => {
            let finding = Finding::error("unknown-type", node.place.clone(), format!("there is no type `{other}`"));
            findings.push(finding.with_help(spelling::suggest(other, FieldKind::WORDS)));
            return None;
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn field(kind: FieldKind) -> Field {
        Field {
            name: "x".to_owned(),
            label: Localized::plain("X"),
            kind,
            default: None,
            place: Place::start_of("x.yaml"),
        }
    }

    #[test]
    fn each_kind_accepts_its_own_values_and_null() {
        let kinds = [
            (FieldKind::Text { max_length: 3 }, json!("abc"), json!("abcd")),
            (FieldKind::Integer { min: Some(1), max: Some(3) }, json!(3), json!(4)),
            (FieldKind::Integer { min: Some(1), max: None }, json!(1), json!(1.5)),
            (FieldKind::Boolean, json!(true), json!("true")),
            (FieldKind::Choice { of: vec!["a".into()] }, json!("a"), json!("b")),
            (FieldKind::List, json!(["a"]), json!([1])),
            (FieldKind::Date, json!("2026-12-25"), json!("25.12.2026")),
        ];
        for (kind, good, bad) in kinds {
            let field = field(kind);
            assert_eq!(field.accept(&good).as_ref(), Ok(&good));
            assert_eq!(field.accept(&Value::Null), Ok(Value::Null));
            assert!(field.accept(&bad).is_err(), "{:?} took {bad}", field.kind);
        }
    }

    #[test]
    fn what_a_person_enters_is_read_by_the_kind_of_the_field() {
        let entered = [
            (FieldKind::Integer { min: None, max: None }, " 2 ", json!(2)),
            (FieldKind::Boolean, "on", json!(true)),
            (FieldKind::Boolean, "no", json!(false)),
            (FieldKind::List, "a\n\n b ", json!(["a", "b"])),
            (FieldKind::Date, "2026-01-02", json!("2026-01-02")),
            (FieldKind::Text { max_length: 9 }, "", json!(null)),
        ];
        for (kind, text, expected) in entered {
            assert_eq!(field(kind).accept_entered(&json!(text)), Ok(expected), "{text}");
        }
        assert!(field(FieldKind::Integer { min: None, max: None }).accept_entered(&json!("two")).is_err());
    }

    #[test]
    fn a_name_reads_as_words() {
        assert_eq!(in_words("request_type"), "Request type");
        assert_eq!(in_words(""), "");
    }
}
