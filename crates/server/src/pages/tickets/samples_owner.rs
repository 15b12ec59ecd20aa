//! Samples of whose a ticket is.

use super::bulk::BulkAssignPage;
use super::canned::CannedPage;
use super::choice::CannedReply;
use super::owner::{Colleague, Others, Owner};
use crate::pages::frame::Frame;
use crate::pages::person::Person;
use crate::pages::specimens::{ATTACK, LONG, RIGHT_TO_LEFT};

impl Owner {
    /// A ticket of a colleague in a small company.
    #[must_use]
    pub fn sample() -> Self {
        let colleague = |id: &str, name: &str, email: &str, chosen| Colleague {
            id: id.to_owned(),
            person: Person::new(name, email),
            chosen,
        };
        Self {
            present: Some(Person::new("Bo Lindqvist", "bo@desk.example")),
            me: Some(colleague("11", "Ana Duarte", "ana@desk.example", false)),
            team: vec![
                colleague("12", "Bo Lindqvist", "bo@desk.example", true),
                colleague("13", "Cy Moreau", "cy@desk.example", false),
            ],
        }
    }

    /// Names that break layouts and pages.
    #[must_use]
    pub fn sample_extreme() -> Self {
        let words = [ATTACK, RIGHT_TO_LEFT, LONG];
        let colleague = |(index, word): (usize, &&str)| Colleague {
            id: format!("7{index}"),
            person: Person::new(*word, *word),
            chosen: index == 0,
        };
        Self {
            present: Some(Person::new(LONG, ATTACK)),
            me: None,
            team: words.iter().enumerate().map(colleague).collect(),
        }
    }
}

impl Others {
    /// The rest of a small company.
    #[must_use]
    pub fn sample() -> Self {
        let colleague =
            Colleague { id: "14".to_owned(), person: Person::new("Dana Petrov", "dana@desk.example"), chosen: false };
        Self {
            ticket: "1".to_owned(),
            number: "1042".to_owned(),
            subject: "The logo on the contract".to_owned(),
            owner: Owner::sample(),
            colleagues: vec![colleague],
        }
    }

    /// Names that break layouts and pages.
    #[must_use]
    pub fn sample_extreme() -> Self {
        let owner = Owner::sample_extreme();
        Self { subject: ATTACK.to_owned(), colleagues: owner.team.clone(), owner, ..Self::sample() }
    }
}

impl BulkAssignPage {
    /// Two tickets that are given to somebody.
    #[must_use]
    pub fn sample(frame: Frame, others: Others) -> Self {
        let tickets = vec!["1042".to_owned(), "1041".to_owned()];
        let (list, back) = ("?view=mine".to_owned(), "/tickets?view=mine".to_owned());
        Self { frame, tickets, list, all: String::new(), back, colleagues: others.colleagues }
    }
}

impl CannedPage {
    /// Replies with these names.
    #[must_use]
    pub fn sample(frame: Frame, names: [&str; 3]) -> Self {
        let reply = |name: &str| CannedReply { name: name.to_owned(), label: name.replace('-', " ") };
        Self {
            frame,
            ticket: "1".to_owned(),
            number: "1042".to_owned(),
            subject: names[0].to_owned(),
            kind: "reply",
            to: names[1].to_owned(),
            replies: names.map(reply).to_vec(),
        }
    }
}
