//! The pages of contacts.

use askama::Template;

use crate::pages::frame::Frame;
use crate::pages::organizations::view::{Pages, PersonRow, Tickets};
use crate::pages::person::Person;
use crate::pages::tickets::list::TicketList;

/// `GET /contacts`: contacts by name.
#[derive(Debug, Clone, Template)]
#[template(path = "contacts/list_page.html")]
pub struct ContactsPage {
    /// The page's frame.
    pub frame: Frame,
    /// The views that it stands among.
    pub list: TicketList,
    /// The words that it is cut by.
    pub words: String,
    /// The organization that it is cut by: key and name.
    pub organization: Option<(String, String)>,
    /// The contacts.
    pub rows: Vec<PersonRow>,
    /// The other pages.
    pub pages: Pages,
    /// Whether the viewer makes and imports contacts.
    pub keeps: bool,
    /// What was done just now: the key of the words.
    pub done: Option<&'static str>,
}

/// `GET /contacts/{id}`: a contact and what belongs to them.
#[derive(Debug, Clone, Template)]
#[template(path = "contacts/contact_page.html")]
pub struct ContactPage {
    /// The page's frame.
    pub frame: Frame,
    /// The views that it stands among.
    pub list: TicketList,
    /// Who it is.
    pub person: Person,
    /// Whether they were erased.
    pub erased: bool,
    /// Their role at their organization.
    pub role: Option<String>,
    /// Their organization: its page, its name, and its plan.
    pub organization: Option<(String, String, Option<String>)>,
    /// Their addresses, the one they are written to first, and whether each is known to be theirs.
    pub addresses: Vec<(String, bool)>,
    /// What they may do for their organization.
    pub may: Vec<String>,
    /// What else is known: label, value.
    pub facts: Vec<(String, String)>,
    /// Their tickets.
    pub tickets: Tickets,
    /// Where a ticket is opened for them, for those who may.
    pub opening: Option<String>,
    /// Where they are changed, for those who may.
    pub edit: Option<String>,
    /// Where all that is known of them can be had, for those who may.
    pub data: Option<String>,
    /// Where they are erased, for those who may.
    pub erasure: Option<String>,
    /// What was done just now: the key of the words.
    pub done: Option<&'static str>,
}

/// `GET /contacts/{id}/erasure`: whether somebody is to be erased.
#[derive(Debug, Clone, Template)]
#[template(path = "contacts/erasure_page.html")]
pub struct ErasurePage {
    /// The page's frame.
    pub frame: Frame,
    /// The views that it stands among.
    pub list: TicketList,
    /// Their page.
    pub back: String,
    /// Who it is.
    pub person: Person,
    /// Their addresses.
    pub addresses: Vec<String>,
    /// How many tickets lose their words.
    pub tickets: usize,
    /// How many messages those are.
    pub messages: usize,
    /// How many files go.
    pub files: usize,
    /// Whether they sent the form without confirming it.
    pub unconfirmed: bool,
}
