//! The words that are looked for: each a word of its own or several that stand one behind the other.

use std::collections::VecDeque;
use std::ops::Range;

use store::Engine;

use crate::words::fold::{self, Token};

/// How much of a word must be there before it may go on: what begins with one letter is nearly everything.
const BEGUN_MIN: usize = 2;

/// Words that must all stand in one place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sought {
    /// Words that stand one behind the other; mostly each stands alone.
    runs: Vec<Vec<String>>,
    /// Whether the last of them may only be the beginning of a word.
    is_begun: bool,
}

impl Sought {
    /// These words in any order.
    pub fn words(text: &str) -> Self {
        let mut sought = Self::default();
        sought.add_words(text);
        sought
    }

    /// These words one behind the other.
    pub fn phrase(text: &str) -> Self {
        let mut sought = Self::default();
        sought.add_phrase(text);
        sought
    }

    /// Looks for these words too.
    pub fn add_words(&mut self, text: &str) {
        for word in fold::words(text) {
            self.add(vec![word]);
        }
    }

    /// Looks for these words one behind the other too.
    pub fn add_phrase(&mut self, text: &str) {
        self.add(fold::words(text));
    }

    /// Looks for these words too, the last of which may be the beginning of one where nothing stands behind it.
    pub fn add_begun(&mut self, text: &str) {
        let tokens: Vec<Token> = fold::tokens(text).collect();
        let Some((last, whole)) = tokens.split_last() else { return };
        for token in whole {
            self.add(vec![token.word.clone()]);
        }
        self.runs.push(vec![last.word.clone()]);
        self.is_begun = last.at.end == text.len() && last.word.chars().count() >= BEGUN_MIN;
    }

    /// Lets the last word be a beginning.
    #[must_use]
    pub fn begun(mut self) -> Self {
        self.is_begun = self.runs.last().is_some_and(|run| run.len() == 1 && run[0].chars().count() >= BEGUN_MIN);
        self
    }

    fn add(&mut self, run: Vec<String>) {
        if !run.is_empty() && !self.runs.contains(&run) {
            self.runs.push(run);
        }
    }

    /// Whether nothing is looked for.
    pub fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }

    /// How many words these are.
    pub fn count(&self) -> usize {
        self.runs.iter().map(Vec::len).sum()
    }

    /// Where they stand among the words of a text, in bytes of it, in order and apart.
    pub fn places(&self, tokens: &[Token]) -> Vec<Range<usize>> {
        let mut places: Vec<Range<usize>> = Vec::new();
        let mut from = 0;
        while from < tokens.len() {
            match self.longest(&tokens[from..]) {
                Some(length) => {
                    places.push(tokens[from].at.start..tokens[from + length - 1].at.end);
                    from += length;
                }
                None => from += 1,
            }
        }
        places
    }

    /// Where the first of them begins in a text, in bytes of it.
    pub fn first(&self, text: &str) -> Option<usize> {
        let most = self.runs.iter().map(Vec::len).max()?;
        let mut tokens = fold::tokens(text);
        let mut ahead: VecDeque<Token> = tokens.by_ref().take(most).collect();
        while !ahead.is_empty() && self.longest(ahead.make_contiguous()).is_none() {
            ahead.pop_front();
            ahead.extend(tokens.next());
        }
        ahead.front().map(|token| token.at.start)
    }

    /// How many words stand where `tokens` begin, of the longest that does.
    fn longest(&self, tokens: &[Token]) -> Option<usize> {
        let stand = self.runs.iter().enumerate().filter(|(place, run)| self.stands(*place, run, tokens));
        stand.map(|(_, run)| run.len()).max()
    }

    fn stands(&self, place: usize, run: &[String], tokens: &[Token]) -> bool {
        let goes_on = self.is_begun && place + 1 == self.runs.len();
        tokens.len() >= run.len()
            && run
                .iter()
                .zip(tokens)
                .all(|(word, token)| if goes_on { token.word.starts_with(word.as_str()) } else { token.word == *word })
    }

    /// As an index of words is asked for them.
    pub(super) fn for_engine(&self, engine: Engine) -> String {
        engine.wanted_words(&self.runs, self.is_begun)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn places<'t>(sought: &Sought, text: &'t str) -> Vec<&'t str> {
        let tokens: Vec<Token> = fold::tokens(text).collect();
        sought.places(&tokens).into_iter().map(|place| &text[place]).collect()
    }

    #[test]
    fn words_stand_anywhere_and_a_phrase_where_its_words_follow_each_other() {
        let mut sought = Sought::words("Logo");
        sought.add_phrase("first page");
        sought.add_begun("ex");
        let text = "The first logo; export it to the First, page. A page";
        assert_eq!(places(&sought, text), ["logo", "export", "First, page"]);
        assert_eq!(sought.count(), 4);
    }

    #[test]
    fn a_word_may_go_on_when_it_is_long_enough_and_nothing_stands_behind_it() {
        for (text, goes_on) in [("exp", true), ("e", false), ("exp.", false)] {
            let mut sought = Sought::default();
            sought.add_begun(text);
            assert_eq!(places(&sought, "export").len(), usize::from(goes_on), "{text}");
        }
    }

    proptest! {
        #[test]
        fn places_are_in_order_apart_and_where_words_are(text in "[ab ]{0,30}", words in "[ab ]{0,6}", phrase in "[ab ]{0,6}") {
            let mut sought = Sought::words(&words);
            sought.add_phrase(&phrase);
            let tokens: Vec<Token> = fold::tokens(&text).collect();
            let mut end = 0;
            for place in sought.places(&tokens) {
                prop_assert!(place.start >= end && place.end > place.start);
                end = place.end;
            }
            prop_assert_eq!(sought.first(&text), sought.places(&tokens).first().map(|place| place.start));
            let single = fold::words(&words);
            let marked = sought.places(&tokens);
            for token in &tokens {
                let is_marked = marked.iter().any(|place| place.contains(&token.at.start));
                prop_assert!(is_marked || !single.contains(&token.word), "{:?} of {:?}", token.word, text);
            }
        }
    }
}
