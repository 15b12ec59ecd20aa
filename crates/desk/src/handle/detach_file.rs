//! Somebody takes a file from what they are writing.

use store::Id;

use super::Outcome;
use crate::{Context, Result, drafts};

/// A file that is not to go along after all.
#[derive(Clone, Debug)]
pub struct DetachFile {
    /// The ticket that is written on.
    pub ticket: Id,
    /// The file, one of the actor's own drafts.
    pub file: Id,
}

impl DetachFile {
    /// Says by [`Outcome::Moved`] whether it was there.
    pub(super) async fn run(&self, context: &mut Context<'_>) -> Result<Outcome> {
        Ok(Outcome::Moved(drafts::detach(context, self.ticket, self.file).await?))
    }
}
