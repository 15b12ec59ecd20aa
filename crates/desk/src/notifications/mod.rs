//! Notices: what colleagues are told. A notice is a kind with its facts; who hears of it is decided when it is told, a row a person.
//! Each person has a list of theirs; what leaves the desk besides is the business of [`dispatches`](crate::dispatches).

pub mod choices;
pub mod decide;
pub mod own;
mod queries;
mod recipients;
pub mod what;
pub mod wording;

use jiff::Timestamp;
use store::{Conn, Id, News};

pub use choices::{Channel, Choices};
pub use what::{Topic, What};
pub use wording::Wording;

use crate::agents::Agent;
use crate::rights::{self, Scope};
use crate::tickets::{self, Priority, Ticket, followers};
use crate::{Context, Result, agents};

/// The topic of the news that somebody was told something, or has read it; its id is the agent's.
pub const TOLD: &str = "told";
/// The topic of the news that there is a notice.
pub const NOTICE: &str = "notice";

/// Whom a notice is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Everybody in a team.
    Team(String),
    /// Everybody with a role.
    Role(String),
    /// One person, by name.
    Person(String),
    /// One person who is known.
    Agent {
        /// Who.
        id: Id,
        /// Their name.
        name: String,
    },
    /// Whoever reads a channel.
    Channel(String),
}

impl Audience {
    /// This team, or the leads when there is none.
    pub fn team_or_leads(team: Option<&str>) -> Self {
        team.map_or_else(|| Self::Role("lead".to_owned()), |team| Self::Team(team.to_owned()))
    }

    /// This colleague.
    pub fn agent(agent: &Agent) -> Self {
        Self::Agent { id: agent.id, name: agent.name.clone() }
    }

    /// Its kind, and which: `team`, `role`, `person` or `channel`.
    pub fn parts(&self) -> (&'static str, &str) {
        match self {
            Audience::Team(name) => ("team", name),
            Audience::Role(name) => ("role", name),
            Audience::Person(name) | Audience::Agent { name, .. } => ("person", name),
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
    /// What it says, in English.
    pub text: String,
    /// What it is about; `None` for one of before there were kinds.
    pub what: Option<What>,
    /// When.
    pub created_at: Timestamp,
}

impl Notice {
    /// Whether it holds these words, in English or in any language that its playbook says it in.
    pub fn holds(&self, words: &str) -> bool {
        let languages = self.what.iter().filter_map(What::languages).flat_map(|languages| languages.values());
        std::iter::once(&self.text).chain(languages).any(|text| text.contains(words))
    }

    /// What it says, in the language of `wording`.
    pub fn say(&self, wording: &Wording) -> String {
        self.what.as_ref().map_or_else(|| self.text.clone(), |what| wording.say(what))
    }
}

/// Tells `audience` something about a ticket.
pub async fn tell(context: &mut Context<'_>, ticket: Id, audience: &Audience, what: What) -> Result<()> {
    keep(context, Some(ticket), std::slice::from_ref(audience), what).await
}

/// Tells several audiences the same about a ticket; whoever is in more than one hears it once.
pub async fn tell_all(context: &mut Context<'_>, ticket: Id, audiences: &[Audience], what: What) -> Result<()> {
    keep(context, Some(ticket), audiences, what).await
}

/// Tells audiences something that is about no ticket.
pub async fn tell_beside_tickets(context: &mut Context<'_>, audiences: &[Audience], what: What) -> Result<()> {
    keep(context, None, audiences, what).await
}

async fn keep(context: &mut Context<'_>, ticket: Option<Id>, audiences: &[Audience], what: What) -> Result<()> {
    let urgent_ticket = match ticket {
        Some(ticket) => queries::priority(context.tx, ticket).await?.as_deref() == Some(Priority::Urgent.as_str()),
        None => false,
    };
    let mut told = Vec::new();
    for audience in audiences {
        let id = context.ids.next();
        queries::insert(context, id, ticket, audience.parts(), (&what, urgent_ticket)).await?;
        recipients::keep(context, (id, ticket), audience, &what, &mut told).await?;
        context.tx.announce(News::of(NOTICE, id, 0));
    }
    Ok(())
}

/// Tells the leads that nobody has the ticket and nobody is there to take it; or the team that has it, when somebody is in it.
pub async fn tell_whoever_is_there(context: &mut Context<'_>, ticket: &Ticket, what: What) -> Result<()> {
    let team = match ticket.team.as_deref() {
        Some(team) if !agents::loads(context.tx, team).await?.is_empty() => Some(team),
        _ => None,
    };
    tell(context, ticket.id, &Audience::team_or_leads(team), what).await
}

/// Tells the team that has the ticket, or the leads when no team has it.
pub async fn tell_team(context: &mut Context<'_>, ticket: &Ticket, what: What) -> Result<()> {
    tell(context, ticket.id, &Audience::team_or_leads(ticket.team.as_deref()), what).await
}

/// Tells whoever has the ticket, unless they did it themselves; says whether somebody has it.
pub async fn tell_assignee(context: &mut Context<'_>, ticket: &Ticket, what: What) -> Result<bool> {
    let Some(agent) = ticket.assignee else { return Ok(false) };
    let Some(agent) = agents::find_active(context.tx, agent).await? else { return Ok(false) };
    if Some(agent.id) != context.actor.agent_id() {
        tell(context, ticket.id, &Audience::agent(&agent), what).await?;
    }
    Ok(true)
}

/// Tells those who follow the ticket and may see it, but for whoever did it. Whose ticket it is follows it anyway and hears of it otherwise.
pub async fn tell_followers(context: &mut Context<'_>, ticket: &Ticket, what: What) -> Result<()> {
    let told_otherwise = [context.actor.agent_id(), ticket.assignee];
    let mut followers = followers::of_ticket(context.tx, ticket.id).await?;
    followers.retain(|agent| !told_otherwise.contains(&Some(agent.id)));
    let seeing = rights::who_see(context.tx, ticket.id, &followers).await?;
    let audiences: Vec<Audience> = seeing.iter().map(Audience::agent).collect();
    tell_all(context, ticket.id, &audiences, what).await
}

/// Tells whoever has a ticket that a clock of it is about to run out, or did, unless its playbook told them so at this moment.
pub async fn tell_of_clock(context: &mut Context<'_>, ticket: Id, what: What) -> Result<()> {
    let Some(ticket) = tickets::find(context.tx, ticket).await? else { return Ok(()) };
    let Some(agent) = ticket.assignee else { return Ok(()) };
    for kind in ["told-by-warning", "told-by-breach"] {
        if queries::was_told(context.tx, (ticket.id, agent), kind, context.now).await? {
            return Ok(());
        }
    }
    tell_assignee(context, &ticket, what).await.map(drop)
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
