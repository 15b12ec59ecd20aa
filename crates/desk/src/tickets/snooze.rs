//! Snoozing: a ticket that is hidden from inboxes until a time. It comes back by itself, earlier when its client writes or a timer of its
//! procedure moves it, and counts as changed then. What runs out goes on running out, and is listed among what is due all the while.

use jiff::Timestamp;
use store::{Conn, Id};

use super::queries;
use crate::{Context, Error, Result};

/// The longest that a ticket may be snoozed for, in days.
pub const DAYS_MAX: i64 = 366;

/// Refuses an end that has passed or is too far away.
///
/// # Errors
/// `bad-snooze`.
pub fn check(now: Timestamp, until: Timestamp) -> Result<()> {
    let farthest = now + jiff::SignedDuration::from_hours(24 * DAYS_MAX);
    if until <= now || until > farthest {
        return Err(Error::invalid_field("snoozed_until", "bad-snooze", "a time to come, within a year"));
    }
    Ok(())
}

/// Somebody outside wrote on the ticket: it is hidden no longer.
pub async fn end(context: &mut Context<'_>, ticket: Id) -> Result<()> {
    Ok(queries::unsnooze(context.tx, ticket).await?)
}

/// Up to `limit` tickets whose time is up at `now`, with when that was, the first first.
pub async fn due(conn: &mut Conn, now: Timestamp, limit: u32) -> Result<Vec<(Timestamp, Id)>> {
    Ok(queries::snoozed_by(conn, now, limit).await?)
}

/// When the next ticket comes back by itself.
pub async fn next_due(conn: &mut Conn) -> Result<Option<Timestamp>> {
    Ok(queries::snoozed_by(conn, Timestamp::MAX, 1).await?.pop().map(|(at, _)| at))
}
