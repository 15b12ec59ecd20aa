//! Somebody works at the desk no longer.

use store::Id;

use super::Done;
use crate::notifications::{self, What};
use crate::{Context, Error, Result, accounts, dispatches, tickets};

/// An agent is sent away. Their sessions end at once, and the tickets that are not closed go back to their teams, which are told.
#[derive(Clone, Copy, Debug)]
pub struct SendAway {
    /// The agent.
    pub agent: Id,
}

impl SendAway {
    pub(super) async fn run(&self, context: &mut Context<'_>) -> Result<Done> {
        if context.actor.agent_id() == Some(self.agent) {
            return Err(Error::conflict("oneself", "Nobody sends themselves away.").advise("Ask another owner to."));
        }
        let account = accounts::require(context.tx, self.agent).await?;
        accounts::leave(context, self.agent).await?;
        dispatches::browsers::remove_of(context, self.agent).await?;
        let open = tickets::assign::open_of(context.tx, self.agent).await?;
        for id in &open {
            let mut ticket = tickets::lock(context, *id).await?;
            // It may have gone to somebody else since it was found.
            if ticket.assignee != Some(self.agent) {
                continue;
            }
            let before = ticket.clone();
            ticket.assignee = None;
            tickets::save(context, &before, &mut ticket).await?;
            let what = What::HandedBack { number: ticket.number, who: account.agent.name.clone() };
            notifications::tell_team(context, &ticket, what).await?;
        }
        Ok(Done::HandedBack(open.len()))
    }
}
