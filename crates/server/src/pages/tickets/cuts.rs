//! What a list is cut by, as its page shows it.

use crate::pages::field::FieldOption;

/// Something that a list is cut by, which can be taken away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CutChip {
    /// Its name in addresses.
    pub name: &'static str,
    /// What it is about.
    pub title: String,
    /// Its value, in words.
    pub value: String,
    /// The address of the list without it.
    pub without: String,
}

/// What a list can be cut by, as a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filters {
    /// Of each one value, or any.
    pub selects: Vec<Select>,
    /// The tag.
    pub tag: String,
    /// Whether only what runs out is asked for.
    pub clock: bool,
    /// What else it is cut by, and its order.
    pub unseen: Vec<(String, String)>,
}

/// A question of that form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Select {
    /// Its name in addresses.
    pub name: &'static str,
    /// What it is about.
    pub title: String,
    /// What it can be.
    pub options: Vec<FieldOption>,
}

/// A view that was removed, as it is brought back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restore {
    /// Its name.
    pub name: String,
    /// The query of its list.
    pub list: String,
    /// The team that had it; empty for one's own.
    pub team: String,
}
