//! Samples of the list of questions.

use super::view::{QuestionRow, QuestionsPage, QuestionsPart};
use crate::pages::frame::Frame;
use crate::pages::specimens::{ATTACK, LONG, RIGHT_TO_LEFT, Specimen};
use crate::pages::tickets::list::TicketList;
use crate::pages::when::When;

/// Every sample, rendered.
#[must_use]
pub fn specimens(frame: &Frame) -> Vec<Specimen> {
    let page = |sample, questions: Vec<QuestionRow>, older: Option<String>| {
        let list = TicketList { rows: Vec::new(), ..TicketList::sample() };
        Specimen::page("questions", sample, &QuestionsPage { frame: frame.clone(), list, questions, older })
    };
    let part = QuestionsPart { frame: frame.clone(), questions: QuestionRow::samples(), older: None };
    vec![
        page("usual", QuestionRow::samples(), None),
        page("empty", Vec::new(), None),
        page("extreme", QuestionRow::samples_extreme(), Some(format!("/questions?after={ATTACK}"))),
        Specimen::part("part-questions", "usual", &part),
    ]
}

impl QuestionRow {
    /// Two questions of a morning.
    #[must_use]
    pub fn samples() -> Vec<Self> {
        let row = |id: &str, text: &str, asked: &str, subject: &str, relative: &str| Self {
            id: id.to_owned(),
            href: format!("/tickets/{id}"),
            text: text.to_owned(),
            asked: asked.to_owned(),
            number: id.to_owned(),
            subject: subject.to_owned(),
            at: When::new("2026-11-17T13:58:00Z", "Tue 17 Nov 2026, 13:58 WET", relative),
        };
        vec![
            row("1044", "May Acme have the second document for free?", "Lead", "Document Survey: Acme", "5 min ago"),
            row("1041", "Who takes the call on Friday?", "Support", "Monthly call", "2 h ago"),
        ]
    }

    /// What breaks layouts and pages.
    #[must_use]
    pub fn samples_extreme() -> Vec<Self> {
        let row = |(at, words): (usize, &str)| Self {
            id: format!("90{at}"),
            href: "/tickets/1".to_owned(),
            text: words.to_owned(),
            asked: words.to_owned(),
            number: "9000000000".to_owned(),
            subject: words.to_owned(),
            at: When::new("2026-11-17T13:58:00Z", "Tue 17 Nov 2026, 13:58 WET", "5 min ago"),
        };
        [ATTACK, RIGHT_TO_LEFT, LONG].into_iter().enumerate().map(row).collect()
    }
}
