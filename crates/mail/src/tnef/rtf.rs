//! RTF read as text, and the HTML that Outlook hides in it (MS-OXRTFEX).

use crate::charset;
use crate::incoming::Problems;

/// What an RTF document says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Rtf {
    pub(super) text: Option<String>,
    pub(super) html: Option<String>,
}

/// Groups nested deeper than this end the reading.
const MAX_DEPTH: usize = 200;

/// Groups whose content is no text.
const SILENT: [&str; 14] = [
    "fonttbl",
    "colortbl",
    "stylesheet",
    "info",
    "pict",
    "object",
    "header",
    "footer",
    "listtable",
    "listoverridetable",
    "generator",
    "themedata",
    "datastore",
    "xmlnstbl",
];

/// Reads RTF. With `\fromhtml1` it is HTML in disguise, and its HTML is taken out.
pub(super) fn read(bytes: &[u8]) -> Rtf {
    let start = &bytes[..bytes.len().min(1_000)];
    let is_html = start.windows(10).any(|near| near == b"\\fromhtml1");
    let mut reader = Reader::new(is_html);
    reader.read(bytes);
    let text = Some(reader.finish()).filter(|text| !text.trim().is_empty());
    if is_html { Rtf { text: None, html: text } } else { Rtf { text, html: None } }
}

/// What holds within a group.
#[derive(Clone, Copy)]
struct Group {
    is_silent: bool,
    /// Between `\htmlrtf` and `\htmlrtf0`: there only for programs that read RTF.
    is_for_rtf: bool,
    /// How many characters follow a `\u` for programs that cannot read it.
    fallback: usize,
}

struct Reader {
    is_html: bool,
    groups: Vec<Group>,
    group: Group,
    out: String,
    /// Bytes of the code page that were not yet read as text.
    bytes: Vec<u8>,
    code_page: String,
    /// How many characters are still to be passed over after a `\u`.
    skip: usize,
    /// The first half of a character beyond the sixteen bits of `\u`.
    high: Option<u16>,
}

impl Reader {
    fn new(is_html: bool) -> Self {
        let group = Group { is_silent: false, is_for_rtf: false, fallback: 1 };
        let (out, code_page) = (String::new(), "windows-1252".to_owned());
        Self { is_html, groups: Vec::new(), group, out, bytes: Vec::new(), code_page, skip: 0, high: None }
    }

    fn read(&mut self, bytes: &[u8]) {
        let mut at = 0;
        while let Some(byte) = bytes.get(at) {
            at += 1;
            match byte {
                b'{' if self.groups.len() >= MAX_DEPTH => return,
                b'{' => {
                    self.groups.push(self.group);
                    self.skip = 0;
                }
                b'}' => {
                    self.group = self.groups.pop().unwrap_or(self.group);
                    self.skip = 0;
                }
                b'\r' | b'\n' => {}
                b'\\' => at = self.control(bytes, at),
                byte => self.put(*byte),
            }
        }
    }

    /// Reads what follows a backslash; says where it ends.
    fn control(&mut self, bytes: &[u8], at: usize) -> usize {
        let Some(first) = bytes.get(at) else { return at };
        if first.is_ascii_alphabetic() {
            return self.word(bytes, at);
        }
        match first {
            b'\'' => {
                let digits = bytes.get(at + 1..at + 3).and_then(|two| std::str::from_utf8(two).ok());
                if let Some(byte) = digits.and_then(|two| u8::from_str_radix(two, 16).ok()) {
                    self.put(byte);
                }
                return (at + 3).min(bytes.len());
            }
            b'*' => {
                // A group that programs may pass over; of use is only the one that holds HTML.
                let is_tag = bytes[at + 1..].starts_with(b"\\htmltag");
                self.group.is_silent |= !is_tag;
            }
            b'~' => self.put(b' '),
            b'_' => self.put(b'-'),
            b'\\' | b'{' | b'}' => self.put(*first),
            b'\r' | b'\n' => self.break_line(),
            _ => {}
        }
        at + 1
    }

    /// Reads a control word with its number and the space that ends it.
    fn word(&mut self, bytes: &[u8], at: usize) -> usize {
        let stretch = |from: usize, is_part: fn(&u8) -> bool| {
            bytes[from..].iter().position(|byte| !is_part(byte)).map_or(bytes.len(), |length| from + length)
        };
        let end = stretch(at, u8::is_ascii_alphabetic);
        let sign = usize::from(bytes.get(end) == Some(&b'-'));
        let number_end = stretch(end + sign, u8::is_ascii_digit);
        let number: Option<i32> =
            std::str::from_utf8(&bytes[end..number_end]).ok().and_then(|digits| digits.parse().ok());
        let word = std::str::from_utf8(&bytes[at..end]).unwrap_or_default();
        self.obey(word, number);
        let after = if number.is_some() { number_end } else { end };
        after + usize::from(bytes.get(after) == Some(&b' '))
    }

    fn obey(&mut self, word: &str, number: Option<i32>) {
        match word {
            "par" | "line" | "row" | "sect" => self.break_line(),
            "tab" | "cell" => self.put(b'\t'),
            "emdash" => self.say('—'),
            "endash" => self.say('–'),
            "bullet" => self.say('•'),
            "lquote" => self.say('‘'),
            "rquote" => self.say('’'),
            "ldblquote" => self.say('“'),
            "rdblquote" => self.say('”'),
            "htmlrtf" => self.group.is_for_rtf = number != Some(0),
            "uc" => self.group.fallback = usize::try_from(number.unwrap_or(1)).unwrap_or(1).min(8),
            "u" => self.unicode(number.unwrap_or(0)),
            "ansicpg" => {
                let page = number.unwrap_or(1252);
                self.code_page = if page == 65001 { "utf-8".to_owned() } else { format!("windows-{page}") };
            }
            word if SILENT.contains(&word) => self.group.is_silent = true,
            _ => {}
        }
    }

    fn unicode(&mut self, number: i32) {
        // Written as a signed number of sixteen bits.
        let unit = u16::try_from(number & 0xffff).unwrap_or(u16::MAX);
        match (self.high.take(), unit) {
            (_, 0xd800..=0xdbff) => self.high = Some(unit),
            (high, _) => {
                let units = high.into_iter().chain([unit]);
                for c in char::decode_utf16(units) {
                    self.say(c.unwrap_or('\u{fffd}'));
                }
            }
        }
        self.skip = self.group.fallback;
    }

    /// Whether what comes now is of use: in disguised HTML all that is not there for RTF alone.
    fn listens(&self) -> bool {
        !self.group.is_silent && !(self.is_html && self.group.is_for_rtf)
    }

    fn put(&mut self, byte: u8) {
        if self.skip > 0 {
            self.skip -= 1;
        } else if self.listens() {
            self.bytes.push(byte);
        }
    }

    fn say(&mut self, c: char) {
        if self.listens() {
            self.flush();
            self.out.push(c);
        }
    }

    fn break_line(&mut self) {
        if self.listens() {
            self.flush();
            self.out.push('\n');
        }
    }

    fn flush(&mut self) {
        let bytes = std::mem::take(&mut self.bytes);
        if !bytes.is_empty() {
            self.out.push_str(&charset::read(&bytes, Some(&self.code_page), "RTF", &mut Problems::default()));
        }
    }

    fn finish(mut self) -> String {
        self.flush();
        self.out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_rtf_is_read_as_text() {
        let rtf =
            br"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}{\*\generator x;}\pard Ol\'e1 \u8364?5\par see \{this\}}";
        let read = read(rtf);
        assert_eq!((read.text.as_deref(), read.html), (Some("Olá €5\nsee {this}"), None));
    }

    #[test]
    fn html_in_disguise_is_taken_out() {
        let rtf = br"{\rtf1\ansi\fromhtml1{\fonttbl{\f0 A;}}{\*\htmltag64 <p>}\htmlrtf {\htmlrtf0 Hello {\*\htmltag84 <b>}\htmlrtf {\b\htmlrtf0 Ana{\*\htmltag92 </b>}\htmlrtf }\htmlrtf0 \htmlrtf\par}\htmlrtf0 {\*\htmltag72 </p>}}";
        assert_eq!(read(rtf).html.as_deref(), Some("<p>Hello <b>Ana</b></p>"));
    }

    #[test]
    fn broken_rtf_ends_where_it_breaks() {
        for rtf in [&b"{\\rtf1 a\\'"[..], b"{\\rtf1 a\\u-", b"}}}}a", b"{\\rtf1 a\\", b"\\u99999999999a"] {
            assert!(read(rtf).text.is_some_and(|text| text.contains('a')), "{rtf:?}");
        }
        assert_eq!(read(&b"{".repeat(10_000)).text, None);
    }
}
