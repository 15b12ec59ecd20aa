//! Another database has answered.

use jiff::SignedDuration;
use store::{Id, failpoint};

use super::Outcome;
use crate::handbook::Handbooks;
use crate::lookups::{self, Heard};
use crate::runs::{self, Case, Cause, Judged};
use crate::{Context, Result};

/// How long until a question is put again whose answer a playbook failed on.
const AGAIN_AFTER: SignedDuration = SignedDuration::from_hours(1);

/// What came of a look-up's question.
#[derive(Clone, Debug)]
pub struct TakeAnswer {
    /// The ticket it was asked for.
    pub ticket: Id,
    /// The question. One that no longer waits moves nothing: it was answered before, or asked anew.
    pub asking: Id,
    /// What its run is told.
    pub heard: Heard,
}

impl TakeAnswer {
    pub(super) async fn run(&self, context: &mut Context<'_>, handbooks: &Handbooks) -> Result<Outcome> {
        let mut case = Case::load(context, handbooks, self.ticket).await?;
        let cause = Cause::actor(context);
        // What linked tickets sent comes first; it may have left the state that asked, or asked anew.
        let queue = runs::advance::drain(context, &mut case).await?;
        let mut moved = false;
        if let Some(asking) = lookups::find_waiting(context.tx, self.asking).await? {
            if asking.playbook == case.run.playbook {
                lookups::answered(context, asking.id).await?;
                let event = self.heard.event(&asking.name);
                let judged = runs::advance::take_in(context, &mut case, &event, &cause, queue).await?;
                moved = judged == Judged::Taken;
                if judged == Judged::Faulted {
                    lookups::ask_again(context, &asking, context.now + AGAIN_AFTER).await?;
                }
            } else {
                lookups::lapse(context, asking.id).await?;
            }
        }
        case.store(context).await?;
        failpoint::reached("lookups.answered");
        Ok(Outcome::Moved(moved))
    }
}
