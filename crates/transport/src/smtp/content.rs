//! A mail's bytes as they stand in SMTP (RFC 5321, sections 2.3.8 and 4.5.2): lines that end in CRLF, a dot doubled where a line
//! begins with one, and a dot alone at the end.

use crate::fault::Fault;
use crate::wire::Wire;

/// How many bytes are gathered before they are said.
const CHUNK: usize = 16 * 1024;

/// Says a mail.
pub(super) async fn say(wire: &mut Wire, raw: &[u8]) -> Result<(), Fault> {
    let mut writing = Writing::default();
    for piece in raw.chunks(CHUNK) {
        writing.take(piece);
        if writing.ready.len() >= CHUNK {
            wire.say(&writing.ready).await?;
            writing.ready.clear();
        }
    }
    wire.say(&writing.end()).await
}

/// A mail on its way. A line break that is half of one becomes a whole one: two servers that read half of one differently could be
/// made to see two mails where there is one.
#[derive(Default)]
struct Writing {
    ready: Vec<u8>,
    /// The last byte that was taken.
    last: Option<u8>,
}

impl Writing {
    fn take(&mut self, piece: &[u8]) {
        for byte in piece {
            match (self.last, byte) {
                // The line break is written already.
                (Some(b'\r'), b'\n') => {}
                (_, b'\r' | b'\n') => self.ready.extend_from_slice(b"\r\n"),
                (None | Some(b'\r' | b'\n'), b'.') => self.ready.extend_from_slice(b".."),
                (_, byte) => self.ready.push(*byte),
            }
            self.last = Some(*byte);
        }
    }

    /// What is left to be said, the end of the mail included.
    fn end(mut self) -> Vec<u8> {
        let has_ended_line = matches!(self.last, None | Some(b'\r' | b'\n'));
        self.ready.extend_from_slice(if has_ended_line { b".\r\n" } else { b"\r\n.\r\n" });
        self.ready
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn said(raw: &[u8], piece: usize) -> Vec<u8> {
        let mut writing = Writing::default();
        raw.chunks(piece.max(1)).for_each(|piece| writing.take(piece));
        writing.end()
    }

    /// What a server makes of it: the lines up to the one with a dot alone.
    fn heard(said: &[u8]) -> Vec<u8> {
        let body = said.strip_suffix(b".\r\n").unwrap();
        let lines = body.split_inclusive(|byte| *byte == b'\n');
        lines.flat_map(|line| line.strip_prefix(b".").unwrap_or(line)).copied().collect()
    }

    #[test]
    fn dots_are_doubled_and_half_line_breaks_made_whole() {
        assert_eq!(said(b".a\r\n..b\r\nc.\r\n", 100), b"..a\r\n...b\r\nc.\r\n.\r\n");
        assert_eq!(said(b"a\n.\nb", 100), b"a\r\n..\r\nb\r\n.\r\n");
        assert_eq!(said(b"a\r.\r\r\nb", 100), b"a\r\n..\r\n\r\nb\r\n.\r\n");
        assert_eq!(said(b"", 100), b".\r\n");
    }

    proptest! {
        #[test]
        fn a_mail_arrives_as_it_left_however_it_is_cut(
            lines in proptest::collection::vec("[.a]{0,4}", 1..8), piece in 1_usize..5
        ) {
            let raw = lines.iter().flat_map(|line| [line.as_bytes(), b"\r\n"]).flatten().copied().collect::<Vec<u8>>();
            prop_assert_eq!(heard(&said(&raw, piece)), raw);
        }

        #[test]
        fn nothing_in_a_mail_ends_it(raw in proptest::collection::vec(proptest::sample::select(b"\r\n.a".to_vec()), 0..40), piece in 1_usize..5) {
            let said = said(&raw, piece);
            let body = &said[..said.len() - 3];
            let ends = body.split_inclusive(|byte| *byte == b'\n').any(|line| line == b".\r\n" || line == b".\n");
            prop_assert!(!ends);
            let halves = body.windows(2).any(|pair| (pair[0] == b'\r') != (pair[1] == b'\n'));
            prop_assert!(!halves, "{:?}", said);
        }
    }
}
