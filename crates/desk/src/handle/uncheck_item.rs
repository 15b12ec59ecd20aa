//! A colleague takes the mark of a checklist's item back.

use store::Id;

use super::{Outcome, remember, repeated};
use crate::handbook::Handbooks;
use crate::receipts::Key;
use crate::runs::{Case, checklists};
use crate::{Context, Result};

/// An item that is not done after all.
#[derive(Clone, Debug)]
pub struct UncheckItem {
    /// The ticket.
    pub ticket: Id,
    /// The checklist's name.
    pub checklist: String,
    /// The item's id.
    pub item: String,
    /// The request's key.
    pub key: Option<Key>,
}

impl UncheckItem {
    pub(super) async fn run(&self, context: &mut Context<'_>, handbooks: &Handbooks) -> Result<Outcome> {
        if let Some(before) = repeated(context, self.key.as_ref()).await? {
            return Ok(before);
        }
        let mut case = Case::load(context, handbooks, self.ticket).await?;
        checklists::uncheck(context, &mut case, &self.checklist, &self.item).await?;
        case.store(context).await?;
        remember(context, self.key.as_ref(), Outcome::Ticket(self.ticket)).await
    }
}
