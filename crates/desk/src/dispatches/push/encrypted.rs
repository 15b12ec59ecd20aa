//! A message as only one browser reads it (RFC 8291), in one record (RFC 8188): the service between sees its length and nothing more.

use aes_gcm::aead::{Aead, KeyInit};
use aes_gcm::{Aes128Gcm, Key, Nonce};
use hkdf::Hkdf;
use p256::{PublicKey, SecretKey};
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::{Error, Result};

/// The size of a record, as its head says it: each service takes as much (RFC 8030, section 7.2).
const RECORD: u32 = 4_096;
/// Salt, size of a record, length of the key, key.
const HEAD: usize = 16 + 4 + 1 + 65;
const TAG: usize = 16;
/// The longest message, in bytes (RFC 8291, section 4).
pub(super) const MESSAGE_MAX: usize = RECORD as usize - HEAD - TAG - 1;
/// What ends the last record.
const LAST: u8 = 2;

/// Whom a message is for: what a browser gave out when it was turned on.
pub(super) struct Recipient {
    pub(super) key: PublicKey,
    pub(super) secret: [u8; 16],
}

/// Encrypts `message` for `recipient` under a key and a salt that are used this once. It is filled up to a multiple of `step` bytes, so
/// that its length says less.
pub(super) fn encrypt(
    message: &[u8],
    recipient: &Recipient,
    once: &SecretKey,
    salt: [u8; 16],
    step: usize,
) -> Result<Vec<u8>> {
    let wrong = || Error::internal("a notice could not be encrypted");
    if message.len() > MESSAGE_MAX {
        return Err(wrong());
    }
    let own = once.public_key().to_sec1_bytes();
    let shared = once.diffie_hellman(&recipient.key);
    let mut about = b"WebPush: info\0".to_vec();
    about.extend(recipient.key.to_sec1_bytes());
    about.extend(&own);
    let combined = Hkdf::<Sha256>::new(Some(&recipient.secret), shared.raw_secret_bytes());
    let mut material = Zeroizing::new([0; 32]);
    combined.expand(&about, material.as_mut_slice()).map_err(|_| wrong())?;

    let derived = Hkdf::<Sha256>::new(Some(&salt), material.as_slice());
    let (mut key, mut nonce) = (Zeroizing::new([0; 16]), [0; 12]);
    derived.expand(b"Content-Encoding: aes128gcm\0", key.as_mut_slice()).map_err(|_| wrong())?;
    derived.expand(b"Content-Encoding: nonce\0", &mut nonce).map_err(|_| wrong())?;

    let filled = (message.len() + 1).next_multiple_of(step).min(MESSAGE_MAX + 1);
    let mut record = Zeroizing::new(Vec::with_capacity(filled));
    record.extend(message);
    record.push(LAST);
    record.resize(filled, 0);
    let sealed = Aes128Gcm::new(&Key::<Aes128Gcm>::from(*key)).encrypt(&Nonce::from(nonce), record.as_slice());

    let mut body = salt.to_vec();
    body.extend(RECORD.to_be_bytes());
    body.push(u8::try_from(own.len()).map_err(|_| wrong())?);
    body.extend(&own);
    body.extend(sealed.map_err(|_| wrong())?);
    Ok(body)
}

#[cfg(test)]
mod tests {
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    use proptest::prelude::*;
    use store::Chance;

    use super::*;
    use crate::settings::push_key;

    fn bytes<const N: usize>(text: &str) -> [u8; N] {
        URL_SAFE_NO_PAD.decode(text).unwrap().try_into().unwrap()
    }

    #[test]
    fn the_example_of_rfc_8291_comes_out_byte_for_byte() {
        let key: [u8; 65] =
            bytes("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4");
        let recipient =
            Recipient { key: PublicKey::from_sec1_bytes(&key).unwrap(), secret: bytes("BTBZMqHH6r4Tts7J_aSIgg") };
        let once = SecretKey::from_slice(&bytes::<32>("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw")).unwrap();
        let message = b"When I grow up, I want to be a watermelon";
        let body = encrypt(message, &recipient, &once, bytes("DGv6ra1nlYgDCS1FRnbzlw"), 1).unwrap();
        let expected = "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27ml\
                        mlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPT\
                        pK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN";
        assert_eq!(URL_SAFE_NO_PAD.encode(body), expected);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn whatever_is_encrypted_its_reader_reads_and_its_length_says_little(message: Vec<u8>, seed: u64) {
            let reader = sink::push::Reader::of(&[7; 32]);
            let recipient = Recipient {
                key: PublicKey::from_sec1_bytes(&reader.public()).unwrap(),
                secret: reader.secret(),
            };
            let chance = Chance::seeded(seed);
            let once = push_key::draw(&chance).unwrap();
            let body = encrypt(&message, &recipient, &once, chance.bytes().unwrap(), 256).unwrap();
            prop_assert_eq!((body.len() - HEAD - TAG) % 256, 0);
            prop_assert_eq!(reader.read(&body), Ok(message));
        }
    }

    #[test]
    fn the_longest_message_is_as_long_as_every_service_takes_and_a_longer_one_is_none() {
        let reader = sink::push::Reader::of(&[7; 32]);
        let recipient =
            Recipient { key: PublicKey::from_sec1_bytes(&reader.public()).unwrap(), secret: reader.secret() };
        let once = push_key::draw(&Chance::seeded(1)).unwrap();
        let body = encrypt(&[b'x'; MESSAGE_MAX], &recipient, &once, [0; 16], 256).unwrap();
        assert_eq!((body.len(), reader.read(&body).unwrap().len()), (4_096, MESSAGE_MAX));
        assert!(encrypt(&[b'x'; MESSAGE_MAX + 1], &recipient, &once, [0; 16], 256).is_err());
    }
}
