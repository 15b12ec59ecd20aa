//! Samples of the page of what was found.

use desk::search::snippet::{Part, Snippet};

use super::view::{FoundKind, FoundRow, Outcome, Refusal, SearchPage};
use crate::pages::frame::{Frame, Section};
use crate::pages::specimens::{ATTACK, LONG, RIGHT_TO_LEFT, Specimen};
use crate::pages::tickets::list::TicketList;

/// Every sample, rendered.
#[must_use]
pub fn specimens(frame: &Frame) -> Vec<Specimen> {
    let page = |sample, typed: &str, outcome| {
        let frame = Frame { section: Section::Search, ..frame.clone() };
        let list = TicketList { rows: Vec::new(), ..TicketList::sample() };
        Specimen::page("search", sample, &SearchPage { frame, list, typed: typed.to_owned(), outcome })
    };
    let found = |rows, more, best| Outcome::Found { rows, more, best };
    vec![
        page("nothing-typed", "", Outcome::Nothing),
        page("usual", "new logo", found(FoundRow::samples(), None, None)),
        page("empty", "zebra", found(Vec::new(), None, None)),
        page("no-words", "…", Outcome::Refused(Refusal::NoWords)),
        page("too-much", LONG, Outcome::Refused(Refusal::TooMuch)),
        page(
            "extreme",
            ATTACK,
            found(
                FoundRow::samples_extreme(),
                Some("/search?q=logo&after=60.7".to_owned()),
                Some("/search?q=logo".to_owned()),
            ),
        ),
    ]
}

fn snippet(parts: [&str; 3]) -> Snippet {
    let part = |(at, text): (usize, &str)| Part { text: text.to_owned(), is_hit: at == 1 };
    Snippet { parts: parts.into_iter().enumerate().map(part).collect() }
}

impl FoundRow {
    /// One of each kind.
    #[must_use]
    pub fn samples() -> Vec<Self> {
        let row = |kind, number: Option<&str>, title: &str, parts| Self {
            kind,
            href: number.map(|number| format!("/tickets/{number}")),
            number: number.map(str::to_owned),
            title: title.to_owned(),
            snippet: snippet(parts),
        };
        vec![
            row(FoundKind::Organization, None, "Acme Lending", ["Acme Lending (", "acme", ")"]),
            row(FoundKind::Contact, None, "Maria Quintela", ["Maria Quintela maria@", "acme", ".example"]),
            row(FoundKind::Ticket, Some("1042"), "A new logo", ["A new ", "logo", ""]),
            row(
                FoundKind::Message,
                Some("1042"),
                "Document Survey: Acme Lending",
                ["Please put the new ", "logo", " on the first page of the loan agreement."],
            ),
        ]
    }

    /// What breaks layouts and pages.
    #[must_use]
    pub fn samples_extreme() -> Vec<Self> {
        let of = |(row, words): (Self, &str)| Self {
            title: words.repeat(2),
            number: row.number.map(|_| "9000000000".to_owned()),
            snippet: snippet([words, words, words]),
            ..row
        };
        Self::samples().into_iter().zip([ATTACK, RIGHT_TO_LEFT, LONG, ATTACK]).map(of).collect()
    }
}
