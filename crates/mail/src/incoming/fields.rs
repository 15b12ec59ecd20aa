//! The header fields of a mail or a part (RFC 5322, section 2.2; RFC 2045, section 3).

use std::borrow::Cow;

use jiff::Timestamp;
use mail_parser::parsers::MessageStream;
use mail_parser::{Attribute, ContentType, HeaderValue};

use super::{MAX_HEADER_BYTES, Problems};
use crate::address::{self, Address};
use crate::charset;
use crate::encoded_words::{self, Shielded};
use crate::header_text::one_line;
use crate::message_id;

/// Header fields in their order, unfolded, not yet read by their meaning.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fields {
    list: Vec<(String, String)>,
}

impl Fields {
    /// Reads a block of header fields. Lines that are none are passed over; bytes that are not UTF-8 are taken for the charset
    /// that the fields name for what follows them, or else for windows-1252, as old programs write.
    pub(crate) fn read(block: &[u8], problems: &mut Problems) -> Self {
        Self::read_before(block, &[], problems)
    }

    /// The same for a block whose charset may be named in what follows it.
    pub(crate) fn read_before(block: &[u8], after: &[u8], problems: &mut Problems) -> Self {
        let block = block.get(..MAX_HEADER_BYTES).map_or(block, |cut| {
            problems.note("the headers are longer than 1 MiB, their end is left out");
            cut
        });
        let mut list: Vec<(String, String)> = Vec::new();
        let named = if block.is_ascii() {
            None
        } else {
            named_charset(block).or_else(|| named_charset(&after[..after.len().min(MAX_SEARCH)]))
        };
        for line in block.split(|byte| *byte == b'\n') {
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            let line = text_of(line, named.as_deref(), problems);
            if line.starts_with([' ', '\t']) {
                if let Some((_, value)) = list.last_mut() {
                    value.push_str("\r\n");
                    value.push_str(&line);
                }
            } else if let Some((name, value)) = line.split_once(':')
                && is_name(name.trim_end())
            {
                list.push((name.trim_end().to_owned(), value.to_owned()));
            } else if !line.is_empty() && !line.starts_with("From ") {
                problems.note("a header line is no header field");
            }
        }
        Self { list }
    }

    /// Whether there is not one field.
    pub(crate) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// How often a field stands there.
    pub(crate) fn count(&self, name: &str) -> usize {
        self.all(name).count()
    }

    /// The raw values of a field, folded lines included.
    pub(crate) fn all<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> {
        self.list.iter().filter(move |(field, _)| field.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// The first value on one line, encoded words as they stand.
    pub(crate) fn raw(&self, name: &str) -> Option<String> {
        self.all(name).next().map(one_line)
    }

    /// The first value as text on one line, encoded words read (RFC 2047); `None` when it is empty.
    pub(crate) fn text(&self, name: &str, problems: &mut Problems) -> Option<String> {
        let text = encoded_words::decode(self.all(name).next()?, problems);
        Some(one_line(&text)).filter(|text| !text.is_empty())
    }

    /// The addresses of one or all fields of this name, groups dissolved; what is no address is named as a problem.
    pub(crate) fn addresses(&self, field: &str, first_only: bool, problems: &mut Problems) -> Vec<Address> {
        let mut found = Vec::new();
        for value in self.all(field).take(if first_only { 1 } else { usize::MAX }) {
            let shielded = Shielded::of(value, problems);
            let line = format!("{}\r\n", shielded.value);
            let HeaderValue::Address(list) = MessageStream::new(line.as_bytes()).parse_address() else {
                continue;
            };
            for entry in list.iter() {
                let Some(written) = entry.address.as_deref().map(|written| shielded.restore(written)) else {
                    continue;
                };
                if address::is_plausible(written.trim()) {
                    let name = entry.name.as_deref().map(|name| one_line(&shielded.restore(name)));
                    if name.as_deref().is_some_and(|name| shows_another_address(name, &written)) {
                        problems.note(format!("a name in {field} shows another address"));
                    }
                    found.push(Address::new(name.as_deref(), &written));
                } else {
                    problems.note(format!("{field} holds what is no address"));
                }
            }
        }
        found
    }

    /// The ids in the first field of this name.
    pub(crate) fn ids(&self, name: &str) -> Vec<String> {
        self.all(name).next().map(message_id::ids_in).unwrap_or_default()
    }

    /// The moment in the first field of this name.
    pub(crate) fn date(&self, name: &str) -> Option<Timestamp> {
        let line = format!("{}\r\n", self.all(name).next()?);
        match MessageStream::new(line.as_bytes()).parse_date() {
            HeaderValue::DateTime(date) if date.is_valid() => Timestamp::from_second(date.to_timestamp()).ok(),
            _ => None,
        }
    }

    /// A field of the form `value; name=value` (RFC 2045, section 5.1), continuations joined (RFC 2231).
    pub(crate) fn structured(&self, name: &str) -> Option<ContentType<'static>> {
        let shielded = Shielded::of(self.all(name).next()?, &mut Problems::default());
        let line = format!("{}\r\n", shielded.value);
        match MessageStream::new(line.as_bytes()).parse_content_type() {
            HeaderValue::ContentType(value) => Some(owned(value, &shielded)),
            _ => None,
        }
    }
}

fn owned(value: ContentType<'_>, shielded: &Shielded) -> ContentType<'static> {
    let attributes = value.attributes.map(|attributes| {
        attributes
            .into_iter()
            .map(|attribute| Attribute {
                name: attribute.name.into_owned().into(),
                value: shielded.restore(&attribute.value).into(),
            })
            .collect()
    });
    ContentType {
        c_type: value.c_type.into_owned().into(),
        c_subtype: value.c_subtype.map(|subtype| subtype.into_owned().into()),
        attributes,
    }
}

/// How much of a body is searched for the name of a charset, in bytes.
const MAX_SEARCH: usize = 8 * 1024;

/// The first charset that is named in a block.
fn named_charset(block: &[u8]) -> Option<String> {
    const MARK: &[u8] = b"charset=";
    let at = block.windows(MARK.len()).position(|near| near.eq_ignore_ascii_case(MARK))? + MARK.len();
    let rest = block[at..].trim_ascii_start();
    let rest = rest.strip_prefix(b"\"").unwrap_or(rest);
    let length = rest.iter().position(|byte| !byte.is_ascii_alphanumeric() && !b"-_.:".contains(byte));
    let name = String::from_utf8_lossy(&rest[..length.unwrap_or(rest.len()).min(MAX_LABEL)]).into_owned();
    Some(name).filter(|name| !name.is_empty() && !name.eq_ignore_ascii_case("us-ascii"))
}

/// The longest name of a charset, in bytes.
const MAX_LABEL: usize = 40;

/// Whether a display name shows an address that is not the one beside it.
fn shows_another_address(name: &str, written: &str) -> bool {
    let words = name.split(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '(' | ')' | ',' | ';' | '"' | '\''));
    let mut addresses = words.filter(|word| address::is_plausible(word) && word.contains('.'));
    addresses.any(|word| !word.eq_ignore_ascii_case(written.trim()))
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_graphic())
}

fn text_of<'a>(line: &'a [u8], charset: Option<&str>, problems: &mut Problems) -> Cow<'a, str> {
    let japanese = line.contains(&0x1b);
    let text = match std::str::from_utf8(line) {
        Ok(text) if !japanese => Cow::Borrowed(text),
        Ok(_) => Cow::Owned(charset::read(line, None, "a header", problems)),
        Err(_) => {
            if let Some(charset) = charset {
                problems.note(format!("a header holds raw bytes, they are read as {charset}"));
            }
            Cow::Owned(charset::read(line, charset, "a header", problems))
        }
    };
    if text.contains(['\0', '\r']) {
        problems.note("a header holds control characters");
        return Cow::Owned(text.replace(['\0', '\r'], " "));
    }
    text
}
