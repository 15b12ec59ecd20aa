//! Samples of the page of what was found.

use desk::search::snippet::{Part, Snippet};

use super::view::{Chip, FoundKind, FoundRow, FoundTicket, OffersPart, Outcome, Refusal, Remark, SearchPage, offers};
use crate::pages::frame::{Frame, Section};
use crate::pages::specimens::{ATTACK, LONG, RIGHT_TO_LEFT, Specimen};
use crate::pages::tickets::list::TicketList;
use crate::pages::tickets::standing::{Standing, Status, WaitingOn};
use crate::pages::when::When;

/// Every sample, rendered.
#[must_use]
pub fn specimens(frame: &Frame) -> Vec<Specimen> {
    let page = |sample, typed: &str, outcome| {
        let frame = Frame { section: Section::Search, ..frame.clone() };
        let list = TicketList { rows: Vec::new(), ..TicketList::sample() };
        let filling = sample == "filling";
        let chips = Chip::samples(sample);
        let as_list = filling.then(|| "/tickets?status=open".to_owned());
        Specimen::page(
            "search",
            sample,
            &SearchPage { frame, list, typed: typed.to_owned(), filling, chips, as_list, outcome },
        )
    };
    let found = |rows, more, newest| Outcome::Found { remarks: Vec::new(), rows, more, newest };
    let remarked = Outcome::Found { remarks: Remark::samples(), rows: FoundRow::samples(), more: None, newest: None };
    let offered = OffersPart { frame: frame.clone(), offers: offers() };
    vec![
        Specimen::part("part-offers", "usual", &offered),
        page("nothing-typed", "", Outcome::Nothing),
        page("usual", "new logo", found(FoundRow::samples(), None, None)),
        page("filling", "new logo", found(FoundRow::samples(), None, None)),
        page("empty", "zebra", found(Vec::new(), None, None)),
        page("operators", "logo is:open -draft form:acme", remarked),
        page("further", "logo tag:old", found(Vec::new(), Some("/search?q=logo&after=w60.70".to_owned()), None)),
        page("no-words", "…", Outcome::Refused(Refusal::NoWords)),
        page("too-much", LONG, Outcome::Refused(Refusal::TooMuch)),
        page(
            "extreme",
            ATTACK,
            found(
                FoundRow::samples_extreme(),
                Some("/search?q=logo&after=w60.70".to_owned()),
                Some("/search?q=logo".to_owned()),
            ),
        ),
    ]
}

fn snippet(parts: [&str; 3]) -> Snippet {
    let part = |(at, text): (usize, &str)| Part { text: text.to_owned(), is_hit: at == 1 };
    Snippet { parts: parts.into_iter().enumerate().map(part).collect() }
}

impl Chip {
    fn samples(sample: &str) -> Vec<Self> {
        let chip = |operator, value: &str, is_not| Self {
            operator,
            value: value.to_owned(),
            is_not,
            without: "/search?q=logo".to_owned(),
        };
        match sample {
            "operators" => {
                vec![chip(Some("is"), "open", false), chip(None, "draft", true), chip(Some("team"), "support", true)]
            }
            "extreme" => {
                vec![chip(Some("from"), ATTACK, false), chip(None, LONG, true), chip(None, RIGHT_TO_LEFT, false)]
            }
            _ => Vec::new(),
        }
    }
}

impl Remark {
    fn samples() -> Vec<Self> {
        let remark = |code, term: &str, takes: &str, meant: Option<&str>| Self {
            code,
            term: term.to_owned(),
            takes: takes.to_owned(),
            meant: meant.map(|meant| (meant.to_owned(), "/search?q=logo".to_owned())),
        };
        vec![
            remark("unknown-operator", "form:acme", "", Some("from:acme")),
            remark("unknown-operator", "colour:red", "", None),
            remark("unknown-value", "is:opne", "open, pending", Some("is:open")),
            remark("no-day", "before:noon", "", None),
            remark("no-value", "from:", "", None),
            remark("nobody", ATTACK, "", None),
            remark("too-many", "from:maria", "50", None),
        ]
    }
}

impl FoundRow {
    /// One of each kind.
    #[must_use]
    pub fn samples() -> Vec<Self> {
        let ticket = |number: &str| FoundTicket {
            href: format!("/tickets/{number}"),
            number: number.to_owned(),
            standing: Standing { status: Status::Open, waiting_on: Some(WaitingOn::Us) },
            requester: "Maria Quintela".to_owned(),
            organization: Some("Acme Lending".to_owned()),
            merged_into: (number == "1038").then(|| "1042".to_owned()),
            at: Some(When::new("2026-11-21T14:03:00Z", "Sat 21 Nov 2026, 14:03 WET", "5 min ago")),
        };
        let row = |kind, number: Option<&str>, title: &str, parts| Self {
            kind,
            href: number.is_none().then(|| "/contacts/21".to_owned()),
            ticket: number.map(ticket),
            title: title.to_owned(),
            heading: snippet(["", "", title]),
            snippet: snippet(parts),
        };
        vec![
            row(FoundKind::Organization, None, "Acme Lending", ["Acme Lending (", "acme", ")"]),
            row(FoundKind::Contact, None, "Maria Quintela", ["Maria Quintela maria@", "acme", ".example"]),
            row(FoundKind::Ticket, Some("1042"), "A new logo", ["A new ", "logo", ""]),
            row(
                FoundKind::Message,
                Some("1038"),
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
            heading: snippet([words, words, words]),
            ticket: row.ticket.map(|ticket| FoundTicket {
                number: "9000000000".to_owned(),
                requester: words.to_owned(),
                organization: Some(words.to_owned()),
                merged_into: Some("9000000000".to_owned()),
                ..ticket
            }),
            snippet: snippet([words, words, words]),
            ..row
        };
        Self::samples().into_iter().zip([ATTACK, RIGHT_TO_LEFT, LONG, ATTACK]).map(of).collect()
    }
}
