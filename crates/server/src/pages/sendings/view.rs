//! The list of replies that wait.

use askama::Template;

use crate::pages::frame::Frame;
use crate::pages::tickets::beside::{Preset, Waiting};
use crate::pages::tickets::list::TicketList;
use crate::pages::today::view::Tab;

/// `GET /sendings`: the replies that wait for their time or are held back.
#[derive(Debug, Clone, Template)]
#[template(path = "sendings/sendings_page.html")]
pub struct SendingsPage {
    /// The page's frame.
    pub frame: Frame,
    /// The views that it stands among.
    pub list: TicketList,
    /// Whose they are.
    pub tabs: Vec<Tab>,
    /// The word of the tab that is shown.
    pub of: &'static str,
    /// The replies, those that leave first first.
    pub rows: Vec<SendingRow>,
    /// Hours at which one can be sent.
    pub presets: Vec<Preset>,
    /// The address of the next page.
    pub later: Option<String>,
}

/// A reply in the list.
#[derive(Debug, Clone)]
pub struct SendingRow {
    /// The ticket that it was written on.
    pub ticket: String,
    /// The ticket's number.
    pub number: String,
    /// The ticket's subject.
    pub subject: String,
    /// The reply.
    pub sending: Waiting,
    /// Its first words.
    pub words: String,
}
