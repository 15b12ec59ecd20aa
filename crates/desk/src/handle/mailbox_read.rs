//! A mailbox was read: everything that had arrived in it until then is in.

use jiff::Timestamp;

use super::Outcome;
use crate::{Context, Error, Result, mailboxes};

/// How far the one who fetches mail has got. The mails themselves were brought in before.
#[derive(Clone, Debug)]
pub struct MailboxRead {
    /// The mailbox, by a name of one's own.
    pub name: String,
    /// Everything that arrived before this instant is in.
    pub until: Timestamp,
}

impl MailboxRead {
    pub(super) async fn run(&self, context: &mut Context<'_>) -> Result<Outcome> {
        let connected = mailboxes::connected::find_by_name(context.tx, &self.name).await?;
        if connected.is_some_and(|mailbox| mailbox.incoming.is_some()) {
            return Err(Error::conflict("mailbox-is-fetched", "The desk fetches from this mailbox itself.")
                .advise("Report under another name, or remove the mailbox first."));
        }
        mailboxes::watch::caught_up(context, &self.name, self.until).await?;
        Ok(Outcome::Moved(true))
    }
}
