//! The page of the mailboxes.

use askama::Template;

use crate::pages::frame::Frame;
use crate::pages::tickets::list::TicketList;
use crate::pages::when::When;

/// `GET /mailboxes`: until when the mail is in, and what waits for it.
#[derive(Debug, Clone, Template)]
#[template(path = "mailboxes/mailboxes_page.html")]
pub struct MailboxesPage {
    /// The page's frame.
    pub frame: Frame,
    /// The views that it stands among; its rows are empty.
    pub list: TicketList,
    /// The mailboxes that somebody fetches mail from, by name.
    pub mailboxes: Vec<Mailbox>,
    /// Until when mail is waited for that was kept while the desk was away; `None` where it was not.
    pub patience: Option<Patience>,
    /// What waits for the mail, the longest held first.
    pub held: Vec<HeldTicket>,
    /// Whether more is held than is shown.
    pub more: bool,
}

/// A mailbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mailbox {
    /// Its name.
    pub name: String,
    /// Everything that arrived before is in.
    pub read_until: When,
    /// When somebody last said so.
    pub reported: When,
    /// Whether it has been behind for so long that somebody should look.
    pub late: bool,
}

/// What mail servers may still bring of the time when the desk was away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Patience {
    /// Since when it was away.
    pub from: When,
    /// Until when it is waited for.
    pub until: When,
}

/// A ticket on which something waits for the mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldTicket {
    /// The ticket's id.
    pub id: String,
    /// Its address.
    pub href: String,
    /// Its number.
    pub number: String,
    /// Its subject.
    pub subject: String,
    /// Whether it is a draft that would be sent, rather than a silence that would end.
    pub draft: bool,
    /// Since when it is due.
    pub due: When,
}
