//! Charsets by their names in mail, and what to make of bytes whose name is wrong.

use mail_parser::decoders::charsets::map::charset_decoder;

use crate::incoming::Problems;

/// The longest name of a charset that is looked up, in bytes.
const MAX_LABEL: usize = 40;

/// Reads text by the charset it claims (RFC 2045, section 5.1). `what` names it in problems: `a part`, `a header`.
///
/// Without a name, with one that is not known, or with UTF-8 that is none, it is UTF-8 if it can be and else windows-1252. UTF-8
/// with only here and there a broken byte stays UTF-8. What claims to be Latin and is UTF-8 from end to end is UTF-8.
pub(crate) fn read(bytes: &[u8], label: Option<&str>, what: &str, problems: &mut Problems) -> String {
    let claimed = label.unwrap_or_default().trim().trim_matches(['"', '\'']).to_ascii_lowercase();
    let label = name_of(&claimed);
    let claims_unicode = matches!(label, "" | "utf-8" | "us-ascii");
    if claims_unicode && bytes.is_ascii() && switches_to_japanese(bytes) {
        return decode("iso-2022-jp", bytes);
    }
    let valid = std::str::from_utf8(bytes).ok();
    if claims_unicode {
        return valid.map_or_else(|| almost_unicode(bytes, what, problems), str::to_owned);
    }
    if charset_decoder(label.as_bytes()).is_none() || label.len() > MAX_LABEL {
        let shown: String = label.chars().take(MAX_LABEL).collect();
        problems.note(format!("the charset {shown:?} is not known"));
        return valid.map_or_else(|| decode("windows-1252", bytes), str::to_owned);
    }
    match valid {
        Some(text) if is_latin(label) && !bytes.is_ascii() => {
            problems.note(format!("{what} says it is {claimed} and is UTF-8"));
            text.to_owned()
        }
        _ => decode(label, bytes),
    }
}

/// The name that the decoders know for the many that programs write.
fn name_of(claimed: &str) -> &str {
    match claimed {
        "utf8" | "unicode-1-1-utf-8" | "utf-8mb4" | "unicode" | "cp65001" | "65001" => "utf-8",
        "ascii" | "us_ascii" | "ansi_x3.4-1968" | "7bit" | "8bit" | "default" | "none" | "unknown-8bit"
        | "x-unknown" | "unknown" | "x-user-defined" => "us-ascii",
        "cp932" | "ms932" | "windows-31j" | "x-sjis" | "sjis" | "shift-jis" => "shift_jis",
        "cp949" | "ks_c_5601-1987" | "ks_c_5601" | "uhc" => "euc-kr",
        "cp936" | "x-gbk" | "gb2312" | "gb_2312-80" | "x-gb2312" => "gb18030",
        "cp950" | "x-x-big5" => "big5",
        "cp50220" | "cp50221" | "iso-2022-jp-1" | "iso-2022-jp-2" | "iso-2022-jp-ms" => "iso-2022-jp",
        "cp1252" | "win-1252" | "ansi" | "latin-1" | "latin1" | "iso8859-1" | "iso-8859-1" | "iso_8859-1" => {
            "windows-1252"
        }
        "koi8" | "koi8r" => "koi8-r",
        "win-1251" | "win1251" => "windows-1251",
        "utf7" | "unicode-1-1-utf-7" | "x-unicode-2-0-utf-7" => "utf-7",
        other => other,
    }
}

fn is_latin(label: &str) -> bool {
    matches!(label, "windows-1252" | "iso-8859-15")
}

/// Whether a 7-bit text holds the escape sequences of ISO-2022-JP (RFC 1468).
fn switches_to_japanese(bytes: &[u8]) -> bool {
    bytes.windows(3).any(|three| matches!(three, [0x1b, b'$', b'B' | b'@']))
}

fn almost_unicode(bytes: &[u8], what: &str, problems: &mut Problems) -> String {
    let (mut whole, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    if whole > broken {
        problems.note(format!("{what} is not wholly valid UTF-8, what is broken shows as \u{fffd}"));
        return String::from_utf8_lossy(bytes).into_owned();
    }
    problems.note(format!("{what} is not valid UTF-8, it is read as windows-1252"));
    decode("windows-1252", bytes)
}

fn decode(label: &str, bytes: &[u8]) -> String {
    if label == "utf-7" && bytes.windows(2).any(|pair| pair == b"+-") {
        return with_plus_signs(bytes);
    }
    charset_decoder(label.as_bytes()).map_or_else(|| String::from_utf8_lossy(bytes).into_owned(), |read| read(bytes))
}

/// UTF-7 that holds `+-`, which stands for a plus sign where no run of letters is open (RFC 2152).
fn with_plus_signs(bytes: &[u8]) -> String {
    let (mut text, mut rest) = (String::new(), bytes);
    while let Some(at) = rest.iter().position(|byte| *byte == b'+') {
        let (before, run) = rest.split_at(at);
        let end = run[1..].iter().position(|byte| !byte.is_ascii_alphanumeric() && !b"+/".contains(byte));
        let end = end.map_or(run.len(), |end| end + 1);
        let end = end + usize::from(run.get(end) == Some(&b'-'));
        text.push_str(&String::from_utf8_lossy(before));
        match &run[..end] {
            b"+-" => text.push('+'),
            run => text.push_str(&charset_decoder(b"utf-7").map_or_else(String::new, |read| read(run))),
        }
        rest = &run[end..];
    }
    text.push_str(&String::from_utf8_lossy(rest));
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(bytes: &[u8], label: &str) -> (String, Vec<String>) {
        let mut problems = Problems::default();
        let text = read(bytes, Some(label), "a part", &mut problems);
        (text, problems.list().to_vec())
    }

    #[test]
    fn charsets_are_known_by_the_names_that_programs_write() {
        let none = Vec::new();
        assert_eq!(said(b"\x1b$B$3$s$K$A$O\x1b(B", "ISO-2022-JP"), ("こんにちは".to_owned(), none.clone()));
        assert_eq!(said(b"\x82\xb1\x82\xf1", "cp932"), ("こん".to_owned(), none.clone()));
        assert_eq!(said(b"\xc4\xe3\xba\xc3", "gb2312"), ("你好".to_owned(), none.clone()));
        assert_eq!(said(b"\xf0\xd2\xc9\xd7\xc5\xd4", "KOI8-R"), ("Привет".to_owned(), none.clone()));
        assert_eq!(said(b"ol+AOE-", "UTF-7"), ("olá".to_owned(), none.clone()));
        assert_eq!(said(b"ol+AOE- 1 +- 1", "UTF-7"), ("olá 1 + 1".to_owned(), none.clone()));
        assert_eq!(said(b"\x93ol\xe1\x94 \x80 5", "iso-8859-1"), ("“olá” € 5".to_owned(), none.clone()));
        assert_eq!(said(b"\xbe\xc8\xb3\xe7", "ks_c_5601-1987"), ("안녕".to_owned(), none));
    }

    #[test]
    fn a_wrong_name_is_said_and_the_text_is_still_read() {
        let (text, problems) = said("olá".as_bytes(), "iso-8859-1");
        assert_eq!((text.as_str(), &*problems[0]), ("olá", "a part says it is iso-8859-1 and is UTF-8"));
        let (text, problems) = said(b"ol\xc3\xa1 \xc3\xa9 \xff", "utf-8");
        assert_eq!(text, "olá é \u{fffd}");
        assert_eq!(problems.len(), 1);
        assert_eq!(said(b"ol\xe1", "utf-8").0, "olá");
        assert_eq!(said(b"\x1b$B$3\x1b(B", "us-ascii").0, "こ");
    }
}
