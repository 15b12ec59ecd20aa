//! A message as sentences of folded words: in small letters, without accents and apostrophes, cut where there is neither letter nor
//! digit. `Doesn't` and `doesnt`, `não` and `nao` are the same word.

use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// The longest word that is told from others, in characters.
const WORD_MAX: usize = 40;
/// The most words of a sentence; a longer one is cut.
const SENTENCE_MAX: usize = 60;

/// A sentence's words, folded, and how it ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sentence {
    pub(super) words: Vec<String>,
    pub(super) end: End,
}

/// How a sentence ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// With `?`.
    Asks,
    /// With `!`.
    Calls,
    /// Otherwise.
    Tells,
}

/// The sentences of a message; its subject is the first.
pub(super) fn sentences(subject: &str, body: &str) -> Vec<Sentence> {
    let mut sentences = Vec::new();
    for part in [subject, body] {
        for (text, end) in cut(part) {
            let words = words(text);
            sentences.extend(words.chunks(SENTENCE_MAX).map(|words| Sentence { words: words.to_vec(), end }));
        }
    }
    sentences
}

/// A text cut behind `.`, `!`, `?`, `;` and at empty lines. A sign with a letter or digit behind it, as in an address or a number,
/// ends nothing.
fn cut(text: &str) -> Vec<(&str, End)> {
    let (mut parts, mut start) = (Vec::new(), 0);
    let mut signs = text.char_indices().peekable();
    let mut line_is_empty = false;
    while let Some((at, sign)) = signs.next() {
        let next = signs.peek().map(|(_, next)| *next);
        let ends = match sign {
            '.' => !next.is_some_and(char::is_alphanumeric),
            '!' | '?' | ';' | '…' => true,
            '\n' => std::mem::replace(&mut line_is_empty, true),
            _ => false,
        };
        line_is_empty = sign == '\n' || line_is_empty && sign.is_whitespace();
        if ends {
            let end = match sign {
                '?' if !next.is_some_and(char::is_alphanumeric) => End::Asks,
                '!' => End::Calls,
                _ => End::Tells,
            };
            parts.push((&text[start..at], end));
            start = at + sign.len_utf8();
        }
    }
    parts.push((&text[start..], End::Tells));
    parts.retain(|(part, _)| part.contains(char::is_alphanumeric));
    parts
}

/// The folded words of a text.
pub(super) fn words(text: &str) -> Vec<String> {
    let is_part = |sign: char| sign.is_alphanumeric() || is_combining_mark(sign) || is_apostrophe(sign);
    let cut = text.split(|sign| !is_part(sign));
    cut.map(folded).filter(|word| !word.is_empty()).collect()
}

fn is_apostrophe(sign: char) -> bool {
    matches!(sign, '\'' | '’' | '`' | '´')
}

fn folded(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    for sign in word.chars().take(WORD_MAX).filter(|sign| !is_apostrophe(*sign)) {
        decompose_compatible(sign, |part| {
            folded.extend(part.to_lowercase().filter(|small| !is_combining_mark(*small)));
        });
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(subject: &str, body: &str) -> Vec<String> {
        sentences(subject, body).iter().map(|sentence| sentence.words.join(" ")).collect()
    }

    #[test]
    fn words_are_folded() {
        assert_eq!(
            words("Não está a FUNCIONAR: doesn’t, e-mail"),
            ["nao", "esta", "a", "funcionar", "doesnt", "e", "mail"]
        );
    }

    #[test]
    fn a_sentence_ends_at_its_sign_or_at_an_empty_line() {
        let body = "Hello,\n\nthe site\nshop.acme.example is down! Version 5.2 did it. Thanks\n \nMaria";
        let expected = ["shop", "hello", "the site shop acme example is down", "version 5 2 did it", "thanks", "maria"];
        assert_eq!(read("Shop", body), expected);
    }

    #[test]
    fn nothing_says_nothing() {
        assert_eq!(read("", " … \n\n --"), Vec::<String>::new());
    }
}
