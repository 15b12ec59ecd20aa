//! Agents: the people who work at the desk, the teams they belong to, and the tokens of programs.

pub mod keys;
pub mod named;
mod queries;
pub mod tokens;

use store::{Conn, Id, Tx};

use crate::{Actor, Context, Error, Result, Role};

/// Somebody who works at the desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agent {
    /// Their id.
    pub id: Id,
    /// Their name.
    pub name: String,
    /// Their mail address, lower-cased.
    pub address: String,
    /// Their role.
    pub role: Role,
}

impl Agent {
    /// The agent as the one who does something.
    pub fn as_actor(&self) -> Actor {
        Actor::Agent { id: self.id, name: self.name.clone(), role: self.role }
    }
}

/// A member of a team, and how much they have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Load {
    /// Who.
    pub agent: Agent,
    /// How many tickets of theirs, of whichever team, are open or pending.
    pub unfinished: i64,
}

/// An agent to be added.
#[derive(Clone, Debug)]
pub struct NewAgent {
    /// Their name.
    pub name: String,
    /// Their mail address.
    pub address: String,
    /// Their role.
    pub role: Role,
    /// The teams they belong to.
    pub teams: Vec<String>,
}

/// Adds an agent.
pub async fn add(context: &mut Context<'_>, agent: &NewAgent) -> Result<Id> {
    if agent.name.trim().is_empty() {
        return Err(Error::invalid_field("name", "required", "an agent needs a name"));
    }
    if !mail::address::is_plausible(&agent.address) {
        return Err(Error::invalid_field("email", "not-an-address", "this is no mail address"));
    }
    let id = context.ids.next();
    let address = agent.address.trim().to_lowercase();
    match queries::insert(context.tx, id, agent.name.trim(), &address, agent.role, context.now).await {
        Err(error) if error.is_constraint() => {
            return Err(Error::conflict("address-taken", "Another agent has this mail address."));
        }
        outcome => outcome?,
    }
    for team in &agent.teams {
        queries::join_team(context.tx, team, id).await?;
    }
    Ok(id)
}

/// Says which teams an agent belongs to, in place of those of before.
pub async fn set_teams(context: &mut Context<'_>, agent: Id, teams: &[String]) -> Result<()> {
    queries::leave_teams(context.tx, agent).await?;
    for team in teams {
        queries::join_team(context.tx, team, agent).await?;
    }
    Ok(())
}

/// The agent with this id.
pub async fn find(conn: &mut Conn, id: Id) -> Result<Option<Agent>> {
    Ok(queries::find(conn, id).await?)
}

/// The agent with this id, if they still work here.
pub async fn find_active(conn: &mut Conn, id: Id) -> Result<Option<Agent>> {
    Ok(queries::find_active(conn, id).await?)
}

/// The agent with this name who still works here; names need not be unique, so the first one added.
pub async fn find_by_name(conn: &mut Conn, name: &str) -> Result<Option<Agent>> {
    Ok(queries::find_by_name(conn, name).await?)
}

/// Every active agent, by name.
pub async fn all(conn: &mut Conn) -> Result<Vec<Agent>> {
    Ok(queries::all(conn).await?)
}

/// The active members of `team`, by name.
pub async fn members(conn: &mut Conn, team: &str) -> Result<Vec<Agent>> {
    Ok(queries::members(conn, team).await?)
}

/// The active member of `team` with the fewest tickets that are not yet closed, who may work on tickets, with how many these are; among
/// equals the one who joined the desk first. `None` for a team without such members.
pub async fn with_fewest_open(tx: &mut Tx, team: &str) -> Result<Option<Load>> {
    queries::lock_members(tx, team).await?;
    Ok(queries::loads(tx, team).await?.into_iter().next())
}

/// The active members of `team` in the order in which [`with_fewest_open`] chooses them, with what each has.
pub async fn loads(conn: &mut Conn, team: &str) -> Result<Vec<Load>> {
    Ok(queries::loads(conn, team).await?)
}

/// The teams that an agent belongs to.
pub async fn teams_of(conn: &mut Conn, agent: Id) -> Result<Vec<String>> {
    Ok(queries::teams_of(conn, agent).await?)
}
