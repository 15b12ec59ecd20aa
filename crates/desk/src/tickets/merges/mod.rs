//! Merged tickets. A merge moves no row: the ticket that was merged keeps its messages, people and run, says where it went, and is
//! closed meanwhile. Whoever shows or answers the other one asks here what else belongs to it.

mod queries;

use jiff::Timestamp;
use playbook::Status;
use store::{Conn, Id};

use super::Ticket;
use crate::rights::Scope;
use crate::{Context, Result};

/// How many tickets, merged into each other, are followed at most.
const DEPTH_MAX: i64 = 50;

/// A ticket that was merged into another one.
#[derive(Clone, Debug)]
pub struct Merged {
    /// The ticket.
    pub ticket: Ticket,
    /// Who merged it, by name.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// How a ticket stood before it was merged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Before {
    /// Its status.
    pub status: Status,
    /// Whom it waited on.
    pub waiting_on: String,
    /// When it was closed, if it was.
    pub closed_at: Option<Timestamp>,
    /// When it was merged.
    pub merged_at: Timestamp,
}

/// Merges `ticket` into `into`: it is closed, and snoozed no longer, until it is taken out again. Its run is not touched here.
pub async fn join(context: &mut Context<'_>, ticket: &mut Ticket, into: Id) -> Result<()> {
    let before = ticket.clone();
    let by = context.actor.name();
    queries::insert(context.tx, &before, into, by, context.now).await?;
    ticket.status = Status::Closed;
    "nobody".clone_into(&mut ticket.waiting_on);
    ticket.closed_at = Some(context.now);
    ticket.snoozed_until = None;
    ticket.merged_into = Some(into);
    super::save(context, &before, ticket).await
}

/// Takes a merged ticket out again: it stands as it stood before; how that was.
pub async fn part(context: &mut Context<'_>, ticket: &mut Ticket) -> Result<Option<Before>> {
    let Some(stood) = queries::take(context.tx, ticket.id).await? else { return Ok(None) };
    let before = ticket.clone();
    ticket.status = stood.status;
    ticket.waiting_on.clone_from(&stood.waiting_on);
    ticket.closed_at = stood.closed_at;
    ticket.merged_into = None;
    super::save(context, &before, ticket).await?;
    Ok(Some(stood))
}

/// The ticket that goes on for this one: itself, unless it was merged.
pub async fn root(conn: &mut Conn, ticket: Id) -> Result<Id> {
    Ok(queries::root(conn, ticket, DEPTH_MAX).await?.unwrap_or(ticket))
}

/// The ticket that goes on for this one, with its number and subject; `None` where it was not merged, or into one that `scope` does not see.
pub async fn onward(conn: &mut Conn, scope: Scope, ticket: Id) -> Result<Option<(Id, i64, String)>> {
    let root = root(conn, ticket).await?;
    if root == ticket || !scope.sees(conn, root).await? {
        return Ok(None);
    }
    Ok(super::find(conn, root).await?.map(|ticket| (ticket.id, ticket.number, ticket.subject)))
}

/// The tickets that were merged into this one, directly or by another one that was; oldest first.
pub async fn parts(conn: &mut Conn, ticket: Id) -> Result<Vec<Id>> {
    Ok(queries::parts(conn, ticket, DEPTH_MAX).await?)
}

/// The tickets that were merged into this one directly, oldest first, as their lists show them.
pub async fn into_this(conn: &mut Conn, ticket: Id) -> Result<Vec<Merged>> {
    Ok(queries::into_this(conn, ticket).await?)
}

/// Who merged a ticket, by name, and when; `None` for one that is not.
pub async fn merge_of(conn: &mut Conn, ticket: Id) -> Result<Option<(String, Timestamp)>> {
    Ok(queries::merge_of(conn, ticket).await?)
}
