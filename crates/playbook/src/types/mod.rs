//! Types: what is known, before anything runs, of the values that expressions and texts see.
//!
//! Null is not tracked: whatever can be read may be null, and a comparison with null is always allowed.

mod columns;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use jiff::Timestamp;
use jiff::civil::Date;

pub use columns::FactType;

use crate::fields::FieldKind;

/// What a value is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Type {
    /// Not known: everything is allowed, and found out when it runs.
    Any,
    /// Null and nothing else.
    Null,
    /// True or false.
    Boolean,
    /// A whole number.
    Integer,
    /// A number with a fraction.
    Decimal,
    /// Any text.
    Text,
    /// One of these texts: a choice, the states of a linked ticket, or what an expression spells out itself.
    Words(BTreeSet<String>),
    /// A day, as the text `2026-12-25`.
    Date,
    /// An instant, as a text of RFC 3339.
    Time,
    /// An instant that is reckoned with; it is kept as a text of RFC 3339.
    Timestamp,
    /// A length of time that is reckoned with.
    Duration,
    /// A calendar, which can be asked whether it is open.
    Calendar,
    /// A list of one kind of members.
    List(Box<Type>),
    /// Named values, and no others.
    Object(BTreeMap<String, Type>),
}

impl Type {
    /// The type of one text.
    pub(crate) fn word(text: &str) -> Self {
        Self::Words(BTreeSet::from([text.to_owned()]))
    }

    /// The type of these texts; any text when there is none.
    pub(crate) fn words<T: Into<String>>(texts: impl IntoIterator<Item = T>) -> Self {
        let words: BTreeSet<String> = texts.into_iter().map(Into::into).collect();
        if words.is_empty() { Self::Text } else { Self::Words(words) }
    }

    /// A list of these.
    pub(crate) fn list(member: Type) -> Self {
        Self::List(Box::new(member))
    }

    /// Named values.
    pub(crate) fn object<N: Into<String>>(entries: impl IntoIterator<Item = (N, Type)>) -> Self {
        Self::Object(entries.into_iter().map(|(name, type_)| (name.into(), type_)).collect())
    }

    /// Whether the value is kept as a text.
    pub(crate) fn is_text(&self) -> bool {
        matches!(self, Self::Text | Self::Words(_) | Self::Date | Self::Time)
    }

    /// Whether it is an instant, written as a text or reckoned with.
    pub(crate) fn is_moment(&self) -> bool {
        matches!(self, Self::Time | Self::Timestamp)
    }

    /// Whether a calendar is among it.
    pub(crate) fn holds_calendar(&self) -> bool {
        match self {
            Self::Calendar => true,
            Self::List(member) => member.holds_calendar(),
            Self::Object(names) => names.values().any(Self::holds_calendar),
            _ => false,
        }
    }

    /// The type of the value once it is kept or handed on: what is reckoned with becomes a text.
    pub(crate) fn kept(self) -> Self {
        match self {
            Self::Timestamp => Self::Time,
            Self::Duration => Self::Text,
            Self::List(member) => Self::list(member.kept()),
            Self::Object(names) => Self::Object(names.into_iter().map(|(name, type_)| (name, type_.kept())).collect()),
            other => other,
        }
    }

    /// Whether it is a number.
    pub(crate) fn is_number(&self) -> bool {
        matches!(self, Self::Integer | Self::Decimal)
    }

    /// Whether nothing stands against any use of it.
    pub(crate) fn is_open(&self) -> bool {
        matches!(self, Self::Any | Self::Null)
    }

    /// Whether a value of the one type can ever equal one of the other. Null is left aside.
    pub(crate) fn may_equal(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Words(some), Self::Words(others)) => !some.is_disjoint(others),
            (Self::Words(words), Self::Date) | (Self::Date, Self::Words(words)) => {
                words.iter().any(|text| is_day(text))
            }
            (Self::Words(words), Self::Time) | (Self::Time, Self::Words(words)) => {
                words.iter().any(|text| is_instant(text))
            }
            (Self::Date, Self::Time) | (Self::Time, Self::Date) => false,
            (Self::List(some), Self::List(others)) => some.may_equal(others),
            (Self::Object(_), Self::Object(_)) => true,
            _ => {
                self.is_open()
                    || other.is_open()
                    || self == other
                    || both(Self::is_text, self, other)
                    || both(Self::is_number, self, other)
            }
        }
    }

    /// The type of a value that is one or the other; `None` when no use would suit both.
    pub(crate) fn join(&self, other: &Self) -> Option<Self> {
        Some(match (self, other) {
            (Self::Null, type_) | (type_, Self::Null) => type_.clone(),
            (Self::Any, _) | (_, Self::Any) => Self::Any,
            (Self::Words(some), Self::Words(others)) => Self::Words(some | others),
            (Self::List(some), Self::List(others)) => Self::list(some.join(others)?),
            (Self::Object(some), Self::Object(others)) if some.keys().eq(others.keys()) => {
                let mut entries = BTreeMap::new();
                for ((name, some), other) in some.iter().zip(others.values()) {
                    entries.insert(name.clone(), some.join(other)?);
                }
                Self::Object(entries)
            }
            _ if self == other => self.clone(),
            _ if both(Self::is_text, self, other) => Self::Text,
            _ => return None,
        })
    }

    /// Whether a value of this type may be kept where `wanted` is expected; what only some values decide is let pass.
    pub(crate) fn fits(&self, wanted: &Self) -> bool {
        match (self, wanted) {
            (Self::Any | Self::Null, _) | (_, Self::Any) => true,
            (Self::Words(words), Self::Words(known)) => words.is_subset(known),
            (Self::Words(words), Self::Date) => words.iter().all(|text| is_day(text)),
            (Self::Words(words), Self::Time) => words.iter().all(|text| is_instant(text)),
            (Self::Text, wanted) => wanted.is_text(),
            (Self::Timestamp, Self::Time | Self::Text) => true,
            (Self::List(some), Self::List(others)) => some.fits(others),
            (Self::Object(some), Self::Object(others)) => {
                some.iter().all(|(name, type_)| others.get(name).is_some_and(|wanted| type_.fits(wanted)))
            }
            (_, Self::Text) => self.is_text(),
            _ => self == wanted,
        }
    }
}

fn both(is: fn(&Type) -> bool, some: &Type, other: &Type) -> bool {
    is(some) && is(other)
}

/// Whether a text is a day as fields keep it.
pub(crate) fn is_day(text: &str) -> bool {
    text.parse::<Date>().is_ok_and(|day| day.to_string() == text)
}

/// Whether a text is an instant.
pub(crate) fn is_instant(text: &str) -> bool {
    text.parse::<Timestamp>().is_ok()
}

impl From<&FieldKind> for Type {
    fn from(kind: &FieldKind) -> Self {
        match kind {
            FieldKind::Text { .. } => Self::Text,
            FieldKind::Integer { .. } => Self::Integer,
            FieldKind::Boolean => Self::Boolean,
            FieldKind::Choice { of } => Self::words(of.iter().map(String::as_str)),
            FieldKind::List => Self::list(Self::Text),
            FieldKind::Date => Self::Date,
        }
    }
}

/// As it is called in findings.
impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Any => f.write_str("a value"),
            Self::Null => f.write_str("null"),
            Self::Boolean => f.write_str("true or false"),
            Self::Integer => f.write_str("a whole number"),
            Self::Decimal => f.write_str("a decimal number"),
            Self::Text => f.write_str("a text"),
            Self::Words(words) if words.len() == 1 => f.write_str("a text"),
            Self::Words(_) => f.write_str("a choice"),
            Self::Date => f.write_str("a day"),
            Self::Time => f.write_str("an instant"),
            Self::Timestamp => f.write_str("a timestamp"),
            Self::Duration => f.write_str("a length of time"),
            Self::Calendar => f.write_str("a calendar"),
            Self::List(member) => match **member {
                Self::Any | Self::Null => f.write_str("a list"),
                Self::Boolean => f.write_str("a list of booleans"),
                Self::Integer => f.write_str("a list of whole numbers"),
                Self::Decimal => f.write_str("a list of decimal numbers"),
                Self::Date => f.write_str("a list of days"),
                Self::Time => f.write_str("a list of instants"),
                Self::Timestamp => f.write_str("a list of timestamps"),
                Self::Duration => f.write_str("a list of lengths of time"),
                Self::Calendar => f.write_str("a list of calendars"),
                Self::List(_) => f.write_str("a list of lists"),
                Self::Object(_) => f.write_str("a list of objects"),
                Self::Text | Self::Words(_) => f.write_str("a list of texts"),
            },
            Self::Object(_) => f.write_str("an object"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn null_joins_with_everything_and_numbers_do_not_join_with_texts() {
        assert_eq!(Type::Null.join(&Type::Integer), Some(Type::Integer));
        assert_eq!(Type::list(Type::Null).join(&Type::list(Type::Text)), Some(Type::list(Type::Text)));
        assert_eq!(Type::word("a").join(&Type::word("b")), Some(Type::words(["a", "b"])));
        assert_eq!(Type::word("a").join(&Type::Date), Some(Type::Text));
        assert_eq!(Type::Integer.join(&Type::Text), None);
        assert_eq!(Type::Integer.join(&Type::Decimal), None);
    }

    #[test]
    fn words_equal_only_where_they_meet() {
        assert!(Type::words(["a", "b"]).may_equal(&Type::word("a")));
        assert!(!Type::words(["a", "b"]).may_equal(&Type::word("c")));
        assert!(Type::Text.may_equal(&Type::word("c")));
        assert!(Type::Integer.may_equal(&Type::Decimal));
        assert!(!Type::Integer.may_equal(&Type::Text));
        assert!(!Type::Date.may_equal(&Type::word("25.12.2026")));
    }

    #[test]
    fn a_text_may_turn_out_to_be_a_word_but_not_a_number() {
        assert!(Type::Text.fits(&Type::words(["a"])));
        assert!(!Type::word("b").fits(&Type::words(["a"])));
        assert!(!Type::Text.fits(&Type::Integer));
        assert!(!Type::Integer.fits(&Type::Text));
        assert!(Type::list(Type::word("a")).fits(&Type::list(Type::Text)));
        assert!(!Type::list(Type::Integer).fits(&Type::list(Type::Text)));
    }
}
