//! Receipts: what was accepted under which key, so that a repeat gives the same answer and changes nothing.
//!
//! Keys: `http:<Idempotency-Key>` with the token's name, `form:<hidden id>`, `mail:<SHA-256 of the bytes>`.

mod queries;

use futures::FutureExt;
use jiff::SignedDuration;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use crate::ground::Ground;
use crate::{Actor, Context, Error, Result};

/// The longest key that is taken, in bytes.
pub const KEY_MAX: usize = 255;

/// How long the answer to a request is kept under its `Idempotency-Key`. What a mail, a form or a hook brought is never forgotten.
pub const REQUESTS_KEPT: SignedDuration = SignedDuration::from_hours(7 * 24);
/// How many receipts are taken away at a time, so that others who write do not wait for long.
const AT_ONCE: u64 = 500;

/// A key, and the digest of what was asked for under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    key: String,
    digest: String,
}

impl Key {
    /// A key for a request whose content is `content`. The same key with other content is a mistake of the caller's.
    pub fn new(kind: &str, key: &str, content: &[u8]) -> Result<Self> {
        if key.is_empty() || key.len() > KEY_MAX || key.chars().any(char::is_control) {
            return Err(Error::invalid("bad-key", "An idempotency key has 1 to 255 printable characters."));
        }
        Ok(Self { key: format!("{kind}:{key}"), digest: digest(content) })
    }

    /// The same key for other content: for a request of which something must leave no trace, for a digest lets one try what it was of.
    #[must_use]
    pub fn about(self, content: &[u8]) -> Self {
        Self { digest: digest(content), ..self }
    }

    /// The key of something that is its own key: the same bytes are the same thing.
    pub fn of_content(kind: &str, content: &[u8]) -> Self {
        let digest = digest(content);
        Self { key: format!("{kind}:{digest}"), digest }
    }
}

fn digest(content: &[u8]) -> String {
    store::chance::hex(&Sha256::digest(content))
}

/// What was answered under this key before; `None` the first time.
pub async fn find<T: DeserializeOwned>(context: &mut Context<'_>, key: &Key) -> Result<Option<T>> {
    match queries::find(context.tx, &key.key).await? {
        None => Ok(None),
        Some((digest, _)) if digest != key.digest => {
            Err(Error::invalid("key-used", "This idempotency key was used for something else.")
                .advise("Use a new key for a new request."))
        }
        Some((_, outcome)) => Ok(Some(serde_json::from_str(&outcome)?)),
    }
}

/// Whether anything was taken in under the key `kind:key`, whatever it said.
pub async fn was_taken(context: &mut Context<'_>, kind: &str, key: &str) -> Result<bool> {
    Ok(queries::find(context.tx, &format!("{kind}:{key}")).await?.is_some())
}

/// Remembers the answer. Two commands with the same key at the same moment: the second is tried again and finds it.
pub async fn keep<T: Serialize>(context: &mut Context<'_>, key: &Key, outcome: &T) -> Result<()> {
    let outcome = serde_json::to_string(outcome)?;
    match queries::insert(context.tx, &key.key, &key.digest, &outcome, context.now).await? {
        1 => Ok(()),
        _ => Err(context.tx.conflict().into()),
    }
}

/// Takes away the receipts of requests that are older than [`REQUESTS_KEPT`]; says how many.
pub async fn forget_old(ground: &Ground) -> Result<u64> {
    let mut forgotten = 0;
    loop {
        let some = ground.change(&Actor::Desk, |context| {
            async move { Ok(queries::forget_requests(context.tx, context.now - REQUESTS_KEPT).await?) }.boxed()
        });
        let some = some.await?;
        forgotten += some;
        if some < AT_ONCE {
            return Ok(forgotten);
        }
    }
}
