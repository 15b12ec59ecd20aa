//! Whom a ticket may be for.

use askama::Template;

/// `GET /tickets/new/people?q=…`: contacts whose name or address holds what was typed, as options of the field.
#[derive(Debug, Clone, Template)]
#[template(path = "opening/_people.html")]
pub struct PeoplePart {
    /// Whom there is.
    pub people: Vec<Known>,
}

/// A contact that can be written to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// The address.
    pub email: String,
    /// Their name and their organization's, as far as they are known.
    pub label: String,
}
