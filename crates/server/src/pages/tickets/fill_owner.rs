//! Whom a ticket can be given to, as its page shows it.

use std::collections::BTreeSet;

use desk::Result;
use desk::agents::{self, Agent};
use desk::runs::view::TicketView;
use store::Conn;

use super::owner::{Colleague, Others, Owner};
use crate::pages::person::Person;
use crate::pages::visit::Visit;

/// How many of a team stand in the menu before it is opened; the rest come with everybody else.
const TEAM_SHOWN: usize = 8;

/// The menu of a ticket's owner: the viewer, then the ticket's team, as far as it is small.
pub async fn owner(conn: &mut Conn, visit: &Visit, view: &TicketView) -> Result<Owner> {
    let team = match &view.ticket.team {
        Some(team) => agents::members(conn, team).await?,
        None => Vec::new(),
    };
    let me = match visit.actor().agent_id() {
        Some(me) => agents::find_active(conn, me).await?,
        None => None,
    };
    Ok(Owner {
        present: view.assignee.as_ref().map(|agent| Person::new(&agent.name, &agent.address)),
        me: me.as_ref().map(|me| colleague(view, me)),
        team: team
            .iter()
            .filter(|agent| me.as_ref().is_none_or(|me| me.id != agent.id))
            .take(TEAM_SHOWN)
            .map(|agent| colleague(view, agent))
            .collect(),
    })
}

/// Everybody else.
pub async fn others(conn: &mut Conn, visit: &Visit, view: &TicketView) -> Result<Others> {
    let owner = owner(conn, visit, view).await?;
    let named: BTreeSet<&str> = owner.me.iter().chain(&owner.team).map(|colleague| colleague.id.as_str()).collect();
    let all = agents::all(conn).await?;
    let colleagues = all.iter().map(|agent| colleague(view, agent));
    let colleagues = colleagues.filter(|colleague| !named.contains(colleague.id.as_str())).collect();
    Ok(Others {
        ticket: view.ticket.id.to_string(),
        number: view.ticket.number.to_string(),
        subject: view.ticket.subject.clone(),
        owner,
        colleagues,
    })
}

fn colleague(view: &TicketView, agent: &Agent) -> Colleague {
    Colleague {
        id: agent.id.to_string(),
        person: Person::new(&agent.name, &agent.address),
        chosen: view.assignee.as_ref().is_some_and(|present| present.id == agent.id),
    }
}
