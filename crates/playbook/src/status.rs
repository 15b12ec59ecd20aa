//! What a ticket counts as.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What a ticket's state means for lists; derived from the state, never set by hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Waiting on us.
    Open,
    /// Waiting on somebody else.
    Pending,
    /// Done as far as we know; the requester may disagree.
    Solved,
    /// Over.
    Closed,
}

impl Status {
    /// The words for all of them.
    pub(crate) const WORDS: [&'static str; 4] =
        [Self::Open.as_str(), Self::Pending.as_str(), Self::Solved.as_str(), Self::Closed.as_str()];

    /// The word, as in the API and in `status:`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Pending => "pending",
            Self::Solved => "solved",
            Self::Closed => "closed",
        }
    }

    /// The status of that word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Open, Self::Pending, Self::Solved, Self::Closed].into_iter().find(|status| status.as_str() == word)
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
