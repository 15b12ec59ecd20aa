//! Tickets that have to do with each other because a colleague says so. Unlike the [links](super::links) that playbooks make, such a
//! link moves nothing and reads the same from both ends.

mod queries;

use store::{Conn, Id};

use super::Ticket;
use crate::{Context, Error, Result};

/// How many related tickets one may have, and how many are read.
const MOST: u32 = 100;

/// What a ticket is to another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A colleague linked the two.
    SeeAlso,
    /// The one began as a message of the other.
    Split,
}

impl Kind {
    /// The kind's name, as the API says it: `see-also`, `split`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SeeAlso => "see-also",
            Self::Split => "split",
        }
    }

    fn named(name: &str) -> Self {
        if name == Self::Split.as_str() { Self::Split } else { Self::SeeAlso }
    }
}

/// A related ticket, seen from the other end.
#[derive(Clone, Debug)]
pub struct Related {
    /// What the two are to each other.
    pub kind: Kind,
    /// The ticket at the other end.
    pub ticket: Ticket,
}

/// Links two tickets; `false` when they are linked already, which stays as it is.
///
/// # Errors
/// `too-many-links` beyond a hundred.
pub async fn link(context: &mut Context<'_>, one: Id, other: Id, kind: Kind) -> Result<bool> {
    for ticket in [one, other] {
        if queries::count(context.tx, ticket, MOST).await? >= MOST as usize {
            let words = format!("A ticket is linked with {MOST} others at most.");
            return Err(Error::conflict("too-many-links", words).advise("Take a link away that says little."));
        }
    }
    Ok(queries::link(context.tx, one.min(other), one.max(other), kind, context.now).await?)
}

/// Takes the link of two tickets away; `false` when there is none.
pub async fn unlink(context: &mut Context<'_>, one: Id, other: Id) -> Result<bool> {
    Ok(queries::unlink(context.tx, one.min(other), one.max(other)).await?)
}

/// The tickets that are linked with this one, the newest first.
pub async fn of_ticket(conn: &mut Conn, ticket: Id) -> Result<Vec<Related>> {
    Ok(queries::of_ticket(conn, ticket, MOST).await?)
}
