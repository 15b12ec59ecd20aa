//! Transfer codings and charsets, read leniently: what is broken is kept as far as it goes and named.

use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::charsets::map::charset_decoder;

use super::Problems;

/// Undoes a Content-Transfer-Encoding (RFC 2045, section 6).
pub(super) fn transfer(coding: Option<&str>, body: &[u8], problems: &mut Problems) -> Vec<u8> {
    match coding.unwrap_or("").trim().to_ascii_lowercase().as_str() {
        "base64" => base64(body, problems),
        "quoted-printable" => quoted_printable(body, problems),
        "" | "7bit" | "8bit" | "binary" => body.to_vec(),
        other => {
            let shown: String = other.chars().take(40).collect();
            problems.note(format!("the transfer encoding {shown:?} is not known, its part is kept as it is"));
            body.to_vec()
        }
    }
}

fn base64(body: &[u8], problems: &mut Problems) -> Vec<u8> {
    let is_symbol = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=');
    let mut symbols: Vec<u8> = body.iter().copied().filter(is_symbol).collect();
    let strangers = body.iter().filter(|byte| !is_symbol(byte) && !byte.is_ascii_whitespace()).count();
    if strangers > 0 {
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

/// Reads text by its charset. Without one, with one that is not known, or with UTF-8 that is none, it is UTF-8 if it can
/// be and else windows-1252. Line ends become `\n`; other
/// control characters go.
pub(super) fn text(bytes: &[u8], charset: Option<&str>, problems: &mut Problems) -> String {
    let label = charset.unwrap_or("").trim().trim_matches('"').to_ascii_lowercase();
    let unicode = matches!(label.as_str(), "" | "utf-8" | "utf8" | "us-ascii" | "ascii" | "unicode-1-1-utf-8");
    let decoder = if unicode || label.len() > 40 { None } else { charset_decoder(label.as_bytes()) };
    let text = match (decoder, std::str::from_utf8(bytes)) {
        (Some(decoder), _) => decoder(bytes),
        (None, Ok(text)) => {
            if !unicode {
                problems.note(unknown(&label));
            }
            text.to_owned()
        }
        (None, Err(_)) => {
            problems.note(if unicode {
                "a part is not valid UTF-8, it is read as windows-1252".to_owned()
            } else {
                unknown(&label)
            });
            charset_decoder(b"windows-1252")
                .map_or_else(|| String::from_utf8_lossy(bytes).into_owned(), |read| read(bytes))
        }
    };
    if text.contains('\0') {
        problems.note("a text holds NUL characters, they are left out");
    }
    let is_noise = |c: char| (c.is_control() && !matches!(c, '\n' | '\t')) || c == '\u{feff}';
    text.replace("\r\n", "\n").replace('\r', "\n").replace(is_noise, "")
}

fn unknown(label: &str) -> String {
    let shown: String = label.chars().take(40).collect();
    format!("the charset {shown:?} is not known")
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
