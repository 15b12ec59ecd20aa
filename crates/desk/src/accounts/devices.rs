//! Browsers that signed in before. Whoever guesses at an account from many addresses slows down strangers, not these: so nobody
//! can keep somebody out of their own account from outside.

use jiff::SignedDuration;
use store::{Conn, Id};

use super::{digest, queries};
use crate::{Context, Result};

/// How long a browser is known after it was last signed in.
pub const KNOWN_FOR: SignedDuration = SignedDuration::from_hours(180 * 24);

/// Remembers the browser that an agent signs in with and returns its new secret; the one it had before counts no longer.
pub async fn remember(context: &mut Context<'_>, agent: Id, before: Option<&str>) -> Result<String> {
    queries::forget_old_devices(context.tx, context.now - KNOWN_FOR).await?;
    if let Some(before) = before {
        queries::forget_device(context.tx, &digest(before), agent).await?;
    }
    let secret = context.chance.token()?;
    queries::insert_device(context.tx, &digest(&secret), agent, context.now).await?;
    Ok(secret)
}

/// Whether a browser signed in as this agent before.
pub async fn is_known(conn: &mut Conn, secret: &str, agent: Id) -> Result<bool> {
    Ok(queries::knows_device(conn, &digest(secret), agent).await?)
}

/// Forgets every browser of an agent.
pub async fn forget(context: &mut Context<'_>, agent: Id) -> Result<()> {
    Ok(queries::forget_devices(context.tx, agent).await?)
}
