//! Somebody puts a file to what they are writing.

use std::sync::Arc;

use store::{Id, failpoint};

use super::Outcome;
use super::save_draft::require_ticket;
use crate::attachments::{Shelf, Staged};
use crate::drafts::{self, FILES_MAX, Kind};
use crate::{Context, Error, Result};

/// A file for a draft. Its bytes are put on the shelf before the transaction.
#[derive(Clone, Debug)]
pub struct AttachFile {
    /// The ticket that is written on.
    pub ticket: Id,
    /// Whether a reply or a note is written.
    pub kind: Kind,
    /// The file.
    pub file: Arc<mail::Attachment>,
}

impl AttachFile {
    pub(super) async fn stage(&self, shelf: &Shelf) -> Result<Staged> {
        stage(shelf, &self.file).await
    }

    /// The file's id, as [`Outcome::File`].
    pub(super) async fn run(&self, context: &mut Context<'_>, staged: &Staged) -> Result<Outcome> {
        require_ticket(context, self.ticket).await?;
        Ok(Outcome::File(drafts::attach(context, self.ticket, self.kind, staged).await?))
    }
}

/// Puts a file that goes with a message on the shelf.
pub(super) async fn stage(shelf: &Shelf, file: &mail::Attachment) -> Result<Staged> {
    if file.bytes.len() > FILES_MAX {
        return Err(Error::too_large("file", FILES_MAX));
    }
    let staged = shelf.stage(file).await?;
    failpoint::reached("attachments.staged");
    Ok(staged)
}
