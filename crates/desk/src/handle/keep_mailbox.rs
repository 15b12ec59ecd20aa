//! An owner connects a mailbox, or changes one.

use store::Id;

use super::Outcome;
use crate::error::FieldError;
use crate::handbook::Handbooks;
use crate::mailboxes::connected::{self, Entry};
use crate::{Context, Error, Result, outbox};

/// The mailbox as it was entered.
#[derive(Clone, Debug)]
pub struct KeepMailbox {
    /// Which one; `None` adds one.
    pub id: Option<Id>,
    /// What it is to be.
    pub entry: Entry,
}

impl KeepMailbox {
    pub(super) async fn run(&self, context: &mut Context<'_>, handbooks: &Handbooks) -> Result<Outcome> {
        let handbook = handbooks.current(context.tx).await?;
        let mut wrong = Vec::new();
        if self.entry.team.as_ref().is_some_and(|team| !handbook.desk.teams.contains_key(team)) {
            wrong.push(FieldError::new("team", "unknown", "the handbook has no such team"));
        }
        if self.entry.playbook.as_ref().is_some_and(|name| handbook.playbook(name).is_none()) {
            wrong.push(FieldError::new("playbook", "unknown", "the handbook has no such playbook"));
        }
        if !wrong.is_empty() {
            return Err(Error::invalid_fields(wrong));
        }
        let mailbox = connected::keep(context, &self.entry, self.id).await?;
        if mailbox.outgoing.is_none() {
            outbox::reroute(context, mailbox.id).await?;
        }
        Ok(Outcome::Mailbox(mailbox.id))
    }
}
