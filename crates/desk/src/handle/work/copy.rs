//! Somebody is put in copy of what the desk says on a ticket, or taken out of it.

use mail::Address;
use store::Id;

use crate::handbook::Handbooks;
use crate::handle::{Outcome, reply};
use crate::runs::{Case, by_hand};
use crate::tickets::participants;
use crate::{Context, Result, tickets};

/// Whether somebody gets in copy what people of the desk say from now on. To whom it is so already it changes nothing.
#[derive(Clone, Debug)]
pub struct Copy {
    /// The ticket; where its team writes on its opener's thread, the copies are of that one.
    pub ticket: Id,
    /// Who: an address, with the name that mails give it.
    pub who: Address,
    /// Whether they are in copy from now on.
    pub in_copy: bool,
}

impl Copy {
    pub(super) async fn run(&self, context: &mut Context<'_>, handbooks: &Handbooks) -> Result<Outcome> {
        let mut case = Case::load(context, handbooks, self.ticket).await?;
        let thread = reply::opener_of_conversation(context, &case).await?.map_or(self.ticket, |opener| opener.id);
        let (changed, event) = match self.in_copy {
            true => (participants::copy(context, thread, &self.who).await?, by_hand::COPIED),
            false => (participants::leave_out(context, thread, &self.who).await?, by_hand::LEFT_OUT),
        };
        if changed {
            by_hand::note(context, &mut case, event, Some(self.who.key())).await?;
            case.store(context).await?;
            if thread != self.ticket {
                tickets::touch(context, thread).await?;
            }
        }
        Ok(Outcome::Ticket(self.ticket))
    }
}
