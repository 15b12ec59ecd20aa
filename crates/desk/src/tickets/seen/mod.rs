//! Who has seen which change of which ticket: what is unread in an inbox. A matter of each agent alone; a program reads nothing.

mod queries;

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use playbook::Status;
use store::{Conn, Id};

use super::Ticket;
use crate::{Actor, Context, Result};

/// Those of `tickets` of which `actor` has not seen the last change. Of one that they never looked at they know what changed before
/// they came, or before they called everything read; and nobody needs to read what was closed meanwhile.
pub async fn unread(conn: &mut Conn, actor: &Actor, tickets: &[&Ticket]) -> Result<BTreeSet<Id>> {
    let Some(agent) = actor.agent_id() else { return Ok(BTreeSet::new()) };
    if tickets.is_empty() {
        return Ok(BTreeSet::new());
    }
    let known = queries::read_until(conn, agent).await?.unwrap_or_default();
    let seen: BTreeMap<Id, Timestamp> =
        queries::seen(conn, agent, tickets.iter().map(|ticket| ticket.id)).await?.into_iter().collect();
    let is_unread = |ticket: &&&Ticket| match seen.get(&ticket.id) {
        Some(changed_at) => *changed_at != ticket.updated_at,
        None => ticket.updated_at > known && ticket.status != Status::Closed,
    };
    Ok(tickets.iter().filter(is_unread).map(|ticket| ticket.id).collect())
}

/// The change of a ticket that `agent` saw last; `None` when they never looked.
pub async fn last(conn: &mut Conn, agent: Id, ticket: Id) -> Result<Option<Timestamp>> {
    Ok(queries::seen(conn, agent, [ticket]).await?.pop().map(|(_, changed_at)| changed_at))
}

/// The actor has seen the change of `changed_at`.
pub async fn keep(context: &mut Context<'_>, agent: Id, ticket: Id, changed_at: Timestamp) -> Result<()> {
    Ok(queries::keep(context.tx, agent, ticket, changed_at).await?)
}

/// What stands about a ticket is as it was before: seen at `changed_at`, or never.
pub async fn put_back(context: &mut Context<'_>, agent: Id, ticket: Id, changed_at: Option<Timestamp>) -> Result<()> {
    match changed_at {
        Some(changed_at) => keep(context, agent, ticket, changed_at).await,
        None => Ok(queries::forget(context.tx, agent, ticket).await?),
    }
}

/// The ticket is about to change by this actor: when they had seen what stood before, they have seen this too.
pub(super) async fn keep_up(context: &mut Context<'_>, ticket: Id) -> Result<()> {
    match context.actor.agent_id() {
        Some(agent) => Ok(queries::keep_up(context.tx, agent, ticket, context.now).await?),
        None => Ok(()),
    }
}
