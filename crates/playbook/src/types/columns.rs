//! Types that the desk's features declare: of facts, and of what an event brings along.

use super::Type;

/// What stands at a path of facts or in a column of an event's data. `null` is always possible.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FactType {
    /// A text.
    Text,
    /// One of these texts.
    OneOf(&'static [&'static str]),
    /// A whole number.
    Integer,
    /// A number with a fraction, handed over as JSON with one (`2.0`), since `2` is a whole number.
    Decimal,
    /// True or false.
    Boolean,
    /// A day, as the text `2026-12-25`.
    Date,
    /// An instant, as a text of RFC 3339.
    Time,
    /// A list of texts.
    Texts,
    /// Not known before it runs; anything may stand below it.
    Anything,
}

impl From<FactType> for Type {
    fn from(fact: FactType) -> Self {
        match fact {
            FactType::Text => Self::Text,
            FactType::OneOf(words) => Self::words(words.iter().copied()),
            FactType::Integer => Self::Integer,
            FactType::Decimal => Self::Decimal,
            FactType::Boolean => Self::Boolean,
            FactType::Date => Self::Date,
            FactType::Time => Self::Time,
            FactType::Texts => Self::list(Self::Text),
            FactType::Anything => Self::Any,
        }
    }
}
