//! A client, or somebody for them, submits a form: it opens a ticket, or adds to the one it belongs to.

use std::sync::Arc;

use playbook::{Event, Form};
use serde_json::{Map, Value, json};
use store::Id;

use super::{Outcome, Sender, remember, repeated};
use crate::contacts::{self, Contact};
use crate::handbook::Handbooks;
use crate::messages::{self, Author, Kind, Message};
use crate::receipts::Key;
use crate::rights::Verb;
use crate::runs::{self, Case, Cause, Opening};
use crate::tickets::{self, NewTicket, Priority, participants};
use crate::{Context, Error, Result, forms};

/// Answers to a form.
#[derive(Clone, Debug)]
pub struct SubmitForm {
    /// The form's name.
    pub form: String,
    /// Who fills it in.
    pub from: Sender,
    /// What they say.
    pub answers: Map<String, Value>,
    /// The ticket it belongs to; `None` opens one.
    pub ticket: Option<Id>,
    /// The submission's key: a form that is sent twice counts once.
    pub key: Option<Key>,
}

impl SubmitForm {
    pub(super) fn verb(&self) -> Verb {
        if self.ticket.is_some() { Verb::WorkOnTickets } else { Verb::BringIn }
    }

    pub(super) async fn run(&self, context: &mut Context<'_>, handbooks: &Handbooks) -> Result<Outcome> {
        if let Some(before) = repeated(context, self.key.as_ref()).await? {
            return Ok(before);
        }
        let ticket = match self.ticket {
            Some(ticket) => self.add_to(context, handbooks, ticket).await?,
            None => self.open(context, handbooks, "").await?,
        };
        remember(context, self.key.as_ref(), Outcome::Ticket(ticket)).await
    }

    /// Opens the form's ticket. What was said `beside` the form's own questions stands below them in the message.
    pub(super) async fn open(&self, context: &mut Context<'_>, handbooks: &Handbooks, beside: &str) -> Result<Id> {
        let handbook = handbooks.current(context.tx).await?;
        let form = handbook.forms.get(&self.form).ok_or_else(|| Error::not_found("form"))?;
        let (playbook, rule) = handbook
            .opening_for_form(&self.form)
            .ok_or_else(|| Error::conflict("form-opens-nothing", format!("The form {} opens no ticket.", self.form)))?;
        let fields = self.read(form, &Map::new())?;
        let contact = contacts::meet(context, &self.from.email, self.from.name.as_deref()).await?;
        let new = NewTicket {
            subject: form.title.text(&handbook.desk.languages[0]),
            priority: Priority::default(),
            playbook: playbook.name(),
            team: playbook.team(),
            organization: super::upstream::organization_of(context, &contact, rule).await?,
            requester: contact.id,
            tags: &[],
            fields: Map::new(),
        };
        let ticket = tickets::open(context, new).await?;
        let message = self.message(context, ticket.id, form, &contact, beside).await?;
        if let Some(address) = &contact.address {
            participants::remember(context, ticket.id, address).await?;
        }
        let opened = Event::opened().with_message(json!({"text": message.text}));
        let opening = Opening { rule: Some(rule), fields: &fields, occurrence: None };
        let cause = Cause { by: Author::contact(&contact), message: Some(message.id) };
        let id = ticket.id;
        let case = Case::new(ticket, contact, Arc::clone(&handbook), handbooks.current_number());
        runs::start(context, case, opening, &opened, &cause).await?;
        if is_complete(form, &fields)? {
            let mut case = Case::load(context, handbooks, id).await?;
            // A playbook whose first step failed waits to be begun again; its team knows.
            if case.begun {
                self.complete(context, &mut case, &message, &cause).await?;
                case.store(context).await?;
            }
        }
        Ok(id)
    }

    async fn add_to(&self, context: &mut Context<'_>, handbooks: &Handbooks, ticket: Id) -> Result<Id> {
        let mut case = Case::load(context, handbooks, ticket).await?;
        let handbook = Arc::clone(&case.handbook);
        let form = handbook.forms.get(&self.form).ok_or_else(|| Error::not_found("form"))?;
        let fields = self.read(form, &case.run.fields)?;
        let contact = contacts::meet(context, &self.from.email, self.from.name.as_deref()).await?;
        let message = self.message(context, ticket, form, &contact, "").await?;
        let was_complete = is_complete(form, &case.run.fields)?;
        case.run = case
            .playbook()?
            .set_fields(&case.run, &fields)
            .map_err(|fault| Error::invalid("wrong-field", fault.message))?;
        case.ticket.fields = case.run.fields.clone();
        let completed = !was_complete && is_complete(form, &case.run.fields)?;
        case.touch();
        let event = Event::new(format!("form.{}.saved", self.form)).with_message(json!({"text": message.text}));
        let cause = Cause { by: Author::contact(&contact), message: Some(message.id) };
        runs::advance(context, &mut case, &event, &cause).await?;
        if completed {
            self.complete(context, &mut case, &message, &cause).await?;
        }
        case.store(context).await?;
        Ok(ticket)
    }

    /// What was still missing of a form in parts has come.
    async fn complete(&self, context: &mut Context<'_>, case: &mut Case, said: &Message, cause: &Cause) -> Result<()> {
        let event = Event::new(format!("form.{}.completed", self.form)).with_message(json!({"text": said.text}));
        runs::advance(context, case, &event, cause).await.map(drop)
    }

    /// The answers, typed. What is wrong with them and with the address is said at once, not one after the other.
    fn read(&self, form: &Form, fields: &Map<String, Value>) -> Result<Map<String, Value>> {
        match (contacts::check_address(&self.from.email), forms::read(form, &self.answers, fields)) {
            (Ok(()), read) => read,
            (Err(address), Ok(_)) => Err(address),
            (Err(address), Err(answers)) => Err(Error::invalid_fields([address.fields, answers.fields].concat())),
        }
    }

    async fn message(
        &self,
        context: &mut Context<'_>,
        ticket: Id,
        form: &Form,
        from: &Contact,
        beside: &str,
    ) -> Result<Message> {
        let own = forms::in_words(form, &self.answers, from.language.as_deref().unwrap_or_default());
        let parts: Vec<&str> = [own.as_str(), beside].into_iter().filter(|part| !part.is_empty()).collect();
        let words = parts.join("\n\n");
        let message = Message::begin(context, ticket, Kind::Incoming, "form", Author::contact(from), words);
        messages::add(context, &message).await?;
        Ok(message)
    }
}

/// Whether all is there of a form that is saved bit by bit; a whole one is never completed, only saved.
fn is_complete(form: &Form, fields: &Map<String, Value>) -> Result<bool> {
    if !form.partial {
        return Ok(false);
    }
    form.is_complete(fields).map_err(|fault| Error::invalid("wrong-field", fault.message))
}
