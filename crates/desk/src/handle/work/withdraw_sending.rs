//! A reply that waits is taken back: its words are its writer's draft again.

use jiff::SignedDuration;
use store::Id;

use super::change_sending::find;
use crate::handbook::Handbooks;
use crate::handle::Outcome;
use crate::runs::Case;
use crate::{Context, Result, drafts, sendings, suggestions, tickets};

/// How long a suggestion whose hour has passed meanwhile still waits, so that it does not leave while its reader goes on writing.
const GRACE: SignedDuration = SignedDuration::from_mins(15);

/// The taking back of a reply.
#[derive(Clone, Debug)]
pub struct WithdrawSending {
    /// The ticket.
    pub ticket: Id,
    /// The reply.
    pub sending: Id,
}

impl WithdrawSending {
    pub(super) async fn run(&self, context: &mut Context<'_>, handbooks: &Handbooks) -> Result<Outcome> {
        let case = Case::load(context, handbooks, self.ticket).await?;
        let sending = find(context, self.ticket, self.sending).await?;
        let files = sendings::files(context.tx, sending.id).await?;
        sendings::remove(context, sending.id).await?;
        let reply =
            drafts::Returned { writer: &sending.writer, party: &sending.party, text: &sending.text, files: &files };
        drafts::bring_back(context, self.ticket, &reply).await?;
        if !sendings::waits_on(context.tx, self.ticket).await? {
            let earliest = Some(context.now + GRACE);
            suggestions::resume(context, self.ticket, earliest).await?;
            let opener = crate::handle::reply::opener_of_conversation(context, &case).await?;
            if let Some(opener) = opener {
                suggestions::resume(context, opener.id, earliest).await?;
            }
        }
        tickets::mark_changed(context, self.ticket).await?;
        Ok(Outcome::Ticket(self.ticket))
    }
}
