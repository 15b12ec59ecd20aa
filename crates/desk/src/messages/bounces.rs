//! What came back of what we sent. It is shown on the message that bounced: who was not reached, why, and whether the other
//! server goes on trying.

use jiff::Timestamp;
use store::{Conn, Id};

use super::queries;
use crate::rights::Scope;
use crate::{Context, Result};

/// How many bounces of a ticket are shown, the newest.
const SHOWN: u32 = 200;

/// A report that a message was not delivered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bounced {
    /// The message that bounced.
    pub message: Id,
    /// The address that was not reached, where the report says it.
    pub recipient: Option<String>,
    /// The enhanced status code (RFC 3463).
    pub status: Option<String>,
    /// Whether trying again is useless.
    pub hard: bool,
    /// Whether the other server goes on trying.
    pub delayed: bool,
    /// Whether the report proved to be about this message: it named a mail of ours and the address that it went to.
    pub proved: bool,
    /// What the other server said.
    pub reason: Option<String>,
    /// When the report came.
    pub received_at: Timestamp,
}

/// Keeps a report with its message; `false` when the same was reported before, which changes nothing.
pub async fn add(context: &mut Context<'_>, bounced: &Bounced) -> Result<bool> {
    let known = queries::bounces_of_message(context.tx, bounced.message).await?;
    let says_the_same = |earlier: &Bounced| {
        (&earlier.recipient, &earlier.status, earlier.delayed, earlier.proved)
            == (&bounced.recipient, &bounced.status, bounced.delayed, bounced.proved)
    };
    if known.iter().any(says_the_same) {
        return Ok(false);
    }
    let id = context.ids.next();
    queries::insert_bounce(context.tx, id, bounced).await?;
    Ok(true)
}

/// What came back of the messages that a ticket shows, oldest first.
pub async fn of_ticket(conn: &mut Conn, _scope: Scope, ticket: Id) -> Result<Vec<Bounced>> {
    Ok(queries::bounces_of_ticket(conn, ticket, SHOWN).await?)
}
