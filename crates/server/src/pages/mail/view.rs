//! The mails caught.

use askama::Template;

use crate::pages::frame::Frame;
use crate::pages::prose::{Piece, Prose};
use crate::pages::when::When;

/// `GET /mail` and `GET /mail/{id}`: the mails caught, one of them open or none.
#[derive(Debug, Clone, Template)]
#[template(path = "mail/mail_page.html")]
pub struct MailPage {
    /// The page's frame.
    pub frame: Frame,
    /// The mails, newest first.
    pub rows: Vec<MailRow>,
    /// The address of the next page, if there are older ones.
    pub older: Option<String>,
    /// Whether this is the first page; only there do new ones arrive.
    pub first: bool,
    /// The one open.
    pub open: Option<Mail>,
}

/// `GET /mail/list`: the mails alone, for live updates.
#[derive(Debug, Clone, Template)]
#[template(path = "mail/_list.html")]
pub struct MailsPart {
    /// The page's frame.
    pub frame: Frame,
    /// The mails, newest first.
    pub rows: Vec<MailRow>,
    /// The address of the next page, if there are older ones.
    pub older: Option<String>,
}

/// A mail in the list.
#[derive(Debug, Clone)]
pub struct MailRow {
    /// Its id.
    pub id: String,
    /// Its address on the desk.
    pub href: String,
    /// To whom it went.
    pub to: String,
    /// Its subject.
    pub subject: String,
    /// Its first words.
    pub snippet: String,
    /// When.
    pub at: When,
    /// Whether it is the one open.
    pub current: bool,
}

/// One mail.
#[derive(Debug, Clone)]
pub struct Mail {
    /// Its id.
    pub id: String,
    /// Its subject.
    pub subject: String,
    /// From whom.
    pub from: String,
    /// To whom.
    pub to: String,
    /// When.
    pub at: When,
    /// Every header: name, value.
    pub headers: Vec<(String, String)>,
    /// Its text part.
    pub text: Prose,
    /// Where its HTML part is served under [`crate::pages::policy::FRAMED_MAIL`].
    pub html_href: Option<String>,
    /// Where its raw bytes are served as `message/rfc822`.
    pub raw_href: String,
    /// The files in it.
    pub files: Vec<MailFile>,
    /// The ticket it belongs to: number, address.
    pub ticket: Option<(String, String)>,
}

/// A file in a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailFile {
    /// Its name.
    pub name: String,
    /// Its size as shown.
    pub size: String,
    /// Where it is downloaded.
    pub href: String,
}
