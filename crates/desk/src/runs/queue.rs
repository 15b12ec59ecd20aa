//! What tickets send each other: events in the other's queue, in order, each handled in a transaction of its own.

use jiff::Timestamp;
use playbook::Event;
use serde_json::Value;
use store::{Conn, Id, News};

use super::queries;
use crate::{Context, Result};

/// The event that a linked ticket begins with.
pub const BEGIN: &str = "ticket.opened";

/// An event in a ticket's queue.
#[derive(Clone, Debug)]
pub struct Queued {
    /// Its id, which is also its place.
    pub id: Id,
    /// Its name, as the receiver knows it.
    pub name: String,
    /// What it brings along.
    pub data: Value,
    /// Which of many linked tickets sent it.
    pub key: Option<String>,
    /// Whether it waits until a state takes it; otherwise it is judged once.
    pub waits: bool,
    /// Whether it was judged and not taken as things stood.
    pub parked: bool,
}

impl Queued {
    /// The event as the interpreter takes it.
    pub fn event(&self) -> Event {
        let event = Event::new(self.name.clone()).with_data(self.data.clone());
        match &self.key {
            Some(key) => event.with_key(key),
            None => event,
        }
    }
}

/// Puts an event into the queue of `ticket`.
pub async fn put(context: &mut Context<'_>, ticket: Id, name: &str, data: &Value, waits: bool) -> Result<()> {
    put_from(context, ticket, name, data, None, waits).await
}

/// The same for an event that the ticket of that key sent, one of many.
pub async fn put_from(
    context: &mut Context<'_>,
    ticket: Id,
    name: &str,
    data: &Value,
    key: Option<&str>,
    waits: bool,
) -> Result<()> {
    let queued = Queued {
        id: context.ids.next(),
        name: name.to_owned(),
        data: data.clone(),
        key: key.map(str::to_owned),
        waits,
        parked: false,
    };
    queries::enqueue(context.tx, ticket, &queued, context.now).await?;
    context.tx.announce(News::of("queue", ticket, 0));
    Ok(())
}

/// Tickets whose queue has something that was not judged yet, the longest waiting first.
pub async fn tickets_to_judge(conn: &mut Conn, limit: u32) -> Result<Vec<Id>> {
    Ok(queries::tickets_with_unjudged_events(conn, limit).await?)
}

/// The first event of a ticket's queue.
pub(super) async fn head(context: &mut Context<'_>, ticket: Id) -> Result<Option<Queued>> {
    Ok(queries::head(context.tx, ticket).await?)
}

/// Whether an event of the same name waits behind this one.
pub(super) async fn comes_again(context: &mut Context<'_>, ticket: Id, queued: &Queued) -> Result<bool> {
    Ok(queries::comes_again(context.tx, ticket, queued).await?)
}

/// Takes an event out of the queue.
pub(super) async fn remove(context: &mut Context<'_>, queued: &Queued) -> Result<()> {
    Ok(queries::remove_queued(context.tx, queued.id).await?)
}

/// Has a ticket's queue judged again from what came since an instant on: the ticket was not listening.
pub(super) async fn wake(context: &mut Context<'_>, ticket: Id, since: Timestamp) -> Result<()> {
    if queries::wake(context.tx, ticket, since).await? > 0 {
        context.tx.announce(News::of("queue", ticket, 0));
    }
    Ok(())
}

/// Remembers that a ticket's queue was judged and its head not taken.
pub async fn park(context: &mut Context<'_>, ticket: Id) -> Result<()> {
    Ok(queries::park(context.tx, ticket).await?)
}
