//! Somebody looks at a ticket: what stands there is read.

use jiff::Timestamp;
use store::Id;

use super::Outcome;
use crate::notifications::own::{self, Which};
use crate::tickets::seen;
use crate::{Context, Result};

/// An agent has a ticket before them. It changes nothing for anybody else, and no ticket is locked for it.
#[derive(Clone, Copy, Debug)]
pub struct LookAt {
    /// The ticket.
    pub ticket: Id,
    /// Its last change, as they see it.
    pub changed_at: Timestamp,
}

impl LookAt {
    pub(super) async fn run(&self, context: &mut Context<'_>) -> Result<Outcome> {
        let Some(agent) = context.actor.agent_id() else { return Ok(Outcome::Moved(false)) };
        seen::keep(context, agent, self.ticket, self.changed_at).await?;
        own::read(context, agent, &Which::OnTicket(self.ticket)).await?;
        Ok(Outcome::Moved(true))
    }
}
