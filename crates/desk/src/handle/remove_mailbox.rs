//! An owner takes a mailbox away: it is fetched from and waited for no longer, and what was to leave through it leaves by the
//! default way. What it brought stays.

use store::Id;

use super::Outcome;
use crate::mailboxes::{connected, watch};
use crate::{Context, Error, Result, outbox};

/// The mailbox to take away.
#[derive(Clone, Debug)]
pub struct RemoveMailbox {
    /// Which one.
    pub id: Id,
}

impl RemoveMailbox {
    pub(super) async fn run(&self, context: &mut Context<'_>) -> Result<Outcome> {
        let mailbox = connected::find(context.tx, self.id).await?.ok_or_else(|| Error::not_found("mailbox"))?;
        connected::remove(context, &mailbox).await?;
        outbox::reroute(context, mailbox.id).await?;
        if mailbox.incoming.is_some() {
            watch::forget_if_watched(context, &mailbox.name).await?;
        }
        Ok(Outcome::Moved(true))
    }
}
