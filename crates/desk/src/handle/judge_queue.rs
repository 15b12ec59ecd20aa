//! What linked tickets sent is looked at, each ticket in a transaction of its own.

use store::{Id, failpoint};

use super::Outcome;
use crate::handbook::Handbooks;
use crate::runs::{self, Case};
use crate::{Context, Result};

/// Judges what waits in a ticket's queue.
#[derive(Clone, Debug)]
pub struct JudgeQueue {
    /// The ticket.
    pub ticket: Id,
}

impl JudgeQueue {
    pub(super) async fn run(&self, context: &mut Context<'_>, handbooks: &Handbooks) -> Result<Outcome> {
        let mut case = Case::load(context, handbooks, self.ticket).await?;
        runs::advance::drain(context, &mut case).await?;
        case.store(context).await?;
        failpoint::reached("queue.judged");
        Ok(Outcome::Moved(true))
    }
}
