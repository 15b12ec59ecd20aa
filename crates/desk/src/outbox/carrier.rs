//! What carries a mail out of the desk: a mail server, or the mail catcher.

use futures::future::BoxFuture;
use store::Id;

use crate::mailboxes::outgoing::Ready;

/// A mail to be carried, under the key of its effect.
#[derive(Clone, Debug)]
pub struct Parcel {
    /// The effect's key: the same mail again has the same one.
    pub key: String,
    /// The ticket it comes from; `None` for a letter of the desk to one of its agents.
    pub ticket: Option<Id>,
    /// The message it is; `None` for a letter.
    pub message: Option<Id>,
    /// The mailbox that it leaves through; `None` for what the process was given.
    pub way: Option<Id>,
    /// The mail.
    pub mail: Ready,
}

/// Why a mail was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It may be taken later: the server is away, busy, or said 4xx.
    Later(String),
    /// It will never be taken: the server said 5xx.
    Never(String),
}

/// Carries mails out. When it answers `Ok`, somebody else has taken responsibility for the mail (RFC 5321 section 6.1).
pub trait Carrier: Send + Sync {
    /// Carries one mail.
    fn carry<'a>(&'a self, parcel: &'a Parcel) -> BoxFuture<'a, Result<(), Refusal>>;

    /// How many mails it can carry at once.
    fn lanes(&self) -> usize {
        1
    }
}
