//! Mail that is signed as a whole (S/MIME, RFC 8551, section 3.5.2): its content, out of the wrapping (CMS, RFC 5652,
//! section 5). Signatures are not checked here, and what is encrypted stays so.

/// The object identifier of signed data, 1.2.840.113549.1.7.2.
const SIGNED_DATA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02];
/// How deep elements may lie in each other on the way to the content.
const MAX_DEPTH: usize = 12;

const SEQUENCE: u8 = 0x30;
const SET: u8 = 0x31;
const OBJECT_IDENTIFIER: u8 = 0x06;
const INTEGER: u8 = 0x02;
const OCTETS: u8 = 0x04;
const OCTETS_IN_PIECES: u8 = 0x24;
const EXPLICIT: u8 = 0xa0;

/// The mail that was signed: an entity with its own headers. `None` when these bytes are something else, encrypted mail too.
pub(super) fn content(bytes: &[u8]) -> Option<Vec<u8>> {
    let (whole, _) = element(bytes, SEQUENCE)?;
    let (kind, rest) = element(whole, OBJECT_IDENTIFIER)?;
    if kind != SIGNED_DATA {
        return None;
    }
    let (wrapped, _) = element(rest, EXPLICIT)?;
    let (signed, _) = element(wrapped, SEQUENCE)?;
    let (_version, rest) = element(signed, INTEGER)?;
    let (_digests, rest) = element(rest, SET)?;
    let (encapsulated, _) = element(rest, SEQUENCE)?;
    let (_kind, rest) = element(encapsulated, OBJECT_IDENTIFIER)?;
    let (content, _) = element(rest, EXPLICIT)?;
    let mut found = Vec::new();
    octets(content, 0, &mut found)?;
    Some(found).filter(|found| !found.is_empty())
}

/// Collects octet strings, whole or in pieces.
fn octets(mut bytes: &[u8], depth: usize, found: &mut Vec<u8>) -> Option<()> {
    while let Some((tag, content, rest)) = first(bytes, depth) {
        match tag {
            OCTETS => found.extend_from_slice(content),
            OCTETS_IN_PIECES if depth < MAX_DEPTH => octets(content, depth + 1, found)?,
            _ => return None,
        }
        bytes = rest;
    }
    Some(())
}

/// The content of the element at the start, which must have this tag, and what follows it.
fn element(bytes: &[u8], expected: u8) -> Option<(&[u8], &[u8])> {
    let (tag, content, rest) = first(bytes, 0)?;
    (tag == expected).then_some((content, rest))
}

/// The element at the start (X.690, section 8.1): tag, content, and what follows it. Lengths may be left open until an end mark.
fn first(bytes: &[u8], depth: usize) -> Option<(u8, &[u8], &[u8])> {
    let (&[tag, length], rest) = bytes.split_first_chunk::<2>()?;
    if tag & 0x1f == 0x1f || tag == 0 {
        return None; // long tags are not used here, and zero is an end mark
    }
    match length {
        0x80 => {
            let inner = open_length(rest, depth)?;
            Some((tag, &rest[..inner], rest.get(inner + 2..)?))
        }
        0..0x80 => rest.split_at_checked(usize::from(length)).map(|(content, rest)| (tag, content, rest)),
        _ => {
            let (size, rest) = rest.split_at_checked(usize::from(length & 0x7f)).filter(|(size, _)| size.len() <= 4)?;
            let size = size.iter().fold(0_usize, |size, byte| size << 8 | usize::from(*byte));
            rest.split_at_checked(size).map(|(content, rest)| (tag, content, rest))
        }
    }
}

/// How long the content is that two zero bytes end. Each level looks over what lies within it, so their number is bounded.
fn open_length(bytes: &[u8], depth: usize) -> Option<usize> {
    let mut rest = bytes;
    while !rest.starts_with(&[0, 0]) {
        if depth >= MAX_DEPTH {
            return None;
        }
        rest = first(rest, depth + 1)?.2;
    }
    Some(bytes.len() - rest.len())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn wrap(tag: u8, content: &[u8]) -> Vec<u8> {
        let length = u16::try_from(content.len()).unwrap().to_be_bytes();
        [&[tag, 0x82, length[0], length[1]], content].concat()
    }

    fn open(tag: u8, content: &[u8]) -> Vec<u8> {
        [&[tag, 0x80], content, &[0, 0]].concat()
    }

    fn signed(content: &[u8], frame: fn(u8, &[u8]) -> Vec<u8>) -> Vec<u8> {
        let data = [0x06, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x01];
        let inner = frame(SEQUENCE, &[&data[..], &frame(EXPLICIT, content)].concat());
        let signed = frame(SEQUENCE, &[&[INTEGER, 1, 1, SET, 0][..], &inner, &[SET, 0]].concat());
        let kind = [&[OBJECT_IDENTIFIER, 9][..], SIGNED_DATA].concat();
        frame(SEQUENCE, &[kind, frame(EXPLICIT, &signed)].concat())
    }

    #[test]
    fn the_content_is_found_whole_or_in_pieces() {
        assert_eq!(content(&signed(&wrap(OCTETS, b"Hello"), wrap)).as_deref(), Some(&b"Hello"[..]));
        let pieces = open(OCTETS_IN_PIECES, &[wrap(OCTETS, b"Hel"), wrap(OCTETS, b"lo")].concat());
        assert_eq!(content(&signed(&pieces, open)).as_deref(), Some(&b"Hello"[..]));
        assert_eq!(content(&wrap(SEQUENCE, &[0x06, 1, 42])), None);
    }

    proptest! {
        #[test]
        fn any_bytes_give_no_more_than_they_are(bytes in prop::collection::vec(prop_oneof![Just(0x30_u8), Just(0x24), Just(0x80), Just(0), Just(4), any::<u8>()], 0..300), at in 0_usize..60) {
            let whole = signed(&bytes, open);
            for bytes in [&whole[..], &whole[..at.min(whole.len())], &bytes] {
                prop_assert!(content(bytes).is_none_or(|found| found.len() < bytes.len()));
            }
        }
    }
}
