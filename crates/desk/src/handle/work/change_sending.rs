//! A reply that waits is sent at another time, or at once.

use jiff::Timestamp;
use store::Id;

use super::send_later::thread_of;
use crate::handbook::Handbooks;
use crate::handle::Outcome;
use crate::runs::Case;
use crate::sendings::{self, Sending};
use crate::{Context, Error, Result, messages, tickets};

/// Another time for a reply that waits. Whoever says it has read what was said meanwhile, so that this holds it back no longer.
#[derive(Clone, Debug)]
pub struct ChangeSending {
    /// The ticket.
    pub ticket: Id,
    /// The reply.
    pub sending: Id,
    /// When it leaves; `None` for at once.
    pub at: Option<Timestamp>,
}

impl ChangeSending {
    pub(super) async fn run(&self, context: &mut Context<'_>, handbooks: &Handbooks) -> Result<Outcome> {
        let case = Case::load(context, handbooks, self.ticket).await?;
        let sending = find(context, self.ticket, self.sending).await?;
        let party = Some(sending.party.as_str()).filter(|party| !party.is_empty());
        let thread = thread_of(context, &case, party).await?;
        let seen = messages::newest_public(context.tx, thread).await?;
        let at = self.at.map_or(context.now, |at| at.max(context.now));
        sendings::set_time(context, &sending, at, seen).await?;
        tickets::mark_changed(context, self.ticket).await?;
        Ok(Outcome::Sending(self.ticket, self.sending))
    }
}

/// A reply that waits on a locked ticket.
///
/// # Errors
/// `left-already` when it does not: it has left, or somebody took it back.
pub(super) async fn find(context: &mut Context<'_>, ticket: Id, sending: Id) -> Result<Sending> {
    let found = sendings::find(context.tx, sending).await?.filter(|found| found.ticket == ticket);
    found.ok_or_else(|| {
        Error::conflict("left-already", "This reply no longer waits: it has left, or somebody took it back.")
            .advise("Look at the ticket as it stands now.")
    })
}
