//! What is said about a question beside its answer: what was not understood, and what nobody is called.

use super::grammar::Operator;

/// Something to say about what was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// There is no such operator; its name and value were looked for as words.
    UnknownOperator {
        /// The name that was typed.
        name: String,
        /// What stood behind it.
        value: String,
        /// The operator that was probably meant.
        nearest: Option<Operator>,
    },
    /// The operator does not take this; both were looked for as words.
    UnknownValue {
        /// The operator.
        operator: Operator,
        /// What stood behind it.
        value: String,
        /// The word that was probably meant, of those that it takes.
        nearest: Option<&'static str>,
    },
    /// Nothing stood behind the operator, which was passed over.
    NoValue {
        /// The operator.
        operator: Operator,
    },
    /// A word that joins others elsewhere and does not here, where everything typed has to be there: it was passed over.
    NotJoining {
        /// The word.
        word: String,
    },
    /// Nobody and nothing is called so.
    Nobody {
        /// The operator.
        operator: Operator,
        /// What stood behind it.
        value: String,
    },
    /// More are called so than are looked at.
    TooMany {
        /// The operator.
        operator: Operator,
        /// What stood behind it.
        value: String,
        /// How many were looked at.
        taken: usize,
    },
}

impl Notice {
    /// The code by which programs know it.
    pub fn code(&self) -> &'static str {
        match self {
            Self::UnknownOperator { .. } => "unknown-operator",
            Self::UnknownValue { operator, .. } if operator.takes_a_day() => "no-day",
            Self::UnknownValue { .. } => "unknown-value",
            Self::NoValue { .. } => "no-value",
            Self::NotJoining { .. } => "not-joining",
            Self::Nobody { .. } => "nobody",
            Self::TooMany { .. } => "too-many",
        }
    }

    /// What it is about, as it was typed.
    pub fn term(&self) -> String {
        match self {
            Self::UnknownOperator { name, value, .. } => format!("{name}:{value}"),
            Self::UnknownValue { operator, value, .. }
            | Self::Nobody { operator, value }
            | Self::TooMany { operator, value, .. } => format!("{}:{value}", operator.name()),
            Self::NotJoining { word } => word.clone(),
            Self::NoValue { operator } => format!("{}:", operator.name()),
        }
    }

    /// What was probably meant in its place, as it is to be typed.
    pub fn meant(&self) -> Option<String> {
        match self {
            Self::UnknownOperator { value, nearest, .. } => {
                nearest.map(|nearest| format!("{}:{value}", nearest.name()))
            }
            Self::UnknownValue { operator, nearest, .. } => {
                nearest.map(|nearest| format!("{}:{nearest}", operator.name()))
            }
            Self::NoValue { .. } | Self::NotJoining { .. } | Self::Nobody { .. } | Self::TooMany { .. } => None,
        }
    }
}
