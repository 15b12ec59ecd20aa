//! Nobody sent what was suggested: it is sent by itself.

use store::Id;

use super::Outcome;
use crate::handbook::Handbooks;
use crate::runs::actions::reply::{self, Canned};
use crate::runs::{self, Case, Cause};
use crate::suggestions::{self, End, Suggestion};
use crate::{Context, Result};

/// The sending of a suggestion whose time is up.
#[derive(Clone, Debug)]
pub struct SuggestionDue {
    /// The ticket.
    pub ticket: Id,
    /// The suggestion, as it was found due. One that waits no longer does nothing: something else came first.
    pub suggestion: Id,
}

impl SuggestionDue {
    pub(super) async fn run(&self, context: &mut Context<'_>, handbooks: &Handbooks) -> Result<Outcome> {
        let mut case = Case::load(context, handbooks, self.ticket).await?;
        let Some(waiting) = self.waiting(context).await? else { return Ok(Outcome::Moved(false)) };
        if let Some(behind) = suggestions::held::held_for(context, &waiting).await? {
            let told = suggestions::held::tell_once(context, &case.ticket, &waiting, &behind).await?;
            return Ok(Outcome::Moved(told));
        }
        // What linked tickets sent comes first; it may have left the state that this belongs to.
        let queue = runs::advance::drain(context, &mut case).await?;
        if let Some(suggestion) = self.waiting(context).await? {
            suggestions::end(context, self.ticket, End::Sent).await?;
            let canned = Canned { name: &suggestion.reply, subject: &suggestion.subject, markdown: &suggestion.text };
            let key = format!("suggestion:{}", suggestion.id);
            if let Some((message, event)) = reply::send(context, &case, &canned, &key).await? {
                let cause = Cause { message: Some(message), ..Cause::actor(context) };
                runs::advance::take_in(context, &mut case, &event, &cause, queue).await?;
            }
        }
        case.touch();
        case.store(context).await?;
        Ok(Outcome::Moved(true))
    }

    /// The suggestion, if it still waits and its time is up.
    async fn waiting(&self, context: &mut Context<'_>) -> Result<Option<Suggestion>> {
        let waiting = suggestions::waiting(context.tx, self.ticket).await?;
        let due = |suggestion: &Suggestion| suggestion.send_at.is_some_and(|at| at <= context.now);
        Ok(waiting.filter(|suggestion| suggestion.id == self.suggestion && due(suggestion)))
    }
}
