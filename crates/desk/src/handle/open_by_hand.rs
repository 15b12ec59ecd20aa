//! A colleague opens a ticket: somebody told them something, or they write to somebody first.

use store::Id;

use super::open_ticket::{PLAYBOOK_DEFAULT, Way};
use super::work::{SendLater, When};
use super::{Assign, OpenTicket, Outcome, remember, repeated};
use crate::error::FieldError;
use crate::handbook::Handbooks;
use crate::messages::{self, Author};
use crate::receipts::Key;
use crate::{Context, Error, Result, contacts};

/// Whose words a ticket begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum First {
    /// The client's, as a colleague took them down: on the telephone, in a meeting. Nothing is sent.
    Theirs,
    /// The colleague's, to the client: they leave as a mail, after the seconds in which they can be taken back.
    Ours,
}

/// A ticket that a colleague opens.
#[derive(Clone, Debug)]
pub struct OpenByHand {
    /// The ticket. Its playbook must be one that colleagues open, by `opens: hand`; its own key is passed over.
    pub ticket: OpenTicket,
    /// Whose words `ticket.body` are.
    pub first: First,
    /// Whom it is given to at once.
    pub assignee: Option<Id>,
    /// The request's key.
    pub key: Option<Key>,
}

impl OpenByHand {
    pub(super) async fn run(&self, context: &mut Context<'_>, handbooks: &Handbooks) -> Result<Outcome> {
        if let Some(before) = repeated(context, self.key.as_ref()).await? {
            return Ok(before);
        }
        let body = self.check()?;
        let handbook = handbooks.current(context.tx).await?;
        let name = self.ticket.playbook.as_deref().unwrap_or(PLAYBOOK_DEFAULT);
        let opening = handbook.openings_by_hand().find(|(playbook, _)| playbook.name() == name);
        let (playbook, rule) = opening.ok_or_else(|| {
            let words = format!("colleagues open no tickets of {name:?}: its playbook has no `opens: hand`");
            Error::invalid_field("playbook", "not-by-hand", words)
        })?;
        let by = Some(Author::actor(context.actor));
        let said = (self.first == First::Theirs).then_some(("hand", body));
        let way = Way { playbook, rule: Some(rule), known: None, said, by };
        let ticket = self.ticket.begin(context, (&handbook, handbooks.current_number()), way).await?;
        if self.assignee.is_some() {
            Assign { ticket, agent: self.assignee }.run(context, handbooks).await?;
        }
        if self.first == First::Ours {
            let body = self.ticket.body.clone();
            let (party, suggestion, seen, key) = (None, None, None, None);
            let first = SendLater { ticket, party, suggestion, body, files: Vec::new(), seen, at: When::Briefly, key };
            first.run(context, handbooks).await?;
        }
        remember(context, self.key.as_ref(), Outcome::Ticket(ticket)).await
    }

    /// The words; everything that is wrong at once, since a person has to mend it.
    fn check(&self) -> Result<String> {
        let mut wrong = Vec::new();
        if let Err(error) = contacts::key(&self.ticket.requester.email) {
            wrong.extend(error.fields);
        }
        if self.ticket.subject.trim().is_empty() {
            wrong.push(FieldError::new("subject", "required", "say what the ticket is about"));
        }
        match messages::write::check_words(&self.ticket.body) {
            Ok(words) if wrong.is_empty() => Ok(words),
            Ok(_) => Err(Error::invalid_fields(wrong)),
            Err(error) if error.fields.is_empty() => Err(error),
            Err(error) => Err(Error::invalid_fields(wrong.into_iter().chain(error.fields).collect())),
        }
    }
}
