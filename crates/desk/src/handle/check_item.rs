//! A colleague checks an item of a checklist, with what shows that it is done.

use playbook::{Evidence, ItemCheck};
use store::Id;

use super::choose::by;
use super::{Outcome, remember, repeated};
use crate::handbook::Handbooks;
use crate::receipts::Key;
use crate::runs::{Case, checklists};
use crate::{Context, Result};

/// An item that is done.
#[derive(Clone, Debug)]
pub struct CheckItem {
    /// The ticket.
    pub ticket: Id,
    /// The checklist's name.
    pub checklist: String,
    /// The item's id.
    pub item: String,
    /// What shows it. A file and a message are named by their ids and belong to this ticket.
    pub evidence: Option<Evidence>,
    /// The request's key.
    pub key: Option<Key>,
}

impl CheckItem {
    pub(super) async fn run(&self, context: &mut Context<'_>, handbooks: &Handbooks) -> Result<Outcome> {
        if let Some(before) = repeated(context, self.key.as_ref()).await? {
            return Ok(before);
        }
        let mut case = Case::load(context, handbooks, self.ticket).await?;
        let check = ItemCheck {
            checklist: self.checklist.clone(),
            item: self.item.clone(),
            by: by(context).await?,
            evidence: self.evidence.clone(),
        };
        checklists::check(context, &mut case, &check).await?;
        case.store(context).await?;
        remember(context, self.key.as_ref(), Outcome::Ticket(self.ticket)).await
    }
}
