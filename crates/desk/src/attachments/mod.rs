//! Attachments: staged before the transaction that names them, under random keys, so that erasing one is real.

mod queries;
mod shelf;

use store::{Conn, Id};

use crate::rights::Scope;
use crate::{Context, Error, Result};

pub use shelf::Shelf;

/// Something that came with a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// Its id.
    pub id: Id,
    /// Its file name, as its sender wrote it.
    pub name: String,
    /// Its media type, as its sender wrote it.
    pub kind: String,
    /// Its size in bytes.
    pub size: i64,
    /// Whether the message shows it in its text.
    pub inline: bool,
    /// Where it stands on the shelf.
    pub storage_key: String,
    /// By which id the message's HTML shows it (`cid:`), without angle brackets.
    pub content_id: Option<String>,
}

/// Something staged that no message names yet.
#[derive(Clone, Debug)]
pub struct Staged {
    /// Its file name.
    pub name: String,
    /// Its media type.
    pub kind: String,
    /// Its size in bytes.
    pub size: i64,
    /// Whether the message shows it in its text.
    pub inline: bool,
    /// Where it stands on the shelf.
    pub storage_key: String,
    /// By which id the message's HTML shows it (`cid:`), without angle brackets.
    pub content_id: Option<String>,
}

/// Gives what was staged to a message.
pub async fn add(context: &mut Context<'_>, message: Id, staged: &Staged) -> Result<()> {
    let id = context.ids.next();
    Ok(queries::insert(context.tx, id, message, staged).await?)
}

/// What came with a message.
pub async fn of_message(conn: &mut Conn, message: Id) -> Result<Vec<Attachment>> {
    Ok(queries::of_message(conn, message).await?)
}

/// What came with the messages that a ticket shows, in order, each with its message.
pub async fn of_ticket(conn: &mut Conn, scope: Scope, ticket: Id) -> Result<Vec<(Id, Attachment)>> {
    scope.require(conn, ticket).await?;
    Ok(queries::of_ticket(conn, ticket).await?)
}

/// The message that an attachment came with.
pub async fn message_of(conn: &mut Conn, attachment: Id) -> Result<Option<Id>> {
    Ok(queries::message_of(conn, attachment).await?)
}

/// An attachment that `scope` may see.
pub async fn show(conn: &mut Conn, scope: Scope, id: Id) -> Result<Attachment> {
    if !scope.is_everything() {
        let mut seen = false;
        for ticket in queries::tickets_of(conn, id).await? {
            seen = seen || scope.sees(conn, ticket).await?;
        }
        if !seen {
            return Err(Error::not_found("attachment"));
        }
    }
    queries::find(conn, id).await?.ok_or_else(|| Error::not_found("attachment"))
}

/// Whether a message, a draft or a reply that waits names what stands under this key.
pub async fn is_named(conn: &mut Conn, storage_key: &str) -> Result<bool> {
    Ok(queries::is_named(conn, storage_key).await?)
}

/// Removes what was staged and never named: a process that died between the two left it. Only what is older than
/// `min_age` goes, since younger things may be about to be named. Says how many went.
pub async fn collect_orphans(conn: &mut Conn, shelf: &Shelf, min_age: std::time::Duration) -> Result<usize> {
    let mut collected = 0;
    for key in shelf.keys_older_than(min_age).await? {
        if !queries::is_named(conn, &key).await? {
            shelf.remove(&key).await?;
            collected += 1;
        }
    }
    Ok(collected)
}
