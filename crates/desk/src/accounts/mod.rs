//! Accounts: how the people of the desk show who they are. A password and the sessions that it opens, links that count once, and
//! what slows down whoever guesses.
//!
//! Rows of agents stand in [`agents`](crate::agents); this room adds what only signing in needs.

pub mod attempts;
pub mod devices;
pub mod hashing;
pub mod links;
pub mod password;
mod queries;
pub mod sessions;

use sha2::{Digest, Sha256};
use store::{Conn, Id, News, Tx};

pub use hashing::{Hasher, PasswordHash};

use crate::agents::Agent;
use crate::{Context, Error, Result, Role};

/// An agent with what signing in needs to know.
#[derive(Clone, Debug)]
pub struct Account {
    /// The agent.
    pub agent: Agent,
    /// Whether they still work here.
    pub active: bool,
    /// What their password is checked against; `None` until they have one.
    pub password: Option<PasswordHash>,
    /// The language in which they read pages, if they chose one.
    pub language: Option<String>,
    /// The IANA name of the zone in which they read times, if they chose one.
    pub time_zone: Option<String>,
    /// For how many seconds they can take a reply back, if they said so; see [`UNDO_SECONDS`].
    pub undo_seconds: Option<i64>,
}

/// What opens something for whoever has it: of a session, a link, a known browser. Not shown in any log.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(pub String);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// The digest under which a secret of 256 random bits is stored and found. It needs no salt, since nobody can guess the secret.
pub(crate) fn digest(secret: &str) -> String {
    store::chance::hex(&Sha256::digest(secret.as_bytes()))
}

/// The account with this mail address, of somebody who works here.
pub async fn find_by_address(conn: &mut Conn, address: &str) -> Result<Option<Account>> {
    Ok(queries::find_by_address(conn, &address.trim().to_lowercase()).await?.filter(|account| account.active))
}

/// The account of an agent, of one who left too.
pub async fn find(conn: &mut Conn, agent: Id) -> Result<Option<Account>> {
    Ok(queries::find(conn, agent).await?)
}

/// Every account, of those who left too: those who work here first, by name.
pub async fn all(conn: &mut Conn) -> Result<Vec<Account>> {
    Ok(queries::all(conn).await?)
}

/// Whether nobody owns the desk yet: then the first who comes with the code of the console sets it up.
pub async fn needs_set_up(conn: &mut Conn) -> Result<bool> {
    Ok(!queries::has_owner(conn).await?)
}

/// Says that the desk is set up. Of two who do so at once the second is refused.
pub async fn finish_set_up(tx: &mut Tx) -> Result<()> {
    let already = || {
        Error::conflict("set-up-already", "This desk has an owner by now.")
            .advise("Sign in, or ask them to invite you.")
    };
    if queries::has_owner(tx).await? || queries::note_set_up(tx).await? == 0 {
        return Err(already());
    }
    Ok(())
}

/// Gives an agent a password. Every session of theirs ends, every link to their account too.
pub async fn set_password(context: &mut Context<'_>, agent: Id, password: &PasswordHash) -> Result<()> {
    queries::set_password(context.tx, agent, password.as_str()).await?;
    links::withdraw(context, agent).await?;
    sessions::end_all(context, agent).await
}

/// Stores the same password hashed at a higher cost.
pub async fn strengthen(context: &mut Context<'_>, agent: Id, password: &PasswordHash) -> Result<()> {
    Ok(queries::set_password(context.tx, agent, password.as_str()).await?)
}

/// What somebody says of themselves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// Their name.
    pub name: String,
    /// The tag of the language in which they read pages; `None` for their browser's.
    pub language: Option<String>,
    /// The IANA name of their zone; `None` for their browser's.
    pub time_zone: Option<String>,
    /// For how many seconds they can take a reply back: 0 to [`UNDO_MAX`]; `None` for the usual ones.
    pub undo_seconds: Option<i64>,
}

/// For how many seconds a reply can be taken back by whoever has not said otherwise.
pub const UNDO_SECONDS: i64 = 10;
/// The longest that somebody may choose, in seconds.
pub const UNDO_MAX: i64 = 60;

/// For how many seconds an agent can take a reply back.
pub async fn undo_seconds(conn: &mut Conn, agent: Id) -> Result<i64> {
    Ok(find(conn, agent).await?.and_then(|account| account.undo_seconds).unwrap_or(UNDO_SECONDS))
}

/// Keeps what somebody says of themselves.
///
/// # Errors
/// When the name is empty, the zone is none, or the seconds are too many.
pub async fn keep_profile(context: &mut Context<'_>, agent: Id, profile: &Profile) -> Result<()> {
    if profile.name.trim().is_empty() {
        return Err(Error::invalid_field("name", "required", "an agent needs a name"));
    }
    if let Some(zone) = &profile.time_zone
        && jiff::tz::TimeZone::get(zone).is_err()
    {
        return Err(Error::invalid_field("time_zone", "no-such-zone", "this is no time zone"));
    }
    if profile.undo_seconds.is_some_and(|seconds| !(0..=UNDO_MAX).contains(&seconds)) {
        return Err(Error::invalid_field("undo_seconds", "out-of-range", format!("0 to {UNDO_MAX} seconds")));
    }
    Ok(queries::keep_profile(context.tx, agent, profile).await?)
}

/// Gives an agent another role. Their sessions end, so that none goes on with the rights of before.
pub async fn change_role(context: &mut Context<'_>, agent: Id, role: Role) -> Result<()> {
    let account = require(context.tx, agent).await?;
    if account.agent.role == role {
        return Ok(());
    }
    if account.agent.role == Role::Owner {
        require_another_owner(context, agent).await?;
    }
    queries::set_role(context.tx, agent, role).await?;
    sessions::end_all(context, agent).await
}

/// An agent leaves: they cannot sign in any more, and whatever was open ends at once. Their name stays where they wrote it.
pub async fn leave(context: &mut Context<'_>, agent: Id) -> Result<()> {
    let account = require(context.tx, agent).await?;
    if account.agent.role == Role::Owner {
        require_another_owner(context, agent).await?;
    }
    queries::set_active(context.tx, agent, false).await?;
    links::withdraw(context, agent).await?;
    devices::forget(context, agent).await?;
    sessions::end_all(context, agent).await?;
    context.tx.announce(News::of("agent", agent, 0));
    Ok(())
}

/// An agent who left comes back, to be invited anew: no password of theirs is left.
pub async fn come_back(context: &mut Context<'_>, agent: Id) -> Result<()> {
    queries::forget_password(context.tx, agent).await?;
    Ok(queries::set_active(context.tx, agent, true).await?)
}

/// The account of somebody who works here.
pub async fn require(conn: &mut Conn, agent: Id) -> Result<Account> {
    let account = queries::find(conn, agent).await?.filter(|account| account.active);
    account.ok_or_else(|| Error::not_found("agent"))
}

/// Refuses what would leave the desk to nobody. The owners are locked, so that two do not send each other away at once.
async fn require_another_owner(context: &mut Context<'_>, agent: Id) -> Result<()> {
    let owners = queries::lock_owners(context.tx).await?;
    if owners.iter().any(|owner| *owner != agent) {
        return Ok(());
    }
    Err(Error::conflict("last-owner", "Nobody else owns this desk.").advise("Make somebody else an owner first."))
}
