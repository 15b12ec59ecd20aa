//! What happened to a ticket, step by step, and why. Append-only; holds no message's words.

use jiff::Timestamp;
use playbook::{Done, Fault, Trace};
use store::{Conn, Id};

use super::advance::Cause;
use super::queries;
use crate::messages::Author;
use crate::rights::Scope;
use crate::{Context, Result};

/// One step, or one event that moved nothing.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its id.
    pub id: Id,
    /// The run's step number after it.
    pub step: i64,
    /// The event.
    pub event: String,
    /// The state before; `None` when the run began.
    pub from: Option<String>,
    /// The state after.
    pub to: Option<String>,
    /// Who caused it.
    pub by: Author,
    /// The message that caused it.
    pub message: Option<Id>,
    /// Which line of which file did what, and with which values.
    pub trace: Option<Trace>,
    /// What went wrong, when nothing moved because of it.
    pub fault: Option<Fault>,
    /// When.
    pub created_at: Timestamp,
}

/// An entry to be written.
pub(super) struct NewEntry<'a> {
    pub(super) ticket: Id,
    pub(super) step: u64,
    pub(super) event: &'a str,
    pub(super) from: Option<&'a str>,
    pub(super) to: Option<&'a str>,
    pub(super) by: &'a Author,
    pub(super) message: Option<Id>,
    pub(super) trace: String,
    pub(super) fault: Option<String>,
}

/// Writes an entry; answers its id.
pub(super) async fn record(context: &mut Context<'_>, entry: &NewEntry<'_>) -> Result<Id> {
    let id = context.ids.next();
    queries::record(context.tx, id, entry, context.now).await?;
    Ok(id)
}

/// Says in an entry what came of its step's actions, which are carried out after it is written and in the same transaction.
pub(super) async fn complete(context: &mut Context<'_>, entry: Id, trace: &Trace, done: Vec<Done>) -> Result<()> {
    if done.is_empty() {
        return Ok(());
    }
    let trace = Trace { done, ..trace.clone() };
    Ok(queries::complete(context.tx, entry, &serde_json::to_string(&trace)?).await?)
}

/// Where a ticket stands while something is done to it that moves nothing.
pub(super) struct Stands<'a> {
    pub(super) ticket: Id,
    pub(super) step: u64,
    pub(super) state: &'a str,
}

/// Writes a line about what the actor did to a ticket that stays where it is: the event, and whatever else `trace` says of it.
pub(super) async fn remark(
    context: &mut Context<'_>,
    stands: &Stands<'_>,
    trace: Trace,
    message: Option<Id>,
) -> Result<()> {
    let trace = Trace { from: Some(stands.state.to_owned()), to: stands.state.to_owned(), ..trace };
    let cause = Cause::actor(context);
    let entry = NewEntry {
        ticket: stands.ticket,
        step: stands.step,
        event: &trace.event,
        from: Some(stands.state),
        to: Some(stands.state),
        by: &cause.by,
        message,
        trace: serde_json::to_string(&trace).unwrap_or_default(),
        fault: None,
    };
    record(context, &entry).await.map(drop)
}

/// The history of a ticket that `scope` may see, oldest first; the newest `limit` entries.
pub async fn of_ticket(conn: &mut Conn, scope: Scope, ticket: Id, limit: u32) -> Result<Vec<Entry>> {
    scope.require(conn, ticket).await?;
    Ok(queries::history(conn, ticket, limit).await?)
}
