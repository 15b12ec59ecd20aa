//! Samples of the mail catcher.

use super::view::{Mail, MailFile, MailPage, MailRow, MailsPart};
use crate::pages::frame::{Frame, Section};
use crate::pages::prose::Prose;
use crate::pages::specimens::{ATTACK, LONG, RIGHT_TO_LEFT, Specimen};
use crate::pages::when::When;

/// Every sample, rendered.
#[must_use]
pub fn specimens(frame: &Frame) -> Vec<Specimen> {
    let page = |page, sample, rows: Vec<MailRow>, open: Option<Mail>| {
        let older = (!rows.is_empty()).then(|| "/mail?after=2".to_owned());
        let frame = frame.at(Section::Mail);
        Specimen::page(page, sample, &MailPage { frame, rows, older, first: true, open })
    };
    vec![
        page("mails", "usual", MailRow::samples_unopened(), None),
        page("mails", "empty", Vec::new(), None),
        page("mail", "usual", MailRow::samples(), Some(Mail::sample())),
        Specimen::part(
            "part-mails",
            "usual",
            &MailsPart { frame: frame.clone(), rows: MailRow::samples(), older: None },
        ),
        page("mail", "extreme", MailRow::samples_extreme(), Some(Mail::sample_extreme())),
    ]
}

impl MailRow {
    /// The mails of one request, newest first.
    #[must_use]
    pub fn samples() -> Vec<Self> {
        let row = |id: &str, to: &str, subject: &str, snippet: &str, relative: &str| Self {
            id: id.to_owned(),
            href: format!("/mail/{id}"),
            to: to.to_owned(),
            subject: subject.to_owned(),
            snippet: snippet.to_owned(),
            at: When::new("2026-11-17T13:58:00Z", "Tue 17 Nov 2026, 13:58 WET", relative),
            current: id == "3",
        };
        vec![
            row(
                "4",
                "tiago@harbour.example",
                "Your documents are live",
                "Hello Tiago, the two documents you asked for are published.",
                "3 min ago",
            ),
            row(
                "3",
                "maria@acme.example",
                "We are on it: Document Survey: Acme",
                "Hello Maria, thank you for your request. A colleague from customer solutions is setting it up.",
                "5 min ago",
            ),
            row(
                "2",
                "lena@quarry.example",
                "Ready to test",
                "Hello Lena, your document is ready in the test environment.",
                "13:20",
            ),
            row(
                "1",
                "tiago@harbour.example",
                "We are on it: Document Survey: Harbour",
                "Hello Tiago, thank you for your request.",
                "09:12",
            ),
        ]
    }

    /// The same with none of them open.
    #[must_use]
    pub fn samples_unopened() -> Vec<Self> {
        let closed = |row| Self { current: false, ..row };
        Self::samples().into_iter().map(closed).collect()
    }

    /// Rows that break layouts and pages.
    #[must_use]
    pub fn samples_extreme() -> Vec<Self> {
        let words = [ATTACK, RIGHT_TO_LEFT, LONG, "", "🎈"];
        let row = |(index, word): (usize, &&str)| Self {
            id: format!("x{index}"),
            href: format!("/mail/x{index}"),
            to: (*word).to_owned(),
            subject: (*word).to_owned(),
            snippet: word.repeat(3),
            at: When::new("2026-11-17T13:58:00Z", *word, "5 min ago"),
            current: index == 0,
        };
        words.iter().enumerate().map(row).collect()
    }
}

impl Mail {
    /// The answer to a new request.
    #[must_use]
    pub fn sample() -> Self {
        let header = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        Self {
            id: "3".to_owned(),
            subject: "We are on it: Document Survey: Acme".to_owned(),
            from: "Support <support@desk.example>".to_owned(),
            to: "Maria Alves <maria@acme.example>".to_owned(),
            at: When::new("2026-11-17T13:58:00Z", "Tue 17 Nov 2026, 13:58 WET", "5 min ago"),
            headers: vec![
                header("From", "Support <support@desk.example>"),
                header("To", "Maria Alves <maria@acme.example>"),
                header("Subject", "We are on it: Document Survey: Acme"),
                header("Message-ID", "<1042.1.7f3a@desk.example>"),
                header("Auto-Submitted", "auto-replied"),
            ],
            text: Prose::from_text(
                "Hello Maria,\n\nthank you for your request. A colleague from customer solutions is setting your \
                 document up and will write to you here.\n\nYou can follow it at https://desk.example/r/1042.\n\n\
                 Kind regards\nSupport",
            ),
            html_href: Some("/mail/3/html".to_owned()),
            raw_href: "/mail/3/raw".to_owned(),
            files: vec![MailFile {
                name: "first-draft.pdf".to_owned(),
                size: "240 KB".to_owned(),
                href: "/mail/3/files/0".to_owned(),
            }],
            ticket: Some(("1042".to_owned(), "/tickets/1042".to_owned())),
        }
    }

    /// A mail that breaks layouts and pages.
    #[must_use]
    pub fn sample_extreme() -> Self {
        Self {
            subject: format!("{LONG} {ATTACK}"),
            from: RIGHT_TO_LEFT.to_owned(),
            to: ATTACK.to_owned(),
            headers: vec![(LONG.to_owned(), ATTACK.repeat(4)); 30],
            text: Prose::from_text(&format!("{ATTACK} https://x.example/\"onclick=alert(1)/{LONG}\n{RIGHT_TO_LEFT}")),
            html_href: None,
            files: vec![MailFile {
                name: RIGHT_TO_LEFT.to_owned(),
                size: ATTACK.to_owned(),
                href: "/mail/x".to_owned(),
            }],
            ticket: None,
            ..Self::sample()
        }
    }
}
