//! The page of what was found.

use askama::Template;
use desk::search::Snippet;
use desk::search::grammar::Operator;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::pages::frame::Frame;
use crate::pages::tickets::list::TicketList;
use crate::pages::tickets::standing::Standing;
use crate::pages::when::When;

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
    /// Whether something may be missed, since the indexes are still being filled.
    pub filling: bool,
    /// What was understood of it beside plain words.
    pub chips: Vec<Chip>,
    /// The list of the same tickets, where no words are looked for.
    pub as_list: Option<String>,
    /// What came of it.
    pub outcome: Outcome,
}

/// A part of a question that can be taken away.
#[derive(Debug, Clone)]
pub struct Chip {
    /// The name of its operator; `None` of exact words, of words that must not be there, and of a ticket's number.
    pub operator: Option<&'static str>,
    /// What stands behind it.
    pub value: String,
    /// Whether it stands behind a minus.
    pub is_not: bool,
    /// The address of what is left of the question without it.
    pub without: String,
}

/// Something to say about the way it was typed.
#[derive(Debug, Clone)]
pub struct Remark {
    /// What there is to say: the suffix of its text `search-remark-…`.
    pub code: &'static str,
    /// What it is about, as it was typed.
    pub term: String,
    /// What the operator takes, or how many were looked at.
    pub takes: String,
    /// What was probably meant in its place, and the address of the question that says so.
    pub meant: Option<(String, String)>,
}

/// `GET /search/offers`: what a box offers while somebody types.
#[derive(Debug, Clone, Template)]
#[template(path = "search/_offers.html")]
pub struct OffersPart {
    /// The page's frame.
    pub frame: Frame,
    /// All of it; which of these fit what was typed is the page's to see.
    pub offers: Vec<Offer>,
}

/// An operator, or a whole term, that the box offers while somebody types.
#[derive(Debug, Clone)]
pub struct Offer {
    /// What is put into the box.
    pub insert: String,
    /// The text that says what it does.
    pub key: &'static str,
}

/// What the box offers, in the order that people are told of it.
#[must_use]
pub fn offers() -> Vec<Offer> {
    let each = Operator::all().flat_map(|operator| {
        let key = operator_key(operator);
        let name = operator.name();
        let plain = Offer { insert: format!("{name}:"), key };
        let whole = operator.values().iter().map(move |value| Offer { insert: format!("{name}:{value}"), key });
        match operator.values() {
            [] if operator.takes_a_day() => vec![plain, Offer { insert: format!("{name}:7d"), key }],
            [] => vec![plain],
            _ => whole.collect(),
        }
    });
    each.collect()
}

/// The text that says what an operator does.
fn operator_key(operator: Operator) -> &'static str {
    match operator {
        Operator::Is => "search-operator-is",
        Operator::From => "search-operator-from",
        Operator::Assignee => "search-operator-assignee",
        Operator::Organization => "search-operator-org",
        Operator::Team => "search-operator-team",
        Operator::Tag => "search-operator-tag",
        Operator::Priority => "search-operator-priority",
        Operator::Playbook => "search-operator-playbook",
        Operator::State => "search-operator-state",
        Operator::Channel => "search-operator-channel",
        Operator::Has => "search-operator-has",
        Operator::In => "search-operator-in",
        Operator::Before => "search-operator-before",
        Operator::After => "search-operator-after",
        Operator::On => "search-operator-on",
    }
}

/// Questions that show what can be asked, each with the text that says what it finds.
pub const EXAMPLES: [(&str, &str); 5] = [
    ("is:open is:unassigned", "search-example-unassigned"),
    ("from:maria has:attachment", "search-example-from"),
    ("\"first page\" -draft", "search-example-phrase"),
    ("is:mine after:7d", "search-example-mine"),
    ("in:notes invoice", "search-example-notes"),
];

/// The address of the page for a question.
#[must_use]
pub fn address(question: &str) -> String {
    format!("/search?q={}", utf8_percent_encode(question, NON_ALPHANUMERIC))
}

impl Remark {
    /// What there is to say, in the viewer's language.
    #[must_use]
    pub fn said(&self, frame: &Frame) -> String {
        frame.texts.with(self.key(), &[("term", &self.term), ("takes", &self.takes)])
    }

    fn key(&self) -> &'static str {
        match self.code {
            "unknown-operator" => "search-remark-unknown-operator",
            "unknown-value" => "search-remark-unknown-value",
            "no-day" => "search-remark-no-day",
            "no-value" => "search-remark-no-value",
            "not-joining" => "search-remark-not-joining",
            "nobody" => "search-remark-nobody",
            _ => "search-remark-too-many",
        }
    }
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
        /// What is to be said about it.
        remarks: Vec<Remark>,
        /// The newest first.
        rows: Vec<FoundRow>,
        /// The address of the next page, if there is more.
        more: Option<String>,
        /// The address of the first page, on any other.
        newest: Option<String>,
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
    /// The page of somebody, or of an organization.
    pub href: Option<String>,
    /// The ticket that it is or belongs to.
    pub ticket: Option<FoundTicket>,
    /// What it is called; of a message, what its ticket is called.
    pub title: String,
    /// The beginning of that, with the words in it.
    pub heading: Snippet,
    /// Where the words stand.
    pub snippet: Snippet,
}

/// The ticket of something that was found.
#[derive(Debug, Clone)]
pub struct FoundTicket {
    /// Where it opens.
    pub href: String,
    /// Its number.
    pub number: String,
    /// How it stands.
    pub standing: Standing,
    /// Who asked.
    pub requester: String,
    /// The company that it is for.
    pub organization: Option<String>,
    /// The number of the ticket that it was merged into.
    pub merged_into: Option<String>,
    /// When the message was written, or the ticket last changed.
    pub at: Option<When>,
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
    /// Whether the snippet says more than the heading does.
    #[must_use]
    pub fn says_more(&self) -> bool {
        self.kind != FoundKind::Ticket
    }

    /// Whether it is a person or a company.
    #[must_use]
    pub fn is_of_people(&self) -> bool {
        self.ticket.is_none()
    }
}
