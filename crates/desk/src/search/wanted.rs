//! What somebody looks for: plain words. Nothing in them is an operator; whatever is neither letter nor digit only separates.

use store::Engine;

use crate::words::fold;
use crate::{Error, Result};

/// The longest question, in characters.
pub const LENGTH_MAX: usize = 200;
/// The most words of one.
pub const WORDS_MAX: usize = 24;
/// How much of a word must be there before it may go on: what begins with one letter is nearly everything.
const BEGUN_MIN: usize = 2;

/// Words that must all stand in one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    words: Vec<String>,
    /// Whether the last word may only be the beginning of one.
    begun: bool,
}

impl Wanted {
    /// Reads what somebody typed. The last word may be a beginning, unless something stands behind it.
    ///
    /// # Errors
    /// [`Kind::Invalid`](crate::error::Kind::Invalid) of the field `q` when it has no word, or too many.
    pub fn read(text: &str) -> Result<Self> {
        if text.chars().count() > LENGTH_MAX {
            return Err(wrong("too-long", format!("has {LENGTH_MAX} characters at most")));
        }
        let mut words = Vec::new();
        let mut end = 0;
        for token in fold::tokens(text) {
            end = token.at.end;
            words.push(token.word);
        }
        let Some(last) = words.pop() else {
            return Err(wrong("no-words", "has no word in it: letters or digits are needed"));
        };
        words.sort_unstable();
        words.dedup();
        if words.len() >= WORDS_MAX {
            return Err(wrong("too-many-words", format!("has {WORDS_MAX} words at most")));
        }
        let begun = end == text.len() && last.chars().count() >= BEGUN_MIN;
        words.push(last);
        Ok(Self { words, begun })
    }

    /// Whether a folded word of some text is one of those looked for.
    pub fn is_met_by(&self, word: &str) -> bool {
        let begins = self.begun && self.words.last().is_some_and(|last| word.starts_with(last.as_str()));
        begins || self.words.iter().any(|wanted| wanted == word)
    }

    pub(super) fn for_engine(&self, engine: Engine) -> String {
        engine.wanted_words(&self.words, self.begun)
    }
}

fn wrong(code: &str, message: impl Into<String>) -> Error {
    Error::invalid_field("q", code, message)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_last_word_may_be_a_beginning_and_the_others_are_whole() {
        let wanted = Wanted::read("Logo exp").unwrap();
        assert!(wanted.is_met_by("logo") && wanted.is_met_by("export") && wanted.is_met_by("exp"));
        assert!(!wanted.is_met_by("logos") && !wanted.is_met_by("ex"));
        assert!(!Wanted::read("exp ").unwrap().is_met_by("export"), "a finished word is whole");
        assert!(!Wanted::read("e").unwrap().is_met_by("export"));
    }

    #[test]
    fn what_looks_like_an_operator_is_only_a_separator() {
        assert_eq!(Wanted::read("\"new* AND -logo:(x)").unwrap(), Wanted::read("new AND logo x ").unwrap());
    }

    #[test]
    fn what_holds_no_word_or_too_many_is_refused_by_name() {
        let many: String = (0..40).map(|n| format!("{n} ")).collect();
        for (text, code) in
            [("", "no-words"), (" * ", "no-words"), (&"x".repeat(201), "too-long"), (&many, "too-many-words")]
        {
            let error = Wanted::read(text).unwrap_err();
            assert_eq!((error.fields[0].field.as_str(), error.fields[0].code.as_str()), ("q", code), "{text}");
        }
        assert!(Wanted::read(&"x ".repeat(100)).is_ok(), "the same word again is no other");
    }

    proptest! {
        #[test]
        fn whatever_is_typed_is_read_or_refused_and_each_of_its_words_meets_it(text in ".{0,120}") {
            if let Ok(wanted) = Wanted::read(&text) {
                prop_assert!(fold::tokens(&text).all(|token| wanted.is_met_by(&token.word)));
            }
        }
    }
}
