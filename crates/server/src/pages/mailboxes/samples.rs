//! Samples of the mailboxes' page.

use super::view::{AddressPage, HeldTicket, Mailbox, MailboxPage, MailboxesPage, Part, Patience, Reading, Tried};
use crate::pages::field::{Field, FieldKind};
use crate::pages::frame::Frame;
use crate::pages::specimens::{ATTACK, LONG, RIGHT_TO_LEFT, Specimen};
use crate::pages::tickets::list::TicketList;
use crate::pages::when::When;

/// Every sample, rendered.
#[must_use]
pub fn specimens(frame: &Frame) -> Vec<Specimen> {
    let list = || TicketList { rows: Vec::new(), ..TicketList::sample() };
    let page = |sample, mailboxes: Vec<Mailbox>, held: Vec<HeldTicket>, patience: Option<Patience>| {
        let (frame, list, more, may_connect) = (frame.clone(), list(), held.len() > 2, sample != "away");
        let when = When::new("2026-11-17T13:58:00Z", "Tue 17 Nov 2026, 13:58 WET", "Tue 13:58");
        let resting = matches!(sample, "resting" | "extreme").then_some(when);
        let frame = Frame { resting: resting.is_some(), ..frame };
        Specimen::page(
            "mailboxes",
            sample,
            &MailboxesPage { frame, list, mailboxes, may_connect, patience, held, more, resting },
        )
    };
    let form = |sample, name: Option<&str>, tried: Vec<Tried>, parts: Vec<Part>| {
        let (frame, name, hint) = (frame.clone(), name.map(str::to_owned), name.is_none().then(|| LONG.to_owned()));
        let (action, paused) = ("/mailboxes/7".to_owned(), name.is_some().then_some(false));
        Specimen::page(
            "mailbox",
            sample,
            &MailboxPage { frame, list: list(), name, action, hint, parts, tried, paused },
        )
    };
    let fields = vec![Field::new("address", "Mail address", FieldKind::Email(String::new()))];
    vec![
        page("usual", Mailbox::samples(), HeldTicket::samples(), None),
        page("empty", Vec::new(), Vec::new(), None),
        page("resting", Mailbox::samples(), Vec::new(), None),
        page("away", Vec::new(), HeldTicket::samples(), Some(Patience::sample())),
        page("extreme", Mailbox::samples_extreme(), HeldTicket::samples_extreme(), Some(Patience::sample())),
        form("usual", None, Vec::new(), Part::samples(None)),
        form("tried", Some("Support"), Tried::samples(), Part::samples(Some("The password is not taken."))),
        form("extreme", Some(ATTACK), Tried::samples_extreme(), Part::samples(Some(LONG))),
        Specimen::page("mailbox-address", "usual", &AddressPage { frame: frame.clone(), list: list(), fields }),
    ]
}

impl Part {
    /// A part with a text and a secret.
    #[must_use]
    pub fn samples(wrong: Option<&str>) -> Vec<Self> {
        let host = Field::new("incoming.host", "Server", FieldKind::Text("imap.acme.example".to_owned()));
        let mut secret = Field::new("incoming.password", "Password", FieldKind::Secret);
        secret.error = wrong.map(str::to_owned);
        let (title, intro) = ("Fetching mail".to_owned(), Some("By IMAP.".to_owned()));
        vec![Self { title, intro, fields: vec![host, secret] }]
    }
}

impl Tried {
    /// One way that is well, and one that is not.
    #[must_use]
    pub fn samples() -> Vec<Self> {
        let (well, words) = (true, "All is well: 12 mails are in the folder.".to_owned());
        let fetching = Self { title: "Fetching mail".to_owned(), well, words, said: None };
        let words = "The server does not take this user name and password.".to_owned();
        let said = Some("535 5.7.8 authentication failed".to_owned());
        vec![fetching, Self { title: "Sending mail".to_owned(), well: false, words, said }]
    }

    /// A server that says what breaks layouts and pages.
    #[must_use]
    pub fn samples_extreme() -> Vec<Self> {
        [ATTACK, RIGHT_TO_LEFT, LONG]
            .map(|said| Self { said: Some(said.to_owned()), ..Self::samples().remove(1) })
            .to_vec()
    }
}

impl Mailbox {
    /// One that is read, one that is behind, one that rests, one that only sends, and one that a program reads.
    #[must_use]
    pub fn samples() -> Vec<Self> {
        let when = |relative: &str| When::new("2026-11-17T13:58:00Z", "Tue 17 Nov 2026, 13:58 WET", relative);
        let of = |name: &str, reading| Self {
            name: name.to_owned(),
            address: Some(format!("{name}@acme.example")),
            href: Some("/mailboxes/7".to_owned()),
            reading,
            trouble: None,
            unsettled: None,
            unsent: None,
            default: false,
        };
        let help = Self { default: true, ..of("help", Reading::Until(when("Tue 13:58"))) };
        let refused = "The server does not take this user name and password.".to_owned();
        let late = Self { trouble: Some(refused), ..of("sales", Reading::Late(when("Tue 11:00"))) };
        let unsent = Some("2 mails wait to be sent: the server did not answer in time".to_owned());
        let out = Self { unsent, ..of("news", Reading::Never) };
        let unsettled = Some("Fetched mail stays as it was: the server has no such folder.".to_owned());
        let unmoved = Self { unsettled, ..of("orders", Reading::Until(when("Tue 13:58"))) };
        let reported = Self { address: None, href: None, ..of("archive", Reading::Until(when("Tue 13:58"))) };
        vec![help, late, of("old", Reading::Paused(when("10 Nov"))), unmoved, out, reported]
    }

    /// Names that break layouts and pages.
    #[must_use]
    pub fn samples_extreme() -> Vec<Self> {
        let of = |name: &str| Self {
            name: name.to_owned(),
            trouble: Some(name.to_owned()),
            unsettled: Some(name.to_owned()),
            unsent: Some(name.to_owned()),
            ..Self::samples().remove(1)
        };
        [ATTACK, RIGHT_TO_LEFT, LONG].map(of).to_vec()
    }
}

impl Patience {
    /// A desk that is back from a night.
    #[must_use]
    pub fn sample() -> Self {
        Self {
            from: When::new("2026-11-17T11:00:00Z", "Tue 17 Nov 2026, 11:00 WET", "Tue 11:00"),
            until: When::new("2026-11-17T14:30:00Z", "Tue 17 Nov 2026, 14:30 WET", "Tue 14:30"),
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
