//! Secrets as the database holds them: sealed under a master key that is not in it, so that whoever reads a copy of the
//! database reads no password.
//!
//! What is stored is a version byte, the first 8 bytes of the key's digest, 24 bytes of nonce, and the secret under
//! XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha). The table, row and column it stands in are authenticated with it: a sealed
//! value that is moved elsewhere does not open.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use sha2::{Digest, Sha256};
use store::Chance;
use zeroize::Zeroizing;

use crate::{Error, Result};

const VERSION: u8 = 1;
const KEY: usize = 32;
const KEY_ID: usize = 8;
const NONCE: usize = 24;
const HEAD: usize = 1 + KEY_ID + NONCE;
/// How many keys a master key's file may hold: the present one and former ones.
const KEYS_MAX: usize = 16;

/// A secret text in the open. It shows itself to nobody who does not ask for it, and is overwritten when it is dropped.
#[derive(Clone)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// A secret.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(Zeroizing::new(text.into()))
    }

    /// The secret itself.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// Whether it is nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(hidden)")
    }
}

impl<'de> serde::Deserialize<'de> for Secret {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::new)
    }
}

/// What can be sealed.
pub trait Sealable: Sized {
    /// As bytes, which are overwritten when they are dropped.
    fn to_bytes(&self) -> Zeroizing<Vec<u8>>;

    /// From the bytes that [`to_bytes`](Self::to_bytes) gave; `None` for others.
    fn from_bytes(bytes: Zeroizing<Vec<u8>>) -> Option<Self>;
}

impl Sealable for Secret {
    fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        Zeroizing::new(self.0.as_bytes().to_vec())
    }

    fn from_bytes(bytes: Zeroizing<Vec<u8>>) -> Option<Self> {
        std::str::from_utf8(&bytes).ok().map(Self::new)
    }
}

/// Where a sealed value stands. Moved from there it does not open.
#[derive(Clone, Copy, Debug)]
pub struct Slot<'s> {
    /// The table.
    pub table: &'s str,
    /// The row, by its key.
    pub row: &'s str,
    /// The column.
    pub column: &'s str,
}

impl Slot<'_> {
    fn authenticated(&self, head: &[u8]) -> Vec<u8> {
        let mut bytes = head.to_vec();
        for part in [self.table, self.row, self.column] {
            // Each part with its length, so that no two slots run into one.
            bytes.extend((part.len() as u64).to_le_bytes());
            bytes.extend(part.as_bytes());
        }
        bytes
    }
}

/// A secret as it is stored: of no use without the master key. `T` says what comes out.
pub struct Sealed<T> {
    bytes: Vec<u8>,
    of: PhantomData<fn() -> T>,
}

impl<T> Sealed<T> {
    /// From the bytes of a `{bytes}` column.
    #[must_use]
    pub fn stored(bytes: Vec<u8>) -> Self {
        Self { bytes, of: PhantomData }
    }

    /// What a `{bytes}` column is to hold.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

impl<T> Clone for Sealed<T> {
    fn clone(&self) -> Self {
        Self::stored(self.bytes.clone())
    }
}

impl<T> fmt::Debug for Sealed<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sealed(hidden)")
    }
}

/// What seals and opens: the master key, with former ones that only open. A process that was given none can do neither.
/// Cheap to clone; its content never shows.
#[derive(Clone, Default)]
pub struct Seals {
    keys: Arc<Vec<MasterKey>>,
}

struct MasterKey {
    /// SHA-256 of the key with a name before it: known to the database, so that it can tell a wrong key.
    digest: [u8; 32],
    cipher: XChaCha20Poly1305,
}

impl MasterKey {
    fn new(key: &[u8; KEY]) -> Self {
        let digest = Sha256::new().chain_update(b"deskhand master key 1").chain_update(key).finalize().into();
        Self { digest, cipher: XChaCha20Poly1305::new(&Key::from(*key)) }
    }

    fn id(&self) -> &[u8] {
        &self.digest[..KEY_ID]
    }
}

impl Seals {
    /// No key: what must be sealed or opened is refused.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// The same key always, for rehearsals and tests, which have no secrets.
    #[must_use]
    pub fn of_a_rehearsal() -> Self {
        Self { keys: Arc::new(vec![MasterKey::new(&[7; KEY])]) }
    }

    /// Reads a master key as its file holds it: 64 hexadecimal digits on a line. Of several lines the first is the present key
    /// and the others are former ones; empty lines and what begins with `#` say nothing.
    ///
    /// # Errors
    /// [`Kind::Invalid`](crate::error::Kind::Invalid) for anything else. The error repeats nothing of the text.
    pub fn read(text: &str) -> Result<Self> {
        let wrong = |why: &str| {
            Error::invalid("bad-master-key", format!("This is no master key: {why}."))
                .advise("A master key is 64 hexadecimal digits on a line, such as `openssl rand -hex 32` prints.")
        };
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        let mut keys = Vec::new();
        for line in lines {
            let key = from_hex(line).ok_or_else(|| wrong("a line of it is not 64 hexadecimal digits"))?;
            keys.push(MasterKey::new(&key));
        }
        match keys.len() {
            0 => Err(wrong("it is empty")),
            1..=KEYS_MAX => Ok(Self { keys: Arc::new(keys) }),
            _ => Err(wrong("it holds more than sixteen keys")),
        }
    }

    /// A new master key as its file holds it.
    ///
    /// # Errors
    /// [`Kind::Unavailable`](crate::error::Kind::Unavailable) when the system has no random generator.
    pub fn make(chance: &Chance) -> Result<Secret> {
        Ok(Secret::new(format!("{}\n", chance.token()?)))
    }

    /// The digest of the present key, for the database to know it by; `None` without a key.
    pub(crate) fn digest(&self) -> Option<String> {
        self.keys.first().map(|key| store::chance::hex(&key.digest))
    }

    /// Whether the key with this digest is among these.
    pub(crate) fn knows(&self, digest: &str) -> bool {
        self.keys.iter().any(|key| store::chance::hex(&key.digest) == digest)
    }

    /// Seals `secret` for `slot`, with a nonce from `chance`.
    ///
    /// # Errors
    /// [`Kind::Conflict`](crate::error::Kind::Conflict) in a process that was given no master key.
    pub fn seal<T: Sealable>(&self, chance: &Chance, slot: Slot<'_>, secret: &T) -> Result<Sealed<T>> {
        let key = self.keys.first().ok_or_else(no_key)?;
        let nonce: [u8; NONCE] = chance.bytes()?;
        let mut bytes = vec![VERSION];
        bytes.extend(key.id());
        bytes.extend(nonce);
        let (open, beside) = (secret.to_bytes(), slot.authenticated(&bytes));
        let payload = Payload { msg: &open, aad: &beside };
        let sealed = key.cipher.encrypt(&XNonce::from(nonce), payload);
        bytes.extend(sealed.map_err(|_| Error::internal("a secret could not be sealed"))?);
        Ok(Sealed::stored(bytes))
    }

    /// Whether `sealed` is under the present key, rather than a former one.
    pub(crate) fn is_present<T>(&self, sealed: &Sealed<T>) -> bool {
        let named = sealed.bytes.get(1..=KEY_ID);
        self.keys.first().is_some_and(|key| named == Some(key.id()))
    }

    /// Opens what was sealed for `slot`.
    ///
    /// # Errors
    /// [`Kind::Conflict`](crate::error::Kind::Conflict) without the key it was sealed under, and for what was changed or moved.
    pub fn open<T: Sealable>(&self, slot: Slot<'_>, sealed: &Sealed<T>) -> Result<T> {
        if self.keys.is_empty() {
            return Err(no_key());
        }
        self.opened(slot, &sealed.bytes).and_then(T::from_bytes).ok_or_else(|| {
            Error::conflict(
                "cannot-unseal",
                "A secret cannot be opened: it was sealed under another master key, or changed.",
            )
            .advise("Bring the former master key back, or enter the secret again.")
        })
    }

    fn opened(&self, slot: Slot<'_>, bytes: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let (head, sealed) = bytes.split_at_checked(HEAD)?;
        let (&version, named) = head.split_first()?;
        let (id, nonce) = named.split_at_checked(KEY_ID)?;
        let nonce: [u8; NONCE] = nonce.try_into().ok()?;
        let key = self.keys.iter().find(|key| version == VERSION && key.id() == id)?;
        let beside = slot.authenticated(head);
        let payload = Payload { msg: sealed, aad: &beside };
        key.cipher.decrypt(&XNonce::from(nonce), payload).ok().map(Zeroizing::new)
    }
}

impl fmt::Debug for Seals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Seals({} hidden)", self.keys.len())
    }
}

fn no_key() -> Error {
    Error::conflict("no-master-key", "This process was given no master key, so it can neither seal nor open secrets.")
        .advise("Give it --master-key-file.")
}

fn from_hex(text: &str) -> Option<Zeroizing<[u8; KEY]>> {
    let digits = text.as_bytes();
    let mut key = Zeroizing::new([0; KEY]);
    if digits.len() != 2 * KEY {
        return None;
    }
    for (byte, pair) in key.iter_mut().zip(digits.chunks_exact(2)) {
        let digit = |at: usize| char::from(*pair.get(at)?).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        *byte = digit(0)? << 4 | digit(1)?;
    }
    Some(key)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const SLOT: Slot<'_> = Slot { table: "mailboxes", row: "7", column: "password" };

    fn sealed(seals: &Seals, text: &str) -> Sealed<Secret> {
        seals.seal(&Chance::seeded(1), SLOT, &Secret::new(text)).unwrap()
    }

    fn code(opened: Result<Secret>) -> &'static str {
        opened.unwrap_err().code
    }

    #[test]
    fn a_secret_opens_where_it_was_sealed_and_nowhere_else() {
        let seals = Seals::of_a_rehearsal();
        let kept = sealed(&seals, "hunter2");
        assert_eq!(seals.open(SLOT, &kept).unwrap().reveal(), "hunter2");
        let elsewhere = [
            Slot { table: "hooks", ..SLOT },
            Slot { row: "8", ..SLOT },
            Slot { column: "token", ..SLOT },
            // The same letters, cut elsewhere.
            Slot { table: "mailboxes7", row: "", ..SLOT },
        ];
        for slot in elsewhere {
            assert_eq!(code(seals.open(slot, &kept)), "cannot-unseal", "{slot:?}");
        }
    }

    #[test]
    fn a_former_key_opens_and_the_present_one_seals() {
        let (old, new) = ("1".repeat(64), "a".repeat(64));
        let before = Seals::read(&old).unwrap();
        let kept = sealed(&before, "s");
        let both = Seals::read(&format!("# the present one\n{new}\n\n{old}\n")).unwrap();
        assert_eq!(both.open(SLOT, &kept).unwrap().reveal(), "s");
        assert_eq!(code(before.open(SLOT, &sealed(&both, "s"))), "cannot-unseal");
        assert!(both.knows(&before.digest().unwrap()) && both.digest() != before.digest());
    }

    #[test]
    fn without_a_key_nothing_is_sealed_or_opened() {
        let kept = sealed(&Seals::of_a_rehearsal(), "s");
        assert_eq!(code(Seals::none().open(SLOT, &kept)), "no-master-key");
        let sealing = Seals::none().seal(&Chance::seeded(1), SLOT, &Secret::new("s"));
        assert_eq!(sealing.unwrap_err().code, "no-master-key");
    }

    #[test]
    fn what_is_no_master_key_is_refused_without_being_repeated() {
        for text in
            ["", "# nothing\n", "abc", &"g".repeat(64), &"é".repeat(32), &format!("{}\n", "a".repeat(64)).repeat(17)]
        {
            let error = Seals::read(text).unwrap_err();
            assert_eq!(error.code, "bad-master-key", "{text}");
            assert!(text.len() < 60 || !error.to_string().contains(text));
        }
    }

    #[test]
    fn nothing_of_a_secret_shows() {
        let seals = Seals::of_a_rehearsal();
        let shown = format!("{:?} {:?} {:?}", Secret::new("hunter2"), sealed(&seals, "hunter2"), seals);
        assert_eq!(shown, "Secret(hidden) Sealed(hidden) Seals(1 hidden)");
        assert!(!sealed(&seals, "hunter2").bytes.windows(7).any(|window| window == b"hunter2"));
    }

    proptest! {
        #[test]
        fn whatever_is_sealed_comes_out_again_and_no_changed_byte_passes(
            text in ".{0,200}", seed: u64, at: prop::sample::Index, flip in 1..=u8::MAX,
        ) {
            let seals = Seals::of_a_rehearsal();
            let mut kept = seals.seal(&Chance::seeded(seed), SLOT, &Secret::new(text.clone())).unwrap();
            let opened = seals.open(SLOT, &kept).unwrap();
            prop_assert_eq!(opened.reveal(), text.as_str());
            let at = at.index(kept.bytes.len());
            kept.bytes[at] ^= flip;
            prop_assert_eq!(code(seals.open(SLOT, &kept)), "cannot-unseal");
        }

        #[test]
        fn any_bytes_are_refused(bytes: Vec<u8>) {
            let kept = Sealed::stored(bytes);
            prop_assert_eq!(code(Seals::of_a_rehearsal().open(SLOT, &kept)), "cannot-unseal");
        }
    }
}
