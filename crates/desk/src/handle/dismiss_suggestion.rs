//! An agent puts a suggestion aside: it is not sent.

use store::Id;

use super::Outcome;
use super::send_suggestion::find;
use crate::handbook::Handbooks;
use crate::runs::Case;
use crate::suggestions::{self, End};
use crate::{Context, Result};

/// The dismissal of a suggestion.
#[derive(Clone, Debug)]
pub struct DismissSuggestion {
    /// The ticket.
    pub ticket: Id,
    /// The suggestion that the agent had before them; `None` for whichever waits.
    pub suggestion: Option<Id>,
}

impl DismissSuggestion {
    pub(super) async fn run(&self, context: &mut Context<'_>, handbooks: &Handbooks) -> Result<Outcome> {
        let mut case = Case::load(context, handbooks, self.ticket).await?;
        find(context, self.ticket, self.suggestion).await?;
        suggestions::end(context, self.ticket, End::Dismissed).await?;
        case.touch();
        case.store(context).await?;
        Ok(Outcome::Ticket(self.ticket))
    }
}
