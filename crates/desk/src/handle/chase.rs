//! Colleagues who have not answered are asked again.

use store::Id;

use super::Outcome;
use crate::handbook::Handbooks;
use crate::runs::Case;
use crate::runs::actions::ask::next_chase;
use crate::{Context, Result, questions, tickets};

/// Asking once more.
#[derive(Clone, Debug)]
pub struct Chase {
    /// The ticket.
    pub ticket: Id,
    /// The question. One that is no longer open, or not due, does nothing.
    pub question: Id,
}

impl Chase {
    pub(super) async fn run(&self, context: &mut Context<'_>, handbooks: &Handbooks) -> Result<Outcome> {
        let mut case = Case::load(context, handbooks, self.ticket).await?;
        let question = questions::find(context.tx, self.question).await?;
        let due = |question: &questions::Question| question.chase_at.is_some_and(|at| at <= context.now);
        let Some(question) = question.filter(due) else { return Ok(Outcome::Moved(false)) };
        // Counted from now: whoever comes back after a week is asked once, not seven times.
        let next = match &question.chase {
            Some(span) => Some(next_chase(context, &mut case, span).await?),
            None => None,
        };
        questions::chase(context, &question, next).await?;
        tickets::look_at_due(context, self.ticket).await?;
        Ok(Outcome::Moved(true))
    }
}
