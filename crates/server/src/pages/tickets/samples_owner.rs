//! Samples of whose a ticket is.

use super::owner::{Colleague, Owner};
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
            others: vec![colleague("14", "Dana Petrov", "dana@desk.example", false)],
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
            others: words.iter().enumerate().map(colleague).collect(),
        }
    }
}
