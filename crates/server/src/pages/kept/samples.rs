//! Samples of the pages of kept mail.

use super::view::{Became, KeptMail, KeptMailPage, KeptPage, KeptRow, Opens};
use crate::pages::frame::Frame;
use crate::pages::prose::Prose;
use crate::pages::specimens::{ATTACK, LONG, RIGHT_TO_LEFT, Specimen};
use crate::pages::tickets::list::TicketList;
use crate::pages::when::When;

/// Every sample, rendered.
#[must_use]
pub fn specimens(frame: &Frame) -> Vec<Specimen> {
    let list = || TicketList { rows: Vec::new(), ..TicketList::sample() };
    let page = |sample, rows: Vec<KeptRow>| {
        let older = (rows.len() > 2).then(|| "/kept?after=2".to_owned());
        Specimen::page("kept", sample, &KeptPage { frame: frame.clone(), list: list(), rows, older, first: true })
    };
    let one =
        |sample, mail| Specimen::page("kept-mail", sample, &KeptMailPage { frame: frame.clone(), list: list(), mail });
    vec![
        page("usual", KeptRow::samples()),
        page("empty", Vec::new()),
        page("extreme", KeptRow::samples_extreme()),
        one("usual", KeptMail::sample()),
        one("opened", KeptMail::sample_opened()),
        one("extreme", KeptMail::sample_extreme()),
    ]
}

impl KeptRow {
    /// One of each kind.
    #[must_use]
    pub fn samples() -> Vec<Self> {
        let row = |id: &str, became, reason: &str, (sender, subject): (&str, &str), relative: &str| Self {
            id: id.to_owned(),
            href: format!("/kept/{id}"),
            became,
            reason: reason.to_owned(),
            sender: sender.to_owned(),
            subject: subject.to_owned(),
            at: When::new("2026-11-17T13:58:00Z", "Tue 17 Nov 2026, 13:58 WET", relative),
        };
        vec![
            row("3", Became::SetAside, "it does not say who it is from", ("", "The scanner on floor 3"), "5 min ago"),
            row(
                "2",
                Became::Filed,
                "a program wrote it and it belongs to no ticket",
                ("News <news@list.example>", ""),
                "20 min ago",
            ),
            row(
                "1",
                Became::Opened,
                "it claims to come from this desk itself",
                ("help@desk.example", "Your invoice"),
                "3 h ago",
            ),
        ]
    }

    /// Reasons that break layouts and pages.
    #[must_use]
    pub fn samples_extreme() -> Vec<Self> {
        let of = |(row, words): (Self, &str)| Self {
            reason: words.repeat(3),
            sender: words.to_owned(),
            subject: words.repeat(2),
            ..row
        };
        Self::samples().into_iter().zip([ATTACK, RIGHT_TO_LEFT, LONG]).map(of).collect()
    }
}

impl KeptMail {
    /// One that was set aside.
    #[must_use]
    pub fn sample() -> Self {
        Self {
            row: KeptRow::samples().remove(0),
            from: String::new(),
            to: "Desk <help@desk.example>".to_owned(),
            subject: "The scanner on floor 3".to_owned(),
            text: Prose::from_text("Your scan is attached."),
            files: vec!["scan-0017.pdf".to_owned()],
            problems: vec!["From holds no address".to_owned(), "Date is no date".to_owned()],
            raw_href: "/kept/3/raw".to_owned(),
            ticket_href: None,
            files_to: Some("/kept/3/filing".to_owned()),
            opens: Some(Opens { action: "/kept/3/ticket".to_owned(), email: "maria@acme.example".to_owned() }),
        }
    }

    /// One that a ticket was made of.
    #[must_use]
    pub fn sample_opened() -> Self {
        Self {
            row: KeptRow::samples().remove(2),
            ticket_href: Some("/tickets/1042".to_owned()),
            opens: None,
            files_to: None,
            problems: Vec::new(),
            files: Vec::new(),
            ..Self::sample()
        }
    }

    /// One that breaks layouts and pages.
    #[must_use]
    pub fn sample_extreme() -> Self {
        Self {
            row: KeptRow::samples_extreme().remove(0),
            from: ATTACK.to_owned(),
            to: LONG.repeat(2),
            subject: format!("{LONG} {ATTACK} {RIGHT_TO_LEFT}"),
            text: Prose::from_text(&format!("{ATTACK} {LONG}\n{RIGHT_TO_LEFT}")),
            files: vec![ATTACK.to_owned(), LONG.to_owned(), RIGHT_TO_LEFT.to_owned()],
            problems: vec![ATTACK.to_owned(), LONG.to_owned()],
            opens: Some(Opens { action: "/kept/3/ticket".to_owned(), email: ATTACK.to_owned() }),
            ..Self::sample()
        }
    }
}
