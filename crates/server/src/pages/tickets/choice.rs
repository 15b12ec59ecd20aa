//! The next steps: what a colleague can choose, and the composer.

use crate::pages::field::Field;

/// A choice that the present state offers.
#[derive(Debug, Clone)]
pub struct Choice {
    /// Its name, posted to `/tickets/{id}/choices/{name}`.
    pub name: String,
    /// The verb on the button.
    pub label: String,
    /// What it brings about: `The client is told, then it closes after 24 hours`.
    pub consequence: String,
    /// Why it cannot be chosen now.
    pub unavailable: Option<String>,
    /// What it needs to know first; the button then unfolds these.
    pub inputs: Vec<Field>,
}

/// Where a reply or a note is written.
#[derive(Debug, Clone, Default)]
pub struct Composer {
    /// What was written, when it comes back with an error.
    pub body: String,
    /// Whether it is a note.
    pub note: bool,
    /// What is wrong with it.
    pub error: Option<String>,
    /// To whom a reply goes.
    pub to: String,
    /// Posted as `seen`: the newest message that its writer had before them.
    pub seen: String,
    /// Posted as `submission`, so that a reply sent twice is kept once.
    pub submission: String,
}

impl Choice {
    /// Whether what it needs to know came back with an error, so that it stands unfolded.
    #[must_use]
    pub fn wrong(&self) -> bool {
        self.inputs.iter().any(|field| field.error.is_some())
    }
}
