//! Hooks: other programs that submit a form of the handbook, each known by a secret of its own that it signs with.

mod queries;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use sha2::Sha256;
use store::Conn;

use crate::ground::Ground;
use crate::sealed::{Seals, Secret, Slot};
use crate::{Context, Error, Result};

/// What stands before a signature in Typeform's header.
const SCHEME: &str = "sha256=";

/// A hook as a list shows it; its secret can never be read again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hook {
    /// The form that it submits.
    pub form: String,
    /// Who made it.
    pub created_by: String,
    /// When.
    pub created_at: Timestamp,
}

/// Makes the hook of a form with a new secret, in place of any it had, and returns the secret; it can never be read again.
///
/// # Errors
/// [`Kind::Conflict`](crate::error::Kind::Conflict) in a process without a master key to seal it under.
pub async fn keep(context: &mut Context<'_>, form: &str) -> Result<Secret> {
    let secret = Secret::new(context.chance.token()?);
    let sealed = context.settings.seals.seal(context.chance, slot(form), &secret)?;
    queries::put(context.tx, form, &sealed, context.actor.name(), context.now).await?;
    Ok(secret)
}

/// Takes a hook away: what is signed with its secret is refused from now on.
///
/// # Errors
/// [`Kind::NotFound`](crate::error::Kind::NotFound) when the form has none.
pub async fn remove(context: &mut Context<'_>, form: &str) -> Result<()> {
    if queries::delete(context.tx, form).await? { Ok(()) } else { Err(Error::not_found("hook")) }
}

/// Every hook, by the names of the forms.
pub async fn all(conn: &mut Conn) -> Result<Vec<Hook>> {
    Ok(queries::all(conn).await?)
}

/// Whether `body`, byte for byte, is signed with the secret of this form's hook: `sha256=` and the HMAC-SHA256 in base64. For a form
/// without a hook it says no, and takes as long.
///
/// # Errors
/// [`Kind::Conflict`](crate::error::Kind::Conflict) in a process without the master key that the secret is sealed under.
pub async fn is_signed(ground: &Ground, form: &str, signature: &str, body: &[u8]) -> Result<bool> {
    let kept = queries::secret(&mut ground.read().await?, form).await?;
    let seals: &Seals = &ground.settings.seals;
    let secret = kept.as_ref().map(|sealed| seals.open(slot(form), sealed)).transpose()?;
    let key = secret.as_ref().map_or("", Secret::reveal);
    let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).map_err(|_| Error::internal("a key of no length"))?;
    mac.update(body);
    let given = signature.trim().strip_prefix(SCHEME).and_then(|text| STANDARD.decode(text).ok()).unwrap_or_default();
    // Compares in a time that does not depend on where they differ.
    Ok(mac.verify_slice(&given).is_ok() && secret.is_some())
}

fn slot(form: &str) -> Slot<'_> {
    Slot { table: "hooks", row: form, column: "secret" }
}
