//! The page on which a colleague opens a ticket.

use askama::Template;

use crate::pages::field::{Field, FieldKind};
use crate::pages::frame::Frame;
use crate::pages::tickets::list::TicketList;

/// `GET /tickets/new`: a ticket is opened by hand.
#[derive(Debug, Clone, Template)]
#[template(path = "opening/form_page.html")]
pub struct OpeningPage {
    /// The page's frame.
    pub frame: Frame,
    /// The views that it stands among.
    pub list: TicketList,
    /// The key under which the form counts once.
    pub submission: String,
    /// What is asked.
    pub fields: Vec<Field>,
    /// What is wrong with it as a whole.
    pub refused: Option<String>,
}

impl OpeningPage {
    /// The fields with something wrong.
    #[must_use]
    pub fn wrong(&self) -> Vec<&Field> {
        self.fields.iter().filter(|field| field.error.is_some()).collect()
    }
}

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
