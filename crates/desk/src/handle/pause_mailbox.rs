//! An owner has a mailbox rest, or go on. What waits for its mail goes on waiting meanwhile.

use store::Id;

use super::Outcome;
use crate::mailboxes::connected;
use crate::{Context, Result};

/// The mailbox, and whether it is to rest.
#[derive(Clone, Debug)]
pub struct PauseMailbox {
    /// Which one.
    pub id: Id,
    /// Whether it rests from now on.
    pub paused: bool,
}

impl PauseMailbox {
    pub(super) async fn run(&self, context: &mut Context<'_>) -> Result<Outcome> {
        connected::pause(context, self.id, self.paused).await?;
        Ok(Outcome::Moved(true))
    }
}
