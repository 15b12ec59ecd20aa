//! Encoded words in headers (RFC 2047), read as programs write them rather than as they should: a character may be split
//! between two words, a word may touch its neighbour, hold spaces or never end.

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use crate::charset;
use crate::incoming::Problems;

const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// What stands before and after the number of a shielded word; no text holds them, for they are taken out of it first.
const SHIELD: (char, char) = ('\u{f8e0}', '\u{f8e1}');

/// One word as it stands.
struct Word<'a> {
    charset: &'a str,
    is_base64: bool,
    data: &'a str,
}

enum Piece<'a> {
    Text(&'a str),
    Words(String),
}

/// Text with its encoded words read. What looks like one and is none stays as it is.
pub(crate) fn decode(value: &str, problems: &mut Problems) -> String {
    let mut text = String::with_capacity(value.len());
    for piece in pieces(value, problems) {
        match piece {
            Piece::Text(plain) => text.push_str(plain),
            Piece::Words(read) => text.push_str(&read),
        }
    }
    text
}

/// A value whose encoded words stand aside while its syntax is read, so that what they hold cannot be syntax.
pub(crate) struct Shielded {
    /// The value with a mark in place of each run of words.
    pub(crate) value: String,
    words: Vec<String>,
}

impl Shielded {
    pub(crate) fn of(value: &str, problems: &mut Problems) -> Self {
        let bare = value.replace([SHIELD.0, SHIELD.1], " ");
        let (mut shielded, mut words) = (String::with_capacity(bare.len()), Vec::new());
        for piece in pieces(&bare, problems) {
            match piece {
                Piece::Text(plain) => shielded.push_str(plain),
                Piece::Words(read) => {
                    shielded.push_str(&format!("{}{}{}", SHIELD.0, words.len(), SHIELD.1));
                    words.push(read);
                }
            }
        }
        Self { value: shielded, words }
    }

    /// Puts the words back into a piece of what was read.
    pub(crate) fn restore(&self, piece: &str) -> String {
        let mut text = String::with_capacity(piece.len());
        let mut rest = piece;
        while let Some((before, after)) = rest.split_once(SHIELD.0) {
            text.push_str(before);
            let (number, after) = after.split_once(SHIELD.1).unwrap_or((after, ""));
            if let Some(word) = number.parse::<usize>().ok().and_then(|number| self.words.get(number)) {
                text.push_str(word);
            }
            rest = after;
        }
        text.push_str(rest);
        text
    }
}

fn pieces<'a>(value: &'a str, problems: &mut Problems) -> Vec<Piece<'a>> {
    let mut pieces = Vec::new();
    let mut rest = value;
    while let Some(at) = rest.find("=?") {
        let Some((first, mut after)) = word(&rest[at..], problems) else {
            let (text, tail) = rest.split_at(at + 2);
            pieces.push(Piece::Text(text));
            rest = tail;
            continue;
        };
        pieces.push(Piece::Text(&rest[..at]));
        let mut run = vec![first];
        // White space between two words is not part of the text (section 6.2).
        while let Some((next, tail)) = word(after.trim_start(), problems) {
            run.push(next);
            after = tail;
        }
        pieces.push(Piece::Words(read(&run, problems)));
        rest = after;
    }
    pieces.push(Piece::Text(rest));
    pieces
}

/// The longest charset name with its language, in bytes.
const MAX_CHARSET: usize = 60;
/// How far the end of a word is looked for, in bytes; a correct one has 75 at most.
const MAX_WORD: usize = 4_000;

/// The word at the start of `text`, and what follows it.
fn word<'a>(text: &'a str, problems: &mut Problems) -> Option<(Word<'a>, &'a str)> {
    let inner = text.strip_prefix("=?")?;
    let end = inner.bytes().take(MAX_CHARSET).position(|byte| byte == b'?')?;
    let (charset, after) = inner.split_at(end);
    // RFC 2231, section 5: the language follows a star.
    let charset = charset.split('*').next().unwrap_or_default();
    if charset.is_empty() || charset.contains(|c: char| c.is_whitespace() || c == '=') {
        return None;
    }
    let is_base64 = match after.as_bytes().get(1)? {
        b'b' | b'B' => true,
        b'q' | b'Q' => false,
        _ => return None,
    };
    let data = after.get(2..)?.strip_prefix('?')?;
    match data[..data.floor_char_boundary(MAX_WORD)].find("?=") {
        Some(end) => Some((Word { charset, is_base64, data: &data[..end] }, &data[end + 2..])),
        None => {
            problems.note("an encoded word in a header has no end, it is read as far as it goes");
            let ends = |c: char| c.is_whitespace() || matches!(c, '<' | ',' | '"');
            let end = data.find(ends).unwrap_or(data.len());
            Some((Word { charset, is_base64, data: data[..end].trim_end_matches('?') }, &data[end..]))
        }
    }
}

/// Words of one charset are put together before they are read: a character may begin in one and end in the next.
fn read(run: &[Word<'_>], problems: &mut Problems) -> String {
    let mut text = String::new();
    let mut at = 0;
    while let Some(first) = run.get(at) {
        let same = run[at..].iter().take_while(|word| word.charset.eq_ignore_ascii_case(first.charset)).count();
        let bytes = bytes_of(&run[at..at + same]);
        text.push_str(&charset::read(&bytes, Some(first.charset), "a header", problems));
        at += same;
    }
    text
}

fn bytes_of(words: &[Word<'_>]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut symbols = String::new();
    for word in words {
        if word.is_base64 {
            symbols.extend(word.data.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '=')));
            if symbols.len().is_multiple_of(4) || symbols.ends_with('=') {
                push_base64(&mut bytes, &mut symbols);
            }
        } else {
            push_base64(&mut bytes, &mut symbols);
            push_quoted(&mut bytes, word.data);
        }
    }
    push_base64(&mut bytes, &mut symbols);
    bytes
}

fn push_base64(bytes: &mut Vec<u8>, symbols: &mut String) {
    let mut symbols = std::mem::take(symbols);
    if symbols.trim_end_matches('=').len() % 4 == 1 {
        symbols.truncate(symbols.trim_end_matches('=').len() - 1);
    }
    bytes.extend(LENIENT.decode(symbols.trim_end_matches('=')).unwrap_or_default());
}

fn push_quoted(bytes: &mut Vec<u8>, data: &str) {
    let data = data.as_bytes();
    let digit = |at: usize| data.get(at).and_then(|byte| char::from(*byte).to_digit(16));
    let mut at = 0;
    while let Some(byte) = data.get(at) {
        match (byte, digit(at + 1), digit(at + 2)) {
            (b'=', Some(high), Some(low)) => {
                bytes.push(u8::try_from(high * 16 + low).unwrap_or(b'?'));
                at += 3;
                continue;
            }
            (b'_', ..) => bytes.push(b' '),
            _ => bytes.push(*byte),
        }
        at += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(value: &str) -> (String, usize) {
        let mut problems = Problems::default();
        (decode(value, &mut problems), problems.list().len())
    }

    #[test]
    fn words_are_read_and_what_is_none_stays() {
        assert_eq!(read("=?utf-8?B?T2zDoQ==?= mundo"), ("Olá mundo".to_owned(), 0));
        assert_eq!(read("a =?iso-8859-1?Q?Ol=E1_?=b"), ("a Olá b".to_owned(), 0));
        assert_eq!(read("1 =? 2 =?x=?= =?utf-8?X?a?="), ("1 =? 2 =?x=?= =?utf-8?X?a?=".to_owned(), 0));
        assert_eq!(read("=?utf-8*pt?Q?=C3=A1=41?="), ("áA".to_owned(), 0));
    }

    #[test]
    fn a_character_may_begin_in_one_word_and_end_in_the_next() {
        assert_eq!(read("=?UTF-8?B?4p?=\r\n =?utf-8?B?yTIG9r?="), ("✓ ok".to_owned(), 0));
        assert_eq!(read("=?utf-8?Q?ol=C3?= =?utf-8?Q?=A1?="), ("olá".to_owned(), 0));
        assert_eq!(read("=?utf-8?Q?a?=\t=?iso-8859-1?Q?=E1?= b"), ("aá b".to_owned(), 0));
    }

    #[test]
    fn a_word_without_an_end_is_read_as_far_as_it_goes() {
        assert_eq!(read("Re: =?utf-8?B?T2zDoSBtdW5kb"), ("Re: Olá mund".to_owned(), 1));
        assert_eq!(read("=?utf-8?Q?Ol=C3=A1? <a@b.example>"), ("Olá <a@b.example>".to_owned(), 1));
    }

    #[test]
    fn what_a_word_holds_is_no_syntax() {
        let mut problems = Problems::default();
        let shielded =
            Shielded::of("=?utf-8?Q?Eve_=3Ceve=40evil=2Eexample=3E=2C?= <maria@acme.example>", &mut problems);
        assert!(!shielded.value.contains("evil"), "{}", shielded.value);
        let (name, _) = shielded.value.split_once(" <").unwrap();
        assert_eq!(shielded.restore(name), "Eve <eve@evil.example>,");
        assert_eq!(shielded.restore("\u{f8e0}9\u{f8e1}x\u{f8e0}"), "x");
    }
}
