//! The tree of parts of a mail (RFC 2046, section 5), flattened to its leaves in their order.

use super::{Fields, MAX_DEPTH, MAX_PARTS, Problems, decode, lenient, signed};

/// A mail taken apart.
pub(super) struct Parts {
    pub(super) head: Fields,
    pub(super) leaves: Vec<Part>,
    /// How many bytes may still be taken out of what is wrapped: what is opened doubles a mail at most.
    pub(super) spare: usize,
}

/// What a part is to the multipart it lies in, and that to those above.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Place {
    /// Directly or indirectly one of several forms of the same content.
    pub(crate) in_alternative: bool,
    /// Belongs to the HTML before it (`multipart/related`, not its root).
    pub(crate) related: bool,
}

/// A part that holds content: text, a file, a mail within the mail.
pub(crate) struct Part {
    pub(crate) fields: Fields,
    /// The media type in lower case, `text/plain` when none is given.
    pub(crate) kind: String,
    /// The charset it claims.
    pub(crate) charset: Option<String>,
    /// Whether its lines flow, and then whether the space at a break is deleted (RFC 3676).
    pub(crate) flowed: Option<bool>,
    /// The file name it gives, not yet cleaned.
    pub(crate) file_name: Option<String>,
    /// `attachment`, `inline` or nothing.
    pub(crate) disposition: Option<String>,
    /// The content with its transfer coding undone.
    pub(crate) bytes: Vec<u8>,
    pub(crate) place: Place,
}

struct Walk<'p> {
    leaves: Vec<Part>,
    seen: usize,
    spare: usize,
    problems: &'p mut Problems,
}

/// Takes a mail apart, within [`MAX_PARTS`] and [`MAX_DEPTH`].
pub(super) fn walk(raw: &[u8], problems: &mut Problems) -> Parts {
    let raw = &lenient::framed(raw, problems);
    let (head, body) = read_head(raw, problems);
    let mut walk = Walk { leaves: Vec::new(), seen: 0, spare: raw.len(), problems };
    walk.entity(&head, body, Place::default(), "text/plain", 0);
    let (leaves, spare) = (walk.leaves, walk.spare);
    Parts { head, leaves, spare }
}

/// Parts the header block from the body at the first empty line; a mail may be all header.
pub(crate) fn split_head(raw: &[u8]) -> (&[u8], &[u8]) {
    let mut start = 0;
    while let Some(length) = raw[start..].iter().position(|byte| *byte == b'\n') {
        let line = &raw[start..start + length];
        if line.is_empty() || line == b"\r" {
            return (&raw[..start], &raw[start + length + 1..]);
        }
        start += length + 1;
    }
    (raw, &[])
}

/// The header fields and what follows them. What has not one field is all body; text that stands right after the last field
/// is body too.
fn read_head<'a>(source: &'a [u8], problems: &mut Problems) -> (Fields, &'a [u8]) {
    let (mut block, mut body) = split_head(source);
    if let Some(at) = lenient::text_in_head(block).filter(|at| *at > 0) {
        problems.note("no empty line ends the headers, the text begins where they do");
        (block, body) = source.split_at(at);
    }
    let mut found = Problems::default();
    let fields = Fields::read_before(block, body, &mut found);
    if !fields.is_empty() {
        problems.take(found);
        return (fields, body);
    }
    if block.iter().any(|byte| !byte.is_ascii_whitespace()) {
        problems.note("a header is missing, all is read as text");
        return (fields, source);
    }
    (fields, body)
}

impl Walk<'_> {
    fn entity(&mut self, fields: &Fields, body: &[u8], place: Place, default: &str, depth: usize) {
        self.seen += 1;
        let content = fields.structured("Content-Type");
        let kind = content.as_ref().and_then(|content| {
            let subtype = content.c_subtype.as_deref()?;
            Some(format!("{}/{subtype}", content.c_type).to_lowercase())
        });
        if kind.is_none() && fields.count("Content-Type") > 0 {
            self.problems.note("a Content-Type is not understood, its part is read as plain text");
        }
        let unannounced = kind.is_none() && lenient::begins_with_boundary(body);
        let default = if unannounced { "multipart/mixed" } else { default };
        let kind = kind.unwrap_or_else(|| default.to_owned());
        let parameter = |name: &str| content.as_ref().and_then(|content| content.attribute(name)).map(str::to_owned);
        let boundary = parameter("boundary").filter(|boundary| !boundary.is_empty());
        if let Some(form) = kind.strip_prefix("multipart/") {
            match boundary {
                _ if depth >= MAX_DEPTH => {
                    self.problems.note(format!("parts nested deeper than {MAX_DEPTH} are not opened"));
                }
                Some(boundary) if self.multipart(form, &boundary, body, place, depth) => return,
                _ if self.multipart_by_looks(form, body, place, depth) => return,
                Some(_) => self.problems.note("a multipart has no part, it is read as plain text"),
                None => self.problems.note("a multipart has no boundary, it is read as plain text"),
            }
        }
        let kind = if kind.starts_with("multipart/") && depth < MAX_DEPTH { "text/plain".to_owned() } else { kind };
        let disposition = fields.structured("Content-Disposition");
        let named = disposition.as_ref().and_then(|d| d.attribute("filename")).map(str::to_owned);
        let bytes = decode::transfer(fields.raw("Content-Transfer-Encoding").as_deref(), body, self.problems);
        if is_sealed(&kind) {
            self.signed(&bytes, place, depth);
        }
        let flows = parameter("format").is_some_and(|format| format.eq_ignore_ascii_case("flowed"));
        let deletes_space = parameter("delsp").is_some_and(|yes| yes.eq_ignore_ascii_case("yes"));
        self.leaves.push(Part {
            fields: fields.clone(),
            kind,
            charset: parameter("charset"),
            flowed: flows.then_some(deletes_space),
            file_name: named.or_else(|| parameter("name")),
            disposition: disposition.map(|d| d.c_type.to_lowercase()),
            bytes,
            place,
        });
    }

    /// A multipart that does not say its boundary, or says one that is not there.
    fn multipart_by_looks(&mut self, form: &str, body: &[u8], place: Place, depth: usize) -> bool {
        let Some(boundary) = lenient::boundary_in(body) else {
            return false;
        };
        let is_one = self.multipart(form, &boundary, body, place, depth);
        if is_one {
            self.problems.note("a multipart does not say its boundary, it is read by the first that looks like one");
        }
        is_one
    }

    /// Mail that was signed as a whole is read like one that was not; its wrapping stays beside it.
    fn signed(&mut self, bytes: &[u8], place: Place, depth: usize) {
        match signed::content(bytes) {
            Some(content) if depth < MAX_DEPTH && self.seen < MAX_PARTS && content.len() <= self.spare => {
                self.spare -= content.len();
                let (fields, body) = read_head(&content, self.problems);
                self.entity(&fields, body, place, "text/plain", depth + 1);
            }
            Some(_) => self.problems.note("signed mail within signed mail is not opened any further"),
            None => self.problems.note("it is encrypted with S/MIME, the desk cannot read it"),
        }
    }

    /// Walks the parts between boundaries; `false` when there is not one.
    fn multipart(&mut self, form: &str, boundary: &str, body: &[u8], place: Place, depth: usize) -> bool {
        let default = if form == "digest" { "message/rfc822" } else { "text/plain" };
        let mut between = Between { rest: body, boundary: boundary.as_bytes(), state: State::Before };
        let mut number = 0;
        for source in between.by_ref() {
            if self.seen >= MAX_PARTS {
                self.problems.note(format!("more than {MAX_PARTS} parts, the rest is left out"));
                return true;
            }
            let (fields, content) = read_head(source, self.problems);
            let place = Place {
                in_alternative: place.in_alternative || form == "alternative",
                related: place.related || (form == "related" && number > 0),
            };
            self.entity(&fields, content, place, default, depth + 1);
            number += 1;
        }
        if number > 0 && between.state != State::Closed {
            self.problems.note("a multipart is not closed, the mail may be cut short");
        }
        number > 0
    }
}

/// Whether a part is mail that is signed or encrypted as a whole.
fn is_sealed(kind: &str) -> bool {
    matches!(kind, "application/pkcs7-mime" | "application/x-pkcs7-mime")
}

#[derive(PartialEq, Eq)]
enum State {
    Before,
    Within,
    Closed,
}

/// The stretches of a body between the lines of its boundary.
struct Between<'a> {
    rest: &'a [u8],
    boundary: &'a [u8],
    state: State,
}

impl<'a> Iterator for Between<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        loop {
            if self.state == State::Closed || (self.rest.is_empty() && self.state == State::Before) {
                return None;
            }
            let (before, found) = self.seek();
            match found {
                Some((after, closes)) => {
                    self.rest = after;
                    let was = std::mem::replace(&mut self.state, if closes { State::Closed } else { State::Within });
                    if was == State::Within {
                        return Some(before);
                    }
                }
                None if self.state == State::Within && !self.rest.is_empty() => {
                    self.rest = &[];
                    return Some(before);
                }
                None => return None,
            }
        }
    }
}

impl<'a> Between<'a> {
    /// What stands before the next boundary line, what after it, and whether it is the closing one.
    fn seek(&self) -> (&'a [u8], Option<(&'a [u8], bool)>) {
        let mut start = 0;
        while start < self.rest.len() {
            let line = &self.rest[start..];
            let length = line.iter().position(|byte| *byte == b'\n').map_or(line.len(), |at| at + 1);
            let (line, after) = line.split_at(length);
            if let Some(closes) = is_boundary(line, self.boundary) {
                let before = &self.rest[..start];
                let before = before.strip_suffix(b"\n").unwrap_or(before);
                return (before.strip_suffix(b"\r").unwrap_or(before), Some((after, closes)));
            }
            start += length;
        }
        (self.rest, None)
    }
}

/// `Some(true)` for the closing boundary line, `Some(false)` for another.
fn is_boundary(line: &[u8], boundary: &[u8]) -> Option<bool> {
    let tail = line.strip_prefix(b"--")?.strip_prefix(boundary)?.trim_ascii_end();
    match tail {
        b"" => Some(false),
        b"--" => Some(true),
        _ => None,
    }
}
