//! The two ends of a push that are not the desk's: the browser, which reads what only it can read (RFC 8291), and the service between,
//! which looks whose it is (RFC 8292). Written by the RFCs and with other means than the desk's, as far as there are any.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use p256::{PublicKey, SecretKey};
use ring::{aead, hkdf, signature};
use serde_json::Value;

use crate::web::Posted;

/// A browser that something is pushed to.
#[derive(Clone)]
pub struct Reader {
    key: SecretKey,
    secret: [u8; 16],
}

impl Reader {
    /// A browser with this private key.
    ///
    /// # Panics
    /// When these bytes are no key.
    pub fn of(key: &[u8; 32]) -> Self {
        let key = SecretKey::from_slice(key).unwrap_or_else(|_| panic!("these bytes are no key"));
        Self { key, secret: *b"sixteen bytes ok" }
    }

    /// Its public key.
    pub fn public(&self) -> Vec<u8> {
        self.key.public_key().to_sec1_bytes().to_vec()
    }

    /// The secret that it shares with whoever writes to it.
    pub fn secret(&self) -> [u8; 16] {
        self.secret
    }

    /// `p256dh` and `auth`, as a browser gives them out.
    pub fn keys(&self) -> (String, String) {
        (URL_SAFE_NO_PAD.encode(self.public()), URL_SAFE_NO_PAD.encode(self.secret))
    }

    /// What was written to it in one record.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(&self, body: &[u8]) -> Result<Vec<u8>, &'static str> {
        let (salt, rest) = body.split_at_checked(16).ok_or("it has no salt")?;
        let (size, rest) = rest.split_at_checked(4).ok_or("it has no size")?;
        let (&length, rest) = rest.split_first().ok_or("it names no key")?;
        let (sender, record) = rest.split_at_checked(usize::from(length)).ok_or("its key is cut off")?;
        let size = u32::from_be_bytes(size.try_into().map_err(|_| "it has no size")?) as usize;
        if record.len() > size || body.len() > 4_096 {
            return Err("it is longer than one record");
        }
        let public = PublicKey::from_sec1_bytes(sender).map_err(|_| "its key is none")?;
        let shared = self.key.diffie_hellman(&public);
        let own = self.public();
        let material: [u8; 32] = derived(&self.secret, shared.raw_secret_bytes(), &[b"WebPush: info\0", &own, sender])?;
        let key: [u8; 16] = derived(salt, &material, &[b"Content-Encoding: aes128gcm\0"])?;
        let nonce: [u8; 12] = derived(salt, &material, &[b"Content-Encoding: nonce\0"])?;
        let key = aead::UnboundKey::new(&aead::AES_128_GCM, &key).map_err(|_| "no key")?;
        let mut record = record.to_vec();
        let opened = aead::LessSafeKey::new(key)
            .open_in_place(aead::Nonce::assume_unique_for_key(nonce), aead::Aad::empty(), &mut record)
            .map_err(|_| "it was not written to this browser, or was changed")?;
        let end = opened.iter().rposition(|byte| *byte != 0).ok_or("it is nothing but filling")?;
        if opened[end] != 2 {
            return Err("it is not the last record");
        }
        Ok(opened[..end].to_vec())
    }

    /// What was pushed to it, as JSON.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn message(&self, body: &[u8]) -> Result<Value, &'static str> {
        serde_json::from_slice(&self.read(body)?).map_err(|_| "it is no JSON")
    }
}

struct Length(usize);

impl hkdf::KeyType for Length {
    fn len(&self) -> usize {
        self.0
    }
}

fn derived<const N: usize>(salt: &[u8], from: &[u8], about: &[&[u8]]) -> Result<[u8; N], &'static str> {
    let mut out = [0; N];
    let extracted = hkdf::Salt::new(hkdf::HKDF_SHA256, salt).extract(from);
    let expanded = extracted.expand(about, Length(N)).map_err(|_| "too long")?;
    expanded.fill(&mut out).map_err(|_| "too long")?;
    Ok(out)
}

/// The value of a field of a head, whatever the case of its name.
pub fn field<'p>(posted: &'p Posted, name: &str) -> Option<&'p str> {
    let found = posted.head.iter().filter_map(|line| line.split_once(':'));
    found.filter(|(field, _)| field.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim()).next()
}

/// What an `Authorization` by VAPID claims, once its signature holds.
///
/// # Errors
/// What is wrong with it.
pub fn vouched(authorization: &str) -> Result<Value, &'static str> {
    let parts = authorization.strip_prefix("vapid ").ok_or("it is not of this scheme")?;
    let part = |name: &str| {
        let found = parts.split(',').filter_map(|part| part.trim().split_once('='));
        found.filter(|(of, _)| *of == name).map(|(_, value)| value).next()
    };
    let (token, key) = (part("t").ok_or("it has no token")?, part("k").ok_or("it has no key")?);
    let (text, signed) = token.rsplit_once('.').ok_or("it is not signed")?;
    let bytes = |text: &str| URL_SAFE_NO_PAD.decode(text).map_err(|_| "it is no base64");
    signature::UnparsedPublicKey::new(&signature::ECDSA_P256_SHA256_FIXED, bytes(key)?)
        .verify(text.as_bytes(), &bytes(signed)?)
        .map_err(|_| "its signature does not hold")?;
    let (head, claims) = text.split_once('.').ok_or("it claims nothing")?;
    let head: Value = serde_json::from_slice(&bytes(head)?).map_err(|_| "its head is no JSON")?;
    if head["alg"] != "ES256" {
        return Err("it is signed by another algorithm");
    }
    serde_json::from_slice(&bytes(claims)?).map_err(|_| "its claims are no JSON")
}
