//! `house.toml`: which crate and which feature may refer to which.

use serde::Deserialize;
use std::collections::BTreeMap;

/// The rules of the house, as written in `house.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct House {
    /// For each crate the crates of this workspace that it may depend on.
    pub directions: BTreeMap<String, Vec<String>>,
    /// The order of the features inside `crates/desk/src`.
    pub ranks: Ranks,
    /// References against the order, each with its reason.
    #[serde(default)]
    pub exceptions: Vec<Exception>,
    /// Files whose words are not looked at, each with its reason.
    #[serde(default)]
    pub unread: Vec<Unread>,
}

/// Modules of `desk`, lowest first.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ranks {
    /// Modules that any other may use and that use only each other.
    pub base: Vec<String>,
    /// Who there is.
    pub people: Vec<String>,
    /// What they write to each other.
    pub tickets: Vec<String>,
    /// What makes tickets move.
    pub runs: Vec<String>,
    /// What stands around tickets.
    pub rooms: Vec<String>,
    /// Modules that may use all of these, in order.
    pub top: Vec<String>,
}

/// A reference that the order forbids and that is there all the same.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exception {
    /// The feature that refers.
    pub from: String,
    /// The feature referred to.
    pub to: String,
    /// Why this is right.
    pub reason: String,
}

/// A file that the search for words passes by.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unread {
    /// The end of the path.
    pub ending: String,
    /// Why it may hold any word.
    pub reason: String,
}

impl House {
    /// Reads the rules.
    ///
    /// # Errors
    /// When the text is not the TOML that is expected here, with the place.
    pub fn read(text: &str) -> Result<Self, toml::de::Error> {
        toml::from_str(text)
    }
}

impl Ranks {
    /// The features in their one order, lowest first, then the modules above all.
    pub fn order(&self) -> impl Iterator<Item = &str> {
        [&self.people, &self.tickets, &self.runs, &self.rooms, &self.top].into_iter().flatten().map(String::as_str)
    }

    /// How high a module stands: 0 for the base, `None` for one without a rank.
    pub fn height(&self, module: &str) -> Option<usize> {
        if self.base.iter().any(|base| base == module) {
            return Some(0);
        }
        self.order().position(|feature| feature == module).map(|position| position + 1)
    }
}
