//! A program or an agent opens a ticket for somebody.

use std::sync::Arc;

use playbook::{Event, Handbook, Opens, Playbook};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use store::Id;

use super::{Outcome, remember, repeated};
use crate::attachments::Staged;
use crate::contacts::Contact;
use crate::error::FieldError;
use crate::handbook::Handbooks;
use crate::messages::{self, Author, Kind, Message};
use crate::receipts::Key;
use crate::runs::{self, Case, Cause, Opening, assigned};
use crate::tickets::priorities::{self, Giver};
use crate::tickets::{self, NewTicket, Priority, participants};
use crate::{Context, Error, Result, attachments, contacts};

/// The playbook that a ticket runs when nothing more fitting is known.
pub const PLAYBOOK_DEFAULT: &str = "general-request";

/// Somebody outside, as a form or the API names them.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Sender {
    /// Their mail address.
    pub email: String,
    /// Their name.
    #[serde(default)]
    pub name: Option<String>,
}

/// A ticket for somebody.
#[derive(Clone, Debug)]
pub struct OpenTicket {
    /// What it is about.
    pub subject: String,
    /// What they say.
    pub body: String,
    /// Who they are.
    pub requester: Sender,
    /// The playbook; by the handbook's rules when `None`.
    pub playbook: Option<String>,
    /// What its fields begin with.
    pub fields: Map<String, Value>,
    /// Tags.
    pub tags: Vec<String>,
    /// How urgent. Any but the usual one was chosen, and stands whatever rules find.
    pub priority: Priority,
    /// The request's key.
    pub key: Option<Key>,
}

/// How a ticket comes about.
pub(super) struct Way<'a> {
    /// The procedure that it runs, and the opening of it that this is.
    pub(super) playbook: &'a Playbook,
    pub(super) rule: Option<&'a Opens>,
    /// Who asks, where that is known already.
    pub(super) known: Option<Contact>,
    /// What they said, and by which channel; nothing where they are written to first.
    pub(super) said: Option<(&'static str, String)>,
    /// Who does it; whoever asks when `None`.
    pub(super) by: Option<Author>,
    /// To whom whoever opens it gives it, before the procedure begins.
    pub(super) assignee: Option<Id>,
    /// What comes with what was said.
    pub(super) files: &'a [Staged],
}

impl OpenTicket {
    pub(super) async fn run(&self, context: &mut Context<'_>, handbooks: &Handbooks) -> Result<Outcome> {
        if let Some(before) = repeated(context, self.key.as_ref()).await? {
            return Ok(before);
        }
        let ticket = self.open(context, handbooks, None).await?;
        remember(context, self.key.as_ref(), Outcome::Ticket(ticket)).await
    }

    /// Opens the ticket: for `known`, or for whoever `requester` says.
    pub(super) async fn open(
        &self,
        context: &mut Context<'_>,
        handbooks: &Handbooks,
        known: Option<Contact>,
    ) -> Result<Id> {
        let words = messages::write::check_words(&self.body)?;
        let handbook = handbooks.current(context.tx).await?;
        let by_rule = handbook.opening_for_api();
        let (playbook, rule) = match (&self.playbook, by_rule) {
            (None, Some((playbook, rule))) => (playbook, Some(rule)),
            (named, _) => {
                let name = named.as_deref().unwrap_or(PLAYBOOK_DEFAULT);
                let playbook = handbook.playbook(name).ok_or_else(|| {
                    Error::invalid_field("playbook", "no-such-playbook", format!("there is no playbook {name:?}"))
                })?;
                (playbook, None)
            }
        };
        let way = Way { playbook, rule, known, said: Some(("api", words)), by: None, assignee: None, files: &[] };
        self.begin(context, (&handbook, handbooks.current_number()), way).await
    }

    /// Opens the ticket this way.
    pub(super) async fn begin(
        &self,
        context: &mut Context<'_>,
        (handbook, revision): (&Arc<Handbook>, i64),
        way: Way<'_>,
    ) -> Result<Id> {
        let playbook = way.playbook;
        if self.subject.trim().is_empty() {
            return Err(Error::invalid_field("subject", "required", "say what the ticket is about"));
        }
        tickets::check_tags(&self.tags)?;
        check_fields(playbook, &self.fields)?;
        let contact = match way.known {
            Some(known) => known,
            None => contacts::meet(context, &self.requester.email, self.requester.name.as_deref()).await?,
        };
        let new = NewTicket {
            subject: &self.subject,
            priority: self.priority,
            playbook: playbook.name(),
            team: playbook.team(),
            organization: contact.organization,
            requester: contact.id,
            tags: &self.tags,
            fields: Map::new(),
        };
        let mut ticket = tickets::open(context, new).await?;
        if self.priority != Priority::default() {
            // Somebody chose it, so it stands.
            priorities::give(context, &mut ticket, self.priority, Giver::actor(context.actor)).await?;
        }
        let author = Author::contact(&contact);
        let mut opened = Event::opened();
        let mut cause = Cause { by: way.by.unwrap_or_else(|| author.clone()), message: None };
        if let Some((channel, words)) = way.said {
            let message = Message::begin(context, ticket.id, Kind::Incoming, channel, author, words);
            messages::add(context, &message).await?;
            for file in way.files {
                attachments::add(context, message.id, file).await?;
            }
            opened = opened.with_message(json!({"text": message.text}));
            cause.message = Some(message.id);
        }
        if let Some(address) = &contact.address {
            participants::remember(context, ticket.id, address).await?;
        }
        let opening = Opening { rule: way.rule, fields: &self.fields, occurrence: None };
        let id = ticket.id;
        let mut case = Case::new(ticket, contact, Arc::clone(handbook), revision);
        if way.assignee.is_some()
            && let Some(agent) = tickets::assign::by_hand(context, &mut case.ticket, way.assignee).await?
        {
            assigned::keep(context, &mut case, agent.as_ref()).await?;
            case.given_by_hand = true;
        }
        runs::start(context, case, opening, &opened, &cause).await?;
        Ok(id)
    }
}

/// Refuses fields that the playbook does not declare and values that they do not take.
fn check_fields(playbook: &Playbook, fields: &Map<String, Value>) -> Result<()> {
    let wrong: Vec<FieldError> = fields
        .iter()
        .filter_map(|(name, value)| match playbook.fields().get(name) {
            None => Some(FieldError::new(&format!("fields.{name}"), "unknown", "the playbook has no such field")),
            Some(field) => {
                field.accept(value).err().map(|why| FieldError::new(&format!("fields.{name}"), "wrong-type", why))
            }
        })
        .collect();
    if wrong.is_empty() { Ok(()) } else { Err(Error::invalid_fields(wrong)) }
}
