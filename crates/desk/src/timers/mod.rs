//! Timers: rows that say when a state's time is up. Which there are is the run's to say; this keeps the rows like it.
//!
//! A timer that waits for somebody outside to speak is [held](mod@held) until their mail is in.

pub mod held;
mod queries;

use jiff::Timestamp;
use playbook::Timer;
use store::{Conn, Id, News};

use crate::mailboxes::watch::Behind;
use crate::{Context, Result};

/// A timer of a ticket that is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// The ticket.
    pub ticket: Id,
    /// The timer, as the run knows it.
    pub timer: Timer,
}

/// Makes the ticket's rows say what its run now says. Those that `punctual` names fire at their hour, whatever mail is missing.
pub async fn keep(
    context: &mut Context<'_>,
    ticket: Id,
    before: &[Timer],
    now: &[Timer],
    punctual: impl Fn(&Timer) -> bool,
) -> Result<()> {
    for gone in before.iter().filter(|timer| !now.contains(timer)) {
        queries::remove(context.tx, ticket, gone).await?;
    }
    for new in now.iter().filter(|timer| !before.contains(timer)) {
        queries::insert(context.tx, ticket, new, punctual(new)).await?;
        context.tx.announce(News::of("timer", ticket, 0));
    }
    Ok(())
}

/// The timers of a ticket, the first due first.
pub async fn of_ticket(conn: &mut Conn, ticket: Id) -> Result<Vec<Timer>> {
    Ok(queries::of_ticket(conn, ticket).await?)
}

/// Up to `limit` timers to see to at `now`, the longest overdue first: those that are due and not held, and those that have
/// been held for so long that the team is to be told. `behind` says until when the mail is in.
pub async fn due(conn: &mut Conn, now: Timestamp, behind: Option<&Behind>, limit: u32) -> Result<Vec<Due>> {
    Ok(match behind {
        None => queries::due(conn, now, limit).await?,
        Some(behind) => {
            queries::due_and_in(conn, now, behind.in_until, held::told_if_due_by(behind, now), limit).await?
        }
    })
}

/// When the next timer is to be seen to, as far as `now` is known; earlier than `now` when one is overdue.
pub async fn next_due(conn: &mut Conn, now: Timestamp, behind: Option<&Behind>) -> Result<Option<Timestamp>> {
    let Some(behind) = behind else {
        return Ok(queries::next_due(conn).await?);
    };
    let free = queries::first_free(conn, now, behind.in_until).await?;
    let later = queries::first_after(conn, now).await?;
    let held = queries::first_held_untold(conn, now, behind.in_until).await?;
    let told = held.and_then(|due| held::told_at(behind, due));
    Ok(free.into_iter().chain(later).chain(told).chain(behind.until).min())
}

/// When the first timer after an instant is due.
pub async fn first_after(conn: &mut Conn, after: Timestamp) -> Result<Option<Timestamp>> {
    Ok(queries::first_after(conn, after).await?)
}

/// The timer that is due first, whosever ticket it is.
pub async fn first(conn: &mut Conn) -> Result<Option<Due>> {
    Ok(queries::due(conn, Timestamp::MAX, 1).await?.pop())
}

/// Sets a ticket's timers aside: none fires until they are [resumed](resume).
pub async fn suspend(context: &mut Context<'_>, ticket: Id) -> Result<()> {
    Ok(queries::suspend(context.tx, ticket).await?)
}

/// Puts the timers back that were set aside, each with its start and its instant.
pub async fn resume(context: &mut Context<'_>, ticket: Id) -> Result<()> {
    queries::resume(context.tx, ticket).await?;
    context.tx.announce(News::of("timer", ticket, 0));
    Ok(())
}

/// Puts the ticket's timers that are due off until `until`; the run's own knowledge of when they began stays.
pub async fn postpone(context: &mut Context<'_>, ticket: Id, until: Timestamp) -> Result<()> {
    Ok(queries::postpone(context.tx, ticket, context.now, until).await?)
}
