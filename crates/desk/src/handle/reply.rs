//! An agent answers the client, or writes a note for the team.

use playbook::Event;
use serde_json::{Value, json};
use store::Id;

use super::work::mention;
use super::{Outcome, remember, repeated};
use crate::handbook::Handbooks;
use crate::messages::{self, Author, Kind, Message};
use crate::notifications::{self, What};
use crate::receipts::Key;
use crate::runs::{self, Case, Cause, queue};
use crate::suggestions::{End, Suggestion};
use crate::tickets::{Ticket, links};
use crate::{Context, Error, Result, attachments, contacts, drafts, outbox, suggestions, tickets};

/// Whether the client gets it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReplyKind {
    /// To the client.
    Reply,
    /// For the team.
    Note,
}

/// Words on a ticket.
#[derive(Clone, Debug)]
pub struct Reply {
    /// The ticket.
    pub ticket: Id,
    /// The words, in Markdown.
    pub body: String,
    /// Whether the client gets it.
    pub kind: ReplyKind,
    /// Files of the writer's draft that go along, in this order.
    pub files: Vec<Id>,
    /// The newest message that its writer had seen; a newer one to or from the client is a conflict.
    pub seen: Option<Id>,
    /// The request's key.
    pub key: Option<Key>,
}

impl Reply {
    pub(super) async fn run(&self, context: &mut Context<'_>, handbooks: &Handbooks) -> Result<Outcome> {
        if let Some(before) = repeated(context, self.key.as_ref()).await? {
            return Ok(before);
        }
        let words = messages::write::check_words_with(&self.body, !self.files.is_empty())?;
        let mut case = Case::load(context, handbooks, self.ticket).await?;
        let (message, drafted) = match self.kind {
            ReplyKind::Note => (self.note(context, words).await?, drafts::Kind::Note),
            ReplyKind::Reply => {
                let by = Author::actor(context.actor);
                (say(context, &mut case, Words::plain(words, self.seen, by)).await?, drafts::Kind::Reply)
            }
        };
        send_files(context, self.ticket, drafted, &self.files, &[message]).await?;
        case.touch();
        case.store(context).await?;
        let outcome = Outcome::Message { ticket: self.ticket, message };
        remember(context, self.key.as_ref(), outcome).await
    }

    async fn note(&self, context: &mut Context<'_>, words: String) -> Result<Id> {
        let author = Author::actor(context.actor);
        let note = Message::begin(context, self.ticket, Kind::Note, "web", author, words);
        messages::add(context, &note).await?;
        mention::tell(context, self.ticket, &note.text).await?;
        Ok(note.id)
    }
}

/// Takes the draft that was sent, and gives its files to each of the messages that it became.
pub(super) async fn send_files(
    context: &mut Context<'_>,
    ticket: Id,
    kind: drafts::Kind,
    files: &[Id],
    messages: &[Id],
) -> Result<()> {
    for file in drafts::send(context, ticket, kind, files).await? {
        for message in messages {
            attachments::add(context, *message, &file).await?;
        }
    }
    Ok(())
}

/// What an agent says to the client.
pub(super) struct Words {
    text: String,
    /// The newest message that its writer had seen.
    seen: Option<Id>,
    /// Who says it.
    by: Author,
    /// A subject of its own, and the canned reply that it was made from.
    canned: Option<(String, String)>,
}

impl Words {
    pub(super) fn plain(text: String, seen: Option<Id>, by: Author) -> Self {
        Self { text, seen, by, canned: None }
    }

    /// What was suggested, as the agent sends it.
    pub(super) fn suggested(text: String, seen: Option<Id>, by: Author, suggestion: &Suggestion) -> Self {
        Self { text, seen, by, canned: Some((suggestion.subject.clone(), suggestion.reply.clone())) }
    }
}

/// Says it on the thread that the ticket's team writes on, and raises `agent.replied`. A draft that waits there is used
/// up: somebody has answered.
pub(super) async fn say(context: &mut Context<'_>, case: &mut Case, words: Words) -> Result<Id> {
    let opener = opener_of_conversation(context, case).await?;
    let thread = opener.as_ref().unwrap_or(&case.ticket);
    check_crossing(context, thread.id, words.seen).await?;
    let recipient = recipient_of(context, thread).await?;
    let cause = |message| Cause { by: words.by.clone(), message: Some(message) };
    let mut message = Message::begin(context, thread.id, Kind::Reply, "mail", words.by.clone(), words.text);
    if let Some((subject, reply)) = words.canned {
        message.subject = Some(subject).filter(|subject| !subject.trim().is_empty()).map(|s| tickets::subject(&s));
        message.reply_name = Some(reply);
    }
    message.via_ticket = opener.as_ref().map(|_| case.ticket.id);
    let key = format!("message:{}", message.id);
    outbox::send_mail(context, &mut message, (thread.requester, recipient), &key).await?;
    suggestions::end(context, case.ticket.id, End::Answered).await?;
    let event = Event::new("agent.replied").with_message(json!({"text": message.text}));
    let cause = cause(message.id);
    if let Some(opener) = opener {
        suggestions::end(context, opener.id, End::Answered).await?;
        tickets::touch(context, opener.id).await?;
        queue::put(context, opener.id, "agent.replied", &Value::Null, false).await?;
    }
    runs::advance(context, case, &event, &cause).await?;
    let told = What::FollowedAnswered { who: cause.by.name.clone(), number: case.ticket.number };
    notifications::tell_followers(context, &case.ticket, told).await?;
    Ok(message.id)
}

/// Where an answer to whoever asked goes.
///
/// # Errors
/// `no-address` when they have none.
pub(super) async fn recipient_of(context: &mut Context<'_>, thread: &Ticket) -> Result<String> {
    let requester = contacts::find(context.tx, thread.requester).await?;
    requester.and_then(|contact| contact.address).ok_or_else(|| {
        Error::conflict("no-address", "The requester has no mail address yet.").advise("Ask them for one first.")
    })
}

/// Two answers do not cross unnoticed.
pub(super) async fn check_crossing(context: &mut Context<'_>, thread: Id, seen: Option<Id>) -> Result<()> {
    let Some(seen) = seen else { return Ok(()) };
    match messages::newest_public(context.tx, thread).await? {
        Some(newest) if newest > seen => Err(crossed()),
        _ => Ok(()),
    }
}

/// The error for an answer that crosses with another.
pub(super) fn crossed() -> Error {
    Error::conflict("crossed", "Something was said on this ticket while you were writing.")
        .advise("Read it, and send again if your answer still fits.")
}

/// The ticket on whose thread this one's team writes to the client, where the playbook says so.
pub(super) async fn opener_of_conversation(context: &mut Context<'_>, case: &Case) -> Result<Option<Ticket>> {
    if !case.playbook()?.converses_with_opener() {
        return Ok(None);
    }
    Ok(links::opener(context.tx, case.ticket.id).await?.map(|link| link.ticket))
}
