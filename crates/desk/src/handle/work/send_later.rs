//! An agent has written a reply that leaves after a while: in a few seconds, so that they can think better of it, or at an hour of
//! their choice.

use jiff::{SignedDuration, Timestamp};
use playbook::Status;
use store::Id;

use crate::handbook::Handbooks;
use crate::handle::reply::{check_crossing, crossed, opener_of_conversation, recipient_of};
use crate::handle::{Outcome, remember, repeated, send_suggestion, write_to_party};
use crate::messages::{self, Author};
use crate::receipts::Key;
use crate::runs::Case;
use crate::sendings::{self, Sending};
use crate::{Context, Error, Result, accounts, drafts, suggestions, tickets};

/// How far ahead a reply may be written.
const AHEAD_MAX: SignedDuration = SignedDuration::from_hours(366 * 24);

/// When a reply leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// After as many seconds as its writer wants to be able to take it back.
    Briefly,
    /// At this instant.
    At(Timestamp),
}

/// A reply that waits for its time. Nothing is said until then: the message is made, and the playbook told, when it leaves.
#[derive(Clone, Debug)]
pub struct SendLater {
    /// The ticket.
    pub ticket: Id,
    /// The party that it is for; `None` for the requester.
    pub party: Option<String>,
    /// The suggestion that it is made from.
    pub suggestion: Option<Id>,
    /// The words, in Markdown.
    pub body: String,
    /// Files of the writer's draft that go along, in this order.
    pub files: Vec<Id>,
    /// The newest message that its writer had seen; a newer one from outside or to somebody outside is a conflict, now and when it
    /// leaves.
    pub seen: Option<Id>,
    /// When it leaves.
    pub at: When,
    /// The request's key.
    pub key: Option<Key>,
}

impl SendLater {
    pub(in crate::handle) async fn run(&self, context: &mut Context<'_>, handbooks: &Handbooks) -> Result<Outcome> {
        if let Some(before) = repeated(context, self.key.as_ref()).await? {
            return Ok(before);
        }
        let text = messages::write::check_words_with(&self.body, !self.files.is_empty())?;
        let send_at = self.send_at(context).await?;
        let case = Case::load(context, handbooks, self.ticket).await?;
        if case.ticket.status == Status::Closed {
            return Err(Error::conflict("closed", format!("Ticket {} is closed.", case.ticket.number)));
        }
        self.check(context, &case).await?;
        let files = drafts::send(context, self.ticket, drafts::Kind::Reply, &self.files).await?;
        let thread = thread_of(context, &case, self.party.as_deref()).await?;
        let sending = Sending {
            id: context.ids.next(),
            ticket: self.ticket,
            writer: drafts::writer(context.actor)?,
            author: Author::actor(context.actor),
            party: self.party.clone().unwrap_or_default(),
            suggestion: self.suggestion,
            text,
            seen: messages::newest_public(context.tx, thread).await?,
            briefly: self.at == When::Briefly,
            held: None,
            send_at,
            created_at: context.now,
        };
        sendings::keep(context, &sending, &files).await?;
        if self.party.is_none() {
            // It would cross with what its reader has said in its place.
            suggestions::suspend(context, self.ticket).await?;
            suggestions::suspend(context, thread).await?;
        }
        tickets::mark_changed(context, self.ticket).await?;
        let outcome = Outcome::Sending(self.ticket, sending.id);
        remember(context, self.key.as_ref(), outcome).await
    }

    async fn send_at(&self, context: &mut Context<'_>) -> Result<Timestamp> {
        match self.at {
            When::At(at) if at > context.now + AHEAD_MAX => {
                Err(Error::invalid_field("send_at", "too-far", "a reply can be written for a year ahead at most"))
            }
            When::At(at) => Ok(at.max(context.now)),
            When::Briefly => {
                let seconds = match context.actor.agent_id() {
                    Some(agent) => accounts::undo_seconds(context.tx, agent).await?,
                    None => 0,
                };
                Ok(context.now + SignedDuration::from_secs(seconds))
            }
        }
    }

    /// Refuses at once what could not leave: its writer is still here.
    async fn check(&self, context: &mut Context<'_>, case: &Case) -> Result<()> {
        let thread = match &self.party {
            Some(party) => {
                write_to_party::people(context, case, party).await?;
                self.ticket
            }
            None => {
                if self.suggestion.is_some() {
                    send_suggestion::find(context, self.ticket, self.suggestion).await?;
                }
                let opener = opener_of_conversation(context, case).await?;
                let thread = opener.as_ref().unwrap_or(&case.ticket);
                recipient_of(context, thread).await?;
                thread.id
            }
        };
        check_crossing(context, thread, self.seen).await?;
        match (self.seen, sendings::newest(context.tx, self.ticket).await?) {
            (Some(seen), Some(newest)) if newest > seen => Err(crossed()),
            _ => Ok(()),
        }
    }
}

/// The ticket on whose thread a reply is said.
pub(super) async fn thread_of(context: &mut Context<'_>, case: &Case, party: Option<&str>) -> Result<Id> {
    if party.is_some() {
        return Ok(case.ticket.id);
    }
    Ok(opener_of_conversation(context, case).await?.map_or(case.ticket.id, |opener| opener.id))
}
