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
    /// To whom a reply goes where there is no choice: the requester.
    pub to: String,
    /// Whom else the procedure knows: whoever may be written to, the requester first. Empty where there is no choice.
    pub addressees: Vec<Addressee>,
    /// Those whom nobody is known for, so that they cannot be written to.
    pub unreachable: Vec<String>,
    /// Posted as `seen`: the newest message that its writer had before them.
    pub seen: String,
    /// Posted as `submission`, so that a reply sent twice is kept once.
    pub submission: String,
}

/// Somebody a reply can go to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addressee {
    /// Posted as `to`: the party's name, empty for the requester.
    pub name: String,
    /// Who that is: `Maria Alves`, `Confirmer: Olga Reis, Otto Lima`.
    pub label: String,
    /// Whether it is the one chosen.
    pub chosen: bool,
}

impl Choice {
    /// Whether what it needs to know came back with an error, so that it stands unfolded.
    #[must_use]
    pub fn wrong(&self) -> bool {
        self.inputs.iter().any(|field| field.error.is_some())
    }
}
