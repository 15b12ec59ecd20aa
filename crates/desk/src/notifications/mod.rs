//! Notices: what colleagues are told. Kept with the ticket; other ways to them come with their features.

mod queries;

use jiff::Timestamp;
use store::{Conn, Id, News};

use crate::rights::Scope;
use crate::tickets::{Ticket, followers};
use crate::{Context, Result, agents};

/// Whom a notice is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Everybody in a team.
    Team(String),
    /// Everybody with a role.
    Role(String),
    /// One person, by name.
    Person(String),
    /// Whoever reads a channel.
    Channel(String),
}

impl Audience {
    /// This team, or the leads when there is none.
    pub fn team_or_leads(team: Option<&str>) -> Self {
        team.map_or_else(|| Self::Role("lead".to_owned()), |team| Self::Team(team.to_owned()))
    }

    fn parts(&self) -> (&'static str, &str) {
        match self {
            Audience::Team(name) => ("team", name),
            Audience::Role(name) => ("role", name),
            Audience::Person(name) => ("person", name),
            Audience::Channel(name) => ("channel", name),
        }
    }
}

/// A notice.
#[derive(Clone, Debug)]
pub struct Notice {
    /// Its id.
    pub id: Id,
    /// `team`, `role`, `person` or `channel`.
    pub audience_kind: String,
    /// Which one.
    pub audience: String,
    /// What it says.
    pub text: String,
    /// When.
    pub created_at: Timestamp,
}

/// Tells `audience` something about a ticket.
pub async fn tell(context: &mut Context<'_>, ticket: Id, audience: &Audience, text: &str) -> Result<()> {
    keep(context, Some(ticket), audience, text).await
}

/// Tells `audience` something that is about no ticket.
pub async fn tell_beside_tickets(context: &mut Context<'_>, audience: &Audience, text: &str) -> Result<()> {
    keep(context, None, audience, text).await
}

async fn keep(context: &mut Context<'_>, ticket: Option<Id>, audience: &Audience, text: &str) -> Result<()> {
    let id = context.ids.next();
    let (kind, name) = audience.parts();
    queries::insert(context.tx, id, ticket, kind, name, text, context.now).await?;
    context.tx.announce(News::of("notice", id, 0));
    Ok(())
}

/// Tells the leads that nobody has the ticket and nobody is there to take it; or the team that has it, when somebody is in it.
pub async fn tell_whoever_is_there(context: &mut Context<'_>, ticket: &Ticket, text: &str) -> Result<()> {
    let team = match ticket.team.as_deref() {
        Some(team) if !agents::loads(context.tx, team).await?.is_empty() => Some(team),
        _ => None,
    };
    tell(context, ticket.id, &Audience::team_or_leads(team), text).await
}

/// Tells the team that has the ticket, or the leads when no team has it.
pub async fn tell_team(context: &mut Context<'_>, ticket: &Ticket, text: &str) -> Result<()> {
    tell(context, ticket.id, &Audience::team_or_leads(ticket.team.as_deref()), text).await
}

/// Tells those who follow the ticket and may see it, but for whoever did it. Whose ticket it is follows it anyway and hears of it otherwise.
pub async fn tell_followers(context: &mut Context<'_>, ticket: &Ticket, text: &str) -> Result<()> {
    for agent in followers::of_ticket(context.tx, ticket.id).await? {
        if Some(agent.id) != context.actor.agent_id()
            && Scope::of(&agent.as_actor())?.sees(context.tx, ticket.id).await?
        {
            tell(context, ticket.id, &Audience::Person(agent.name), text).await?;
        }
    }
    Ok(())
}

/// The notices of a ticket, oldest first; the newest `limit` of them.
pub async fn of_ticket(conn: &mut Conn, scope: Scope, ticket: Id, limit: u32) -> Result<Vec<Notice>> {
    scope.require(conn, ticket).await?;
    Ok(queries::of_ticket(conn, ticket, limit).await?)
}

/// The notices that are about no ticket, oldest first; the newest `limit` of them.
pub async fn beside_tickets(conn: &mut Conn, scope: Scope, limit: u32) -> Result<Vec<Notice>> {
    if !scope.is_everything() {
        return Ok(Vec::new());
    }
    Ok(queries::beside_tickets(conn, limit).await?)
}
