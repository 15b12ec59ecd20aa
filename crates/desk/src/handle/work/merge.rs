//! An agent merges a ticket into another one that asks the same.

use store::Id;

use crate::handbook::Handbooks;
use crate::handle::{Outcome, remember, repeated};
use crate::messages::{self, Author, Kind, Message};
use crate::receipts::Key;
use crate::runs::merging;
use crate::tickets::{self, Ticket};
use crate::{Context, Error, Result};

/// A merge: see [`merging`].
#[derive(Clone, Debug)]
pub struct Merge {
    /// The ticket that goes into the other.
    pub ticket: Id,
    /// The other.
    pub into: Id,
    /// Why, for the team: kept as a note.
    pub why: Option<String>,
    /// The request's key.
    pub key: Option<Key>,
}

impl Merge {
    pub(super) async fn run(&self, context: &mut Context<'_>, handbooks: &Handbooks) -> Result<Outcome> {
        if let Some(before) = repeated(context, self.key.as_ref()).await? {
            return Ok(before);
        }
        if self.ticket == self.into {
            return Err(Error::invalid_field("into", "same-ticket", "a ticket cannot be merged into itself"));
        }
        let (mut ticket, into) = lock_both(context, self.ticket, self.into).await?;
        merging::check(context, &ticket, &into).await?;
        let why = match self.why.as_deref().filter(|words| !words.trim().is_empty()) {
            Some(words) => Some(self.note(context, words).await?),
            None => None,
        };
        merging::merge(context, handbooks, (&mut ticket, &into), why).await?;
        remember(context, self.key.as_ref(), Outcome::Ticket(self.ticket)).await
    }

    async fn note(&self, context: &mut Context<'_>, words: &str) -> Result<Id> {
        let words = messages::write::check_words(words)?;
        let author = Author::actor(context.actor);
        let note = Message::begin(context, self.ticket, Kind::Note, "web", author, words);
        messages::add(context, &note).await?;
        Ok(note.id)
    }
}

/// Two tickets locked in the order of their ids, so that nobody who wants the same two waits for the other; in the order given.
pub(super) async fn lock_both(context: &mut Context<'_>, one: Id, other: Id) -> Result<(Ticket, Ticket)> {
    if one < other {
        let one = tickets::lock(context, one).await?;
        Ok((one, tickets::lock(context, other).await?))
    } else {
        let other = tickets::lock(context, other).await?;
        Ok((tickets::lock(context, one).await?, other))
    }
}
