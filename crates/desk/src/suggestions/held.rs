//! Holding back a draft that would be sent by itself while the mail is not in: the client may have written meanwhile, and the
//! two would cross. An agent may send it at any time.

use jiff::Timestamp;
use store::Conn;

use super::{Suggestion, queries};
use crate::mailboxes::watch::Behind;
use crate::notifications::{self, What};
use crate::rights::Scope;
use crate::tickets::Ticket;
use crate::timers::held::{self, Held};
use crate::{Context, Result};

/// What a draft whose time is up is held for, if it is.
pub async fn held_for(context: &mut Context<'_>, suggestion: &Suggestion) -> Result<Option<Behind>> {
    match suggestion.send_at {
        Some(due) => held::held_until_in(context, due).await,
        None => Ok(None),
    }
}

/// Tells the ticket's team, once, that a draft has been held for long; says whether it told them now.
pub async fn tell_once(
    context: &mut Context<'_>,
    ticket: &Ticket,
    suggestion: &Suggestion,
    behind: &Behind,
) -> Result<bool> {
    let told_by = held::told_if_due_by(behind, context.now);
    let is_time = suggestion.send_at.is_some_and(|due| due <= told_by);
    if !is_time || !queries::note_told(context.tx, suggestion.id, context.now).await? {
        return Ok(false);
    }
    let (mailbox, since) = held::unread(behind);
    notifications::tell_team(context, ticket, What::DraftWaitsForMail { number: ticket.number, mailbox, since })
        .await?;
    Ok(true)
}

/// Up to `limit` tickets that `scope` may see and on which a draft is held at `now`, the longest held first.
pub async fn tickets(conn: &mut Conn, scope: Scope, behind: &Behind, now: Timestamp, limit: u32) -> Result<Vec<Held>> {
    if !scope.is_everything() {
        return Ok(Vec::new());
    }
    Ok(queries::held(conn, now, behind.in_until, limit).await?)
}
