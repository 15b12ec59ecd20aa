//! An agent makes one of the choices that the ticket's state offers.

use playbook::Event;
use serde_json::{Map, Value, json};
use store::Id;

use super::fill_in::{Filled, fill_in};
use super::work::sending_due;
use super::{Outcome, remember, repeated};
use crate::handbook::Handbooks;
use crate::messages::{self, Author, Kind, Message};
use crate::receipts::Key;
use crate::runs::{self, Case, Cause, Judged};
use crate::{Actor, Context, Error, Result, agents};

/// A choice.
#[derive(Clone, Debug)]
pub struct Choose {
    /// The ticket.
    pub ticket: Id,
    /// The choice's name.
    pub choice: String,
    /// A note to go with it.
    pub note: Option<String>,
    /// What the choice asks its maker.
    pub inputs: Map<String, Value>,
    /// Fields to fill in first.
    pub fields: Map<String, Value>,
    /// The request's key.
    pub key: Option<Key>,
}

impl Choose {
    pub(super) async fn run(&self, context: &mut Context<'_>, handbooks: &Handbooks) -> Result<Outcome> {
        if let Some(before) = repeated(context, self.key.as_ref()).await? {
            return Ok(before);
        }
        let mut case = Case::load(context, handbooks, self.ticket).await?;
        let said = sending_due::before_a_choice(context, &mut case).await?;
        let note = self.note.as_deref().filter(|words| !words.trim().is_empty());
        let mut cause = Cause::actor(context);
        if let Some(words) = note {
            let words = messages::write::check_words(words)?;
            let note = Message::begin(context, self.ticket, Kind::Note, "web", Author::actor(context.actor), words);
            messages::add(context, &note).await?;
            cause.message = Some(note.id);
        }
        let filled = match self.fields.is_empty() {
            true => Filled::default(),
            false => fill_in(context, &mut case, &self.fields).await?,
        };
        let event = Event::choice(&self.choice, self.inputs.clone()).with_by(by(context).await?);
        let judged = runs::advance(context, &mut case, &event, &cause).await?;
        case.touch();
        case.store(context).await?;
        filled.welcome(context, handbooks).await?;
        match judged {
            Judged::Faulted => Ok(Outcome::Ticket(self.ticket)),
            Judged::Taken => remember(context, self.key.as_ref(), Outcome::Ticket(self.ticket)).await,
            Judged::NotTaken => Err(self.not_available(said)),
        }
    }

    fn not_available(&self, said: bool) -> Error {
        let words = format!("The choice {} leads nowhere from where the ticket stands.", self.choice);
        let error = Error::conflict("choice-not-available", words);
        match said {
            true => error.advise(
                "Your reply, which is about to leave, takes the ticket on. Choose when it has left, or take it back.",
            ),
            false => error,
        }
    }
}

/// Who chooses, answers or checks an item, as guards and `by:` see it.
pub(super) async fn by(context: &mut Context<'_>) -> Result<Value> {
    let teams = match context.actor.agent_id() {
        Some(agent) => agents::teams_of(context.tx, agent).await?,
        None => Vec::new(),
    };
    let role = context.actor.role().map(|role| role.as_str());
    Ok(match context.actor {
        Actor::Agent { name, .. } | Actor::Program { name, .. } => json!({"name": name, "role": role, "teams": teams}),
        _ => Value::Null,
    })
}
