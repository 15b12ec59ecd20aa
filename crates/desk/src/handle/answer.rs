//! A colleague answers what the procedure asked.

use playbook::Event;
use store::Id;

use super::choose::by;
use super::work::sending_due;
use super::{Outcome, remember, repeated};
use crate::handbook::Handbooks;
use crate::messages::{self, Author, Kind, Message};
use crate::questions;
use crate::receipts::Key;
use crate::runs::{self, Case, Cause, Judged};
use crate::{Context, Error, Result};

/// An answer.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The question.
    pub question: Id,
    /// One of its answers.
    pub answer: String,
    /// A note for the team to go with it.
    pub note: Option<String>,
    /// The request's key.
    pub key: Option<Key>,
}

impl Answer {
    /// Records the answer and raises `AS.ANSWER`, which moves the ticket where a state listens, whichever it is in. When
    /// the playbook fails on it nothing moves, and the question stays open.
    pub(super) async fn run(&self, context: &mut Context<'_>, handbooks: &Handbooks) -> Result<Outcome> {
        if let Some(before) = repeated(context, self.key.as_ref()).await? {
            return Ok(before);
        }
        let found = questions::find(context.tx, self.question).await?;
        let ticket = found.ok_or_else(|| Error::not_found("question"))?.ticket;
        let mut case = Case::load(context, handbooks, ticket).await?;
        // Read again under the ticket's lock: of two answers the second sees the first.
        let question = questions::find(context.tx, self.question).await?;
        let question = question.ok_or_else(|| Error::not_found("question"))?;
        questions::check_answer(context.tx, context.actor, &question, &self.answer).await?;
        sending_due::before_a_choice(context, &mut case).await?;
        let mut cause = Cause::actor(context);
        if let Some(words) = self.note.as_deref().filter(|words| !words.trim().is_empty()) {
            let words = messages::write::check_words(words)?;
            let note = Message::begin(context, ticket, Kind::Note, "web", Author::actor(context.actor), words);
            messages::add(context, &note).await?;
            cause.message = Some(note.id);
        }
        let event = Event::new(format!("{}.{}", question.name, self.answer)).with_by(by(context).await?);
        let judged = runs::advance(context, &mut case, &event, &cause).await?;
        case.touch();
        if judged == Judged::Faulted {
            case.store(context).await?;
            return Ok(Outcome::Ticket(ticket));
        }
        // After the step, which may have ended or replaced what is asked: this one was answered.
        questions::close_with(context, &question, &self.answer).await?;
        case.store(context).await?;
        remember(context, self.key.as_ref(), Outcome::Ticket(ticket)).await
    }
}
