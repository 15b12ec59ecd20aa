//! An agent gives a ticket to somebody: the line that history keeps, and the word to whoever has it now. No step is taken; the next
//! one sees who has it.

use super::{Case, by_hand};
use crate::agents::Agent;
use crate::notifications::{self, Audience, What};
use crate::{Context, Result};

/// The event that history keeps; its trace's note is the name of whoever has the ticket now, nothing when nobody has.
pub const ASSIGNED: &str = "assigned";

/// Notes that the ticket went to `agent`, or to nobody, and tells them unless they took it themselves. The caller stores the case.
pub async fn keep(context: &mut Context<'_>, case: &mut Case, agent: Option<&Agent>) -> Result<()> {
    case.look_again();
    by_hand::note(context, case, ASSIGNED, agent.map(|agent| agent.name.clone())).await?;
    match agent {
        Some(agent) if Some(agent.id) != context.actor.agent_id() => {
            let what = What::Assigned { who: context.actor.name().to_owned(), number: case.ticket.number };
            notifications::tell(context, case.ticket.id, &Audience::agent(agent), what).await
        }
        _ => Ok(()),
    }
}
