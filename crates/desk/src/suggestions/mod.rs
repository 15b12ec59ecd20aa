//! Suggestions: answers that a playbook drafts for an agent (`suggest`).
//!
//! A ticket has one at most. It waits until an agent answers or dismisses it, until it is sent by itself, until a later
//! one takes its place, or until its state is left. One that is to be sent by itself is [held](mod@held) until the mail is in.

pub mod held;
mod queries;

use jiff::Timestamp;
use store::{Conn, Id, News};

use crate::mailboxes::watch::Behind;
use crate::timers::held::{told_at, told_if_due_by};
use crate::{Context, Result};

/// What became of a suggestion that no longer waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// Nobody did anything, and it was sent by itself.
    Sent,
    /// An agent answered the client, with its words or others.
    Answered,
    /// An agent put it aside.
    Dismissed,
    /// Its state was left.
    Lapsed,
    /// A later one took its place.
    Replaced,
}

impl End {
    fn as_str(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Answered => "answered",
            Self::Dismissed => "dismissed",
            Self::Lapsed => "lapsed",
            Self::Replaced => "replaced",
        }
    }
}

/// A draft that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// Its id.
    pub id: Id,
    /// The ticket that it is for.
    pub ticket: Id,
    /// The canned reply that it is made from.
    pub reply: String,
    /// The state whose suggestion it is; it lapses when that is left.
    pub of_state: String,
    /// The subject.
    pub subject: String,
    /// The words, in Markdown.
    pub text: String,
    /// When it is sent by itself; `None` when it waits for an agent however long.
    pub send_at: Option<Timestamp>,
    /// When it was drafted.
    pub created_at: Timestamp,
}

/// A suggestion whose time is up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    /// The suggestion.
    pub suggestion: Id,
    /// Its ticket.
    pub ticket: Id,
    /// Since when.
    pub at: Timestamp,
}

/// Drafts an answer, in the place of the one that waited.
pub async fn draft(context: &mut Context<'_>, suggestion: &Suggestion) -> Result<()> {
    end(context, suggestion.ticket, End::Replaced).await?;
    queries::insert(context.tx, suggestion).await?;
    if suggestion.send_at.is_some() {
        context.tx.announce(News::of("timer", suggestion.ticket, 0));
    }
    Ok(())
}

/// The draft that waits on a ticket.
pub async fn waiting(conn: &mut Conn, ticket: Id) -> Result<Option<Suggestion>> {
    Ok(queries::waiting(conn, ticket).await?)
}

/// The draft that waits on a ticket waits no longer; its words are forgotten.
pub async fn end(context: &mut Context<'_>, ticket: Id, end: End) -> Result<()> {
    Ok(queries::end(context.tx, ticket, end.as_str(), context.now).await?)
}

/// The state of the draft that waits on a ticket is called otherwise now.
pub async fn rename_state(context: &mut Context<'_>, ticket: Id, state: &str) -> Result<()> {
    Ok(queries::rename_state(context.tx, ticket, state).await?)
}

/// States were left: the draft of one of them lapses.
pub async fn leave(context: &mut Context<'_>, ticket: Id, left: &[String]) -> Result<()> {
    match waiting(context.tx, ticket).await? {
        Some(suggestion) if left.contains(&suggestion.of_state) => end(context, ticket, End::Lapsed).await,
        _ => Ok(()),
    }
}

/// Up to `limit` suggestions to see to at `now`, the longest overdue first: those whose time is up and that are not held, and those
/// that have been held for so long that the team is to be told. `behind` says until when the mail is in.
pub async fn due(conn: &mut Conn, now: Timestamp, behind: Option<&Behind>, limit: u32) -> Result<Vec<Due>> {
    Ok(match behind {
        None => queries::due(conn, now, limit).await?,
        Some(behind) => queries::due_and_in(conn, now, behind.in_until, told_if_due_by(behind, now), limit).await?,
    })
}

/// When the next suggestion is to be seen to, as far as `now` is known; earlier than `now` when one is overdue.
pub async fn next_due(conn: &mut Conn, now: Timestamp, behind: Option<&Behind>) -> Result<Option<Timestamp>> {
    let Some(behind) = behind else {
        return Ok(first(conn).await?.map(|due| due.at));
    };
    let free = queries::due(conn, now.min(behind.in_until), 1).await?.pop().map(|due| due.at);
    let later = queries::first_after(conn, now).await?;
    let held = queries::first_held_untold(conn, now, behind.in_until).await?;
    let told = held.and_then(|due| told_at(behind, due));
    Ok(free.into_iter().chain(later).chain(told).chain(behind.until).min())
}

/// When the first suggestion after an instant is sent by itself.
pub async fn first_after(conn: &mut Conn, after: Timestamp) -> Result<Option<Timestamp>> {
    Ok(queries::first_after(conn, after).await?)
}

/// The suggestion that is sent by itself first, whosever ticket it is for.
pub async fn first(conn: &mut Conn) -> Result<Option<Due>> {
    Ok(queries::due(conn, Timestamp::MAX, 1).await?.pop())
}

/// The draft that waits on a ticket is not sent by itself until it is [resumed](resume).
pub async fn suspend(context: &mut Context<'_>, ticket: Id) -> Result<()> {
    Ok(queries::suspend(context.tx, ticket).await?)
}

/// A draft that was set aside is sent at its time again, and not before `earliest`.
pub async fn resume(context: &mut Context<'_>, ticket: Id, earliest: Option<Timestamp>) -> Result<()> {
    if queries::resume(context.tx, ticket, earliest).await? > 0 {
        context.tx.announce(News::of("timer", ticket, 0));
    }
    Ok(())
}

/// Puts off until `until` what a ticket would send by itself.
pub async fn postpone(context: &mut Context<'_>, ticket: Id, until: Timestamp) -> Result<()> {
    Ok(queries::postpone(context.tx, ticket, context.now, until).await?)
}
