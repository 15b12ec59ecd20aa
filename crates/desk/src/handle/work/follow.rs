//! An agent follows a ticket that is not theirs, or follows it no longer.

use store::Id;

use crate::handle::Outcome;
use crate::tickets::{self, followers};
use crate::{Context, Error, Result};

/// Whether somebody hears of a ticket. To whom it is so already it changes nothing.
#[derive(Clone, Debug)]
pub struct Follow {
    /// The ticket.
    pub ticket: Id,
    /// Whether they follow it from now on.
    pub follows: bool,
}

impl Follow {
    pub(super) async fn run(&self, context: &mut Context<'_>) -> Result<Outcome> {
        let Some(agent) = context.actor.agent_id() else {
            return Err(Error::conflict("nobody", "A program follows no ticket: there is nobody to be told.")
                .advise("Use a token of somebody's own."));
        };
        tickets::lock(context, self.ticket).await?;
        let changed = match self.follows {
            true => followers::follow(context, self.ticket, agent).await?,
            false => followers::unfollow(context, self.ticket, agent).await?,
        };
        if changed {
            tickets::mark_changed(context, self.ticket).await?;
        }
        Ok(Outcome::Ticket(self.ticket))
    }
}
