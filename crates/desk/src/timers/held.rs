//! Holding a timer back. Silence is known only when the mail is in: a timer of a ticket that waits on somebody outside does
//! not fire while a mailbox is not caught up until the timer's time, so that an answer which arrived in time wins. Schedules
//! and clocks are punctual: their hour is that of the world, or of a promise of ours.

use jiff::{SignedDuration, Timestamp};
use playbook::Timer;

use super::queries;
use crate::mailboxes::watch::{self, Watched};
use crate::tickets::Ticket;
use crate::{Context, Result, notifications};

/// For how long a timer is held in silence. Then the team is told, and goes on waiting: that nobody can be heard is no
/// reason to take them for silent.
pub const QUIET: SignedDuration = SignedDuration::from_hours(1);

/// Whose turn it is when no mail is waited for.
const NOT_OUTSIDE: [&str; 3] = ["us", "third_party", "nobody"];

/// When the team is told of a timer that was due at `due`.
pub(super) fn told_at(due: Timestamp) -> Option<Timestamp> {
    due.checked_add(QUIET).ok()
}

/// Of a timer that was due by this instant the team is told at `now`.
pub(super) fn told_if_due_by(now: Timestamp) -> Timestamp {
    now.checked_sub(QUIET).unwrap_or(Timestamp::MIN)
}

/// The mailbox that a due timer of this ticket is held for, if it is.
pub async fn held_for(
    context: &mut Context<'_>,
    ticket: &Ticket,
    timer: &Timer,
    punctual: bool,
) -> Result<Option<Watched>> {
    if punctual || NOT_OUTSIDE.contains(&ticket.waiting_on.as_str()) {
        return Ok(None);
    }
    let mailbox = watch::furthest_behind(context.tx).await?;
    Ok(mailbox.filter(|mailbox| mailbox.caught_up_until < timer.due))
}

/// Tells the ticket's team, once, that a timer has been held for long; says whether it told them now.
pub async fn tell_once(context: &mut Context<'_>, ticket: &Ticket, timer: &Timer, mailbox: &Watched) -> Result<bool> {
    let is_time = timer.due <= told_if_due_by(context.now);
    if !is_time || !queries::note_told(context.tx, ticket.id, timer, context.now).await? {
        return Ok(false);
    }
    let text = format!(
        "Ticket {} waits for an answer, and its time is up. But the mailbox {} has not been read since {}: the answer may lie \
         there. The ticket goes on when the mailbox is read again.",
        ticket.number,
        mailbox.name,
        mailbox.caught_up_until.strftime("%F %H:%M UTC"),
    );
    notifications::tell_team(context, ticket, &text).await?;
    Ok(true)
}
