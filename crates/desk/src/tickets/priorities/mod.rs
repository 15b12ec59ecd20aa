//! Why a ticket has its priority. Rules of impact and playbooks give one; what a person has chosen stands, whatever they find later.

mod queries;

use jiff::Timestamp;
use playbook::{Place, Weight};
use store::{Conn, Id};

use super::{Priority, Ticket};
use crate::{Actor, Context, Result};

/// What gave a ticket its priority.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Reason {
    /// Who or what.
    pub by: Giver,
    /// When.
    pub at: Timestamp,
}

/// Who or what gives a ticket a priority.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub enum Giver {
    /// A rule of the handbook's `impacts/`.
    Rule {
        /// The file's name.
        impact: String,
        /// The rule's.
        rule: String,
        /// The phrases that stood in the message, as the handbook writes them.
        phrases: String,
        /// Where the rule is declared.
        place: Place,
    },
    /// An action of a playbook, with its reason.
    Playbook {
        /// Why, in the words of the playbook.
        because: Option<String>,
        /// Where it says so.
        place: Place,
    },
    /// Somebody by hand: their name.
    Person(String),
    /// A program, by its token's name.
    Program(String),
}

impl Giver {
    /// Whoever gives it by hand or through the API.
    pub fn actor(actor: &Actor) -> Self {
        let name = actor.name().to_owned();
        if actor.agent_id().is_some() { Self::Person(name) } else { Self::Program(name) }
    }

    /// The kind's name: `rule`, `playbook`, `agent` or `program`.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Rule { .. } => "rule",
            Self::Playbook { .. } => "playbook",
            Self::Person(_) => "agent",
            Self::Program(_) => "program",
        }
    }

    /// Where the handbook says so.
    fn place(&self) -> Option<&Place> {
        match self {
            Self::Rule { place, .. } | Self::Playbook { place, .. } => Some(place),
            Self::Person(_) | Self::Program(_) => None,
        }
    }

    /// The same as a file and its line: `impacts/client-business.yaml:84`.
    pub fn line(&self) -> Option<String> {
        self.place().map(|place| format!("{}:{}", place.file, place.line))
    }

    /// The phrases of a rule that stood in the message.
    pub fn phrases(&self) -> Option<&str> {
        match self {
            Self::Rule { phrases, .. } => Some(phrases),
            _ => None,
        }
    }

    /// Somebody who gave it by hand, or a program.
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::Person(name) | Self::Program(name) => Some(name),
            _ => None,
        }
    }

    /// The rule that found `weight`.
    pub fn rule(impact: &str, weight: &Weight) -> Self {
        Self::Rule {
            impact: impact.to_owned(),
            rule: weight.rule.clone(),
            phrases: weight.by.clone(),
            place: weight.place.clone(),
        }
    }
}

/// Why `ticket` has its priority; nothing where nobody ever gave it one.
pub async fn reason(conn: &mut Conn, ticket: Id) -> Result<Option<Reason>> {
    Ok(queries::find(conn, ticket).await?)
}

/// What was found weighs a ticket up, never down, and never over what a person or program chose; says whether it has it now. The
/// caller stores the ticket.
pub async fn raise(context: &mut Context<'_>, ticket: &mut Ticket, to: Priority, by: Giver) -> Result<bool> {
    let reason = queries::find(context.tx, ticket.id).await?;
    let is_chosen = reason.as_ref().is_some_and(|reason| matches!(reason.by, Giver::Person(_) | Giver::Program(_)));
    let is_news = to > ticket.priority || to == ticket.priority && reason.is_none();
    if is_chosen || !is_news {
        return Ok(false);
    }
    give(context, ticket, to, by).await?;
    Ok(true)
}

/// Gives a ticket a priority, whatever it had. The caller stores the ticket.
pub async fn give(context: &mut Context<'_>, ticket: &mut Ticket, to: Priority, by: Giver) -> Result<()> {
    ticket.priority = to;
    Ok(queries::keep(context.tx, ticket.id, &Reason { by, at: context.now }).await?)
}

/// What was given is taken back: the ticket has the priority of before, for the reason of before. The caller stores the ticket.
pub async fn put_back(
    context: &mut Context<'_>,
    ticket: &mut Ticket,
    to: Priority,
    reason: Option<&Reason>,
) -> Result<()> {
    ticket.priority = to;
    match reason {
        Some(reason) => Ok(queries::keep(context.tx, ticket.id, reason).await?),
        None => Ok(queries::forget(context.tx, ticket.id).await?),
    }
}
