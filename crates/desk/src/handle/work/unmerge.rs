//! An agent takes a merged ticket out of the other one again.

use store::Id;

use super::merge::lock_both;
use crate::handbook::Handbooks;
use crate::handle::{Outcome, remember, repeated};
use crate::receipts::Key;
use crate::runs::merging;
use crate::{Context, Error, Result, tickets};

/// The end of a merge: see [`merging`].
#[derive(Clone, Debug)]
pub struct Unmerge {
    /// The ticket that was merged.
    pub ticket: Id,
    /// The request's key.
    pub key: Option<Key>,
}

impl Unmerge {
    pub(super) async fn run(&self, context: &mut Context<'_>, handbooks: &Handbooks) -> Result<Outcome> {
        if let Some(before) = repeated(context, self.key.as_ref()).await? {
            return Ok(before);
        }
        let seen = tickets::find(context.tx, self.ticket).await?.ok_or_else(|| Error::not_found("ticket"))?;
        let Some(from) = seen.merged_into else { return Err(merging::not_merged(&seen)) };
        let (ticket, from) = lock_both(context, self.ticket, from).await?;
        // Somebody may have been quicker.
        if ticket.merged_into != Some(from.id) {
            return Err(merging::not_merged(&ticket));
        }
        merging::part(context, handbooks, ticket, &from).await?;
        remember(context, self.key.as_ref(), Outcome::Ticket(self.ticket)).await
    }
}
