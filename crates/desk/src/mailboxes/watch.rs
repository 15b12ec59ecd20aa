//! Until when the mail is in. Whoever fetches mail from a mailbox reports how far they have got; without a report nobody
//! could tell a silent requester from one whose answer still lies in a mailbox that cannot be reached.
//!
//! A desk whose mail is only brought to it watches no mailbox. It has one address, so that an answer may come by any of
//! the mailboxes: the one that is furthest behind counts. So does what mail servers kept while the desk did not [listen](super::listening).

use jiff::Timestamp;
use store::{Conn, Id, News};

use super::queries;
use crate::rights::Scope;
use crate::{Context, Error, Result};

/// The longest name of a mailbox, in bytes.
const NAME_MAX: usize = 200;

/// A mailbox that somebody fetches mail from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Watched {
    /// Its name, as it is reported under.
    pub name: String,
    /// Everything that arrived in it before this instant is in.
    pub caught_up_until: Timestamp,
    /// When somebody last said so.
    pub reported_at: Timestamp,
}

/// Where mail may still come from that was sent in time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Behind {
    /// Everything that was sent before this instant is in.
    pub in_until: Timestamp,
    /// The mailbox that is to be read; `None` where mail servers bring again what they kept while the desk did not listen.
    pub mailbox: Option<String>,
    /// Until when it is waited for; `None` for a mailbox, which is waited for until it is read.
    pub until: Option<Timestamp>,
}

/// Takes a report in: everything that arrived in the mailbox before `until` is in. What lies in the future is not known
/// yet, and what was reported before is not taken back.
///
/// # Errors
/// [`Kind::Invalid`](crate::error::Kind::Invalid) for a name that is empty or longer than 200 bytes.
pub async fn caught_up(context: &mut Context<'_>, name: &str, until: Timestamp) -> Result<()> {
    if name.trim().is_empty() || name.len() > NAME_MAX {
        return Err(Error::invalid_field("name", "required", "a mailbox has a name of at most 200 bytes"));
    }
    queries::caught_up(context.tx, name, until.min(context.now), context.now).await?;
    // What was held back may go on.
    context.tx.announce(News::of("timer", Id(0), 0));
    Ok(())
}

/// Forgets a mailbox that is fetched from no longer.
///
/// # Errors
/// [`Kind::NotFound`](crate::error::Kind::NotFound) where nobody reported it.
pub async fn forget(context: &mut Context<'_>, name: &str) -> Result<()> {
    if !queries::forget(context.tx, name).await? {
        return Err(Error::not_found("mailbox"));
    }
    context.tx.announce(News::of("timer", Id(0), 0));
    Ok(())
}

/// Has a mailbox that is watched go on under another name.
pub async fn rename(context: &mut Context<'_>, name: &str, now_called: &str) -> Result<()> {
    queries::forget(context.tx, now_called).await?;
    queries::rename_watched(context.tx, name, now_called).await?;
    Ok(())
}

/// Forgets a mailbox, if anybody reported it.
pub async fn forget_if_watched(context: &mut Context<'_>, name: &str) -> Result<()> {
    queries::forget(context.tx, name).await?;
    context.tx.announce(News::of("timer", Id(0), 0));
    Ok(())
}

/// The mailbox that is furthest behind; `None` where none is watched.
pub async fn furthest_behind(conn: &mut Conn) -> Result<Option<Watched>> {
    Ok(queries::furthest_behind(conn).await?)
}

/// Every mailbox that is watched, by name.
pub async fn all(conn: &mut Conn, scope: Scope) -> Result<Vec<Watched>> {
    if !scope.is_everything() {
        return Ok(Vec::new());
    }
    Ok(queries::mailboxes(conn).await?)
}

/// Until when the mail is in at `now`; `None` where nothing says that any is missing.
pub async fn behind(conn: &mut Conn, now: Timestamp) -> Result<Option<Behind>> {
    Ok(queries::behind(conn, now).await?)
}
