//! A message as programs see it.

use desk::messages;
use desk::rights::Scope;
use desk::tickets::merges;
use jiff::Timestamp;
use serde::Serialize;
use store::{Conn, Id};
use utoipa::ToSchema;

use crate::api::copies::shape::Copied;
use crate::edge::Problem;

/// How many messages a ticket shows at most, the newest.
const MESSAGES_MAX: u32 = 1000;

/// Something that was said on a ticket.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::api) struct Message {
    #[schema(value_type = String)]
    id: Id,
    /// The ticket that it was said on: another one where it was merged into this, or opened this.
    #[schema(value_type = String)]
    ticket_id: Id,
    /// `reply` to the client, `note` for the team, `incoming` from outside, `automatic` by a playbook.
    #[schema(value_type = String)]
    kind: &'static str,
    /// How it came or goes: `mail`, `form`, `api`, `web`, `playbook`.
    channel: String,
    author: Author,
    /// The address that it goes to; null for what came in and for notes.
    to: Option<String>,
    /// Who got it in copy.
    copies: Vec<Copied>,
    /// Its words: plain text of what came in, Markdown of what the desk wrote.
    text: String,
    /// Its words as safe HTML; null where it did not come as HTML.
    html: Option<String>,
    attachments: Vec<Attachment>,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
}

/// Who wrote something, or caused it.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::api) struct Author {
    /// `agent`, `program`, `contact` or `desk`.
    kind: String,
    /// The agent's or contact's id; null for the others.
    #[schema(value_type = Option<String>)]
    id: Option<Id>,
    name: String,
}

/// Something that came with a message.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::api) struct Attachment {
    #[schema(value_type = String)]
    id: Id,
    name: String,
    /// The media type that its sender gave it.
    #[serde(rename = "type")]
    kind: String,
    /// In bytes.
    size: i64,
    /// Whether the message shows it within its text.
    inline: bool,
}

impl From<messages::Author> for Author {
    fn from(author: messages::Author) -> Self {
        Self { kind: author.kind, id: author.id, name: author.name }
    }
}

/// A message with its attachments.
pub(in crate::api) async fn of(conn: &mut Conn, message: messages::Message) -> Result<Message, Problem> {
    let attachments = desk::attachments::of_message(conn, message.id).await?.into_iter();
    Ok(Message {
        id: message.id,
        ticket_id: message.ticket,
        kind: message.kind.as_str(),
        channel: message.channel,
        author: message.author.into(),
        to: message.recipient,
        copies: message.copies.iter().map(Copied::from).collect(),
        text: message.text,
        html: message.html,
        attachments: attachments
            .map(|file| Attachment {
                id: file.id,
                name: file.name,
                kind: file.kind,
                size: file.size,
                inline: file.inline,
            })
            .collect(),
        created_at: message.created_at,
    })
}

/// The newest messages of a ticket and of those that were merged into it, oldest first.
pub(in crate::api) async fn of_ticket(conn: &mut Conn, scope: Scope, ticket: Id) -> Result<Vec<Message>, Problem> {
    let mut said = messages::of_ticket(conn, scope, ticket, MESSAGES_MAX).await?;
    for part in merges::parts(conn, ticket).await? {
        if scope.sees(conn, part).await? {
            said.extend(messages::of_ticket(conn, scope, part, MESSAGES_MAX).await?);
        }
    }
    said.sort_by_key(|message| message.id);
    let older = said.len().saturating_sub(MESSAGES_MAX as usize);
    let mut shaped = Vec::with_capacity(said.len() - older);
    for message in said.into_iter().skip(older) {
        shaped.push(of(conn, message).await?);
    }
    Ok(shaped)
}
