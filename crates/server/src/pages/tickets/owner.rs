//! Whose a ticket is, and whom it can be given to.

use crate::pages::person::Person;

/// The menu that gives a ticket to somebody.
#[derive(Debug, Clone, Default)]
pub struct Owner {
    /// Whose it is; `None` while it is nobody's.
    pub present: Option<Person>,
    /// The viewer, when they can take it: first in the menu.
    pub me: Option<Colleague>,
    /// The other members of the ticket's team.
    pub team: Vec<Colleague>,
    /// Everybody else.
    pub others: Vec<Colleague>,
}

/// Somebody the ticket can be given to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Colleague {
    /// Posted as `agent`.
    pub id: String,
    /// Who it is.
    pub person: Person,
    /// Whether it is theirs.
    pub chosen: bool,
}

impl Owner {
    /// The groups of the menu under the viewer, each with the text that heads it.
    #[must_use]
    pub fn groups(&self) -> Vec<(&'static str, &[Colleague])> {
        let groups = [("owner-team", self.team.as_slice()), ("owner-others", self.others.as_slice())];
        groups.into_iter().filter(|(_, colleagues)| !colleagues.is_empty()).collect()
    }
}
