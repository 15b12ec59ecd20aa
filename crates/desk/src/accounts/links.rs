//! Links that count once: to set the desk up, to take up an invitation, to choose a new password. Whoever has one may; so it is
//! stored as a digest only, and its words stand in no history and no log.

use jiff::{SignedDuration, Timestamp};
use store::{Conn, Id};

use super::{Account, digest, queries};
use crate::ground::CLOCKS_APART;
use crate::{Context, Error, Result};

/// What a link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Setting the desk up.
    SetUp,
    /// Taking up an invitation.
    Invitation,
    /// Choosing a new password.
    Reset,
}

impl Purpose {
    /// A stable name, as it is stored.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Purpose::SetUp => "set-up",
            Purpose::Invitation => "invitation",
            Purpose::Reset => "reset",
        }
    }

    /// The purpose of that name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        [Purpose::SetUp, Purpose::Invitation, Purpose::Reset].into_iter().find(|purpose| purpose.as_str() == name)
    }

    /// What the path of such a link begins with.
    pub fn path(self) -> &'static str {
        match self {
            Purpose::SetUp => "/set-up",
            Purpose::Invitation => "/invitation",
            Purpose::Reset => "/reset",
        }
    }

    /// How long such a link counts.
    pub fn lasts(self) -> SignedDuration {
        match self {
            Purpose::SetUp => SignedDuration::from_hours(24),
            Purpose::Invitation => SignedDuration::from_hours(7 * 24),
            Purpose::Reset => SignedDuration::from_mins(30),
        }
    }
}

/// Makes a link and returns its secret, which can never be read again. Earlier ones for the same purpose still count, since two
/// mails may be on their way.
pub async fn make(context: &mut Context<'_>, purpose: Purpose, agent: Option<Id>) -> Result<String> {
    let secret = context.chance.token()?;
    queries::remove_links_over(context.tx, context.now).await?;
    let ends_at = context.now + purpose.lasts();
    queries::insert_link(context.tx, &digest(&secret), purpose.as_str(), agent, ends_at).await?;
    Ok(secret)
}

/// Whether `secret` would open anything for this purpose at `now`, and whose account.
pub async fn look(conn: &mut Conn, purpose: Purpose, secret: &str, now: Timestamp) -> Result<Option<Option<Account>>> {
    let Some((agent, ends_at)) = queries::find_link(conn, &digest(secret), purpose.as_str()).await? else {
        return Ok(None);
    };
    // None ends as late as that, unless it was made under a clock that was ahead.
    let is_strange = ends_at > now + purpose.lasts() + CLOCKS_APART;
    if now >= ends_at || is_strange {
        return Ok(None);
    }
    match agent {
        None => Ok(Some(None)),
        // An account that was closed meanwhile is opened by nothing.
        Some(agent) => Ok(queries::find(conn, agent).await?.filter(|account| account.active).map(Some)),
    }
}

/// Takes a link up, which counts this once: of two who do so at the same moment one is refused.
pub async fn take(context: &mut Context<'_>, purpose: Purpose, secret: &str) -> Result<Option<Account>> {
    let found = look(context.tx, purpose, secret, context.now).await?;
    let taken = queries::remove_link(context.tx, &digest(secret), purpose.as_str()).await? > 0;
    found.filter(|_| taken).ok_or_else(over)
}

/// The error for a link that opens nothing: taken up, too old, withdrawn, or never made.
pub fn over() -> Error {
    Error::conflict("link-over", "This link counts no longer.").advise("Ask for a new one.")
}

/// Withdraws every link to an agent's account.
pub async fn withdraw(context: &mut Context<'_>, agent: Id) -> Result<()> {
    Ok(queries::remove_links_of(context.tx, agent).await?)
}

/// Withdraws every link to set the desk up.
pub async fn withdraw_set_up(context: &mut Context<'_>) -> Result<()> {
    Ok(queries::remove_links_for(context.tx, Purpose::SetUp.as_str()).await?)
}
