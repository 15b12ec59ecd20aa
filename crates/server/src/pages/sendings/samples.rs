//! Samples of the list of replies that wait.

use super::view::{SendingRow, SendingsPage};
use crate::pages::frame::{Frame, Section};
use crate::pages::prose::Prose;
use crate::pages::specimens::{ATTACK, LONG, RIGHT_TO_LEFT, Specimen};
use crate::pages::tickets::beside::{Late, Preset, Waiting};
use crate::pages::tickets::list::TicketList;
use crate::pages::today::view::Tab;
use crate::pages::when::When;

/// Every sample, rendered.
#[must_use]
pub fn specimens(frame: &Frame) -> Vec<Specimen> {
    let page = |sample, words: &[&str]| {
        let tab = |key, current| Tab { key, href: "/sendings".to_owned(), current };
        let at = When::new("2026-11-18T09:00:00Z", "Wed 18 Nov 2026, 09:00 WET", "in 19 h");
        let preset = Preset { value: "hour", key: "later-hour", at };
        let page = SendingsPage {
            frame: frame.for_colleague(Section::Tickets),
            list: TicketList::sample_empty(),
            tabs: vec![tab("sendings-of-mine", true), tab("sendings-of-teams", false)],
            of: "mine",
            rows: words.iter().enumerate().map(|(place, word)| SendingRow::sample(place, word)).collect(),
            presets: vec![preset],
            later: (words.len() > 1).then(|| "/sendings?after=1.2".to_owned()),
        };
        Specimen::page("sendings", sample, &page)
    };
    vec![
        page("usual", &["It is ready.", "Tomorrow at nine."]),
        page("empty", &[]),
        page("extreme", &[ATTACK, RIGHT_TO_LEFT, LONG]),
    ]
}

impl SendingRow {
    fn sample(place: usize, word: &str) -> Self {
        Self {
            ticket: "77".to_owned(),
            number: "1042".to_owned(),
            subject: word.to_owned(),
            words: word.to_owned(),
            sending: Waiting {
                id: place.to_string(),
                author: word.to_owned(),
                own: place == 0,
                to: (place == 1).then(|| word.to_owned()),
                body: Prose::from_text(word),
                files: vec![word.to_owned()],
                briefly: false,
                at: When::new("2026-11-18T09:00:00Z", "Wed 18 Nov 2026, 09:00 WET", "in 19 h"),
                left: 68_400,
                held: (place == 1).then(|| word.to_owned()),
                late: (place == 0).then(|| Late { entered: word.to_owned(), error: word.to_owned() }),
            },
        }
    }
}
