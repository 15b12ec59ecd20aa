//! A reply that waits is taken back: its words are its writer's draft again.

use jiff::SignedDuration;
use store::Id;

use super::change_sending::find;
use crate::handbook::Handbooks;
use crate::handle::Outcome;
use crate::notifications::{self, Audience, What};
use crate::runs::Case;
use crate::{Context, Result, agents, drafts, sendings, suggestions, tickets};

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

/// Whoever wrote it hears of it when somebody else took it back.
async fn tell_writer(context: &mut Context<'_>, case: &Case, writer: Option<Id>) -> Result<()> {
    let Some(writer) = writer.filter(|writer| context.actor.agent_id() != Some(*writer)) else { return Ok(()) };
    let Some(writer) = agents::find_active(context.tx, writer).await? else { return Ok(()) };
    let what = What::TakenBack { who: context.actor.name().to_owned(), number: case.ticket.number };
    notifications::tell(context, case.ticket.id, &Audience::agent(&writer), what).await
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
        tell_writer(context, &case, sending.author.id).await?;
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
