//! What an IMAP server says, read into values (RFC 9051, section 7). Bounded: a line, a literal and their number have limits, and a
//! number is one or the answer is none.

use jiff::Timestamp;
use jiff::fmt::strtime;

use crate::fault::{Fault, Kind};
use crate::wire::Wire;

/// The most bytes of one response, literals apart.
const TEXT_MAX: usize = 64 * 1024;
/// The most literals in one response.
const LITERALS_MAX: usize = 16;
/// How much is kept of a literal that is too large.
pub(super) const CUT: usize = 64 * 1024;

/// One response.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Response {
    /// `+`: go on.
    Continue(Vec<u8>),
    /// The outcome of the command with this tag.
    Tagged(Vec<u8>, Status),
    /// `* OK`, `* NO`, `* BAD`, `* BYE` or `* PREAUTH`.
    Status(Status),
    /// So many mails are in the folder.
    Exists(u32),
    /// The mail with this place in the folder is gone.
    Expunge,
    /// Something of a mail.
    Fetch(Item),
    /// What the server can do.
    Capability(Vec<String>),
    /// A folder: its attributes and name.
    List(Vec<String>, Vec<u8>),
    /// Anything else.
    Other,
}

impl Response {
    /// Whether it holds a literal that was too large, so that it was not read to its end.
    pub(super) fn is_cut(&self) -> bool {
        matches!(self, Self::Fetch(Item { body: Some(body), .. }) if body.is_cut())
    }
}

/// How something went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Status {
    pub(super) condition: Condition,
    /// The code in brackets, in capitals, and what follows it.
    pub(super) code: Option<(String, String)>,
    /// All of the words, code included.
    pub(super) text: Vec<u8>,
}

/// How something went, in a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Condition {
    Ok,
    No,
    Bad,
    Bye,
    PreAuth,
}

/// What was said of a mail.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Item {
    pub(super) uid: Option<u32>,
    pub(super) size: Option<u64>,
    pub(super) received_at: Option<Timestamp>,
    pub(super) body: Option<Literal>,
}

/// Bytes of a given number. Fewer are kept when there are more than can be borne; then nothing more can be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Literal {
    pub(super) bytes: Vec<u8>,
    pub(super) size: u64,
}

impl Literal {
    /// Whether bytes are missing.
    pub(super) fn is_cut(&self) -> bool {
        u64::try_from(self.bytes.len()).is_ok_and(|kept| kept < self.size)
    }
}

/// A piece of a response.
#[derive(Debug, PartialEq, Eq)]
enum Token {
    Open,
    Close,
    Word(Vec<u8>),
    Quoted(Vec<u8>),
    Literal(Literal),
}

/// Reads one response, with literals of up to `literal_max` bytes. After a larger one the rest is not read: the connection is of no
/// more use.
pub(super) async fn read(wire: &mut Wire, literal_max: u64) -> Result<Response, Fault> {
    let garbled = wire.fault(Kind::Garbled);
    let line = wire.line(TEXT_MAX).await?;
    let (tag, rest) = split_word(&line);
    match tag {
        b"+" => return Ok(Response::Continue(rest.to_vec())),
        b"*" => {}
        tag if is_tag(tag) => {
            let status = status(rest).ok_or(garbled)?;
            return Ok(Response::Tagged(tag.to_vec(), status));
        }
        _ => return Err(garbled),
    }
    if let Some(status) = status(rest) {
        return Ok(Response::Status(status));
    }
    let rest = rest.to_vec();
    let tokens = tokens(wire, rest, literal_max).await?;
    let was_cut = matches!(tokens.last(), Some(Token::Literal(literal)) if literal.is_cut());
    let response = untagged(tokens).ok_or(garbled)?;
    // Only of a mail is a part better than nothing.
    if was_cut && !response.is_cut() { Err(wire.fault(Kind::Endless)) } else { Ok(response) }
}

/// Reads on from the first line of a response, of which a literal may be the end and the rest then follows it.
async fn tokens(wire: &mut Wire, first: Vec<u8>, literal_max: u64) -> Result<Vec<Token>, Fault> {
    let garbled = wire.fault(Kind::Garbled);
    let (mut tokens, mut line, mut left) = (Vec::new(), first, TEXT_MAX);
    for _ in 0..=LITERALS_MAX {
        left = left.checked_sub(line.len()).ok_or_else(|| wire.fault(Kind::Endless))?;
        let (text, size) = announced(&line);
        tokenize(text, &mut tokens).ok_or(garbled.clone())?;
        let Some(size) = size else { return Ok(tokens) };
        let size = size.ok_or(garbled.clone())?;
        let kept = if size > literal_max { CUT.min(usize::try_from(size).unwrap_or(CUT)) } else { cast(size) };
        let literal = Literal { bytes: wire.bytes(kept).await?, size };
        let is_cut = literal.is_cut();
        tokens.push(Token::Literal(literal));
        if is_cut {
            // Whoever reads the tokens says so, and nothing is read after them.
            return Ok(tokens);
        }
        line = wire.line(left).await?;
    }
    Err(wire.fault(Kind::Endless))
}

fn cast(size: u64) -> usize {
    usize::try_from(size).unwrap_or(usize::MAX)
}

/// Cuts the announcement of a literal off a line: `{12}`. The inner nothing is an announcement whose number is none.
#[expect(clippy::option_option, reason = "whether one is announced, and whether it says how long it is")]
fn announced(line: &[u8]) -> (&[u8], Option<Option<u64>>) {
    let Some(open) = line.strip_suffix(b"}").and_then(|text| text.iter().rposition(|byte| *byte == b'{')) else {
        return (line, None);
    };
    let number = line[open + 1..line.len() - 1].strip_suffix(b"+").unwrap_or(&line[open + 1..line.len() - 1]);
    let text = line[..open].strip_suffix(b"~").unwrap_or(&line[..open]);
    (text, Some(digits(number)))
}

fn is_tag(word: &[u8]) -> bool {
    !word.is_empty() && word.len() <= 32 && word.iter().all(u8::is_ascii_alphanumeric)
}

/// The first word of a line and what follows it.
fn split_word(line: &[u8]) -> (&[u8], &[u8]) {
    match line.iter().position(|byte| *byte == b' ') {
        Some(end) => (&line[..end], &line[end + 1..]),
        None => (line, &[]),
    }
}

/// Reads `OK [CODE arguments] words` and the like; nothing if it begins with another word.
fn status(line: &[u8]) -> Option<Status> {
    let (word, text) = split_word(line);
    let condition = match word.to_ascii_uppercase().as_slice() {
        b"OK" => Condition::Ok,
        b"NO" => Condition::No,
        b"BAD" => Condition::Bad,
        b"BYE" => Condition::Bye,
        b"PREAUTH" => Condition::PreAuth,
        _ => return None,
    };
    let inner = text.strip_prefix(b"[").and_then(|rest| rest.split(|byte| *byte == b']').next());
    let code = inner.map(|inner| {
        let (name, arguments) = split_word(inner);
        let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
        (text(name).to_ascii_uppercase(), text(arguments))
    });
    Some(Status { condition, code, text: text.to_vec() })
}

/// A number without sign: `None` for anything else.
fn digits(text: &[u8]) -> Option<u64> {
    let is_number = !text.is_empty() && text.iter().all(u8::is_ascii_digit);
    std::str::from_utf8(text).ok().filter(|_| is_number)?.parse().ok()
}

/// A number of a mail or of mails.
pub(super) fn number(text: &[u8]) -> Option<u32> {
    digits(text).and_then(|number| u32::try_from(number).ok())
}

/// Takes a text apart. A word may hold brackets, and in them whatever it likes: `BODY[HEADER.FIELDS (TO)]<0>`.
fn tokenize(text: &[u8], tokens: &mut Vec<Token>) -> Option<()> {
    let mut rest = text;
    while let Some((first, after)) = rest.split_first() {
        match first {
            b' ' => rest = after,
            b'(' | b')' => {
                tokens.push(if *first == b'(' { Token::Open } else { Token::Close });
                rest = after;
            }
            b'"' => {
                let (value, after) = quoted(after)?;
                tokens.push(Token::Quoted(value));
                rest = after;
            }
            _ => {
                let end = word_end(rest);
                tokens.push(Token::Word(rest[..end].to_vec()));
                rest = &rest[end..];
            }
        }
    }
    Some(())
}

fn word_end(text: &[u8]) -> usize {
    let mut within = false;
    for (index, byte) in text.iter().enumerate() {
        match byte {
            b'[' => within = true,
            b']' => within = false,
            b' ' | b'(' | b')' | b'"' if !within => return index,
            _ => {}
        }
    }
    text.len()
}

/// The value of a quoted text whose opening mark is read, and what follows it.
fn quoted(text: &[u8]) -> Option<(Vec<u8>, &[u8])> {
    let mut value = Vec::new();
    let mut bytes = text.iter().enumerate();
    while let Some((index, byte)) = bytes.next() {
        match byte {
            b'"' => return Some((value, &text[index + 1..])),
            b'\\' => value.push(*bytes.next()?.1),
            byte => value.push(*byte),
        }
    }
    None
}

fn untagged(tokens: Vec<Token>) -> Option<Response> {
    let mut tokens = tokens.into_iter();
    let Some(Token::Word(first)) = tokens.next() else { return None };
    if first.first().is_some_and(|byte| byte.is_ascii_digit() || *byte == b'-') {
        let count = number(&first)?;
        let Some(Token::Word(what)) = tokens.next() else { return None };
        return match what.to_ascii_uppercase().as_slice() {
            b"EXISTS" => Some(Response::Exists(count)),
            b"EXPUNGE" => Some(Response::Expunge),
            b"FETCH" => item(tokens).map(Response::Fetch),
            _ => Some(Response::Other),
        };
    }
    match first.to_ascii_uppercase().as_slice() {
        b"CAPABILITY" => Some(Response::Capability(tokens.filter_map(upper_word).collect())),
        b"LIST" => list(tokens),
        _ => Some(Response::Other),
    }
}

fn upper_word(token: Token) -> Option<String> {
    match token {
        Token::Word(word) => Some(String::from_utf8_lossy(&word).to_ascii_uppercase()),
        _ => None,
    }
}

/// `(\Noselect \Trash) "/" name`.
fn list(mut tokens: impl Iterator<Item = Token>) -> Option<Response> {
    if tokens.next()? != Token::Open {
        return None;
    }
    let mut attributes = Vec::new();
    for token in tokens.by_ref() {
        match token {
            Token::Close => break,
            Token::Word(word) => attributes.push(String::from_utf8_lossy(&word).into_owned()),
            _ => return None,
        }
    }
    let _separator = tokens.next()?;
    let (Token::Word(name) | Token::Quoted(name) | Token::Literal(Literal { bytes: name, .. })) = tokens.next()? else {
        return None;
    };
    Some(Response::List(attributes, name))
}

/// `(UID 5 RFC822.SIZE 12 BODY[] …)`. What is not asked for is passed over.
fn item(mut tokens: impl Iterator<Item = Token>) -> Option<Item> {
    if tokens.next()? != Token::Open {
        return None;
    }
    let mut item = Item::default();
    while let Some(token) = tokens.next() {
        let Token::Word(name) = token else { return (token == Token::Close).then_some(item) };
        let value = tokens.next()?;
        if value == Token::Open {
            skip_list(&mut tokens)?;
            continue;
        }
        match (name.to_ascii_uppercase().as_slice(), value) {
            (b"UID", Token::Word(word)) => item.uid = Some(number(&word).filter(|uid| *uid > 0)?),
            (b"RFC822.SIZE", Token::Word(word)) => item.size = Some(digits(&word)?),
            (b"INTERNALDATE", Token::Quoted(date)) => item.received_at = internal_date(&date),
            (name, Token::Literal(literal)) if name.starts_with(b"BODY[") => {
                if literal.is_cut() {
                    // Nothing follows that was read. Which mail it is may have been said before, or not.
                    return Some(Item { body: Some(literal), ..item });
                }
                item.body.get_or_insert(literal);
            }
            (name, Token::Quoted(bytes)) if name.starts_with(b"BODY[") => {
                let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
                item.body.get_or_insert(Literal { bytes, size });
            }
            _ => {}
        }
    }
    // It ended without a closing parenthesis.
    None
}

/// Passes over a list whose opening parenthesis is read, with all lists in it.
fn skip_list(tokens: &mut impl Iterator<Item = Token>) -> Option<()> {
    let mut depth = 1_u32;
    for token in tokens {
        match token {
            Token::Open => depth += 1,
            Token::Close => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(());
        }
    }
    None
}

/// `17-Jul-1996 02:44:25 -0700`; a day before the tenth begins with a space.
fn internal_date(text: &[u8]) -> Option<Timestamp> {
    let text = std::str::from_utf8(text).ok()?.trim();
    strtime::parse("%d-%b-%Y %H:%M:%S %z", text).ok()?.to_timestamp().ok()
}

#[cfg(test)]
mod tests;
