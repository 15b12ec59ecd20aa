//! How a message leaves as a mail: the same message gives the same bytes and the same Message-ID, however often it is tried.

use mail::{Address, Body, Outgoing, ReplyToken};
use store::{Conn, Id};

use super::connected::ways::{self, Identity};
use super::queries;
use crate::attachments::{self, Shelf};
use crate::messages::{self, Kind, Message};
use crate::tickets::{self, Ticket};
use crate::{Context, Error, Result, Settings, contacts};

/// A mail ready to go.
#[derive(Clone, Debug)]
pub struct Ready {
    /// Who it is from, as the envelope says it.
    pub sender: String,
    /// Whom it goes to.
    pub recipients: Vec<String>,
    /// Its subject, for lists.
    pub subject: String,
    /// Its Message-ID, without angle brackets.
    pub mail_id: String,
    /// The whole mail.
    pub raw: Vec<u8>,
}

/// The contact for whom a token is signed that several people get to see: it proves the ticket and nobody's word.
const NOBODY: i64 = 0;

/// Gives a message that goes out its Message-ID. It carries the reply token, because some programs keep only the references
/// and others only the address.
pub async fn give_mail_id(context: &mut Context<'_>, message: &Message, contact: Id, way: Option<Id>) -> Result<()> {
    let token = token_of(message, contact).sign(&context.settings.reply_key);
    let identity = ways::identity(context.tx, context.settings, message.ticket, way).await?;
    let mail_id = mail::message_id::stable(&message.id.to_string(), Some(&token), identity.address.domain());
    super::remember_mail_id(context, &mail_id, message.ticket, message.id).await
}

/// What a mail's answer proves: that it is about the ticket, and whose answer it is, where the mail went to nobody else.
fn token_of(message: &Message, contact: Id) -> ReplyToken {
    let contact = if message.copies.is_empty() { contact.0 } else { NOBODY };
    ReplyToken { ticket: message.ticket.0, contact }
}

/// The mail of a message that leaves by `way`, to its recipient or to one of those who get it in copy. Its words are read now, so that
/// what was redacted meanwhile does not leave.
pub async fn compose(
    conn: &mut Conn,
    shelf: &Shelf,
    settings: &Settings,
    message: Id,
    (way, copy_to): (Option<Id>, Option<&str>),
) -> Result<Ready> {
    let message = messages::find(conn, message).await?.ok_or_else(|| Error::not_found("message"))?;
    let ticket = tickets::find(conn, message.ticket).await?.ok_or_else(|| Error::not_found("ticket"))?;
    let recipient = message.recipient.clone().ok_or_else(|| Error::internal("a message without a recipient"))?;
    let mail_id = queries::mail_id_of_message(conn, message.id).await?;
    let mail_id = mail_id.ok_or_else(|| Error::internal("a message without a Message-ID"))?;
    // The token says whom the mail went to: the requester, or somebody of a party.
    let contact = contacts::find_by_address(conn, &recipient).await?.map_or(ticket.requester, |contact| contact.id);
    let token = token_of(&message, contact).sign(&settings.reply_key);
    let references =
        queries::thread_before(conn, (ticket.id, message.id), &recipient, !message.copies.is_empty()).await?;

    let Identity { address: from, tagged } = ways::identity(conn, settings, ticket.id, way).await?;
    let subject = subject(&message, &ticket, !references.is_empty());
    let mut outgoing = Outgoing::new(
        from.clone(),
        Address::bare(&recipient),
        &subject,
        Body::Markdown(message.text.clone()),
        &mail_id,
        message.created_at,
    );
    outgoing.cc.clone_from(&message.copies);
    outgoing.in_reply_to = references.last().cloned();
    outgoing.references = references;
    outgoing.automatic = message.kind == Kind::Automatic;
    outgoing.reply_to = mail::token::plus_address(&from.address, &token)
        .filter(|_| tagged)
        .map(|address| Address::new(from.name.as_deref(), &address));
    outgoing.token = Some(token);
    outgoing.files = files(conn, shelf, message.id).await?;
    let raw = outgoing.build().map_err(|error| Error::invalid("unsendable", error.to_string()))?;
    let reader = copy_to.unwrap_or(&recipient).to_owned();
    Ok(Ready { sender: from.address, recipients: vec![reader], subject, mail_id, raw })
}

/// What goes along with a message, as it stands on the shelf.
async fn files(conn: &mut Conn, shelf: &Shelf, message: Id) -> Result<Vec<mail::File>> {
    let mut files = Vec::new();
    for attachment in attachments::of_message(conn, message).await? {
        let bytes = shelf.read(&attachment.storage_key).await?;
        files.push(mail::File { name: attachment.name, kind: attachment.kind, bytes, content_id: None });
    }
    Ok(files)
}

/// An answer keeps the thread's subject, so that mail programs keep it together; the first mail may have its own.
fn subject(message: &Message, ticket: &Ticket, answers: bool) -> String {
    match &message.subject {
        Some(subject) => subject.clone(),
        None if answers && !ticket.subject.to_lowercase().starts_with("re:") => format!("Re: {}", ticket.subject),
        None => ticket.subject.clone(),
    }
}
