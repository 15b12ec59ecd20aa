//! Starting a run: the ticket's first step, or a linked ticket's wait for its own transaction.

use playbook::{Event, Occurrence, Opens};
use serde_json::{Map, Value};

use super::advance::{Cause, judge_raised, keep, keep_fault};
use super::{Case, actions, facts, queries, queue};
use crate::tickets::Ticket;
use crate::{Context, Result};

/// What a run begins with.
#[derive(Clone, Copy)]
pub struct Opening<'a> {
    /// The rule of the playbook that let the ticket in, if one did.
    pub rule: Option<&'a Opens>,
    /// What the fields begin with.
    pub fields: &'a Map<String, Value>,
    /// The occurrence of the schedule that opens it, if one does.
    pub occurrence: Option<&'a Occurrence>,
}

/// Begins the run of a new ticket and stores it. `opened` carries the message that opened it. A playbook whose first step fails leaves
/// the ticket open and without a state; its team is told.
pub async fn start(
    context: &mut Context<'_>,
    mut case: Case,
    opening: Opening<'_>,
    opened: &Event,
    cause: &Cause,
) -> Result<()> {
    let facts = facts::gather(context, &mut case).await?;
    let playbook = case.playbook()?;
    let Opening { rule, fields, occurrence } = opening;
    let begun = playbook.begin_at(rule, occurrence, fields, &facts, opened, context.now).and_then(|mut step| {
        actions::prepare(&case, &playbook, &facts, opened, &mut step, context.now)?;
        Ok(step)
    });
    match begun {
        Ok(step) => {
            keep(context, &mut case, step, cause).await?;
            // What comes of it and nobody takes is no line of the history.
            let by_itself = Cause { by: cause.by.clone(), message: None };
            judge_raised(context, &mut case, &by_itself).await?;
        }
        Err(fault) => {
            case.run.fields = opening.fields.clone();
            case.ticket.fields = opening.fields.clone();
            keep_fault(context, &mut case, opened, &fault, cause).await?;
        }
    }
    case.store(context).await
}

/// Leaves the run of a linked ticket to begin in a transaction of its own, at its opener's revision.
pub async fn start_later(context: &mut Context<'_>, ticket: &Ticket, revision: i64) -> Result<()> {
    queries::insert_later(context.tx, ticket.id, &ticket.playbook, revision).await?;
    queue::put(context, ticket.id, queue::BEGIN, &Value::Null, true).await
}
