//! An owner connects a mailbox, or changes one.

use store::Id;

use super::{Outcome, remember, repeated};
use crate::error::FieldError;
use crate::handbook::Handbooks;
use crate::mailboxes::connected::{self, Entry};
use crate::receipts::Key;
use crate::{Context, Error, Result, outbox};

/// The mailbox as it was entered.
#[derive(Clone, Debug)]
pub struct KeepMailbox {
    /// Which one; `None` adds one.
    pub id: Option<Id>,
    /// What it is to be.
    pub entry: Entry,
    /// Whether one that is added rests from the beginning.
    pub paused: bool,
    /// The key under which it happens once.
    pub key: Option<Key>,
}

impl KeepMailbox {
    /// The mailbox as it was entered, once for each time that this is done.
    pub fn of(id: Option<Id>, entry: Entry) -> Self {
        Self { id, entry, paused: false, key: None }
    }

    pub(super) async fn run(&self, context: &mut Context<'_>, handbooks: &Handbooks) -> Result<Outcome> {
        if let Some(before) = repeated(context, self.key.as_ref()).await? {
            return Ok(before);
        }
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
        if self.paused && self.id.is_none() {
            connected::pause(context, mailbox.id, true).await?;
        }
        remember(context, self.key.as_ref(), Outcome::Mailbox(mailbox.id)).await
    }
}
