//! The page of what was found.

use askama::Template;
use desk::search::Snippet;

use crate::pages::frame::Frame;
use crate::pages::tickets::list::TicketList;

/// `GET /search`: a box for words, and what holds them.
#[derive(Debug, Clone, Template)]
#[template(path = "search/search_page.html")]
pub struct SearchPage {
    /// The page's frame.
    pub frame: Frame,
    /// The views that it stands among; its rows are empty.
    pub list: TicketList,
    /// What was typed, as it was typed.
    pub typed: String,
    /// What came of it.
    pub outcome: Outcome,
}

/// What came of what was typed.
#[derive(Debug, Clone)]
pub enum Outcome {
    /// Nothing was typed yet.
    Nothing,
    /// It cannot be looked for.
    Refused(Refusal),
    /// A page of what holds the words; empty when nothing does.
    Found {
        /// The best first.
        rows: Vec<FoundRow>,
        /// The address of the next page, if there is more.
        more: Option<String>,
        /// The address of the first page, on any other.
        best: Option<String>,
    },
}

/// Why what was typed cannot be looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// There is no letter and no digit in it.
    NoWords,
    /// It is too long, or has too many words.
    TooMuch,
}

/// Something that holds the words.
#[derive(Debug, Clone)]
pub struct FoundRow {
    /// What it is.
    pub kind: FoundKind,
    /// Where it opens; people have no page of their own.
    pub href: Option<String>,
    /// The number of the ticket that it is or belongs to.
    pub number: Option<String>,
    /// What it is called; of a message, what its ticket is called.
    pub title: String,
    /// Where the words stand.
    pub snippet: Snippet,
}

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FoundKind {
    /// A ticket, by its number or subject.
    Ticket,
    /// A message of a ticket, or a note on it.
    Message,
    /// A contact.
    Contact,
    /// An organization.
    Organization,
}

impl Refusal {
    /// The text that says it.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::NoWords => "search-no-words",
            Self::TooMuch => "search-too-much",
        }
    }
}

impl FoundKind {
    /// The text that names it.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Ticket => "search-ticket",
            Self::Message => "search-message",
            Self::Contact => "search-contact",
            Self::Organization => "search-organization",
        }
    }

    /// The suffix of its symbol `i-…`.
    #[must_use]
    pub fn icon(self) -> &'static str {
        match self {
            Self::Ticket => "inbox",
            Self::Message => "mail",
            Self::Contact => "person",
            Self::Organization => "team",
        }
    }
}

impl FoundRow {
    /// Whether the snippet says more than the title does.
    #[must_use]
    pub fn says_more(&self) -> bool {
        self.kind != FoundKind::Ticket
    }
}
