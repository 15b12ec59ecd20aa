//! What somebody may do, and the teams that they belong to.

use store::Id;

use super::Done;
use crate::accounts;
use crate::agents;
use crate::handbook::Handbooks;
use crate::{Context, Error, Result, Role};

/// An agent gets another role; their sessions end.
#[derive(Clone, Copy, Debug)]
pub struct ChangeRole {
    /// The agent.
    pub agent: Id,
    /// Their role from now on.
    pub role: Role,
}

impl ChangeRole {
    pub(super) async fn run(&self, context: &mut Context<'_>) -> Result<Done> {
        accounts::change_role(context, self.agent, self.role).await?;
        Ok(Done::Agent(self.agent))
    }
}

/// An agent belongs to these teams and no others.
#[derive(Clone, Debug)]
pub struct SetTeams {
    /// The agent.
    pub agent: Id,
    /// Teams of today's handbook, by name.
    pub teams: Vec<String>,
}

impl SetTeams {
    pub(super) async fn run(&self, context: &mut Context<'_>, handbooks: &Handbooks) -> Result<Done> {
        accounts::require(context.tx, self.agent).await?;
        require_teams(context, handbooks, &self.teams).await?;
        agents::set_teams(context, self.agent, &self.teams).await?;
        Ok(Done::Agent(self.agent))
    }
}

/// Refuses a team that today's handbook does not have.
pub(super) async fn require_teams(context: &mut Context<'_>, handbooks: &Handbooks, teams: &[String]) -> Result<()> {
    let handbook = handbooks.current(context.tx).await?;
    match teams.iter().find(|team| !handbook.desk.teams.contains_key(*team)) {
        None => Ok(()),
        Some(team) => Err(Error::invalid_field("teams", "no-such-team", format!("the handbook has no team {team:?}"))),
    }
}
