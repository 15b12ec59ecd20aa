//! An agent gives a ticket to somebody: the line that history keeps, and the word to whoever has it now. No step is taken; the next
//! one sees who has it.

use playbook::Trace;

use super::Case;
use super::advance::Cause;
use super::history::{NewEntry, record};
use crate::agents::Agent;
use crate::notifications::{self, Audience};
use crate::{Context, Result};

/// The event that history keeps; its trace's note is the name of whoever has the ticket now, nothing when nobody has.
pub const ASSIGNED: &str = "assigned";

/// Notes that the ticket went to `agent`, or to nobody, and tells them unless they took it themselves. The caller stores the case.
pub async fn keep(context: &mut Context<'_>, case: &mut Case, agent: Option<&Agent>) -> Result<()> {
    case.look_again();
    case.touch();
    let state = case.run.state.clone();
    let trace = Trace {
        event: ASSIGNED.to_owned(),
        from: Some(state.clone()),
        to: state.clone(),
        note: agent.map(|agent| agent.name.clone()),
        ..Trace::default()
    };
    let cause = Cause::actor(context);
    let entry = NewEntry {
        ticket: case.ticket.id,
        step: case.run.step,
        event: ASSIGNED,
        from: Some(&state),
        to: Some(&state),
        by: &cause.by,
        message: None,
        trace: serde_json::to_string(&trace).unwrap_or_default(),
        fault: None,
    };
    record(context, &entry).await?;
    match agent {
        Some(agent) if Some(agent.id) != context.actor.agent_id() => {
            let words = format!("{} gave you ticket {}.", context.actor.name(), case.ticket.number);
            notifications::tell(context, case.ticket.id, &Audience::Person(agent.name.clone()), &words).await
        }
        _ => Ok(()),
    }
}
