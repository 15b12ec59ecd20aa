//! An agent gives a ticket to somebody, or to nobody.

use store::Id;

use super::Outcome;
use crate::handbook::Handbooks;
use crate::runs::{Case, assigned};
use crate::{Context, Result, tickets};

/// An assignment by hand. To whoever has the ticket already it changes nothing.
#[derive(Clone, Debug)]
pub struct Assign {
    /// The ticket.
    pub ticket: Id,
    /// The agent; `None` for nobody.
    pub agent: Option<Id>,
}

impl Assign {
    pub(super) async fn run(&self, context: &mut Context<'_>, handbooks: &Handbooks) -> Result<Outcome> {
        let mut case = Case::load(context, handbooks, self.ticket).await?;
        if let Some(agent) = tickets::assign::by_hand(context, &mut case.ticket, self.agent).await? {
            assigned::keep(context, &mut case, agent.as_ref()).await?;
            case.store(context).await?;
        }
        Ok(Outcome::Ticket(self.ticket))
    }
}
