//! Samples of what colleagues do with a ticket beside its procedure.

use super::alike::{AlikePart, Earlier};
use super::beside::{Beside, Deed, Late, Other, Preset, Waiting};
use super::presence::{PresencePart, Present};
use super::standing::{Standing, Status, WaitingOn};
use super::view::Ticket;
use crate::pages::frame::Frame;
use crate::pages::person::Person;
use crate::pages::prose::Prose;
use crate::pages::specimens::{ATTACK, LONG, RIGHT_TO_LEFT};
use crate::pages::when::When;

fn at(relative: &str) -> When {
    When::new("2026-11-18T09:00:00Z", "Wed 18 Nov 2026, 09:00 WET", relative)
}

impl Other {
    fn sample(number: &str, subject: &str) -> Self {
        Self {
            id: number.to_owned(),
            number: number.to_owned(),
            subject: subject.to_owned(),
            standing: Standing { status: Status::Open, waiting_on: Some(WaitingOn::Us) },
            by: None,
            at: None,
            split: false,
            begun_here: false,
        }
    }
}

impl Waiting {
    fn sample(id: &str, text: &str) -> Self {
        Self {
            id: id.to_owned(),
            author: "Ana Prado".to_owned(),
            own: true,
            to: None,
            body: Prose::from_text(text),
            files: Vec::new(),
            briefly: true,
            at: at("now"),
            left: 8,
            held: None,
            late: None,
        }
    }
}

impl Beside {
    /// One ticket merged here, one linked, and a reply of each kind that waits.
    #[must_use]
    pub fn sample() -> Self {
        let merged = Other {
            by: Some("Ana Prado".to_owned()),
            at: Some(at("5 min ago")),
            ..Other::sample("1039", "Document Survey: Acme (again)")
        };
        let preset = |value, key, relative| Preset { value, key, at: at(relative) };
        Self {
            merged: vec![merged],
            related: vec![
                Other::sample("977", "Logo of last year"),
                Other { split: true, ..Other::sample("1051", "Who may sign?") },
            ],
            sendings: vec![
                Waiting::sample("1", "We have it. Thank you!"),
                Waiting {
                    briefly: false,
                    own: false,
                    at: at("Wed 09:00"),
                    to: Some("Confirmer".to_owned()),
                    files: vec!["plan.pdf".to_owned()],
                    ..Waiting::sample("2", "Good morning, here is the plan.")
                },
                Waiting {
                    briefly: false,
                    held: Some("Something was said meanwhile.".to_owned()),
                    late: Some(Late {
                        entered: "2026-11-01T09:00".to_owned(),
                        error: "Choose a date and a time that lie ahead.".to_owned(),
                    }),
                    ..Waiting::sample("3", "It is done.")
                },
            ],
            follows: true,
            followers: vec!["Bo Lund".to_owned()],
            linking: Deed { number: "0".to_owned(), error: Some("There is no ticket of that number.".to_owned()) },
            presets: vec![preset("hour", "later-hour", "Tue 14:58"), preset("morning", "later-morning", "Wed 09:00")],
            ..Self::default()
        }
    }

    /// What breaks layouts and pages.
    #[must_use]
    pub fn sample_extreme() -> Self {
        let words = [ATTACK, RIGHT_TO_LEFT, LONG];
        let other = |word: &&str| Other {
            by: Some((*word).to_owned()),
            at: Some(at(word)),
            subject: (*word).to_owned(),
            ..Other::sample("9000000000", "")
        };
        let sending = |(id, word): (usize, &&str)| Waiting {
            author: (*word).to_owned(),
            to: Some((*word).to_owned()),
            files: vec![(*word).to_owned()],
            held: (id > 0).then(|| (*word).to_owned()),
            ..Waiting::sample(&format!("9{id}"), word)
        };
        let deed = || Deed { number: ATTACK.to_owned(), error: Some(LONG.to_owned()) };
        Self {
            merged: words.iter().take(1).map(other).collect(),
            related: words.iter().skip(1).take(1).map(other).collect(),
            sendings: words.iter().enumerate().map(sending).collect(),
            followers: words.map(str::to_owned).to_vec(),
            merging: deed(),
            linking: deed(),
            ..Self::sample()
        }
    }
}

impl Ticket {
    /// A ticket with others beside it, and with replies that wait.
    #[must_use]
    pub fn sample_together() -> Self {
        Self { beside: Beside::sample(), ..Self::sample() }
    }

    /// A ticket that was merged into another one.
    #[must_use]
    pub fn sample_merged() -> Self {
        let into = Other {
            by: Some("Ana Prado".to_owned()),
            at: Some(at("5 min ago")),
            ..Other::sample("1042", "Document Survey: Acme")
        };
        let beside = Beside { merged_into: Some(into), ..Beside::default() };
        Self { number: "1039".to_owned(), beside, ..Self::sample_empty() }
    }
}

impl PresencePart {
    /// One who writes, one who looks, and one whose name breaks things.
    #[must_use]
    pub fn sample(frame: Frame) -> Self {
        let present = |(name, writes): (&str, bool)| Present { person: Person::named(name), writes };
        Self { frame, present: [("Ana Prado", true), ("Bo Lund", false), (ATTACK, true)].map(present).to_vec() }
    }
}

impl AlikePart {
    /// One alike, one earlier of each.
    #[must_use]
    pub fn sample(frame: Frame) -> Self {
        let earlier = |number, subject| Earlier {
            tickets: vec![Other::sample(number, subject)],
            more: Some("/tickets?requester=1".to_owned()),
        };
        Self {
            frame,
            requester: earlier("977", "Logo of last year"),
            organization: earlier("801", "Invoice of March"),
            alike: vec![(Other::sample("1001", "Duplicate invoice"), "shares invoice, duplicate".to_owned())],
        }
    }

    /// What breaks layouts and pages.
    #[must_use]
    pub fn sample_extreme(frame: Frame) -> Self {
        let words = [ATTACK, RIGHT_TO_LEFT, LONG];
        let alike = words.map(|word| (Other::sample("9000000000", word), word.to_owned())).to_vec();
        Self { alike, ..Self::sample(frame) }
    }
}
