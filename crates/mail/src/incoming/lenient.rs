//! What is done about mails whose frame is broken: line ends, empty lines and boundaries that are missing or too many.

use std::borrow::Cow;

use super::Problems;

/// A mail's bytes with line ends and a beginning that can be read: no byte order mark and no empty lines before the first
/// header, and `\n` where only carriage returns stand (as programs of old wrote).
pub(super) fn framed<'a>(raw: &'a [u8], problems: &mut Problems) -> Cow<'a, [u8]> {
    let raw = raw.strip_prefix(b"\xef\xbb\xbf").unwrap_or(raw);
    let start = raw.iter().position(|byte| !matches!(byte, b'\r' | b'\n')).unwrap_or(0);
    let raw = &raw[start..];
    if raw.contains(&b'\r') && !raw.contains(&b'\n') {
        problems.note("its lines end in carriage returns alone");
        return Cow::Owned(raw.iter().map(|byte| if *byte == b'\r' { b'\n' } else { *byte }).collect());
    }
    Cow::Borrowed(raw)
}

/// Where text begins in a block of headers that no empty line ends: at the first line after the last field that is none.
pub(super) fn text_in_head(block: &[u8]) -> Option<usize> {
    let (mut found, mut at) = (None, 0);
    for line in block.split_inclusive(|byte| *byte == b'\n') {
        let is_folded = line.starts_with(b" ") || line.starts_with(b"\t");
        if is_field(line) {
            found = None;
        } else if !is_folded && !line.trim_ascii().is_empty() && !line.starts_with(b"From ") {
            found = found.or(Some(at));
        }
        at += line.len();
    }
    found
}

fn is_field(line: &[u8]) -> bool {
    let name = line.iter().position(|byte| *byte == b':').map(|end| line[..end].trim_ascii_end());
    name.is_some_and(|name| !name.is_empty() && name.iter().all(u8::is_ascii_graphic))
}

/// The boundary that a body seems to have: what follows `--` in the first line that has a field of MIME on the next.
pub(super) fn boundary_in(body: &[u8]) -> Option<String> {
    let mut lines = body.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii_end).take(MAX_LINES).peekable();
    while let Some(line) = lines.next() {
        let boundary = line.strip_prefix(b"--").filter(|boundary| (1..=MAX_BOUNDARY).contains(&boundary.len()));
        let next = lines.peek().is_some_and(|next| begins_part(next));
        if let (Some(boundary), true) = (boundary, next) {
            return std::str::from_utf8(boundary).ok().map(str::to_owned);
        }
    }
    None
}

/// How far down a boundary is looked for, in lines.
const MAX_LINES: usize = 50;
/// The longest boundary that is believed in, in bytes; RFC 2046 allows 70.
const MAX_BOUNDARY: usize = 200;

/// Whether a body that nobody announced as several parts begins with one.
pub(super) fn begins_with_boundary(body: &[u8]) -> bool {
    let mut lines = body.trim_ascii_start().split(|byte| *byte == b'\n');
    lines.next().is_some_and(|line| line.starts_with(b"--") && line.trim_ascii_end().len() > 2)
        && lines.next().is_some_and(begins_part)
}

fn begins_part(line: &[u8]) -> bool {
    line.get(..8).is_some_and(|start| start.eq_ignore_ascii_case(b"content-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_without_an_empty_line_before_it_is_found() {
        let block = b"From: a@b.example\r\nSubject: x\r\n y\r\nHello Ana\r\nhow are you?\r\n";
        assert_eq!(text_in_head(block).map(|at| &block[at..at + 9]), Some(&b"Hello Ana"[..]));
        assert_eq!(text_in_head(b"From x\r\nFrom: a@b.example\r\nnoise\r\nSubject: x\r\n"), None);
    }

    #[test]
    fn a_boundary_is_known_by_the_field_that_follows_it() {
        assert_eq!(boundary_in(b"Hi\r\n--\r\n--=_1\r\nContent-Type: text/plain\r\n").as_deref(), Some("=_1"));
        assert_eq!(boundary_in(b"-- \nMaria\n--x\nAcme"), None);
        assert!(begins_with_boundary(b"\r\n--abc\r\ncontent-type: text/plain\r\n"));
        assert!(!begins_with_boundary(b"--\r\nContent\r\n"));
    }

    #[test]
    fn carriage_returns_alone_are_line_ends() {
        let mut problems = Problems::default();
        assert_eq!(&*framed(b"\r\rFrom: a\r\rHi", &mut problems), b"From: a\n\nHi");
        assert_eq!(problems.list().len(), 1);
        assert_eq!(&*framed(b"\xef\xbb\xbf\r\nFrom: a\rb\n", &mut problems), b"From: a\rb\n");
    }
}
