//! A mailbox is fetched from no longer: nothing waits for it any more.

use super::Outcome;
use crate::{Context, Result, mailboxes};

/// The mailbox to forget.
#[derive(Clone, Debug)]
pub struct ForgetMailbox {
    /// Its name.
    pub name: String,
}

impl ForgetMailbox {
    pub(super) async fn run(&self, context: &mut Context<'_>) -> Result<Outcome> {
        mailboxes::watch::forget(context, &self.name).await?;
        Ok(Outcome::Moved(true))
    }
}
