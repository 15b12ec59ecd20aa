//! A step of a ticket's history as programs see it.

use desk::rights::Scope;
use desk::runs::history;
use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;
use store::{Conn, Id};
use utoipa::ToSchema;

use crate::api::messages::shape::Author;
use crate::edge::Problem;

/// How many steps a ticket shows at most, the newest.
const STEPS_MAX: u32 = 1000;

/// One step, or one event that moved nothing.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::api) struct Entry {
    #[schema(value_type = String)]
    id: Id,
    /// The event's name, such as `choice.confirmed`.
    event: String,
    /// The state before; null when the run began.
    from: Option<String>,
    /// The state after.
    to: Option<String>,
    /// Who caused it.
    by: Author,
    /// The message that caused it.
    #[schema(value_type = Option<String>)]
    message_id: Option<Id>,
    /// Which line of which file did what, and with which values; never the words of a message.
    #[schema(value_type = Object)]
    trace: Value,
    /// What went wrong, when nothing moved because of it.
    fault: Option<String>,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
}

/// The newest steps of a ticket, oldest first.
pub(in crate::api) async fn of_ticket(conn: &mut Conn, scope: Scope, ticket: Id) -> Result<Vec<Entry>, Problem> {
    let entries = history::of_ticket(conn, scope, ticket, STEPS_MAX).await?;
    Ok(entries.into_iter().map(shape).collect())
}

fn shape(entry: history::Entry) -> Entry {
    Entry {
        id: entry.id,
        event: entry.event,
        from: entry.from,
        to: entry.to,
        by: entry.by.into(),
        message_id: entry.message,
        trace: serde_json::to_value(entry.trace).unwrap_or_default(),
        fault: entry.fault.map(|fault| fault.to_string()),
        created_at: entry.created_at,
    }
}
