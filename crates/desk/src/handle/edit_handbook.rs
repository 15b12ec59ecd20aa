//! Somebody edits their draft of a handbook.

use super::Outcome;
use crate::editing::{self, Edit};
use crate::handbook::Handbooks;
use crate::{Context, Result};

/// An edit of the actor's own draft.
#[derive(Clone, Debug)]
pub struct EditHandbook {
    /// The revision that the draft is seen to stand on, or begins with.
    pub base: i64,
    /// What is done.
    pub edit: Edit,
}

impl EditHandbook {
    /// Says by [`Outcome::Moved`] whether there is a draft afterwards.
    pub(super) async fn run(&self, context: &mut Context<'_>, handbooks: &Handbooks) -> Result<Outcome> {
        Ok(Outcome::Moved(editing::edit(context, handbooks, self.base, &self.edit).await?))
    }
}
