//! Whom a ticket can be given to, as its page shows it.

use std::collections::BTreeSet;

use desk::Result;
use desk::agents::{self, Agent};
use desk::runs::view::TicketView;
use store::{Conn, Id};

use super::owner::{Colleague, Owner};
use crate::pages::person::Person;
use crate::pages::visit::Visit;

/// The menu of a ticket's owner: the viewer, the ticket's team, everybody else.
pub async fn owner(conn: &mut Conn, visit: &Visit, view: &TicketView) -> Result<Owner> {
    let present = view.assignee.as_ref();
    let team: BTreeSet<Id> = match &view.ticket.team {
        Some(team) => agents::members(conn, team).await?.into_iter().map(|agent| agent.id).collect(),
        None => BTreeSet::new(),
    };
    let colleague = |agent: &Agent| Colleague {
        id: agent.id.to_string(),
        person: Person::new(&agent.name, &agent.address),
        chosen: present.is_some_and(|present| present.id == agent.id),
    };
    let me = visit.actor().agent_id();
    let mut owner =
        Owner { present: present.map(|agent| Person::new(&agent.name, &agent.address)), ..Owner::default() };
    for agent in agents::all(conn).await? {
        match agent.id {
            id if Some(id) == me => owner.me = Some(colleague(&agent)),
            id if team.contains(&id) => owner.team.push(colleague(&agent)),
            _ => owner.others.push(colleague(&agent)),
        }
    }
    Ok(owner)
}
