//! Something due that the desk itself failed on gives way, so that what is due behind it is not held up.

use jiff::SignedDuration;
use store::Id;

use super::Outcome;
use crate::notifications::{self, What};
use crate::runs::queue;
use crate::{Context, Error, Result, questions, sendings, suggestions, tickets, timers};

/// How long until it is tried again.
const AGAIN_AFTER: SignedDuration = SignedDuration::from_hours(1);

/// What gives way: the ticket's due timers and whatever else it would do by itself, or its queue.
#[derive(Clone, Debug)]
pub struct GiveWay {
    /// The ticket.
    pub ticket: Id,
    /// Why, for its team.
    pub reason: String,
}

impl GiveWay {
    pub(super) async fn run(&self, context: &mut Context<'_>) -> Result<Outcome> {
        let ticket = tickets::find(context.tx, self.ticket).await?.ok_or_else(|| Error::not_found("ticket"))?;
        let until = context.now + AGAIN_AFTER;
        timers::postpone(context, self.ticket, until).await?;
        suggestions::postpone(context, self.ticket, until).await?;
        questions::postpone(context, self.ticket, until).await?;
        tickets::look_at_due(context, self.ticket).await?;
        sendings::postpone(context, self.ticket, until).await?;
        queue::park(context, self.ticket).await?;
        let what = What::DeskFailed { number: ticket.number, reason: self.reason.clone() };
        notifications::tell_team(context, &ticket, what).await?;
        Ok(Outcome::Moved(false))
    }
}
