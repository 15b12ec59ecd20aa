//! Transfer codings and charsets, read leniently: what is broken is kept as far as it goes and named.

use mail_parser::decoders::base64::base64_decode;

use super::{Problems, uuencode};
use crate::charset;

/// Undoes a Content-Transfer-Encoding (RFC 2045, section 6).
pub(super) fn transfer(coding: Option<&str>, body: &[u8], problems: &mut Problems) -> Vec<u8> {
    match coding.unwrap_or("").trim().to_ascii_lowercase().as_str() {
        "base64" => base64(body, problems),
        "quoted-printable" => quoted_printable(body, problems),
        "x-uuencode" | "uuencode" | "x-uue" | "uue" => uuencode::decode(body, problems),
        "" | "7bit" | "7-bit" | "8bit" | "8-bit" | "binary" | "none" => body.to_vec(),
        other => {
            let shown: String = other.chars().take(40).collect();
            problems.note(format!("the transfer encoding {shown:?} is not known, its part is kept as it is"));
            body.to_vec()
        }
    }
}

/// Reads base64 line by line. A line with spaces within it is none of it (lists add their footer below whatever the coding), and
/// where most are like that, nothing was ever encoded.
fn base64(body: &[u8], problems: &mut Problems) -> Vec<u8> {
    let is_symbol = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=');
    let mut symbols: Vec<u8> = Vec::with_capacity(body.len());
    let (mut lines, mut prose, mut strangers) = (0_usize, 0_usize, false);
    for line in body.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii).filter(|line| !line.is_empty()) {
        lines += 1;
        if line.contains(&b' ') && line.split(|byte| *byte == b' ').count() > 2 {
            prose += 1;
            strangers = true;
            continue;
        }
        strangers |= line.iter().any(|byte| !is_symbol(byte) && !byte.is_ascii_whitespace());
        symbols.extend(line.iter().filter(|byte| is_symbol(byte)));
    }
    if prose * 2 > lines {
        problems.note("a part says it is base64 and is not, it is kept as it is");
        return body.to_vec();
    }
    if strangers {
        problems.note("a part's base64 holds foreign characters, they are passed over");
    }
    if !symbols.len().is_multiple_of(4) {
        problems.note("a part's base64 is cut short");
        if symbols.len() % 4 == 1 {
            symbols.pop();
        }
    }
    base64_decode(&symbols).unwrap_or_else(|| {
        problems.note("a part's base64 is not understood, it is kept as it is");
        body.to_vec()
    })
}

fn quoted_printable(body: &[u8], problems: &mut Problems) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len());
    for line in body.split_inclusive(|byte| *byte == b'\n') {
        let content = line.trim_ascii_end();
        let end: &[u8] = match line {
            [.., b'\r', b'\n'] => b"\r\n",
            [.., b'\n'] => b"\n",
            _ => b"",
        };
        let (content, soft) = content.strip_suffix(b"=").map_or((content, false), |content| (content, true));
        let mut rest = content;
        while let Some(at) = rest.iter().position(|byte| *byte == b'=') {
            out.extend_from_slice(&rest[..at]);
            match rest[at + 1..] {
                [high, low, ..] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {
                    out.push(hex(high) << 4 | hex(low));
                    rest = &rest[at + 3..];
                }
                _ => {
                    problems.note("a part's quoted-printable is broken, it is read as far as it goes");
                    out.push(b'=');
                    rest = &rest[at + 1..];
                }
            }
        }
        out.extend_from_slice(rest);
        if !soft {
            out.extend_from_slice(end);
        }
    }
    out
}

fn hex(digit: u8) -> u8 {
    match digit {
        b'0'..=b'9' => digit - b'0',
        _ => (digit | 0x20).wrapping_sub(b'a').wrapping_add(10),
    }
}

/// Reads a part's text by its charset. Line ends become `\n`; other control characters go.
pub(super) fn text(bytes: &[u8], charset: Option<&str>, problems: &mut Problems) -> String {
    let text = charset::read(bytes, charset, "a part", problems);
    if text.contains('\0') {
        problems.note("a text holds NUL characters, they are left out");
    }
    let is_noise = |c: char| (c.is_control() && !matches!(c, '\n' | '\t')) || c == '\u{feff}';
    text.replace("\r\n", "\n").replace('\r', "\n").replace(is_noise, "")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(coding: &str, body: &str) -> (String, Vec<String>) {
        let mut problems = Problems::default();
        let bytes = transfer(Some(coding), body.as_bytes(), &mut problems);
        (String::from_utf8(bytes).unwrap(), problems.0)
    }

    #[test]
    fn quoted_printable_is_read_and_what_is_broken_stays() {
        assert_eq!(read("Quoted-Printable", "ol=C3=A1 =\r\nmundo  \r\nx").0, "olá mundo\r\nx");
        let (text, problems) = read("quoted-printable", "100=% =4");
        assert_eq!(text, "100=% =4");
        assert_eq!(problems.len(), 1);
    }

    #[test]
    fn base64_is_read_as_far_as_it_goes() {
        assert_eq!(read("base64", "SGVs\r\nbG8=\r\n"), ("Hello".to_owned(), vec![]));
        let (text, problems) = read("base64", "SGVsbG8gd29y!bGQhI");
        assert_eq!(text, "Hello world!");
        assert_eq!(problems.len(), 2);
    }

    #[test]
    fn a_wrong_charset_is_named_and_the_text_still_read() {
        let mut problems = Problems::default();
        assert_eq!(text(b"ol\xe1", Some("utf-8"), &mut problems), "olá");
        assert_eq!(text("olá".as_bytes(), Some("x-klingon"), &mut problems), "olá");
        assert_eq!(text(b"ol\xe1", Some("ISO-8859-1"), &mut problems), "olá");
        assert_eq!(text("olá".as_bytes(), Some("us-ascii"), &mut problems), "olá");
        assert_eq!(
            problems.0,
            ["a part is not valid UTF-8, it is read as windows-1252", "the charset \"x-klingon\" is not known"]
        );
    }
}
