//! The header fields of a mail or a part (RFC 5322, section 2.2; RFC 2045, section 3).

use std::borrow::Cow;

use jiff::Timestamp;
use mail_parser::decoders::charsets::map::charset_decoder;
use mail_parser::parsers::MessageStream;
use mail_parser::{ContentType, HeaderValue};

use super::{MAX_HEADER_BYTES, Problems};
use crate::address::{self, Address};
use crate::header_text::one_line;
use crate::message_id;

/// Header fields in their order, unfolded, not yet read by their meaning.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fields {
    list: Vec<(String, String)>,
}

impl Fields {
    /// Reads a block of header fields. Lines that are none are passed over; bytes that are not UTF-8 are taken for
    /// windows-1252, as old programs write.
    pub(crate) fn read(block: &[u8], problems: &mut Problems) -> Self {
        let block = block.get(..MAX_HEADER_BYTES).map_or(block, |cut| {
            problems.note("the headers are longer than 1 MiB, their end is left out");
            cut
        });
        let mut list: Vec<(String, String)> = Vec::new();
        for line in block.split(|byte| *byte == b'\n') {
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            let line = text_of(line, problems);
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
    pub(crate) fn text(&self, name: &str) -> Option<String> {
        let line = format!("{}\r\n", self.all(name).next()?);
        match MessageStream::new(line.as_bytes()).parse_unstructured() {
            HeaderValue::Text(text) => Some(one_line(&text)).filter(|text| !text.is_empty()),
            _ => None,
        }
    }

    /// The addresses of one or all fields of this name, groups dissolved; what is no address is named as a problem.
    pub(crate) fn addresses(&self, name: &str, first_only: bool, problems: &mut Problems) -> Vec<Address> {
        let mut found = Vec::new();
        for value in self.all(name).take(if first_only { 1 } else { usize::MAX }) {
            let line = format!("{value}\r\n");
            let HeaderValue::Address(list) = MessageStream::new(line.as_bytes()).parse_address() else {
                continue;
            };
            for entry in list.iter() {
                let Some(written) = entry.address.as_deref() else {
                    continue;
                };
                if address::is_plausible(written.trim()) {
                    found.push(Address::new(entry.name.as_deref().map(one_line).as_deref(), written));
                } else {
                    problems.note(format!("{name} holds what is no address"));
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
        let line = format!("{}\r\n", self.all(name).next()?);
        match MessageStream::new(line.as_bytes()).parse_content_type() {
            HeaderValue::ContentType(value) => Some(owned(value)),
            _ => None,
        }
    }
}

fn owned(value: ContentType<'_>) -> ContentType<'static> {
    match HeaderValue::ContentType(value).into_owned() {
        HeaderValue::ContentType(value) => value,
        _ => ContentType { c_type: "application".into(), c_subtype: Some("octet-stream".into()), attributes: None },
    }
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_graphic())
}

fn text_of<'a>(line: &'a [u8], problems: &mut Problems) -> Cow<'a, str> {
    let text = match std::str::from_utf8(line) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => {
            problems.note("a header is neither ASCII nor UTF-8, it is read as windows-1252");
            charset_decoder(b"windows-1252")
                .map_or_else(|| String::from_utf8_lossy(line), |read| Cow::Owned(read(line)))
        }
    };
    if text.contains(['\0', '\r']) {
        problems.note("a header holds control characters");
        return Cow::Owned(text.replace(['\0', '\r'], " "));
    }
    text
}
