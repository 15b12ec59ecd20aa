//! Messages: what was said on a ticket. The words stand here and nowhere else; everything else holds a message's id.

pub mod bounces;
pub mod copies;
pub mod once;
mod queries;
pub mod write;

use jiff::Timestamp;
use mail::Address;
use store::{Conn, Id};

use crate::rights::Scope;
use crate::tickets::{facts, snooze};
use crate::words::{self, Document};
use crate::{Context, Result};

/// The longest text of a message, in bytes: a mail's own limit leaves little more.
pub const TEXT_MAX: usize = 1024 * 1024;

/// What a message is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An agent to the requester.
    Reply,
    /// Only for the team.
    Note,
    /// From outside.
    Incoming,
    /// A playbook to the requester.
    Automatic,
}

impl Kind {
    /// The kind's name, as the API says it.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Reply => "reply",
            Kind::Note => "note",
            Kind::Incoming => "incoming",
            Kind::Automatic => "automatic",
        }
    }
}

/// Who wrote a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Author {
    /// `agent`, `program`, `contact` or `desk`.
    pub kind: String,
    /// The agent's or contact's id.
    pub id: Option<Id>,
    /// The name that people see.
    pub name: String,
}

/// A message as it is stored.
#[derive(Clone, Debug)]
pub struct Message {
    /// Its id.
    pub id: Id,
    /// The ticket whose thread it is part of.
    pub ticket: Id,
    /// The linked ticket that it was written from, when that is another one.
    pub via_ticket: Option<Id>,
    /// What it is.
    pub kind: Kind,
    /// How it came or goes: `mail`, `form`, `api`, `web`, `playbook`.
    pub channel: String,
    /// For a mail that a program wrote: which kind of automatic mail.
    pub automatic: Option<String>,
    /// Who wrote it.
    pub author: Author,
    /// The canned reply that it was made from.
    pub reply_name: Option<String>,
    /// The address it goes to.
    pub recipient: Option<String>,
    /// Who got it beside its recipient, or beside the desk.
    pub copies: Vec<Address>,
    /// Its subject, where it has one of its own.
    pub subject: Option<String>,
    /// Its words: plain text of what came in, Markdown of what we wrote.
    pub text: String,
    /// Its words as safe HTML, where it came as HTML.
    pub html: Option<String>,
    /// For what we send: `waiting`, `sent`, `failed` or `bounced`.
    pub delivery: Option<String>,
    /// When it was written.
    pub created_at: Timestamp,
}

/// Stores a message.
pub async fn add(context: &mut Context<'_>, message: &Message) -> Result<()> {
    queries::insert(context.tx, message).await?;
    if message.kind == Kind::Incoming && message.automatic.is_none() {
        snooze::end(context, message.ticket).await?;
    }
    if let (Kind::Reply | Kind::Automatic, Some(recipient)) = (message.kind, &message.recipient) {
        facts::said(context, message.ticket, message.kind == Kind::Automatic, recipient).await?;
    }
    words::add(context, &Document::message(message.id, message.kind == Kind::Note, &message.text)).await
}

/// The message with this id.
pub async fn find(conn: &mut Conn, id: Id) -> Result<Option<Message>> {
    Ok(queries::find(conn, id).await?)
}

/// The messages of a ticket that `scope` may see, oldest first: its own thread and what was written from it on
/// its opener's. The newest `limit` of them.
pub async fn of_ticket(conn: &mut Conn, scope: Scope, ticket: Id, limit: u32) -> Result<Vec<Message>> {
    scope.require(conn, ticket).await?;
    Ok(queries::of_ticket(conn, ticket, limit).await?)
}

/// The first message that came from outside on this ticket.
pub async fn first(conn: &mut Conn, ticket: Id) -> Result<Option<Message>> {
    Ok(queries::first(conn, ticket).await?)
}

/// How a message that we sent fares.
pub async fn set_delivery(context: &mut Context<'_>, message: Id, delivery: &str) -> Result<()> {
    Ok(queries::set_delivery(context.tx, message, delivery).await?)
}

/// How many automatic mails went to an address since then, counted no further than `most`.
pub async fn automatic_since(conn: &mut Conn, address: &str, since: Timestamp, most: u32) -> Result<usize> {
    Ok(queries::automatic_since(conn, address, since, most).await?)
}

/// The newest message to or from the client on this ticket's thread that a person wrote.
pub async fn newest_public(conn: &mut Conn, ticket: Id) -> Result<Option<Id>> {
    Ok(queries::newest_public(conn, ticket).await?)
}
