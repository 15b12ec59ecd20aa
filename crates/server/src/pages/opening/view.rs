//! Whom a ticket may be for, and what its procedure asks.

use askama::Template;

use crate::pages::field::{Field, FieldKind};
use crate::pages::frame::Frame;

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

/// `GET /tickets/new/fields?playbook=…`: what a procedure asks of whoever opens one of its tickets.
#[derive(Debug, Clone, Template)]
#[template(path = "opening/_fields.html")]
pub struct FieldsPart {
    /// The page's frame.
    pub frame: Frame,
    /// The fields.
    pub fields: Vec<Field>,
}
