//! The checklists of a ticket: what is done, by whom and how it shows, and what is still to do.

use crate::pages::field::Field;
use crate::pages::when::When;

/// A checklist as it stands.
#[derive(Debug, Clone)]
pub struct Checklist {
    /// Its name, as in the address that an item is posted to.
    pub name: String,
    /// Its title.
    pub title: String,
    /// How far it is: `2 of 3 done`.
    pub progress: String,
    /// Whether every required item is checked.
    pub done: bool,
    /// Whether the ticket's state, or a choice in it, needs it.
    pub needed: bool,
    /// Its items.
    pub items: Vec<Item>,
}

/// An item of a checklist.
#[derive(Debug, Clone)]
pub struct Item {
    /// Its id, posted to `/tickets/{id}/checklists/{checklist}/{item}`.
    pub id: String,
    /// What is to be done.
    pub label: String,
    /// Whether the checklist is not done without it.
    pub required: bool,
    /// Who is to bring it, in words.
    pub from: Option<String>,
    /// Who checked it; `None` while it is open.
    pub mark: Option<Mark>,
    /// What is asked for as evidence; empty when none is.
    pub evidence: Vec<Field>,
    /// What was wrong with what was posted.
    pub error: Option<String>,
}

/// The mark on an item that is done.
#[derive(Debug, Clone)]
pub struct Mark {
    /// Who checked it.
    pub by: String,
    /// When.
    pub at: When,
    /// What shows it.
    pub proof: Option<Proof>,
}

/// What shows that an item is done.
#[derive(Debug, Clone)]
pub struct Proof {
    /// Words, an address, a file's name or who wrote a message.
    pub words: String,
    /// Where it leads: to a file, a message of this page, or elsewhere.
    pub href: Option<String>,
    /// Whether that is another site.
    pub elsewhere: bool,
}

impl Item {
    /// Whether what was posted came back with an error, so that it stands unfolded.
    #[must_use]
    pub fn wrong(&self) -> bool {
        self.error.is_some() || self.evidence.iter().any(|field| field.error.is_some())
    }

    /// Whether one of several kinds of evidence is enough.
    #[must_use]
    pub fn one_is_enough(&self) -> bool {
        self.evidence.len() > 1
    }
}
