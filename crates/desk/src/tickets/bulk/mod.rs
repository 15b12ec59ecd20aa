//! What is done to tickets by hand so that it can be undone: to several at once, or to one. Each ticket's part is a row that says how it
//! stood before; an undo puts it back unless the ticket has changed since.

mod queries;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use store::{Conn, Id};

use super::priorities::{self, Reason};
use super::{Priority, Ticket};
use crate::{Context, Error, Result, tickets};

/// The most tickets that one bulk change is of.
pub const TICKETS_MAX: usize = 1000;

/// What can be done to many tickets alike.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "deed")]
pub enum Deed {
    /// Given to somebody, or to nobody.
    Assign {
        /// The agent; `None` for nobody.
        agent: Option<Id>,
    },
    /// Made this urgent.
    Priority {
        /// How urgent.
        priority: Priority,
    },
    /// Given these tags beside those it has.
    Tag {
        /// The tags.
        tags: Vec<String>,
    },
    /// Freed of these tags.
    Untag {
        /// The tags.
        tags: Vec<String>,
    },
    /// Given these tags instead of those it has.
    Tags {
        /// The tags.
        tags: Vec<String>,
    },
    /// Hidden from inboxes until then, or hidden no longer.
    Snooze {
        /// Until when; `None` when it comes back now.
        until: Option<Timestamp>,
    },
    /// Corrected in what its playbook knows. It is put right by being corrected again, not by an undo.
    Fields {
        /// The fields of the playbook, by name; `null` empties one.
        fields: Map<String, Value>,
        /// What they held for whoever corrects them, of those that this is known of.
        was: Map<String, Value>,
    },
    /// Brought on by one of the choices that its playbook offers. It cannot be undone.
    Choose {
        /// The choice.
        choice: String,
    },
    /// Read by whoever does it.
    Read,
    /// To be read again by whoever does it.
    Unread,
}

impl Deed {
    /// Whether it can be undone: a choice has brought the procedure on, and mails may have gone.
    pub fn can_be_undone(&self) -> bool {
        !matches!(self, Deed::Choose { .. } | Deed::Fields { .. })
    }

    /// Whether it concerns its doer alone, and changes no ticket.
    pub fn is_own(&self) -> bool {
        matches!(self, Deed::Read | Deed::Unread)
    }
}

/// How a ticket stood, as far as a deed can change it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stood {
    /// Who had it.
    pub assignee: Option<Id>,
    /// How urgent it was.
    pub priority: Priority,
    /// Why it was.
    pub reason: Option<Reason>,
    /// Its tags.
    pub tags: Vec<String>,
    /// Until when it was hidden.
    pub snoozed_until: Option<Timestamp>,
    /// The change that the doer had seen last.
    pub seen: Option<Timestamp>,
}

impl Stood {
    /// How a ticket stands now.
    pub async fn of(context: &mut Context<'_>, ticket: &Ticket) -> Result<Self> {
        let seen = match context.actor.agent_id() {
            Some(agent) => tickets::seen::last(context.tx, agent, ticket.id).await?,
            None => None,
        };
        Ok(Self {
            assignee: ticket.assignee,
            priority: ticket.priority,
            reason: priorities::reason(context.tx, ticket.id).await?,
            tags: tickets::tags(context.tx, ticket.id).await?,
            snoozed_until: ticket.snoozed_until,
            seen,
        })
    }
}

/// A bulk change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bulk {
    /// Its id.
    pub id: Id,
    /// The agent who did it; `None` for a program.
    pub agent: Option<Id>,
    /// The name of whoever did it.
    pub by: String,
    /// What was done.
    pub deed: Deed,
    /// When.
    pub created_at: Timestamp,
}

/// A ticket's part in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// The bulk change.
    pub bulk: Id,
    /// The ticket.
    pub ticket: Id,
    /// How it stood before.
    pub stood: Stood,
    /// The instant of the change.
    pub changed_at: Timestamp,
    /// When it was undone.
    pub undone_at: Option<Timestamp>,
}

/// Begins a bulk change.
pub async fn begin(context: &mut Context<'_>, deed: &Deed) -> Result<Id> {
    let id = context.ids.next();
    let text = serde_json::to_string(deed).unwrap_or_default();
    queries::begin(context.tx, id, context.actor, &text, context.now).await?;
    Ok(id)
}

/// The bulk change with this id.
///
/// # Errors
/// `not-found`.
pub async fn find(conn: &mut Conn, id: Id) -> Result<Bulk> {
    queries::find(conn, id).await?.ok_or_else(|| Error::not_found("bulk change"))
}

/// Keeps a ticket's part.
pub async fn keep(context: &mut Context<'_>, part: &Part) -> Result<()> {
    Ok(queries::keep(context.tx, part).await?)
}

/// A ticket's part in a bulk change.
pub async fn part(conn: &mut Conn, bulk: Id, ticket: Id) -> Result<Option<Part>> {
    Ok(queries::part(conn, bulk, ticket).await?)
}

/// The tickets of a bulk change that were not put back yet.
pub async fn tickets_of(conn: &mut Conn, bulk: Id) -> Result<Vec<Id>> {
    Ok(queries::tickets_of(conn, bulk).await?)
}

/// A ticket was put back.
pub async fn note_undone(context: &mut Context<'_>, bulk: Id, ticket: Id) -> Result<()> {
    Ok(queries::note_undone(context.tx, bulk, ticket, context.now).await?)
}

/// The last bulk change of a ticket, when nothing happened to the ticket since: what can still be undone there.
pub async fn undoable(conn: &mut Conn, ticket: &Ticket) -> Result<Option<Bulk>> {
    let Some(part) = queries::last_of(conn, ticket.id).await? else { return Ok(None) };
    if part.undone_at.is_some() || part.changed_at != ticket.updated_at {
        return Ok(None);
    }
    Ok(Some(find(conn, part.bulk).await?).filter(|bulk| !bulk.deed.is_own()))
}
