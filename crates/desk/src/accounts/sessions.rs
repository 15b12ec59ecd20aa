//! Sessions: one for each browser that is signed in. The browser keeps 256 random bits, the desk their digest.

use jiff::{SignedDuration, Timestamp};
use store::{Conn, Id, News};

use super::{Account, digest, queries};
use crate::ground::CLOCKS_APART;
use crate::{Context, Error, Result};

/// A session that nobody uses ends after this long.
pub const IDLE_MAX: SignedDuration = SignedDuration::from_hours(7 * 24);
/// A session ends after this long, however much it is used.
pub const AGE_MAX: SignedDuration = SignedDuration::from_hours(30 * 24);
/// How exactly it is noted when a session was last used: a click is no reason to write.
const SEEN_EVERY: SignedDuration = SignedDuration::from_mins(5);
/// The longest device that is kept, in characters.
const DEVICE_MAX: usize = 80;

/// A session as its owner sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Its id.
    pub id: Id,
    /// Whose it is.
    pub agent: Id,
    /// The browser, in a few words.
    pub device: String,
    /// When it began.
    pub created_at: Timestamp,
    /// When it was last used, to five minutes.
    pub seen_at: Timestamp,
    /// When it ends at the latest.
    pub ends_at: Timestamp,
}

impl Session {
    /// Whether it is over at `now`. One that begins later than now began under a clock that was ahead: its end is as wrong, and it
    /// could last for years.
    fn is_over(&self, now: Timestamp) -> bool {
        now >= self.ends_at || now >= self.seen_at + IDLE_MAX || self.created_at > now + CLOCKS_APART
    }

    /// Whether that it is used should be noted again.
    pub fn is_due_to_be_noted(&self, now: Timestamp) -> bool {
        now >= self.seen_at + SEEN_EVERY
    }
}

/// Opens a session for an agent and returns its secret, which can never be read again. It is always a new one: what a browser
/// brought along opens nothing (session fixation).
pub async fn open(context: &mut Context<'_>, agent: Id, device: &str) -> Result<String> {
    let secret = context.chance.token()?;
    let session = Session {
        id: context.ids.next(),
        agent,
        device: device.chars().filter(|c| !c.is_control()).take(DEVICE_MAX).collect(),
        created_at: context.now,
        seen_at: context.now,
        ends_at: context.now + AGE_MAX,
    };
    queries::remove_sessions_over(context.tx, context.now, context.now - IDLE_MAX).await?;
    queries::insert_session(context.tx, &session, &digest(&secret)).await?;
    Ok(secret)
}

/// The session that `secret` opens at `now`, and whose it is; `None` when it opens nothing, or its owner works here no longer.
pub async fn find(conn: &mut Conn, secret: &str, now: Timestamp) -> Result<Option<(Session, Account)>> {
    let Some(session) = queries::find_session(conn, &digest(secret)).await? else { return Ok(None) };
    if session.is_over(now) {
        return Ok(None);
    }
    let account = queries::find(conn, session.agent).await?.filter(|account| account.active);
    Ok(account.map(|account| (session, account)))
}

/// Whether the session with this id is still open at `now`.
pub async fn is_open(conn: &mut Conn, session: Id, now: Timestamp) -> Result<bool> {
    Ok(queries::session(conn, session).await?.is_some_and(|session| !session.is_over(now)))
}

/// The open sessions of an agent, the last used first.
pub async fn of_agent(conn: &mut Conn, agent: Id, now: Timestamp) -> Result<Vec<Session>> {
    let mut sessions = queries::sessions_of(conn, agent).await?;
    sessions.retain(|session| !session.is_over(now));
    Ok(sessions)
}

/// Notes that a session is used.
pub async fn note_seen(context: &mut Context<'_>, session: Id) -> Result<()> {
    Ok(queries::note_seen(context.tx, session, context.now).await?)
}

/// Ends one session of an agent; what is open under it ends too.
///
/// # Errors
/// When it is not theirs.
pub async fn end(context: &mut Context<'_>, agent: Id, session: Id) -> Result<()> {
    if queries::remove_session(context.tx, agent, session).await? == 0 {
        return Err(Error::not_found("session"));
    }
    announce(context, agent);
    Ok(())
}

/// Ends every session of an agent but `kept`.
pub async fn end_others(context: &mut Context<'_>, agent: Id, kept: Id) -> Result<()> {
    queries::remove_other_sessions(context.tx, agent, kept).await?;
    announce(context, agent);
    Ok(())
}

/// Ends every session of an agent.
pub async fn end_all(context: &mut Context<'_>, agent: Id) -> Result<()> {
    queries::remove_sessions(context.tx, agent).await?;
    announce(context, agent);
    Ok(())
}

/// Streams look whether theirs is among those that ended.
fn announce(context: &mut Context<'_>, agent: Id) {
    context.tx.announce(News::of("session", agent, 0));
}
