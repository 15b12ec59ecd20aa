//! An agent links two tickets that have to do with each other, or takes that back.

use store::Id;

use super::merge::lock_both;
use crate::handle::Outcome;
use crate::runs::beside::{self, LINKED, UNLINKED};
use crate::tickets::related::{self, Kind};
use crate::{Context, Error, Result, tickets};

/// A link by hand. Where there is one already it changes nothing.
#[derive(Clone, Debug)]
pub struct Relate {
    /// The one ticket.
    pub ticket: Id,
    /// The other.
    pub other: Id,
}

impl Relate {
    pub(super) async fn run(&self, context: &mut Context<'_>) -> Result<Outcome> {
        if self.ticket == self.other {
            return Err(Error::invalid_field("other", "same-ticket", "a ticket cannot be linked with itself"));
        }
        let (ticket, other) = lock_both(context, self.ticket, self.other).await?;
        if related::link(context, ticket.id, other.id, Kind::SeeAlso).await? {
            for (one, another) in [(&ticket, &other), (&other, &ticket)] {
                beside::keep(context, one, LINKED, another, None).await?;
                tickets::mark_changed(context, one.id).await?;
            }
        }
        Ok(Outcome::Ticket(self.ticket))
    }
}

/// The end of a link by hand. Where there is none it changes nothing.
#[derive(Clone, Debug)]
pub struct Unrelate {
    /// The one ticket.
    pub ticket: Id,
    /// The other.
    pub other: Id,
}

impl Unrelate {
    pub(super) async fn run(&self, context: &mut Context<'_>) -> Result<Outcome> {
        if self.ticket == self.other {
            return Err(Error::not_found("link"));
        }
        let (ticket, other) = lock_both(context, self.ticket, self.other).await?;
        if related::unlink(context, ticket.id, other.id).await? {
            for (one, another) in [(&ticket, &other), (&other, &ticket)] {
                beside::keep(context, one, UNLINKED, another, None).await?;
                tickets::mark_changed(context, one.id).await?;
            }
        }
        Ok(Outcome::Ticket(self.ticket))
    }
}
