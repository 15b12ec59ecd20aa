//! The key by which push services know the desk (RFC 8292): made once, sealed, and kept by a restore. Browsers are bound to it, so a new
//! one would end what they were turned on for.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use p256::SecretKey;
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};
use store::{Chance, Tx};
use zeroize::Zeroizing;

use super::queries;
use crate::sealed::{Sealable, Sealed, Seals, Slot};
use crate::{Error, Result};

const SETTING: &str = "push_key";
const SLOT: Slot<'_> = Slot { table: "settings", row: SETTING, column: "value" };
/// How often a key is drawn: the chance that 32 bytes are none is below 2⁻³¹.
const DRAWN_MAX: usize = 4;

/// The key. It shows itself to nobody.
#[derive(Clone)]
pub struct PushKey(SecretKey);

impl PushKey {
    /// A new key.
    pub fn make(chance: &Chance) -> Result<Self> {
        draw(chance).map(Self)
    }

    /// The public half, as browsers are given it: uncompressed, in base64 for addresses.
    #[must_use]
    pub fn public(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0.public_key().to_sec1_bytes())
    }

    /// Signs a text by ES256 (RFC 7518, section 3.4).
    #[must_use]
    pub fn sign(&self, text: &str) -> [u8; 64] {
        let signed: Signature = SigningKey::from(&self.0).sign(text.as_bytes());
        signed.to_bytes().into()
    }
}

impl fmt::Debug for PushKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PushKey(hidden)")
    }
}

impl Sealable for PushKey {
    fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        Zeroizing::new(self.0.to_bytes().to_vec())
    }

    fn from_bytes(bytes: Zeroizing<Vec<u8>>) -> Option<Self> {
        SecretKey::from_slice(&bytes).ok().map(Self)
    }
}

/// A private key of P-256.
pub(crate) fn draw(chance: &Chance) -> Result<SecretKey> {
    for _ in 0..DRAWN_MAX {
        let bytes = Zeroizing::new(chance.bytes::<32>()?);
        if let Ok(key) = SecretKey::from_slice(bytes.as_slice()) {
            return Ok(key);
        }
    }
    Err(Error::internal("the system's random generator gives no key"))
}

/// The desk's key, made where there is none; `None` in a process that can seal nothing. Says whether it is another than before: one that
/// was sealed under a master key that is gone is made anew.
pub(crate) async fn load(tx: &mut Tx, chance: &Chance, seals: &Seals) -> Result<Option<(PushKey, bool)>> {
    if seals.digest().is_none() {
        return Ok(None);
    }
    let kept = queries::get_locked(tx, SETTING).await?;
    let sealed = kept.as_deref().map(|text| STANDARD_NO_PAD.decode(text).unwrap_or_default());
    let sealed = sealed.map(Sealed::<PushKey>::stored);
    let opened = sealed.as_ref().and_then(|sealed| seals.open(SLOT, sealed).ok());
    let is_new = opened.is_none();
    let key = match opened {
        Some(key) if sealed.is_some_and(|sealed| seals.is_present(&sealed)) => return Ok(Some((key, false))),
        // It outlives the master key that it was sealed under first.
        Some(key) => key,
        None => PushKey::make(chance)?,
    };
    let sealed = STANDARD_NO_PAD.encode(seals.seal(chance, SLOT, &key)?.bytes());
    match kept {
        Some(_) => queries::set(tx, SETTING, &sealed).await?,
        None if queries::set_first(tx, SETTING, &sealed).await? => {}
        // Another process made it a moment ago: theirs counts.
        None => return Err(tx.conflict().into()),
    }
    Ok(Some((key, is_new)))
}
