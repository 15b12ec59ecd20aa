//! How a text becomes words: cut where there is neither letter nor digit, in small letters, without accents, so that `Ação` is
//! found as `acao`. Signs of scripts that are written without blanks are a word each.

use std::ops::Range;

use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// The longest word that is told from others, in characters.
const WORD_MAX: usize = 64;
/// How much of a text's words is known, in bytes: what stands behind is not found.
const WORDS_MAX: usize = 256 * 1024;

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it stands, in bytes.
    pub at: Range<usize>,
    /// The word, folded.
    pub word: String,
}

/// The folded words of a text in their order, as far as they are known.
pub fn words(text: &str) -> Vec<String> {
    let mut size = 0;
    let known = tokens(text).take_while(|token| {
        size += token.word.len() + 1;
        size <= WORDS_MAX
    });
    known.map(|token| token.word).collect()
}

/// The words of a text with their places.
pub fn tokens(text: &str) -> impl Iterator<Item = Token> + '_ {
    let mut rest = text.char_indices().peekable();
    std::iter::from_fn(move || {
        loop {
            let (start, first) = rest.find(|(_, c)| c.is_alphanumeric())?;
            let (mut end, mut word) = (start + first.len_utf8(), String::new());
            fold(first, &mut word);
            let mut length = 1;
            while let Some((at, c)) = rest.next_if(|(_, c)| goes_on(first, *c)) {
                end = at + c.len_utf8();
                length += 1;
                // A character may become several; what is cut off is cut off here and where it is asked for alike.
                if length <= WORD_MAX {
                    fold(c, &mut word);
                }
            }
            if !word.is_empty() {
                return Some(Token { at: start..end, word });
            }
        }
    })
}

fn goes_on(first: char, next: char) -> bool {
    is_combining_mark(next) || (next.is_alphanumeric() && !stands_alone(first) && !stands_alone(next))
}

/// Signs of scripts without blanks between words: kana and ideographs.
fn stands_alone(c: char) -> bool {
    matches!(c,
        '\u{3040}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ff9f}' | '\u{20000}'..='\u{3ffff}')
}

fn fold(c: char, word: &mut String) {
    if c.is_ascii() {
        return word.push(c.to_ascii_lowercase());
    }
    decompose_compatible(c, |part| {
        for small in part.to_lowercase().filter(|small| !is_accent(*small)) {
            match small {
                'ß' => word.push_str("ss"),
                'æ' => word.push_str("ae"),
                'œ' => word.push_str("oe"),
                'ø' => word.push('o'),
                'đ' | 'ð' => word.push('d'),
                'ł' => word.push('l'),
                'ı' => word.push('i'),
                'ς' => word.push('σ'),
                other if other.is_alphanumeric() || is_combining_mark(other) => word.push(other),
                _ => {}
            }
        }
    });
}

/// Marks that people leave out when they ask: accents, and the vowel signs of Hebrew and Arabic. Those of other scripts are as good
/// as letters.
fn is_accent(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{64b}'..='\u{65f}' | '\u{1ab0}'..='\u{1aff}'
        | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' | '\u{3099}'..='\u{309a}' | '\u{fe00}'..='\u{fe2f}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn accents_and_capitals_make_no_difference() {
        assert_eq!(words("Alteração de DOCUMENTO"), words("alteracao de documento"));
        assert_eq!(words("e\u{301}te\u{301} Straße Ærø Łódź"), ["ete", "strasse", "aero", "lodz"]);
        assert_eq!(words("İstanbul ΟΔΟΣ ﬁn"), ["istanbul", "οδοσ", "fin"]);
    }

    #[test]
    fn words_are_cut_where_there_is_neither_letter_nor_digit() {
        assert_eq!(words("maria@acme.example, re: #1042!"), ["maria", "acme", "example", "re", "1042"]);
        assert_eq!(words("don't \"quote\" * (AND) NEAR/2"), ["don", "t", "quote", "and", "near", "2"]);
        assert_eq!(words("請求書 ガス"), ["請", "求", "書", "カ", "ス"]);
        assert_eq!(words("हिन्दी"), ["हिन्दी"]);
        assert!(words(" – … \u{301}\u{0}").is_empty());
    }

    #[test]
    fn a_long_word_and_a_long_text_are_known_by_their_beginning() {
        assert_eq!(words(&"a".repeat(1_000)), ["a".repeat(WORD_MAX)]);
        assert_eq!(words(&"word ".repeat(100_000)).len(), WORDS_MAX / 5);
    }

    proptest! {
        #[test]
        fn a_word_holds_nothing_that_an_index_could_take_for_its_own_and_is_folded_for_good(text in "\\PC{0,60}|.{0,60}") {
            for token in tokens(&text) {
                prop_assert!(text.get(token.at.clone()).is_some());
                let plain = |c: char| c.is_alphanumeric() || is_combining_mark(c);
                prop_assert!(token.word.chars().all(plain), "{:?}", token.word);
                prop_assert!(!token.word.contains(|c: char| c.is_ascii_uppercase()));
                prop_assert!(token.word.len() < 2_000);
            }
        }

        #[test]
        fn places_are_in_order_and_apart(text in ".{0,80}") {
            let mut end = 0;
            for token in tokens(&text) {
                prop_assert!(token.at.start >= end && token.at.end > token.at.start);
                end = token.at.end;
            }
        }
    }
}
