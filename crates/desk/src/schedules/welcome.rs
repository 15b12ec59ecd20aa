//! Organizations and contacts whose entry was made or changed: who belongs to a segment now has the tickets of those
//! occurrences that are open already and still to come.

use playbook::SegmentOf;
use store::{Id, News};

use super::members::Member;
use super::open::open;
use super::queries;
use super::rule::{Rule, Today};
use crate::handbook::Handbooks;
use crate::{Context, Result, contacts, organizations};

/// An organization is known anew, and what its contacts belong to may depend on it.
pub async fn organization(context: &mut Context<'_>, handbooks: &Handbooks, id: Id) -> Result<()> {
    let today = Today::known(context, handbooks).await?;
    for rule in today.rules() {
        match rule.segment.map(|segment| segment.of) {
            Some(SegmentOf::Organization) => {
                let Some(known) = organizations::find(context.tx, id).await? else { return Ok(()) };
                let member = Member::organization(context.tx, &today.handbook, known).await?;
                welcome(context, &rule, &member).await?;
            }
            Some(SegmentOf::Contact) => look_again(context, &rule).await?,
            None => {}
        }
    }
    Ok(())
}

/// A contact is known anew.
pub async fn contact(context: &mut Context<'_>, handbooks: &Handbooks, id: Id) -> Result<()> {
    let today = Today::known(context, handbooks).await?;
    for rule in today.rules() {
        if rule.segment.is_some_and(|segment| segment.of == SegmentOf::Contact) {
            let Some(known) = contacts::find(context.tx, id).await? else { return Ok(()) };
            let member = Member::contact(context.tx, &today.handbook, known).await?;
            welcome(context, &rule, &member).await?;
        }
    }
    Ok(())
}

/// What cannot be told of a member is told by the next look.
async fn welcome(context: &mut Context<'_>, rule: &Rule<'_>, member: &Member) -> Result<()> {
    let Ok(Some(times)) = rule.timetable(member) else { return Ok(()) };
    let playbook = rule.playbook.name();
    let Some(mut standing) = queries::lock(context.tx, playbook, &rule.name).await? else { return Ok(()) };
    let by = standing.looking_until.max(context.now);
    if rule.scheduled.is_agreed() {
        let next = rule.next(&times, by);
        standing.comes(next);
        standing.next_at = standing.next_at.into_iter().chain(next).min();
        queries::store(context.tx, playbook, &rule.name, &standing).await?;
        context.tx.announce(News::of("timer", Id(0), 0));
    }
    if let Some(occurrence) = rule.ahead(&times, by, context.now) {
        open(context, rule, member, &occurrence).await?;
    }
    Ok(())
}

/// Everybody is looked at again where a ticket may be open already whose time is still to come.
async fn look_again(context: &mut Context<'_>, rule: &Rule<'_>) -> Result<()> {
    let may_matter = rule.scheduled.is_agreed() || rule.segment.is_some_and(|segment| segment.reads_organizations());
    let times = rule.scheduled.timetable(&serde_json::Map::new());
    let is_closed = |times: &playbook::Timetable| rule.ahead(times, context.now, context.now).is_none();
    if !may_matter || times.is_ok_and(|times| times.as_ref().is_some_and(is_closed)) {
        return Ok(());
    }
    let playbook = rule.playbook.name();
    if queries::lock(context.tx, playbook, &rule.name).await?.is_some() {
        queries::begin_again(context.tx, playbook, &rule.name, context.now).await?;
        context.tx.announce(News::of("timer", Id(0), 0));
    }
    Ok(())
}
