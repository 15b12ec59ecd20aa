//! An agent sends what was suggested, as it is or in other words.

use store::Id;

use super::reply::{Words, say, send_files};
use super::{Outcome, remember, repeated};
use crate::handbook::Handbooks;
use crate::messages::Author;
use crate::receipts::Key;
use crate::runs::Case;
use crate::suggestions::{self, Suggestion};
use crate::{Context, Error, Result, drafts, messages};

/// The sending of a suggestion.
#[derive(Clone, Debug)]
pub struct SendSuggestion {
    /// The ticket.
    pub ticket: Id,
    /// The suggestion that the agent had before them; `None` for whichever waits.
    pub suggestion: Option<Id>,
    /// Other words than the suggested ones.
    pub body: Option<String>,
    /// Files of the agent's draft that go along, in this order.
    pub files: Vec<Id>,
    /// The newest message that the agent had seen; a newer one to or from the client is a conflict.
    pub seen: Option<Id>,
    /// The request's key.
    pub key: Option<Key>,
}

impl SendSuggestion {
    pub(super) async fn run(&self, context: &mut Context<'_>, handbooks: &Handbooks) -> Result<Outcome> {
        if let Some(before) = repeated(context, self.key.as_ref()).await? {
            return Ok(before);
        }
        let mut case = Case::load(context, handbooks, self.ticket).await?;
        let suggestion = find(context, self.ticket, self.suggestion).await?;
        let text = messages::write::check_words(self.body.as_deref().unwrap_or(&suggestion.text))?;
        let by = Author::actor(context.actor);
        let message = say(context, &mut case, Words::suggested(text, self.seen, by, &suggestion)).await?;
        send_files(context, self.ticket, drafts::Kind::Reply, &self.files, &[message]).await?;
        case.touch();
        case.store(context).await?;
        let outcome = Outcome::Message { ticket: self.ticket, message };
        remember(context, self.key.as_ref(), outcome).await
    }
}

/// The suggestion that waits on a locked ticket.
///
/// # Errors
/// `suggestion-gone` when none does, or another than the one that is meant.
pub(super) async fn find(context: &mut Context<'_>, ticket: Id, meant: Option<Id>) -> Result<Suggestion> {
    let waiting = suggestions::waiting(context.tx, ticket).await?;
    waiting.filter(|suggestion| meant.is_none_or(|meant| meant == suggestion.id)).ok_or_else(|| {
        Error::conflict("suggestion-gone", "The suggestion is no longer there: it was sent, or the ticket moved on.")
            .advise("Look at the ticket as it stands now.")
    })
}
