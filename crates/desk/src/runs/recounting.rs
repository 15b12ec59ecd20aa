//! Counting a ticket's timers anew after a calendar or a zone has changed.

use super::advance::{Cause, keep};
use super::{Case, facts};
use crate::handbook::Handbooks;
use crate::recounts::{self, Recount};
use crate::{Context, Result};

/// Counts the timers of a case anew, and keeps where they are now; whether any moved. The caller stores the case.
///
/// What cannot be counted stays as it is: the ticket goes on by what it has.
pub(super) async fn count(context: &mut Context<'_>, case: &mut Case, why: &str) -> Result<bool> {
    if !case.begun || case.run.timers.is_empty() {
        return Ok(false);
    }
    let facts = facts::gather(context, case).await?;
    match case.playbook()?.recount(&case.run, &facts, why, context.now) {
        Ok(None) => Ok(false),
        Ok(Some(step)) => {
            keep(context, case, step, &Cause::actor(context)).await?;
            Ok(true)
        }
        Err(fault) => {
            tracing::warn!(ticket = %case.ticket.id, place = %fault.place, "timers could not be counted anew: {}", fault.message);
            Ok(false)
        }
    }
}

/// Makes the handbook today's that a recount is about: another process may have published it a moment ago.
async fn be_up_to_date(context: &mut Context<'_>, handbooks: &Handbooks, recount: &Recount) -> Result<()> {
    if handbooks.current_number() < recount.revision {
        handbooks.refresh(context.tx).await?;
    }
    Ok(())
}

/// Takes a recount up to `limit` tickets further; whether any timer moved.
pub(crate) async fn go_on(
    context: &mut Context<'_>,
    handbooks: &Handbooks,
    recount: &Recount,
    limit: u32,
) -> Result<bool> {
    be_up_to_date(context, handbooks, recount).await?;
    let tickets = recounts::tickets(context.tx, recount, limit).await?;
    let mut moved = false;
    for ticket in &tickets {
        let mut case = Case::load(context, handbooks, *ticket).await?;
        moved |= count(context, &mut case, &recount.why).await?;
        case.store(context).await?;
    }
    let is_full = tickets.len() == limit as usize;
    recounts::came_to(context, recount, tickets.last().copied().filter(|_| is_full)).await?;
    Ok(moved)
}

/// Takes a recount past one ticket, whose timers stay as they are.
pub(crate) async fn go_past(context: &mut Context<'_>, recount: &Recount) -> Result<bool> {
    let next = recounts::tickets(context.tx, recount, 1).await?.pop();
    recounts::came_to(context, recount, next).await?;
    Ok(false)
}

/// Does for one ticket what a recount under way has not come to yet, so that nothing fires by hours that hold no longer;
/// whether any timer moved.
pub(crate) async fn catch_up(context: &mut Context<'_>, handbooks: &Handbooks, case: &mut Case) -> Result<bool> {
    let Some(recount) = recounts::ahead_of(context.tx, &case.ticket).await? else { return Ok(false) };
    if handbooks.current_number() < recount.revision {
        be_up_to_date(context, handbooks, &recount).await?;
        case.today = handbooks.current(context.tx).await?;
    }
    count(context, case, &recount.why).await
}
