//! Going through the members of a schedule that is due.

use jiff::Timestamp;

use super::members::{self, Member};
use super::open::open;
use super::rule::{Rule, Today};
use super::{Standing, queries};
use crate::handbook::Handbooks;
use crate::notifications::{self, Audience, What};
use crate::{Context, Result};

/// How many members are asked about in one transaction.
const AT_ONCE: u32 = 50;

/// Goes on with a schedule that is due: through a page of its members, or to the first who needs a ticket, which it opens.
/// Says whether there was anything to do.
pub async fn look(context: &mut Context<'_>, handbooks: &Handbooks, playbook: &str, schedule: &str) -> Result<bool> {
    let Some(mut standing) = queries::lock(context.tx, playbook, schedule).await? else { return Ok(false) };
    if standing.next_at.is_none_or(|at| at > context.now) {
        return Ok(false);
    }
    let today = Today::stored(context, handbooks).await?;
    let Some(rule) = today.rule(playbook, schedule) else {
        queries::remove(context.tx, playbook, schedule).await?;
        return Ok(true);
    };
    if standing.cursor.is_none() {
        // A clock that was put back does not undo what was seen to.
        standing.looking_until = context.now.max(standing.looking_until);
        standing = Standing { soonest_at: None, faults: 0, first_fault: None, ..standing };
    }
    if go_on(context, &rule, &mut standing).await? {
        finish(context, &rule, &mut standing).await?;
    }
    queries::store(context.tx, playbook, schedule, &standing).await?;
    Ok(true)
}

/// Looks at the next members; says whether none is left.
async fn go_on(context: &mut Context<'_>, rule: &Rule<'_>, standing: &mut Standing) -> Result<bool> {
    let Some(segment) = rule.segment else {
        see_to(context, rule, standing, &Member::default()).await?;
        return Ok(true);
    };
    let handbook = &rule.today.handbook;
    let page = members::page(context.tx, handbook, segment.of, standing.cursor, AT_ONCE).await?;
    let is_last = page.len() < AT_ONCE as usize;
    for member in &page {
        standing.cursor = member.id();
        if see_to(context, rule, standing, member).await? {
            // Each ticket commits by itself.
            return Ok(false);
        }
    }
    Ok(is_last)
}

/// Opens the ticket that is due for a member; says whether it opened one.
async fn see_to(context: &mut Context<'_>, rule: &Rule<'_>, standing: &mut Standing, member: &Member) -> Result<bool> {
    let times = match rule.timetable(member) {
        Ok(Some(times)) => times,
        Ok(None) => return Ok(false),
        Err(fault) => {
            standing.note(format!("{} ({}: {})", member.label(), fault.place, fault.message));
            return Ok(false);
        }
    };
    standing.comes(rule.next(&times, standing.looking_until));
    let Some(occurrence) = rule.due(&times, standing, context.now) else { return Ok(false) };
    open(context, rule, member, &occurrence).await
}

/// Everybody was seen to.
async fn finish(context: &mut Context<'_>, rule: &Rule<'_>, standing: &mut Standing) -> Result<()> {
    if let Some(first) = &standing.first_fault {
        tell_of_faults(context, rule, standing.faults, first).await?;
    }
    standing.done_until = standing.looking_until;
    standing.cursor = None;
    standing.next_at = next(rule, standing);
    Ok(())
}

/// When the schedule is looked at next. One that is the same for all comes even if there is nobody yet.
fn next(rule: &Rule<'_>, standing: &Standing) -> Option<Timestamp> {
    if rule.scheduled.is_agreed() {
        return standing.soonest_at;
    }
    let times = rule.scheduled.timetable(&serde_json::Map::new()).ok().flatten()?;
    rule.next(&times, standing.looking_until)
}

/// That of some members it could not be told whether they belong to the segment, or when their time is.
async fn tell_of_faults(context: &mut Context<'_>, rule: &Rule<'_>, count: i64, first: &str) -> Result<()> {
    let playbook = rule.playbook.name();
    // Whom it is about is no business of the log.
    tracing::warn!(playbook, schedule = %rule.name, count, "a schedule cannot tell what to do for some");
    let (schedule, playbook) = (rule.name.to_owned(), playbook.to_owned());
    let what = What::ScheduleUnclear { schedule, playbook, count, reason: first.to_owned() };
    notifications::tell_beside_tickets(context, &[Audience::team_or_leads(rule.playbook.team())], what).await
}
