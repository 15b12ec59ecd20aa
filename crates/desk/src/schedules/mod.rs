//! Schedules of the handbook that open tickets: for each member of a segment, once for each key.
//!
//! A schedule has a row. When it is due, a [look](look::look) goes through the members of its segment, page by page, and
//! opens at most one ticket in a transaction; how far it has come is kept in that transaction. The key of a ticket is
//! taken in the transaction that opens it, so neither a restart nor a second node, a moved clock or a handbook that is
//! published again opens another. Between looks a desk does nothing for it.
//!
//! Of a member's occurrences the last is looked at whose ticket is to be open by now. It is opened if its time is still
//! to come, whoever came into the segment late, or if no look has seen to it yet, because the desk was off. So what was
//! missed is made up for once, and not beyond [`MADE_UP_FOR`].
//!
//! Who comes in by a [changed entry](welcome) has a ticket at once. Both sides lock the row of the schedule: whatever is
//! changed before a look begins is seen by it, and whatever comes after sees that it has begun.

pub mod look;
mod members;
mod open;
mod plan;
mod queries;
mod rule;
pub mod welcome;

use futures::FutureExt;
use jiff::{SignedDuration, Timestamp};
use store::{Conn, Id};

use crate::ground::Ground;
use crate::notifications::{self, Audience, What};
use crate::{Actor, Result};

pub use plan::plan;

/// How long after its time an occurrence that was missed is still made up for.
pub const MADE_UP_FOR: SignedDuration = SignedDuration::from_hours(31 * 24);

/// A schedule that is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// Since when.
    pub at: Timestamp,
    /// The playbook.
    pub playbook: String,
    /// Which of its schedules, as the handbook calls it.
    pub schedule: String,
}

/// How far a schedule has come.
#[derive(Clone, Debug, PartialEq)]
struct Standing {
    next_at: Option<Timestamp>,
    /// Openings until then were seen to for every member.
    done_until: Timestamp,
    /// Openings until then are being seen to.
    looking_until: Timestamp,
    /// The member that the look has come to; `None` between looks.
    cursor: Option<Id>,
    /// The next opening that was found on the way, where every member has times of its own.
    soonest_at: Option<Timestamp>,
    /// For how many members it could not be told.
    faults: i64,
    /// Why for the first of them.
    first_fault: Option<String>,
}

impl Standing {
    /// Lowers the next opening that is known of to this one.
    fn comes(&mut self, at: Option<Timestamp>) {
        self.soonest_at = self.soonest_at.into_iter().chain(at).min();
    }

    fn note(&mut self, fault: String) {
        self.faults += 1;
        self.first_fault.get_or_insert(fault);
    }
}

/// Up to `limit` schedules that are due at `now`, the longest overdue first.
pub async fn due(conn: &mut Conn, now: Timestamp, limit: u32) -> Result<Vec<Due>> {
    Ok(queries::due(conn, now, limit).await?)
}

/// When the next schedule is to be looked at.
pub async fn next_due(conn: &mut Conn) -> Result<Option<Timestamp>> {
    Ok(queries::next_due(conn).await?)
}

/// Puts a schedule that the desk failed on off by `length`, and tells the leads why. The look goes on where it was.
pub async fn put_off(
    ground: &Ground,
    playbook: &str,
    schedule: &str,
    length: SignedDuration,
    reason: &str,
) -> Result<()> {
    let (playbook, schedule, reason) = (playbook.to_owned(), schedule.to_owned(), reason.to_owned());
    let work = ground.change(&Actor::Desk, move |context| {
        let (playbook, schedule, reason) = (playbook.clone(), schedule.clone(), reason.clone());
        async move {
            let Some(mut standing) = queries::lock(context.tx, &playbook, &schedule).await? else { return Ok(()) };
            standing.next_at = Some(context.now + length);
            queries::store(context.tx, &playbook, &schedule, &standing).await?;
            let what = What::ScheduleFailed { schedule, playbook, reason };
            notifications::tell_beside_tickets(context, &[Audience::team_or_leads(None)], what).await
        }
        .boxed()
    });
    work.await
}
