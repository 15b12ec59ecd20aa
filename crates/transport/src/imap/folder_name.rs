//! Names of folders as people write them, and as IMAP does: in modified UTF-7 (RFC 3501, section 5.1.3).

use base64::Engine;
use base64::alphabet::IMAP_MUTF7;
use base64::engine::GeneralPurpose;
use base64::engine::general_purpose::NO_PAD;

const ENGINE: GeneralPurpose = GeneralPurpose::new(&IMAP_MUTF7, NO_PAD);

/// A name as IMAP writes it.
pub(super) fn encode(name: &str) -> String {
    let mut encoded = String::with_capacity(name.len());
    let mut foreign: Vec<u8> = Vec::new();
    let flush = |foreign: &mut Vec<u8>, encoded: &mut String| {
        if !foreign.is_empty() {
            encoded.push('&');
            ENGINE.encode_string(&*foreign, encoded);
            encoded.push('-');
            foreign.clear();
        }
    };
    for c in name.chars() {
        if matches!(c, ' '..='~') {
            flush(&mut foreign, &mut encoded);
            encoded.push(c);
            if c == '&' {
                encoded.push('-');
            }
        } else {
            foreign.extend(c.encode_utf16(&mut [0; 2]).iter().flat_map(|unit| unit.to_be_bytes()));
        }
    }
    flush(&mut foreign, &mut encoded);
    encoded
}

/// A name as people write it. What is not well-formed stays as it is: such servers say UTF-8.
pub(super) fn decode(name: &[u8]) -> String {
    let text = String::from_utf8_lossy(name);
    decoded(&text).unwrap_or_else(|| text.into_owned())
}

fn decoded(name: &str) -> Option<String> {
    let mut rest = name;
    let mut decoded = String::with_capacity(name.len());
    while let Some((before, after)) = rest.split_once('&') {
        decoded.push_str(before);
        let (foreign, after) = after.split_once('-')?;
        if foreign.is_empty() {
            decoded.push('&');
        } else {
            let bytes = ENGINE.decode(foreign).ok()?;
            let (units, []) = bytes.as_chunks::<2>() else { return None };
            let units = units.iter().map(|unit| u16::from_be_bytes(*unit));
            decoded.extend(char::decode_utf16(units).collect::<Result<Vec<char>, _>>().ok()?);
        }
        rest = after;
    }
    decoded.push_str(rest);
    Some(decoded)
}

/// A name as it stands in a command.
pub(super) fn quoted(name: &str) -> String {
    // Whatever is not printable ASCII was encoded, so that nothing can end the line.
    format!("\"{}\"", encode(name).replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_of_other_languages_and_ampersands_are_encoded() {
        // The example of RFC 3501.
        assert_eq!(encode("~peter/mail/台北/日本語"), "~peter/mail/&U,BTFw-/&ZeVnLIqe-");
        assert_eq!(encode("Büro & Küche"), "B&APw-ro &- K&APw-che");
        assert_eq!(decode(b"~peter/mail/&U,BTFw-/&ZeVnLIqe-"), "~peter/mail/台北/日本語");
    }

    #[test]
    fn a_name_that_is_not_well_formed_stays_as_it_is() {
        assert_eq!(decode("Büro".as_bytes()), "Büro");
        assert_eq!(decode(b"R&D"), "R&D");
    }

    #[test]
    fn no_name_ends_its_command() {
        assert_eq!(quoted("a\"b\\c"), r#""a\"b\\c""#);
        assert!(!quoted("x\r\nA1 LOGOUT").contains(['\r', '\n']));
    }

    proptest! {
        #[test]
        fn a_name_survives_the_way_there_and_back(name in any::<String>()) {
            let encoded = encode(&name);
            prop_assert!(encoded.bytes().all(|byte| (b' '..=b'~').contains(&byte)));
            prop_assert_eq!(decode(encoded.as_bytes()), name);
        }
    }
}
