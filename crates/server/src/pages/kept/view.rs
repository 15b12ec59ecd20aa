//! The pages of the mail that was kept.

use askama::Template;

use crate::pages::frame::Frame;
use crate::pages::prose::{Piece, Prose};
use crate::pages::tickets::list::TicketList;
use crate::pages::when::When;

/// `GET /kept`: the mails that moved nothing, newest first.
#[derive(Debug, Clone, Template)]
#[template(path = "kept/kept_page.html")]
pub struct KeptPage {
    /// The page's frame.
    pub frame: Frame,
    /// The views that it stands among; its rows are empty.
    pub list: TicketList,
    /// The mails.
    pub rows: Vec<KeptRow>,
    /// The address of the next page, if there are older ones.
    pub older: Option<String>,
    /// Whether this is the first page; only there do new ones arrive.
    pub first: bool,
}

/// The first page's mails alone, for live updates.
#[derive(Debug, Clone, Template)]
#[template(path = "kept/_list.html")]
pub struct KeptPart {
    /// The page's frame.
    pub frame: Frame,
    /// As [`KeptPage::rows`].
    pub rows: Vec<KeptRow>,
    /// As [`KeptPage::older`].
    pub older: Option<String>,
}

/// A mail in the list.
#[derive(Debug, Clone)]
pub struct KeptRow {
    /// Its id.
    pub id: String,
    /// Its address on the desk.
    pub href: String,
    /// What became of it.
    pub became: Became,
    /// Why, in a few words.
    pub reason: String,
    /// From whom, as it says; empty where it does not.
    pub sender: String,
    /// Its subject; empty where it has none.
    pub subject: String,
    /// When it came.
    pub at: When,
}

/// What became of a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Became {
    /// It waits for somebody to look at it.
    SetAside,
    /// A program wrote it, or it is on its ticket already.
    Filed,
    /// Somebody made a ticket of it.
    Opened,
}

/// `GET /kept/{id}`: one of them.
#[derive(Debug, Clone, Template)]
#[template(path = "kept/kept_mail_page.html")]
pub struct KeptMailPage {
    /// The page's frame.
    pub frame: Frame,
    /// The views that it stands among; its rows are empty.
    pub list: TicketList,
    /// The mail.
    pub mail: KeptMail,
}

/// A mail that was kept.
#[derive(Debug, Clone)]
pub struct KeptMail {
    /// Its row in the list.
    pub row: KeptRow,
    /// From whom, as it says.
    pub from: String,
    /// To whom.
    pub to: String,
    /// Its subject.
    pub subject: String,
    /// Its text.
    pub text: Prose,
    /// The names of the files that came with it.
    pub files: Vec<String>,
    /// What could not be understood of it.
    pub problems: Vec<String>,
    /// Where its bytes are.
    pub raw_href: String,
    /// The ticket that it belongs to.
    pub ticket_href: Option<String>,
    /// Where a ticket is opened of it, and whose it would be; `None` where it has one.
    pub opens: Option<Opens>,
    /// Where is posted that it was looked at and no ticket comes of it; `None` for one that does not wait for that.
    pub files_to: Option<String>,
}

/// How a ticket is opened of a mail.
#[derive(Debug, Clone)]
pub struct Opens {
    /// Where that is posted to.
    pub action: String,
    /// Whose mail it seems to be.
    pub email: String,
}

impl Became {
    /// The suffix of its class `chip--…`.
    #[must_use]
    pub fn chip(self) -> &'static str {
        match self {
            Self::SetAside => "us",
            Self::Filed => "closed",
            Self::Opened => "solved",
        }
    }

    /// The text that says it.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::SetAside => "kept-set-aside",
            Self::Filed => "kept-filed",
            Self::Opened => "kept-opened",
        }
    }
}
