//! Holding back what waits for silence. Silence is known only when the mail is in: a timer of a ticket that waits on somebody outside
//! does not fire while the mail is not in until the timer's time, so that an answer which was given in time wins. Schedules and clocks
//! are punctual: their hour is that of the world, or of a promise of ours. A draft that would be sent by itself is held like a
//! timer, whoever the ticket waits on: it would cross with what the client has said meanwhile.

use jiff::{SignedDuration, Timestamp};
use playbook::Timer;
use store::{Conn, Id, Row};

use super::queries;
use crate::mailboxes::watch::{self, Behind};
use crate::notifications::{self, What};
use crate::rights::Scope;
use crate::tickets::Ticket;
use crate::{Context, Result};

/// For how long something is held in silence for a mailbox. Then the team is told, and goes on waiting: that nobody can be heard is
/// no reason to take them for silent.
pub const QUIET: SignedDuration = SignedDuration::from_hours(1);

/// Whose turn it is when no mail is waited for.
const NOT_OUTSIDE: [&str; 3] = ["us", "third_party", "nobody"];

/// A ticket on which something is held back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// The ticket.
    pub ticket: Id,
    /// Its number.
    pub number: i64,
    /// Its subject.
    pub subject: String,
    /// When what is held was due; the first, of several.
    pub due: Timestamp,
}

impl Held {
    /// Reads a row with the ticket's `id`, `number` and `subject`, and `due`.
    pub(crate) fn of(row: &Row) -> store::Result<Self> {
        Ok(Self {
            ticket: row.get("id")?,
            number: row.get("number")?,
            subject: row.get("subject")?,
            due: row.get("due")?,
        })
    }
}

/// When the team is told of something that was due at `due` and is held; `None` where it is not told: what mail servers
/// kept comes by itself.
pub(crate) fn told_at(behind: &Behind, due: Timestamp) -> Option<Timestamp> {
    behind.mailbox.as_ref().and_then(|_| due.checked_add(QUIET).ok())
}

/// Of what is held and was due by this instant the team is told at `now`.
pub(crate) fn told_if_due_by(behind: &Behind, now: Timestamp) -> Timestamp {
    match behind.mailbox {
        Some(_) => now.checked_sub(QUIET).unwrap_or(Timestamp::MIN),
        None => Timestamp::MIN,
    }
}

/// What something that falls due at `due` is held for, if it is.
pub(crate) async fn held_until_in(context: &mut Context<'_>, due: Timestamp) -> Result<Option<Behind>> {
    let behind = watch::behind(context.tx, context.now).await?;
    Ok(behind.filter(|behind| behind.in_until < due))
}

/// Whether a timer of a ticket that waits on `waiting_on` is held at `now`, while the mail is in as `behind` says.
pub fn is_held(behind: &Behind, waiting_on: &str, timer: &Timer, punctual: bool, now: Timestamp) -> bool {
    is_silence(waiting_on, punctual) && timer.due <= now && behind.in_until < timer.due
}

/// Whether a timer of a ticket that waits on `waiting_on` measures a silence.
fn is_silence(waiting_on: &str, punctual: bool) -> bool {
    !punctual && !NOT_OUTSIDE.contains(&waiting_on)
}

/// What a due timer of this ticket is held for, if it is.
pub async fn held_for(
    context: &mut Context<'_>,
    ticket: &Ticket,
    timer: &Timer,
    punctual: bool,
) -> Result<Option<Behind>> {
    if !is_silence(&ticket.waiting_on, punctual) {
        return Ok(None);
    }
    let behind = watch::behind(context.tx, context.now).await?;
    Ok(behind.filter(|behind| is_held(behind, &ticket.waiting_on, timer, punctual, context.now)))
}

/// Tells the ticket's team, once, that a timer has been held for long; says whether it told them now.
pub async fn tell_once(context: &mut Context<'_>, ticket: &Ticket, timer: &Timer, behind: &Behind) -> Result<bool> {
    let is_time = timer.due <= told_if_due_by(behind, context.now);
    if !is_time || !queries::note_told(context.tx, ticket.id, timer, context.now).await? {
        return Ok(false);
    }
    let (mailbox, since) = unread(behind);
    notifications::tell_team(context, ticket, What::WaitsForMail { number: ticket.number, mailbox, since }).await?;
    Ok(true)
}

/// Which mailbox was not read, and since when, for people.
pub(crate) fn unread(behind: &Behind) -> (String, String) {
    (behind.mailbox.clone().unwrap_or_default(), behind.in_until.strftime("%F %H:%M UTC").to_string())
}

/// Up to `limit` tickets that `scope` may see and on which a timer is held at `now`, the longest held first.
pub async fn tickets(conn: &mut Conn, scope: Scope, behind: &Behind, now: Timestamp, limit: u32) -> Result<Vec<Held>> {
    if !scope.is_everything() {
        return Ok(Vec::new());
    }
    Ok(queries::held(conn, now, behind.in_until, limit).await?)
}
