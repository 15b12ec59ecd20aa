//! Recounts: what is left to do when a calendar or a zone has changed under running timers. One row a change says how far
//! it came, so that it goes on where it stopped, whatever happens in between; the counting is the run's.

mod queries;

use playbook::{CALENDAR_ATTRIBUTE, Handbook};
use store::{Conn, Id, News};

use crate::organizations::{DAYS_OFF_ATTRIBUTE, Organization};
use crate::tickets::Ticket;
use crate::{Context, Result};

/// A recount under way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recount {
    /// Its id.
    pub id: Id,
    /// The organization whose tickets are meant; `None` for all, or those of a team.
    pub organization: Option<Id>,
    /// The team whose tickets are meant.
    pub team: Option<String>,
    /// The revision of the handbook that must be today's, or a later one, before it goes on.
    pub revision: i64,
    /// Why, for the histories of the tickets.
    pub why: String,
    /// The ticket until which it is done.
    pub after: Id,
}

/// Whether working time or days are counted otherwise by the one handbook than by the other.
pub fn differ(before: &Handbook, after: &Handbook) -> bool {
    before.calendars != after.calendars
        || before.desk.zone != after.desk.zone
        || before.desk.calendar != after.desk.calendar
        || calendars_of_teams(before) != calendars_of_teams(after)
}

/// The calendars that a handbook gives its teams.
fn calendars_of_teams(handbook: &Handbook) -> Vec<(&str, &str)> {
    let teams = handbook.desk.teams.iter();
    teams.filter_map(|(name, team)| Some((name.as_str(), team.calendar.as_deref()?))).collect()
}

/// Whether they are counted otherwise for an organization than before.
pub fn counts_otherwise(before: &Organization, after: &Organization) -> bool {
    let differs = |attribute: &str| before.attributes.get(attribute) != after.attributes.get(attribute);
    before.time_zone != after.time_zone || differs(CALENDAR_ATTRIBUTE) || differs(DAYS_OFF_ATTRIBUTE)
}

/// Begins a recount: of every ticket, since the handbook of `revision` has other calendars. One that was under way need not
/// be finished: this one passes all that it had left.
pub async fn begin_all(context: &mut Context<'_>, revision: i64) -> Result<()> {
    queries::remove_all(context.tx).await?;
    let why = format!("The calendars of the handbook changed with revision {revision}");
    begin(context, None, None, revision, why).await
}

/// Begins a recount of the tickets of one organization.
pub async fn begin_of(context: &mut Context<'_>, organization: &Organization, revision: i64) -> Result<()> {
    queries::remove_of(context.tx, organization.id).await?;
    let why = format!("The hours or the zone of {} changed", organization.name);
    begin(context, Some(organization.id), None, revision, why).await
}

/// Begins a recount of the tickets of one team.
pub async fn begin_of_team(context: &mut Context<'_>, team: &str, title: &str, revision: i64) -> Result<()> {
    queries::remove_of_team(context.tx, team).await?;
    let why = format!("The hours of the team {title} changed");
    begin(context, None, Some(team.to_owned()), revision, why).await
}

async fn begin(
    context: &mut Context<'_>,
    organization: Option<Id>,
    team: Option<String>,
    revision: i64,
    why: String,
) -> Result<()> {
    let recount = Recount { id: context.ids.next(), organization, team, revision, why, after: Id(0) };
    queries::insert(context.tx, &recount, context.now).await?;
    context.tx.announce(News::of("timer", recount.id, 0));
    Ok(())
}

/// The oldest recount under way.
pub async fn first(conn: &mut Conn) -> Result<Option<Recount>> {
    Ok(queries::first(conn).await?)
}

/// The recount of this id, while it is under way.
pub async fn find(conn: &mut Conn, id: Id) -> Result<Option<Recount>> {
    Ok(queries::find(conn, id).await?)
}

/// The recounts under way that have not come to a ticket yet.
pub async fn ahead_of(conn: &mut Conn, ticket: &Ticket) -> Result<Option<Recount>> {
    Ok(queries::ahead_of(conn, ticket).await?)
}

/// The next tickets that a recount passes, in order of id: those that have timers.
pub async fn tickets(conn: &mut Conn, recount: &Recount, limit: u32) -> Result<Vec<Id>> {
    Ok(match (recount.organization, &recount.team) {
        (Some(organization), _) => queries::tickets_of(conn, organization, recount.after, limit).await?,
        (None, Some(team)) => queries::tickets_of_team(conn, team, recount.after, limit).await?,
        (None, None) => queries::tickets(conn, recount.after, limit).await?,
    })
}

/// Says that a recount came as far as a ticket, or to its end.
pub async fn came_to(context: &mut Context<'_>, recount: &Recount, ticket: Option<Id>) -> Result<()> {
    match ticket {
        Some(ticket) => queries::came_to(context.tx, recount.id, ticket).await?,
        None => queries::remove(context.tx, recount.id).await?,
    }
    Ok(())
}
