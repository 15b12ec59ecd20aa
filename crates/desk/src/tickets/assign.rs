//! Assigning a ticket: the action of a playbook, and an agent's own choice.

use playbook::Effect;
use serde_json::Value;
use store::{Conn, Id};

use super::{Ticket, queries};
use crate::agents::Agent;
use crate::{Context, Error, Result, Role, agents};

/// `assign: {team, by: fewest_open}` or `assign: {to: NAME}`. A team without members leaves the ticket with the team and
/// nobody; that is told by the caller, since a ticket that nobody has is a ticket that may be forgotten.
pub async fn perform(context: &mut Context<'_>, ticket: &mut Ticket, effect: &Effect) -> Result<Assigned> {
    let argument = |name: &str| effect.arguments.get(name).and_then(Value::as_str);
    if let Some(name) = argument("to") {
        let agent = agents::find_by_name(context.tx, name).await?;
        ticket.assignee = agent.filter(|agent| agent.role != Role::Collaborator).map(|agent| agent.id);
        return Ok(if ticket.assignee.is_some() { Assigned::Somebody } else { Assigned::Nobody });
    }
    let team = argument("team").map(str::to_owned).or_else(|| ticket.team.clone());
    let Some(team) = team else { return Ok(Assigned::Nobody) };
    let least = agents::with_fewest_open(context.tx, &team).await?;
    if argument("by") == Some("free") && least.as_ref().is_some_and(|load| load.unfinished > 0) {
        return Ok(Assigned::AllBusy);
    }
    ticket.assignee = least.map(|load| load.agent.id);
    ticket.team = Some(team);
    Ok(if ticket.assignee.is_some() { Assigned::Somebody } else { Assigned::Nobody })
}

/// What came of an assignment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Assigned {
    /// An agent has it.
    Somebody,
    /// Nobody could be found.
    Nobody,
    /// Nobody is free now; whoever has the ticket keeps it.
    AllBusy,
}

/// An agent gives the ticket to somebody, or to nobody; who has it now, `None` when they had it before.
pub async fn by_hand(
    context: &mut Context<'_>,
    ticket: &mut Ticket,
    agent: Option<Id>,
) -> Result<Option<Option<Agent>>> {
    if ticket.assignee == agent {
        return Ok(None);
    }
    let found = match agent {
        Some(id) => {
            let agent = agents::find_active(context.tx, id).await?.filter(|agent| agent.role != Role::Collaborator);
            Some(agent.ok_or_else(no_such_agent)?)
        }
        None => None,
    };
    ticket.assignee = agent;
    Ok(Some(found))
}

fn no_such_agent() -> Error {
    Error::invalid_field("assignee", "no-such-agent", "there is no such agent")
}

/// The tickets that an agent has and that are not closed, oldest first.
pub async fn open_of(conn: &mut Conn, agent: Id) -> Result<Vec<Id>> {
    Ok(queries::open_of(conn, agent).await?)
}
