//! How much waits at a desk, and for how long: for those who keep it running. Numbers only, of nobody in particular.
//!
//! A measure costs the same however many tickets there are: it counts along an index, and no further than [`COUNTED_MAX`].

mod queries;

use jiff::{SignedDuration, Timestamp};
use store::{Conn, Id};

use crate::mailboxes::{self, watch};
use crate::settings::resting;
use crate::{Result, outbox};
use playbook::Status;

/// How far is counted; whatever is this many may be more.
pub const COUNTED_MAX: i64 = 10_000;
/// How far back given-up mails are counted.
const LATELY: SignedDuration = SignedDuration::from_hours(24);

/// What waits at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measures {
    /// Tickets that are not closed, by status.
    pub tickets: Vec<(Status, i64)>,
    /// Mails that wait to leave, the moment when the first of them was due included.
    pub mails_waiting: Waiting,
    /// Mails that a restore holds.
    pub mails_held: i64,
    /// Mails that came, were set aside, and wait for somebody to look at them.
    pub mails_set_aside: i64,
    /// Whether the desk rests: it was restored, and neither fetches nor sends yet.
    pub is_resting: bool,
    /// Mails that were given up within a day.
    pub mails_failed: i64,
    /// Questions to other databases that wait for an answer.
    pub lookups_waiting: Waiting,
    /// Events that tickets sent each other and that are to be judged.
    pub events_waiting: i64,
    /// Until when mail is in, of the mailbox that is furthest behind; `None` without mailboxes.
    pub mail_in_until: Option<Timestamp>,
}

/// How many wait, and when the first of them is or was due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// How many, due or not.
    pub count: i64,
    /// When the first is due; `None` when none waits.
    pub first_due: Option<Timestamp>,
}

/// The greatest id of anything that follows one another by its id; 0 where there is nothing.
pub async fn newest_id(conn: &mut Conn) -> Result<Id> {
    Ok(queries::newest_id(conn).await?.unwrap_or(Id(0)))
}

/// Measures at `now`.
pub async fn take(conn: &mut Conn, now: Timestamp) -> Result<Measures> {
    let mut tickets = Vec::new();
    for status in [Status::Open, Status::Pending, Status::Solved] {
        tickets.push((status, queries::tickets_of(conn, status.as_str()).await?));
    }
    let mails = queries::mails_waiting(conn).await?;
    let asked = queries::lookups_waiting(conn).await?;
    Ok(Measures {
        tickets,
        mails_waiting: Waiting { count: mails, first_due: outbox::next_due(conn).await? },
        mails_held: queries::mails_held(conn).await?,
        mails_set_aside: mailboxes::count_set_aside(conn).await?,
        is_resting: resting::since(conn).await?.is_some(),
        mails_failed: queries::mails_failed_since(conn, now - LATELY).await?,
        lookups_waiting: Waiting { count: asked, first_due: queries::first_lookup_due(conn).await? },
        events_waiting: queries::events_waiting(conn).await?,
        mail_in_until: watch::furthest_behind(conn).await?.map(|mailbox| mailbox.caught_up_until),
    })
}
