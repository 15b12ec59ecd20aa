//! What came of a command.

use serde::{Deserialize, Serialize};
use store::Id;

use super::{MovedRuns, account};
use crate::handbook::Published;
use crate::mailboxes;

/// What came of a command.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Outcome {
    /// A ticket was opened or changed.
    Ticket(Id),
    /// A message was added to a ticket.
    Message {
        /// The ticket it was written on.
        ticket: Id,
        /// The message.
        message: Id,
    },
    /// A reply waits for its time: the ticket it was written on, and the reply.
    Sending(Id, Id),
    /// A mail was taken in.
    Mail {
        /// What became of it.
        outcome: mailboxes::Outcome,
        /// The ticket it went to.
        ticket: Option<Id>,
    },
    /// A mailbox was connected or changed.
    Mailbox(Id),
    /// A contact, an organization or an agent was made or changed.
    Person(Id),
    /// A bulk change began.
    #[serde(skip)]
    Bulk(Id),
    /// A view was kept.
    #[serde(skip)]
    View(Id),
    /// A file was put to a draft.
    #[serde(skip)]
    File(Id),
    /// A token, readable this once.
    #[serde(skip)]
    Token(String),
    /// What came of publishing a handbook.
    #[serde(skip)]
    Published(Published),
    /// Tickets under way went to another revision.
    #[serde(skip)]
    Runs(MovedRuns),
    /// What came of a command about accounts.
    #[serde(skip)]
    Account(account::Done),
    /// Somebody was taken out of something: the keys of the files that went.
    #[serde(skip)]
    Erased(Vec<String>),
    /// A browser is pushed to.
    #[serde(skip)]
    Browser(Id),
    /// Something of the desk itself was done; whether anything moved.
    Moved(bool),
}

impl Outcome {
    /// The ticket, for outcomes that have one.
    pub fn ticket(&self) -> Option<Id> {
        match self {
            Outcome::Ticket(id) | Outcome::Sending(id, _) | Outcome::Message { ticket: id, .. } => Some(*id),
            Outcome::Mail { ticket, .. } => *ticket,
            _ => None,
        }
    }
}
