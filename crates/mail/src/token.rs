//! The reply token: a signed proof, carried by an address or a body, that its bearer was written to about a ticket.
//!
//! Its layout is a version byte, the ticket's id and the contact's id (8 bytes each, big-endian) and the first 16 bytes of
//! HMAC-SHA256 (RFC 2104) over those, in base32. It holds no secret; it cannot be made without the key.

use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::{address, base32};

const VERSION: u8 = 1;
const SIGNED: usize = 1 + 8 + 8;
const SIGNATURE: usize = 16;
/// Length of every token, in characters.
pub const LENGTH: usize = 53;
/// What stands between the local part and the token: `support+t.TOKEN@…`.
pub const ADDRESS_MARK: &str = "+t.";
/// The longest local part a mail server must take, in bytes (RFC 5321, section 4.5.3.1.1).
const MAX_LOCAL_PART: usize = 64;

/// The key that signs tokens. Its content never shows, not even in `Debug`.
#[derive(Clone)]
pub struct Key(Vec<u8>);

impl Key {
    /// A key of any length; 32 random bytes are right.
    #[must_use]
    pub fn new(secret: &[u8]) -> Self {
        Self(secret.to_vec())
    }

    /// What lets its bearer do one thing for one person by a link, such as have mail to them stop: a text that cannot be made without
    /// the key, safe in an address of the web. Another `purpose` gives another text.
    #[must_use]
    pub fn stamp(&self, purpose: &str, id: i64) -> String {
        let mut bytes = id.to_be_bytes().to_vec();
        if let Some(mac) = self.stamping(purpose, id) {
            bytes.extend(mac.finalize().into_bytes().iter().take(SIGNATURE));
        }
        base32::encode(&bytes)
    }

    /// Whose stamp for `purpose` this is, if this key made it; compared in constant time.
    #[must_use]
    pub fn stamped(&self, purpose: &str, text: &str) -> Option<i64> {
        let bytes = base32::decode(text)?;
        let (id, signature) = bytes.split_first_chunk::<8>()?;
        let id = i64::from_be_bytes(*id);
        if signature.len() != SIGNATURE {
            return None;
        }
        self.stamping(purpose, id)?.verify_truncated_left(signature).ok()?;
        Some(id)
    }

    fn stamping(&self, purpose: &str, id: i64) -> Option<Hmac<Sha256>> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).ok()?;
        mac.update(b"stamp");
        mac.update(&id.to_be_bytes());
        mac.update(purpose.as_bytes());
        Some(mac)
    }

    fn mac(&self, signed: &[u8]) -> Option<Hmac<Sha256>> {
        // HMAC takes a key of any length, so this is never absent.
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).ok()?;
        mac.update(b"reply-token");
        mac.update(signed);
        Some(mac)
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(hidden)")
    }
}

/// What a token says: this contact was written to about this ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ReplyToken {
    /// The ticket's id.
    pub ticket: i64,
    /// The id of the contact the mail went to.
    pub contact: i64,
}

impl ReplyToken {
    /// The token's text: [`LENGTH`] lower-case letters and digits, safe in an address.
    #[must_use]
    pub fn sign(&self, key: &Key) -> String {
        let mut bytes = Vec::with_capacity(SIGNED + SIGNATURE);
        bytes.push(VERSION);
        bytes.extend_from_slice(&self.ticket.to_be_bytes());
        bytes.extend_from_slice(&self.contact.to_be_bytes());
        if let Some(mac) = key.mac(&bytes) {
            bytes.extend(mac.finalize().into_bytes().iter().take(SIGNATURE));
        }
        base32::encode(&bytes)
    }

    /// Reads a token if this key signed it. Upper and lower case are the same, for mail servers change it; the signature is
    /// compared in constant time.
    #[must_use]
    pub fn verify(key: &Key, text: &str) -> Option<Self> {
        if !looks_like_one(text) {
            return None;
        }
        let bytes = base32::decode(text)?;
        let (signed, signature) = bytes.split_at_checked(SIGNED)?;
        key.mac(signed)?.verify_truncated_left(signature).ok()?;
        let [VERSION, ids @ ..] = signed else {
            return None;
        };
        let (ticket, contact) = ids.split_first_chunk::<8>()?;
        Some(Self { ticket: i64::from_be_bytes(*ticket), contact: i64::from_be_bytes(contact.try_into().ok()?) })
    }
}

/// Whether a text has a token's length and alphabet; says nothing about its signature.
pub(crate) fn looks_like_one(text: &str) -> bool {
    text.len() == LENGTH && text.bytes().all(|b| b.is_ascii_alphabetic() || (b'2'..=b'7').contains(&b))
}

/// The address to answer to, with the token in it: `support+t.TOKEN@example.com`. `None` when that would be longer than a
/// mail server has to take; the token then travels by the Message-ID and the body alone.
#[must_use]
pub fn plus_address(plain: &str, token: &str) -> Option<String> {
    let (local, domain) = plain.rsplit_once('@')?;
    let tagged = format!("{local}{ADDRESS_MARK}{token}");
    let whole = format!("{tagged}@{domain}");
    (tagged.len() <= MAX_LOCAL_PART && address::is_plausible(&whole)).then_some(whole)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_stamp_is_of_one_person_for_one_purpose_and_nobody_can_change_it() {
        let (key, other) = (Key::new(b"one"), Key::new(b"other"));
        let stamp = key.stamp("mail-off", 7);
        assert_eq!(key.stamped("mail-off", &stamp), Some(7));
        assert_eq!((key.stamped("else", &stamp), other.stamped("mail-off", &stamp)), (None, None));
        for place in 0..stamp.len() {
            let mut changed = stamp.clone().into_bytes();
            changed[place] = if changed[place] == b'a' { b'b' } else { b'a' };
            assert_eq!(key.stamped("mail-off", std::str::from_utf8(&changed).unwrap()), None, "{place}");
        }
        assert_eq!((key.stamped("mail-off", ""), key.stamped("mail-off", "é")), (None, None));
    }

    fn key() -> Key {
        Key::new(&[7; 32])
    }

    proptest! {
        #[test]
        fn a_token_comes_back_in_either_case(ticket: i64, contact: i64) {
            let token = ReplyToken { ticket, contact };
            let text = token.sign(&key());
            prop_assert_eq!(text.len(), LENGTH);
            prop_assert_eq!(ReplyToken::verify(&key(), &text), Some(token));
            prop_assert_eq!(ReplyToken::verify(&key(), &text.to_uppercase()), Some(token));
        }

        #[test]
        fn any_one_character_changed_fails(ticket: i64, contact: i64, at in 0..LENGTH, to in "[a-z2-7]") {
            let text = ReplyToken { ticket, contact }.sign(&key());
            prop_assume!(text[at..=at] != to);
            let changed = format!("{}{to}{}", &text[..at], &text[at + 1..]);
            prop_assert_eq!(ReplyToken::verify(&key(), &changed), None);
        }

        #[test]
        fn any_text_is_read_without_panic(text: String) {
            prop_assert_eq!(ReplyToken::verify(&key(), &text), None);
        }
    }

    #[test]
    fn another_key_does_not_open_it() {
        let text = ReplyToken { ticket: 1, contact: 2 }.sign(&key());
        assert_eq!(ReplyToken::verify(&Key::new(&[8; 32]), &text), None);
    }

    #[test]
    fn a_token_without_its_signature_is_none() {
        let text = base32::encode(&[VERSION, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 2]);
        assert_eq!(ReplyToken::verify(&key(), &text), None);
    }

    #[test]
    fn the_key_does_not_show() {
        assert_eq!(format!("{:?}", Key::new(b"secret")), "Key(hidden)");
    }

    #[test]
    fn the_token_goes_into_the_address_if_the_address_can_take_it() {
        let token = ReplyToken { ticket: 1, contact: 2 }.sign(&key());
        assert_eq!(plus_address("help@desk.example", &token), Some(format!("help+t.{token}@desk.example")));
        assert_eq!(plus_address("customer-support@desk.example", &token), None);
        assert_eq!(plus_address("nowhere", &token), None);
    }
}
