//! A reply that waits for its time, as programs see it.

use desk::sendings;
use jiff::Timestamp;
use serde::Serialize;
use store::{Conn, Id};
use utoipa::ToSchema;

use crate::api::messages::shape::Author;
use crate::edge::Problem;

/// A reply that was written and waits to leave.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::api) struct Sending {
    #[schema(value_type = String)]
    id: Id,
    #[schema(value_type = String)]
    ticket_id: Id,
    author: Author,
    /// The party that it is for; null for the requester.
    to: Option<String>,
    /// Its words, in Markdown.
    body: String,
    /// The names of the files that go along.
    attachments: Vec<String>,
    /// When it leaves.
    #[schema(value_type = String, format = DateTime)]
    send_at: Timestamp,
    /// Why it is held back until somebody says another time: `crossed` when something was said meanwhile, `closed`, `no-address`, …;
    /// null while it is going to leave.
    held: Option<String>,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
}

/// A reply that waits, with its files.
pub(in crate::api) async fn of(conn: &mut Conn, sending: sendings::Sending) -> Result<Sending, Problem> {
    let files = sendings::files(conn, sending.id).await?;
    Ok(Sending {
        id: sending.id,
        ticket_id: sending.ticket,
        author: sending.author.into(),
        to: Some(sending.party).filter(|party| !party.is_empty()),
        body: sending.text,
        attachments: files.into_iter().map(|file| file.name).collect(),
        send_at: sending.send_at,
        held: sending.held,
        created_at: sending.created_at,
    })
}
