//! The pages of the mailboxes.

use askama::Template;

use crate::pages::field::{Field, FieldKind};
use crate::pages::frame::Frame;
use crate::pages::tickets::list::TicketList;
use crate::pages::when::When;

/// `GET /mailboxes`: the mailboxes, until when the mail is in, and what waits for it.
#[derive(Debug, Clone, Template)]
#[template(path = "mailboxes/mailboxes_page.html")]
pub struct MailboxesPage {
    /// The page's frame.
    pub frame: Frame,
    /// The views that it stands among; its rows are empty.
    pub list: TicketList,
    /// The mailboxes, by name.
    pub mailboxes: Vec<Mailbox>,
    /// Whether the viewer may connect one.
    pub may_connect: bool,
    /// Until when mail is waited for that was kept while the desk was away; `None` where it was not.
    pub patience: Option<Patience>,
    /// What waits for the mail, the longest held first.
    pub held: Vec<HeldTicket>,
    /// Whether more is held than is shown.
    pub more: bool,
    /// Since when the restored desk neither fetches nor sends; `None` for one that does.
    pub resting: Option<When>,
}

/// The mailboxes and what waits alone, for live updates.
#[derive(Debug, Clone, Template)]
#[template(path = "mailboxes/_state.html")]
pub struct MailboxesPart {
    /// The page's frame.
    pub frame: Frame,
    /// As [`MailboxesPage::mailboxes`].
    pub mailboxes: Vec<Mailbox>,
    /// As [`MailboxesPage::may_connect`].
    pub may_connect: bool,
    /// As [`MailboxesPage::patience`].
    pub patience: Option<Patience>,
    /// As [`MailboxesPage::held`].
    pub held: Vec<HeldTicket>,
    /// As [`MailboxesPage::more`].
    pub more: bool,
    /// As [`MailboxesPage::resting`].
    pub resting: Option<When>,
}

/// A mailbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mailbox {
    /// Its name.
    pub name: String,
    /// Its address; `None` for one that a program fetches from.
    pub address: Option<String>,
    /// Where it is changed; `None` where the viewer may not.
    pub href: Option<String>,
    /// How reading it goes.
    pub reading: Reading,
    /// What is wrong with reading it.
    pub trouble: Option<String>,
    /// Why fetched mail stays as it was on its server, where something else was chosen.
    pub unsettled: Option<String>,
    /// What waits to leave through it and was refused.
    pub unsent: Option<String>,
    /// Whether what came by none leaves through it.
    pub default: bool,
}

/// How reading a mailbox goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading {
    /// Everything that arrived until then is in.
    Until(When),
    /// It has been behind since then, for so long that somebody should look.
    Late(When),
    /// It rests, and was read until then.
    Paused(When),
    /// Mail is only sent through it.
    Never,
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

/// `GET /mailboxes/new`: which address?
#[derive(Debug, Clone, Template)]
#[template(path = "mailboxes/address_page.html")]
pub struct AddressPage {
    /// The page's frame.
    pub frame: Frame,
    /// The views that it stands among.
    pub list: TicketList,
    /// The address, and where the mailbox is.
    pub fields: Vec<Field>,
}

/// A mailbox's form: `GET /mailboxes/new?address=…`, `GET /mailboxes/{id}`, and what either is answered with when it is posted.
#[derive(Debug, Clone, Template)]
#[template(path = "mailboxes/mailbox_page.html")]
pub struct MailboxPage {
    /// The page's frame.
    pub frame: Frame,
    /// The views that it stands among.
    pub list: TicketList,
    /// Its name; `None` for one that is not connected yet.
    pub name: Option<String>,
    /// Where it is posted to.
    pub action: String,
    /// What is to be known about its provider.
    pub hint: Option<String>,
    /// The fields, in parts.
    pub parts: Vec<Part>,
    /// How a trial went.
    pub tried: Vec<Tried>,
    /// Whether it rests; `None` where there is nothing to rest from.
    pub paused: Option<bool>,
}

/// A part of the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Its title.
    pub title: String,
    /// A sentence before its fields.
    pub intro: Option<String>,
    /// The fields.
    pub fields: Vec<Field>,
}

/// How a trial of one way went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tried {
    /// Fetching or sending.
    pub title: String,
    /// Whether all is well.
    pub well: bool,
    /// What was found, in words.
    pub words: String,
    /// The server's own words.
    pub said: Option<String>,
}

impl Mailbox {
    /// Whether somebody should look.
    #[must_use]
    pub fn is_late(&self) -> bool {
        matches!(self.reading, Reading::Late(_))
            || self.trouble.is_some()
            || self.unsettled.is_some()
            || self.unsent.is_some()
    }

    /// The symbol before it.
    #[must_use]
    pub fn icon(&self) -> &'static str {
        match &self.reading {
            _ if self.is_late() => "alert",
            Reading::Paused(_) => "clock",
            _ => "check-circle",
        }
    }
}

impl MailboxPage {
    /// Every field with something wrong, in order, for the summary.
    #[must_use]
    pub fn wrong(&self) -> Vec<&Field> {
        self.parts.iter().flat_map(|part| &part.fields).filter(|field| field.error.is_some()).collect()
    }
}
