//! A mailbox was read: everything that had arrived in it until then is in.

use jiff::Timestamp;

use super::Outcome;
use crate::{Context, Result, mailboxes};

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
        mailboxes::watch::caught_up(context, &self.name, self.until).await?;
        Ok(Outcome::Moved(true))
    }
}
