//! Mail in, by IMAP (RFC 3501, RFC 9051): everything that came since a [`Cursor`], one mail at a time.
//!
//! ```no_run
//! # async fn fetch(server: &transport::Server, stored: Option<transport::imap::Cursor>) -> Result<(), transport::Fault> {
//! use std::time::Duration;
//! use transport::imap::{Session, Since, Watch};
//!
//! let mut session = Session::open(server, &transport::Limits::default()).await?;
//! let entered = session.enter(&Watch::default(), stored.map_or(Since::Everything, Since::Cursor)).await?;
//! // Store `entered.cursor` now: what comes from here on is told by it.
//! loop {
//!     while let Some(fetched) = session.next().await? {
//!         // Store the mail and `fetched.cursor` in one transaction, then:
//!         session.settle(fetched.uid).await?;
//!     }
//!     // All is in that was there when `next` was asked.
//!     session.wait(Duration::from_secs(600)).await?;
//! }
//! # }
//! ```
//!
//! After any [`Fault`](crate::Fault) of `open`, `enter`, `next` and `wait`, and after a call that was dropped half way, the session is of no more
//! use: open another one. Nothing is lost by that, for the server keeps what no cursor has passed.

mod conversation;
mod fetching;
mod folder_name;
mod response;
mod session;
mod settling;
mod sign_in;
mod waiting;

use jiff::Timestamp;

pub use session::Session;

/// How far a folder is fetched. Durable: the caller stores it in the transaction that stores what it passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// Which numbering of the folder's mails this is of. When the server begins another, the cursor says nothing any more.
    pub uid_validity: u32,
    /// The lowest number that is not fetched yet.
    pub uid_next: u32,
}

/// Which folder, and what becomes of its mails once the caller has them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Watch {
    /// The folder's name as people write it: `INBOX`, `Kunden/Büro`.
    pub folder: String,
    /// What becomes of a mail when it is settled.
    pub after: After,
}

impl Default for Watch {
    /// The inbox, in which everything stays as it is.
    fn default() -> Self {
        Self { folder: "INBOX".to_owned(), after: After::Leave }
    }
}

/// What becomes of a mail when [`Session::settle`] is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum After {
    /// Nothing: it stays, as unread as it was. The folder is opened for reading only.
    Leave,
    /// It is marked as read.
    Seen,
    /// It goes to another folder.
    Move {
        /// The folder's name.
        folder: String,
    },
    /// It is deleted. A server without UIDPLUS (RFC 4315) only marks it so, because it could not delete just this one.
    Delete,
}

/// Which mails of a folder are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Since {
    /// All that are there.
    Everything,
    /// Those that come from now on.
    Now,
    /// Those that the cursor has not passed; all, if it is of another numbering.
    Cursor(Cursor),
}

/// How a folder was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entered {
    /// Where fetching begins. To be stored before anything else, so that a start at [`Since::Now`] is remembered.
    pub cursor: Cursor,
    /// Whether the cursor given was of another numbering: everything is fetched anew, and the caller recognises by the bytes what
    /// it has already.
    pub renumbered: bool,
    /// How many mails are in the folder.
    pub mails: u32,
}

/// One mail that the cursor came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fetched {
    /// Its number in the folder.
    pub uid: u32,
    /// The cursor that has passed it.
    pub cursor: Cursor,
    /// When the server took it in, if it says so.
    pub received_at: Option<Timestamp>,
    /// What is there of it.
    pub what: What,
}

/// What is there of a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// The whole mail.
    Mail(Vec<u8>),
    /// It is larger than [`crate::Limits::mail`].
    TooLarge {
        /// How many bytes it has, as the server says.
        size: u64,
        /// Its header, as far as it is of bearable length; whatever of it could be had.
        header: Vec<u8>,
    },
    /// It was there and is not any more: somebody moved or deleted it meanwhile.
    Gone,
    /// The server does not give it out. It may tomorrow: whoever does not store the cursor is told of it again after the next
    /// `enter`.
    Withheld {
        /// The server's words.
        said: String,
    },
}

/// What waiting came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    /// There may be new mails.
    Arrived,
    /// The time is over and the folder as it was; the server was asked and answered.
    Nothing,
}

/// A folder that could be watched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folder {
    /// Its name as people write it.
    pub name: String,
    /// What it is for (RFC 6154), without the backslash: `Trash`, `Sent`, `Junk`, `Archive` …
    pub purpose: Option<String>,
}
