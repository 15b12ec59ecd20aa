//! The next steps: what a colleague can choose, and the composer.

use askama::Template;

use crate::pages::field::Field;
use crate::pages::frame::Frame;

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
    /// Whether it brings the ticket to where it is solved.
    pub solves: bool,
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
    /// Which words are kept of the drafts.
    pub revisions: Revisions,
    /// Posted as `submission`, so that a reply sent twice is kept once.
    pub submission: String,
    /// Whose drafts these are: in one browser several people may write.
    pub writer: String,
    /// What is kept of a reply.
    pub reply: String,
    /// What is kept of a note.
    pub note_words: String,
    /// The files that are to go with the reply.
    pub reply_files: Vec<DraftFile>,
    /// The files that are to go with the note.
    pub note_files: Vec<DraftFile>,
    /// Whether there are canned replies that fit: they are fetched when their menu is opened.
    pub canned: bool,
}

/// Which words are kept of somebody's drafts, so that a page does not save over words that it never had.
#[derive(Debug, Clone, Default)]
pub struct Revisions {
    /// Those of the reply; empty where there are none.
    pub reply: String,
    /// Those of the note.
    pub note: String,
}

/// The list of a draft's files alone, after one came or went.
#[derive(Debug, Clone, Template)]
#[template(path = "tickets/_draft_files.html")]
pub struct FilesPart {
    /// The page's frame.
    pub frame: Frame,
    /// The ticket's id.
    pub ticket_id: String,
    /// Of which draft: `reply` or `note`.
    pub kind: &'static str,
    /// The files.
    pub files: Vec<DraftFile>,
}

/// A file that is to go with what is being written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftFile {
    /// Its id, posted as `reply-file` or `note-file`, and as `detach` to take it away.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its size as shown.
    pub size: String,
}

/// A canned reply that can be put into the composer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CannedReply {
    /// Its name, posted as `canned`.
    pub name: String,
    /// What it is called: `Closing for now`.
    pub label: String,
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

impl Composer {
    /// The same for somebody who may only write notes.
    pub fn of_notes(self) -> Self {
        let body = if self.note { self.body } else { self.note_words.clone() };
        Self { body, note: true, canned: false, ..self }
    }

    /// Whether something is kept of a reply.
    #[must_use]
    pub fn has_reply(&self) -> bool {
        !self.reply.is_empty() || !self.reply_files.is_empty()
    }

    /// Whether something is kept of a note.
    #[must_use]
    pub fn has_note(&self) -> bool {
        !self.note_words.is_empty() || !self.note_files.is_empty()
    }
}

impl Choice {
    /// Whether what it needs to know came back with an error, so that it stands unfolded.
    #[must_use]
    pub fn wrong(&self) -> bool {
        self.inputs.iter().any(|field| field.error.is_some())
    }
}
