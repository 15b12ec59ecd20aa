//! Samples of questions and suggestions.

use super::question::{Outcome, Question, Suggestion};
use super::view::Ticket;
use crate::pages::specimens::{ATTACK, LONG, RIGHT_TO_LEFT};
use crate::pages::when::When;

fn at(relative: &str) -> When {
    When::new("2026-11-17T13:58:00Z", "Tue 17 Nov 2026, 13:58 WET", relative)
}

impl Question {
    /// One for the viewer, one for others, one that was answered.
    #[must_use]
    pub fn samples() -> Vec<Self> {
        let question = |id: &str, text: &str, asked: &str, answers: &[(&str, &str)]| Self {
            id: id.to_owned(),
            text: text.to_owned(),
            asked: asked.to_owned(),
            at: at("20 min ago"),
            answers: answers.iter().map(|(word, label)| ((*word).to_owned(), (*label).to_owned())).collect(),
            yours: true,
            error: None,
            outcome: None,
        };
        let approve = [("granted", "Grant"), ("refused", "Refuse")];
        let answered =
            Outcome::Answered { answer: "Friday".to_owned(), by: "Bo Lindqvist".to_owned(), at: at("1 h ago") };
        vec![
            question("71", "May Acme have the second document for free?", "Ana Duarte", &approve),
            Self { yours: false, ..question("72", "Is the new logo cleared for print?", "Lead", &approve) },
            Self { outcome: Some(answered), ..question("73", "When can it be published?", "Customer solutions", &[]) },
        ]
    }

    /// What breaks layouts and pages.
    #[must_use]
    pub fn samples_extreme() -> Vec<Self> {
        let words = [ATTACK, RIGHT_TO_LEFT, LONG];
        let question = |(index, word): (usize, &&str)| Self {
            id: format!("8{index}"),
            text: (*word).to_owned(),
            asked: (*word).to_owned(),
            answers: words.iter().map(|word| ((*word).to_owned(), (*word).to_owned())).collect(),
            error: Some((*word).to_owned()),
            outcome: (index == 1).then_some(Outcome::Lapsed),
            ..Self::samples().remove(0)
        };
        words.iter().enumerate().map(question).collect()
    }
}

impl Suggestion {
    /// A draft that is sent by itself in four hours.
    #[must_use]
    pub fn sample() -> Self {
        Self {
            id: "91".to_owned(),
            text: "Hello Maria,\n\nyour plan has one document at a time. Which one shall it be?".to_owned(),
            send_at: Some(When::new("2026-11-17T18:03:00Z", "Tue 17 Nov 2026, 18:03 WET", "in 4 h")),
            held: None,
        }
    }
}

impl Ticket {
    /// A ticket whose answer is drafted.
    #[must_use]
    pub fn sample_suggesting() -> Self {
        let mut ticket = Self::sample();
        let suggestion = Suggestion::sample();
        ticket.questions.clear();
        if let Some(composer) = &mut ticket.composer {
            composer.body.clone_from(&suggestion.text);
        }
        ticket.suggestion = Some(suggestion);
        ticket
    }
}
