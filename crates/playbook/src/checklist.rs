//! What was checked on a checklist, by whom and on which evidence, as plain data.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// An item that was checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checked {
    /// Who checked it, as in `event.by`; null for the desk itself.
    pub by: Value,
    /// When.
    pub at: Timestamp,
    /// What shows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<Evidence>,
}

/// What shows that an item is done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// The kind.
    pub kind: EvidenceKind,
    /// The words of a text, the address of a link, or what the desk knows the file or message by.
    pub value: String,
}

/// A kind of evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EvidenceKind {
    /// A file on the ticket.
    File,
    /// The address of something elsewhere.
    Link,
    /// A message of the ticket.
    Message,
    /// A few words.
    Text,
}

impl EvidenceKind {
    /// Every kind, in order of its word.
    pub const ALL: [Self; 4] = [Self::File, Self::Link, Self::Message, Self::Text];

    /// The words for all of them.
    pub(crate) const WORDS: [&'static str; 4] =
        [Self::File.as_str(), Self::Link.as_str(), Self::Message.as_str(), Self::Text.as_str()];

    /// The word, as in `evidence:`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Link => "link",
            Self::Message => "message",
            Self::Text => "text",
        }
    }

    /// The kind of that word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

impl fmt::Display for EvidenceKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The checking of an item: what [`Playbook::check_item`](crate::Playbook::check_item) is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemCheck {
    /// The checklist.
    pub checklist: String,
    /// The item's id.
    pub item: String,
    /// Who checks it, as in `event.by`.
    pub by: Value,
    /// What shows it.
    pub evidence: Option<Evidence>,
}
