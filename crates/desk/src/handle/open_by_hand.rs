//! A colleague opens a ticket: somebody told them something, or they write to somebody first.

use std::sync::Arc;

use playbook::{Handbook, Opens, Playbook};
use serde_json::{Map, Value};
use store::Id;

use super::attach_file::stage;
use super::open_ticket::{PLAYBOOK_DEFAULT, Way};
use super::work::{SendLater, When};
use super::{OpenTicket, Outcome, remember, repeated};
use crate::attachments::Staged;
use crate::drafts::{self, Kind};
use crate::error::FieldError;
use crate::handbook::Handbooks;
use crate::messages::{self, Author};
use crate::receipts::Key;
use crate::{Context, Desk, Error, Result, contacts};

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
    /// The ticket. Its playbook must be one that colleagues open, by `opens: hand`; its fields are what that opening asks, as they
    /// were entered; its own key is passed over.
    pub ticket: OpenTicket,
    /// Whose words `ticket.body` are.
    pub first: First,
    /// Whom it is given to, before the procedure begins: its first step gives it to nobody else.
    pub assignee: Option<Id>,
    /// The files that come with `ticket.body`. They are put on the shelf before the transaction.
    pub files: Vec<Arc<mail::Attachment>>,
    /// The request's key.
    pub key: Option<Key>,
}

/// What was entered, understood.
struct Entered<'h> {
    playbook: &'h Playbook,
    rule: &'h Opens,
    body: String,
    fields: Map<String, Value>,
}

impl OpenByHand {
    /// Puts the files on the shelf, unless the ticket is refused anyway.
    pub(super) async fn stage(&self, desk: &Desk) -> Result<Vec<Staged>> {
        let handbook = desk.handbooks.current(&mut desk.read().await?).await?;
        if self.read(&handbook).is_err() {
            return Ok(Vec::new());
        }
        drafts::check_files(self.files.iter().map(|file| i64::try_from(file.bytes.len()).unwrap_or(i64::MAX)))?;
        let mut staged = Vec::with_capacity(self.files.len());
        for file in &self.files {
            let file = stage(&desk.shelf, file).await?;
            staged.push(Staged { name: drafts::file_name(&file.name), ..file });
        }
        Ok(staged)
    }

    pub(super) async fn run(
        &self,
        context: &mut Context<'_>,
        handbooks: &Handbooks,
        files: &[Staged],
    ) -> Result<Outcome> {
        if let Some(before) = repeated(context, self.key.as_ref()).await? {
            return Ok(before);
        }
        let handbook = handbooks.current(context.tx).await?;
        let Entered { playbook, rule, body, fields } = self.read(&handbook)?;
        if files.len() != self.files.len() {
            // It was refused by the handbook that was there a moment ago.
            return Err(Error::conflict("handbook-changed", "The handbook was published anew meanwhile.")
                .advise("Look at what is asked now, and send once more."));
        }
        let by = Some(Author::actor(context.actor));
        let said = (self.first == First::Theirs).then(|| ("hand", body.clone()));
        let with_words = if said.is_some() { files } else { &[] };
        let way = Way { playbook, rule: Some(rule), known: None, said, by, assignee: self.assignee, files: with_words };
        let ticket = OpenTicket { fields, ..self.ticket.clone() };
        let ticket = ticket.begin(context, (&handbook, handbooks.current_number()), way).await?;
        if self.first == First::Ours {
            let mut drafted = Vec::with_capacity(files.len());
            for file in files {
                drafted.push(drafts::attach(context, ticket, Kind::Reply, file).await?);
            }
            let (party, suggestion, seen, key) = (None, None, None, None);
            let first = SendLater { ticket, party, suggestion, body, files: drafted, seen, at: When::Briefly, key };
            first.run(context, handbooks).await?;
        }
        remember(context, self.key.as_ref(), Outcome::Ticket(ticket)).await
    }

    /// Everything that is wrong at once, since a person has to mend it.
    fn read<'h>(&self, handbook: &'h Handbook) -> Result<Entered<'h>> {
        let name = self.ticket.playbook.as_deref().unwrap_or(PLAYBOOK_DEFAULT);
        let opening = handbook.openings_by_hand().find(|(playbook, _)| playbook.name() == name);
        let (playbook, rule) = opening.ok_or_else(|| {
            let words = format!("colleagues open no tickets of {name:?}: its playbook has no `opens: hand`");
            Error::invalid_field("playbook", "not-by-hand", words)
        })?;
        match (self.check(), self.asked(playbook, rule)) {
            (Ok(body), Ok(fields)) => Ok(Entered { playbook, rule, body, fields }),
            (Err(error), Ok(_)) => Err(error),
            (Ok(_), Err(wrong)) => Err(Error::invalid_fields(wrong)),
            (Err(error), Err(_)) if error.fields.is_empty() => Err(error),
            (Err(error), Err(wrong)) => Err(Error::invalid_fields([error.fields, wrong].concat())),
        }
    }

    /// What the opening asks, typed.
    fn asked(&self, playbook: &Playbook, rule: &Opens) -> std::result::Result<Map<String, Value>, Vec<FieldError>> {
        let (mut fields, mut wrong) = (Map::new(), Vec::new());
        let refuse = |name: &str, code: &'static str, why: &str| FieldError::new(&format!("fields.{name}"), code, why);
        for asked in &rule.asked {
            let name = asked.name.as_str();
            let entered = self.ticket.fields.get(name).unwrap_or(&Value::Null);
            match playbook.fields().get(name).map_or(Ok(Value::Null), |field| field.accept_entered(entered)) {
                Ok(Value::Null) if asked.required => wrong.push(refuse(name, "required", "say this first")),
                Ok(Value::Null) => {}
                Ok(value) => drop(fields.insert(name.to_owned(), value)),
                Err(why) => wrong.push(refuse(name, "wrong-type", &why)),
            }
        }
        let is_asked = |name: &str| rule.asked.iter().any(|asked| asked.name == name);
        let unasked = self.ticket.fields.keys().filter(|name| !is_asked(name));
        wrong.extend(unasked.map(|name| refuse(name, "not-asked", "this is not asked of whoever opens a ticket")));
        if wrong.is_empty() { Ok(fields) } else { Err(wrong) }
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
