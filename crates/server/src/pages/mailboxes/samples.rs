//! Samples of the mailboxes' page.

use super::view::{HeldTicket, Mailbox, MailboxesPage, Patience};
use crate::pages::frame::Frame;
use crate::pages::specimens::{ATTACK, LONG, RIGHT_TO_LEFT, Specimen};
use crate::pages::tickets::list::TicketList;
use crate::pages::when::When;

/// Every sample, rendered.
#[must_use]
pub fn specimens(frame: &Frame) -> Vec<Specimen> {
    let page = |sample, mailboxes: Vec<Mailbox>, held: Vec<HeldTicket>, patience: Option<Patience>| {
        let list = TicketList { rows: Vec::new(), ..TicketList::sample() };
        let (frame, more) = (frame.clone(), held.len() > 2);
        Specimen::page("mailboxes", sample, &MailboxesPage { frame, list, mailboxes, patience, held, more })
    };
    vec![
        page("usual", Mailbox::samples(), HeldTicket::samples(), None),
        page("empty", Vec::new(), Vec::new(), None),
        page("away", Vec::new(), HeldTicket::samples(), Some(Patience::sample())),
        page("extreme", Mailbox::samples_extreme(), HeldTicket::samples_extreme(), Some(Patience::sample())),
    ]
}

impl Mailbox {
    /// One that is read, and one that is behind.
    #[must_use]
    pub fn samples() -> Vec<Self> {
        let read = |name: &str, relative: &str, late| Self {
            name: name.to_owned(),
            read_until: When::new("2026-11-17T13:58:00Z", "Tue 17 Nov 2026, 13:58 WET", relative),
            reported: When::new("2026-11-17T13:58:30Z", "Tue 17 Nov 2026, 13:58 WET", relative),
            late,
        };
        vec![read("help", "1 min ago", false), read("sales", "3 h ago", true)]
    }

    /// Names that break layouts and pages.
    #[must_use]
    pub fn samples_extreme() -> Vec<Self> {
        let of = |name: &str| Self { name: name.to_owned(), ..Self::samples().remove(1) };
        [ATTACK, RIGHT_TO_LEFT, LONG].map(of).to_vec()
    }
}

impl Patience {
    /// A desk that is back from a night.
    #[must_use]
    pub fn sample() -> Self {
        Self {
            from: When::new("2026-11-17T11:00:00Z", "Tue 17 Nov 2026, 11:00 WET", "3 h ago"),
            until: When::new("2026-11-17T14:30:00Z", "Tue 17 Nov 2026, 14:30 WET", "in 27 min"),
        }
    }
}

impl HeldTicket {
    /// A silence and a draft.
    #[must_use]
    pub fn samples() -> Vec<Self> {
        let held = |number: &str, subject: &str, draft, relative: &str| Self {
            id: number.to_owned(),
            href: format!("/tickets/{number}"),
            number: number.to_owned(),
            subject: subject.to_owned(),
            draft,
            due: When::new("2026-11-17T12:00:00Z", "Tue 17 Nov 2026, 12:00 WET", relative),
        };
        vec![
            held("1038", "Document Survey: Northwind Homes", false, "2 h ago"),
            held("1041", "May we have it?", true, "20 min ago"),
        ]
    }

    /// Subjects that break layouts and pages.
    #[must_use]
    pub fn samples_extreme() -> Vec<Self> {
        let held = |(at, subject): (usize, &&str)| Self {
            id: format!("90{at}"),
            number: "9000000000".to_owned(),
            subject: (*subject).to_owned(),
            ..Self::samples().remove(0)
        };
        [ATTACK, RIGHT_TO_LEFT, LONG].iter().enumerate().map(held).collect()
    }
}
