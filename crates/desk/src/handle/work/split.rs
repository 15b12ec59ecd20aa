//! A message begins a ticket of its own: its writer asked for two things at once.

use std::sync::Arc;

use playbook::Event;
use serde_json::{Map, json};
use store::Id;

use crate::attachments::{self, Attachment, Staged};
use crate::contacts::{self, Contact};
use crate::handbook::Handbooks;
use crate::handle::open_ticket::PLAYBOOK_DEFAULT;
use crate::handle::{Outcome, Sender, remember, repeated};
use crate::mailboxes::connected::{self, ways};
use crate::messages::{self, Kind, Message};
use crate::receipts::Key;
use crate::rights::Scope;
use crate::runs::beside::{self, BEGAN, SPLIT};
use crate::runs::{self, Case, Cause, Opening, handing_over};
use crate::tickets::related::{self, Kind as Relation};
use crate::tickets::{self, NewTicket, Priority, Ticket, merges, participants};
use crate::{Context, Error, Result};

/// How many of a ticket's newest messages are looked at.
const SINCE_MAX: u32 = 200;

/// A ticket out of a message. The message stays where it is; the new ticket begins with its words and files.
#[derive(Clone, Debug)]
pub struct Split {
    /// The ticket that shows the message.
    pub ticket: Id,
    /// The message, which came from outside.
    pub message: Id,
    /// Who asks; whoever wrote the message when `None`.
    pub requester: Option<Sender>,
    /// What it is about; the message's own subject, or else the ticket's, when `None`.
    pub subject: Option<String>,
    /// The request's key.
    pub key: Option<Key>,
}

impl Split {
    pub(super) async fn run(&self, context: &mut Context<'_>, handbooks: &Handbooks) -> Result<Outcome> {
        if let Some(before) = repeated(context, self.key.as_ref()).await? {
            return Ok(before);
        }
        let case = Case::load(context, handbooks, self.ticket).await?;
        let from = case.ticket;
        let said = self.said(context, &from).await?;
        let requester = self.requester(context, &from, &said).await?;
        let ticket = self.open(context, handbooks, (&from, &said), requester).await?;
        related::link(context, from.id, ticket.id, Relation::Split).await?;
        beside::keep(context, &from, SPLIT, &ticket, Some(said.id)).await?;
        let late = !self.is_answered(context, &from, &said).await?;
        if !late || !handing_over::count_since(context, handbooks, (&ticket, &from), said.created_at).await? {
            beside::keep(context, &ticket, BEGAN, &from, None).await?;
        }
        tickets::mark_changed(context, from.id).await?;
        remember(context, self.key.as_ref(), Outcome::Ticket(ticket.id)).await
    }

    /// Whether somebody has answered since the message came: then its writer waits for the new ticket's answer from now on.
    async fn is_answered(&self, context: &mut Context<'_>, from: &Ticket, said: &Message) -> Result<bool> {
        let since = messages::of_ticket(context.tx, Scope::of(context.actor)?, from.id, SINCE_MAX).await?;
        Ok(since.iter().any(|message| message.kind == Kind::Reply && message.id > said.id))
    }

    async fn said(&self, context: &mut Context<'_>, from: &Ticket) -> Result<Message> {
        let message = messages::find(context.tx, self.message).await?.ok_or_else(|| Error::not_found("message"))?;
        let is_here = message.ticket == from.id || merges::parts(context.tx, from.id).await?.contains(&message.ticket);
        if !is_here {
            return Err(Error::not_found("message"));
        }
        if message.kind != Kind::Incoming {
            return Err(Error::conflict("not-from-outside", "Only what somebody outside wrote can begin a ticket.")
                .advise("Open a ticket for them, and link the two."));
        }
        Ok(message)
    }

    async fn requester(&self, context: &mut Context<'_>, from: &Ticket, said: &Message) -> Result<Contact> {
        if let Some(sender) = &self.requester {
            return contacts::meet(context, &sender.email, sender.name.as_deref()).await;
        }
        let writer = said.author.id.filter(|_| said.author.kind == "contact").unwrap_or(from.requester);
        contacts::find(context.tx, writer).await?.ok_or_else(|| Error::internal("a message of nobody"))
    }

    async fn open(
        &self,
        context: &mut Context<'_>,
        handbooks: &Handbooks,
        (from, said): (&Ticket, &Message),
        requester: Contact,
    ) -> Result<Ticket> {
        let handbook = handbooks.current(context.tx).await?;
        let playbook = handbook.playbook(PLAYBOOK_DEFAULT);
        let playbook = playbook.ok_or_else(|| Error::internal(format!("there is no playbook {PLAYBOOK_DEFAULT}")))?;
        let named = self.subject.as_deref().filter(|subject| !subject.trim().is_empty());
        let new = NewTicket {
            subject: named.or(said.subject.as_deref()).unwrap_or(&from.subject),
            priority: Priority::default(),
            playbook: playbook.name(),
            team: playbook.team().or(from.team.as_deref()),
            organization: requester.organization,
            requester: requester.id,
            tags: &[],
            fields: Map::new(),
        };
        let ticket = tickets::open(context, new).await?;
        if let Some(mailbox) = ways::own(context.tx, from.id).await? {
            connected::remember_ticket(context, ticket.id, mailbox).await?;
        }
        let message = copied(context, ticket.id, said).await?;
        if let Some(address) = &requester.address {
            participants::remember(context, ticket.id, address).await?;
        }
        let opened = Event::opened().with_message(json!({"text": message.text, "subject": message.subject}));
        let opening = Opening { rule: None, fields: &Map::new(), occurrence: None };
        let cause = Cause { message: Some(message.id), ..Cause::actor(context) };
        let case = Case::new(ticket.clone(), requester, Arc::clone(&handbook), handbooks.current_number());
        runs::start(context, case, opening, &opened, &cause).await?;
        tickets::find(context.tx, ticket.id).await?.ok_or_else(|| Error::internal("a ticket that is not there"))
    }
}

/// The message as the new ticket's first, with its files.
async fn copied(context: &mut Context<'_>, ticket: Id, said: &Message) -> Result<Message> {
    let (channel, author) = (said.channel.as_str(), said.author.clone());
    let mut message = Message::begin(context, ticket, Kind::Incoming, channel, author, said.text.clone());
    message.subject.clone_from(&said.subject);
    message.html.clone_from(&said.html);
    message.created_at = said.created_at;
    messages::add(context, &message).await?;
    for file in attachments::of_message(context.tx, said.id).await? {
        attachments::add(context, message.id, &staged(file)).await?;
    }
    Ok(message)
}

fn staged(file: Attachment) -> Staged {
    let Attachment { name, kind, size, inline, storage_key, content_id, .. } = file;
    Staged { name, kind, size, inline, storage_key, content_id }
}
