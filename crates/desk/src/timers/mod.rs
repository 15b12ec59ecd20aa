//! Timers: rows that say when a state's time is up. Which there are is the run's to say; this keeps the rows like it.

mod queries;

use jiff::Timestamp;
use playbook::Timer;
use store::{Conn, Id, News};

use crate::{Context, Result};

/// A timer of a ticket that is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// The ticket.
    pub ticket: Id,
    /// The timer, as the run knows it.
    pub timer: Timer,
}

/// Makes the ticket's rows say what its run now says.
pub async fn keep(context: &mut Context<'_>, ticket: Id, before: &[Timer], now: &[Timer]) -> Result<()> {
    for gone in before.iter().filter(|timer| !now.contains(timer)) {
        queries::remove(context.tx, ticket, gone).await?;
    }
    for new in now.iter().filter(|timer| !before.contains(timer)) {
        queries::insert(context.tx, ticket, new).await?;
        context.tx.announce(News::of("timer", ticket, 0));
    }
    Ok(())
}

/// The timers of a ticket, the first due first.
pub async fn of_ticket(conn: &mut Conn, ticket: Id) -> Result<Vec<Timer>> {
    Ok(queries::of_ticket(conn, ticket).await?)
}

/// Up to `limit` timers that are due at `now`, the longest overdue first.
pub async fn due(conn: &mut Conn, now: Timestamp, limit: u32) -> Result<Vec<Due>> {
    Ok(queries::due(conn, now, limit).await?)
}

/// When the next timer is due.
pub async fn next_due(conn: &mut Conn) -> Result<Option<Timestamp>> {
    Ok(queries::next_due(conn).await?)
}

/// The timer that is due first, whosever ticket it is.
pub async fn first(conn: &mut Conn) -> Result<Option<Due>> {
    Ok(queries::due(conn, Timestamp::MAX, 1).await?.pop())
}

/// Puts the ticket's timers that are due off until `until`; the run's own knowledge of when they began stays.
pub async fn postpone(context: &mut Context<'_>, ticket: Id, until: Timestamp) -> Result<()> {
    Ok(queries::postpone(context.tx, ticket, context.now, until).await?)
}
