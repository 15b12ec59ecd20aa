//! Mail out, by SMTP (RFC 5321) and its submission (RFC 6409): a few connections kept open and used again, each step with a time-out.

mod connection;
mod content;
mod conversation;
mod pool;
mod sign_in;

pub use connection::Connection;
pub use pool::Pool;

use crate::Fault;

/// A mail to be submitted, with its envelope.
#[derive(Clone, Copy, Debug)]
pub struct Mail<'a> {
    /// Who it is from, as the envelope says it: an address without angle brackets; empty for nobody.
    pub sender: &'a str,
    /// Whom it goes to: all of them or, if the server refuses one, none.
    pub recipients: &'a [String],
    /// Its bytes.
    pub raw: &'a [u8],
}

/// Why a mail was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It may be taken later: the server is away, busy, wants another password, or said 4xx.
    Later(Fault),
    /// It will never be taken as it is: the server said 5xx to it, or lacks what it needs.
    Never(Fault),
}
