//! Somebody keeps what they began to write on a ticket.

use store::Id;

use super::Outcome;
use crate::drafts::{self, NewDraft};
use crate::{Context, Error, Result, tickets};

/// Words to be kept, on which ticket.
#[derive(Clone, Debug)]
pub struct SaveDraft {
    /// The ticket.
    pub ticket: Id,
    /// The words.
    pub draft: NewDraft,
}

impl SaveDraft {
    /// Says by [`Outcome::Moved`] whether they were kept: what was sent meanwhile is no draft any more.
    pub(super) async fn run(&self, context: &mut Context<'_>) -> Result<Outcome> {
        require_ticket(context, self.ticket).await?;
        Ok(Outcome::Moved(drafts::save(context, self.ticket, &self.draft).await?))
    }
}

/// A draft changes no ticket, so that its row is not locked.
pub(super) async fn require_ticket(context: &mut Context<'_>, ticket: Id) -> Result<()> {
    tickets::find(context.tx, ticket).await?.map(drop).ok_or_else(|| Error::not_found("ticket"))
}
