//! A snoozed ticket comes back into the inboxes, because its time is up.

use store::Id;

use super::Outcome;
use crate::handbook::Handbooks;
use crate::notifications::{self, What};
use crate::runs::{Case, by_hand};
use crate::{Context, Result};

/// The end of a snooze. One that was ended or put off meanwhile does nothing.
#[derive(Clone, Copy, Debug)]
pub struct Wake {
    /// The ticket.
    pub ticket: Id,
}

impl Wake {
    pub(super) async fn run(&self, context: &mut Context<'_>, handbooks: &Handbooks) -> Result<Outcome> {
        let mut case = Case::load(context, handbooks, self.ticket).await?;
        if case.ticket.snoozed_until.is_none_or(|until| until > context.now) {
            return Ok(Outcome::Moved(false));
        }
        case.ticket.snoozed_until = None;
        by_hand::note(context, &mut case, by_hand::WOKEN, None).await?;
        case.store(context).await?;
        let what = What::CameBack { number: case.ticket.number };
        if !notifications::tell_assignee(context, &case.ticket, what.clone()).await? {
            notifications::tell_team(context, &case.ticket, what).await?;
        }
        Ok(Outcome::Moved(true))
    }
}
