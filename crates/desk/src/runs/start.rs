//! Starting a run: the ticket's first step, or a linked ticket's wait for its own transaction.

use playbook::{Event, Opens};
use serde_json::{Map, Value};
use store::Id;

use super::advance::{Cause, keep, keep_fault};
use super::{Case, actions, facts, queries, queue};
use crate::handbook::Handbooks;
use crate::{Context, Result, tickets};

/// What a run begins with.
#[derive(Clone, Copy)]
pub struct Opening<'a> {
    /// The rule of the playbook that let the ticket in, if one did.
    pub rule: Option<&'a Opens>,
    /// What the fields begin with.
    pub fields: &'a Map<String, Value>,
    /// The handbook revision it is pinned to.
    pub revision: i64,
}

/// Begins the run of a ticket whose row was just made. `opened` carries the message that opened it. A playbook whose first step
/// fails leaves the ticket open and without a state; its team is told.
pub async fn start(
    context: &mut Context<'_>,
    handbooks: &Handbooks,
    ticket: Id,
    playbook: &str,
    opening: Opening<'_>,
    opened: &Event,
    cause: &Cause,
) -> Result<Case> {
    queries::insert(context.tx, ticket, playbook, opening.revision).await?;
    let mut case = Case::load(context, handbooks, ticket).await?;
    let facts = facts::gather(context, &case).await?;
    let playbook = case.playbook()?;
    let begun = playbook.begin(opening.rule, opening.fields, &facts, opened, context.now).and_then(|mut step| {
        actions::prepare(&case, &playbook, &facts, opened, &mut step, context.now)?;
        Ok(step)
    });
    match begun {
        Ok(step) => {
            keep(context, &mut case, step, cause).await?;
        }
        Err(fault) => {
            case.run.fields = opening.fields.clone();
            case.ticket.fields = opening.fields.clone();
            keep_fault(context, &mut case, opened, &fault, cause).await?;
        }
    }
    Ok(case)
}

/// Leaves the run of a linked ticket to begin in a transaction of its own, with these fields, at its opener's revision.
pub async fn start_later(
    context: &mut Context<'_>,
    ticket: &mut tickets::Ticket,
    revision: i64,
    fields: Map<String, Value>,
) -> Result<()> {
    queries::insert(context.tx, ticket.id, &ticket.playbook, revision).await?;
    ticket.fields = fields;
    tickets::save(context, ticket).await?;
    queue::put(context, ticket.id, queue::BEGIN, &Value::Null, true).await
}
