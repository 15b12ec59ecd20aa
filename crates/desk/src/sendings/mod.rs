//! Replies that were written and wait for their time: for the few seconds in which one can think better of it, or until an hour that
//! was chosen. Nothing is said before: a message is made, and the playbook told, as it leaves.

mod queries;

use jiff::{SignedDuration, Timestamp};
use store::{Conn, Id, News};

use crate::attachments::Staged;
use crate::drafts::File;
use crate::messages::Author;
use crate::page::{Cursor, Listed, Page};
use crate::rights::Scope;
use crate::{Context, Error, Result};

/// The table that they stand in.
pub const TABLE: &str = "sendings";
/// How many replies may wait on one ticket.
const WAITING_MAX: u32 = 20;

/// A reply that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sending {
    /// Its id.
    pub id: Id,
    /// The ticket that it was written on.
    pub ticket: Id,
    /// Whose draft it was, and becomes again when it is taken back.
    pub writer: String,
    /// Who wrote it.
    pub author: Author,
    /// The party that it is for; empty for the requester.
    pub party: String,
    /// The suggestion that it was made from.
    pub suggestion: Option<Id>,
    /// Its words, in Markdown.
    pub text: String,
    /// The newest message that its writer had seen. What comes after it from outside, or goes there, holds it back.
    pub seen: Option<Id>,
    /// Whether it waits so that its writer can think better of it, rather than for an hour that somebody chose.
    pub briefly: bool,
    /// Why it is held back, as a word for programs: `crossed`, `closed`, …. `None` while it is going to leave.
    pub held: Option<String>,
    /// When it leaves.
    pub send_at: Timestamp,
    /// When it was written.
    pub created_at: Timestamp,
}

/// A reply whose time has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    /// The reply.
    pub sending: Id,
    /// Its ticket.
    pub ticket: Id,
    /// Since when.
    pub at: Timestamp,
}

/// A reply that is held back, with the ticket that it was written on, for lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// The reply.
    pub sending: Id,
    /// Who wrote it.
    pub writer: String,
    /// Why it is held back, as a word for programs: `crossed`, `closed`, ….
    pub why: String,
    /// When it was to leave.
    pub send_at: Timestamp,
    /// The ticket.
    pub ticket: Id,
    /// The ticket's number.
    pub number: i64,
    /// The ticket's subject.
    pub subject: String,
}

/// Whose replies are looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HeldOf {
    /// Everybody's.
    Everybody,
    /// Those of this agent.
    Writer(Id),
    /// Those on tickets of these teams.
    Teams(Vec<String>),
}

/// Up to `limit` replies that are held back on tickets that `scope` may see, those first that were to leave first.
pub async fn held(conn: &mut Conn, scope: Scope, of: &HeldOf, limit: u32) -> Result<Vec<Held>> {
    Ok(queries::held(conn, scope, of, limit).await?)
}

/// A reply that waits, with the ticket that it was written on, for lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listing {
    /// The reply.
    pub sending: Sending,
    /// The ticket's number.
    pub number: i64,
    /// The ticket's subject.
    pub subject: String,
    /// Who asked, by name or address: whom it goes to where it goes to no party.
    pub requester: String,
}

/// The replies that wait on tickets that `scope` may see: first those that are held back, then those that wait for their time; of each
/// those that leave first first.
pub async fn list(conn: &mut Conn, scope: Scope, of: &HeldOf, page: Page) -> Result<Listed<Listing>> {
    let after = page.after.filter(|after| after.at >= Timestamp::UNIX_EPOCH);
    let mut rows = Vec::new();
    if after.is_none() {
        let begins = page.after.map(|after| Cursor { at: after.at + HELD_BEFORE, ..after });
        rows = queries::list(conn, scope, of, Stands::Held, Page { after: begins, limit: page.limit + 1 }).await?;
    }
    let rest = (page.limit + 1).saturating_sub(u32::try_from(rows.len()).unwrap_or(u32::MAX));
    if rest > 0 {
        rows.extend(queries::list(conn, scope, of, Stands::Waiting, Page { after, limit: rest }).await?);
    }
    let place = |row: &Listing| {
        let at = row.sending.send_at;
        Cursor { at: if row.sending.held.is_some() { at - HELD_BEFORE } else { at }, id: row.sending.id }
    };
    Ok(Listed::cut(rows, page.limit, place))
}

/// Where what is held back stands in a list by time: this much before, so before everything that waits for its time.
const HELD_BEFORE: SignedDuration = SignedDuration::from_hours(24 * 365 * 1_000);

/// How a reply stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stands {
    Held,
    Waiting,
}

/// Keeps a reply until its time, with the files that go along.
///
/// # Errors
/// `too-many-waiting` beyond twenty on one ticket.
pub async fn keep(context: &mut Context<'_>, sending: &Sending, files: &[Staged]) -> Result<()> {
    if queries::of_ticket(context.tx, sending.ticket, WAITING_MAX).await?.len() >= WAITING_MAX as usize {
        let words = format!("At most {WAITING_MAX} replies wait on a ticket.");
        return Err(Error::conflict("too-many-waiting", words).advise("Send one of them, or take one back."));
    }
    queries::insert(context.tx, sending).await?;
    for file in files {
        let id = context.ids.next();
        queries::attach(context.tx, id, sending.id, file).await?;
    }
    context.tx.announce(News::of("timer", sending.ticket, 0));
    Ok(())
}

/// The reply with this id, while it waits.
pub async fn find(conn: &mut Conn, id: Id) -> Result<Option<Sending>> {
    Ok(queries::find(conn, id).await?)
}

/// The replies that wait on a ticket that `scope` may see, in the order in which they were written.
pub async fn of_ticket(conn: &mut Conn, scope: Scope, ticket: Id) -> Result<Vec<Sending>> {
    scope.require(conn, ticket).await?;
    Ok(queries::of_ticket(conn, ticket, WAITING_MAX).await?)
}

/// The replies that wait for their time on a ticket, in the order in which they were written.
pub async fn unheld_on(conn: &mut Conn, ticket: Id) -> Result<Vec<Sending>> {
    let mut waiting = queries::of_ticket(conn, ticket, WAITING_MAX).await?;
    waiting.retain(|sending| sending.held.is_none());
    Ok(waiting)
}

/// Whether a reply waits on a ticket.
pub async fn waits_on(conn: &mut Conn, ticket: Id) -> Result<bool> {
    Ok(!queries::of_ticket(conn, ticket, 1).await?.is_empty())
}

/// The newest reply that waits on a ticket: who writes another one must have seen it.
pub async fn newest(conn: &mut Conn, ticket: Id) -> Result<Option<Id>> {
    Ok(queries::newest(conn, ticket).await?)
}

/// A reply has left as `message`: those that were written with it before their writer's eyes are not held back by it, unless something
/// newer than `before`, the newest that was said until then, holds them back already.
pub async fn know_of(context: &mut Context<'_>, left: &Sending, before: Option<Id>, message: Id) -> Result<()> {
    Ok(queries::know_of(context.tx, left, before, message).await?)
}

/// The files that go along with a reply, in order.
pub async fn files(conn: &mut Conn, sending: Id) -> Result<Vec<File>> {
    Ok(queries::files(conn, sending).await?)
}

/// Takes a reply from those that wait: it has left, or was taken back.
pub async fn remove(context: &mut Context<'_>, sending: Id) -> Result<()> {
    Ok(queries::remove(context.tx, sending).await?)
}

/// Says when a reply leaves, by somebody who has seen everything up to `seen`.
pub async fn set_time(context: &mut Context<'_>, sending: &Sending, at: Timestamp, seen: Option<Id>) -> Result<()> {
    queries::set_time(context.tx, sending.id, at, seen).await?;
    context.tx.announce(News::of("timer", sending.ticket, 0));
    Ok(())
}

/// Holds a reply back until somebody has looked at it.
pub async fn hold(context: &mut Context<'_>, sending: Id, why: &str) -> Result<()> {
    Ok(queries::hold(context.tx, sending, why).await?)
}

/// Holds back everything that waits: after a restore nobody knows what has left since.
pub async fn hold_all(tx: &mut store::Tx) -> Result<u64> {
    Ok(queries::hold_all(tx).await?)
}

/// Up to `limit` replies whose time has come, the longest overdue first.
pub async fn due(conn: &mut Conn, now: Timestamp, limit: u32) -> Result<Vec<Due>> {
    Ok(queries::due(conn, now, limit).await?)
}

/// When the next reply leaves.
pub async fn next_due(conn: &mut Conn) -> Result<Option<Timestamp>> {
    Ok(queries::next_due(conn).await?)
}

/// Puts off until `until` what is due on a ticket.
pub async fn postpone(context: &mut Context<'_>, ticket: Id, until: Timestamp) -> Result<()> {
    Ok(queries::postpone(context.tx, ticket, context.now, until).await?)
}
