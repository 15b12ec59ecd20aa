//! Every phrase that a file of rules knows, looked for in a message at once: a word is looked up, not held against each phrase.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::phrase::{NUMBER, Phrase, is_number};
use super::sentence::{End, Sentence};

/// Phrases by their lists.
#[derive(Clone, Debug, Default)]
pub(super) struct Lexicon {
    phrases: Vec<Member>,
    lists: usize,
    /// The phrases whose first word is this, and those whose first word begins so.
    whole: HashMap<String, Vec<usize>>,
    starts: HashMap<String, Vec<usize>>,
    /// How long these starts are, in bytes.
    lengths: BTreeSet<usize>,
}

/// A list of phrases in a lexicon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct List(usize);

#[derive(Clone, Debug)]
struct Member {
    phrase: Phrase,
    list: List,
    /// Its number in the list.
    number: usize,
}

/// A phrase of a list where it stands in a sentence.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Found {
    /// Which phrase of the list.
    pub(super) number: usize,
    /// From the start of the first word to the end of the last.
    pub(super) start: usize,
    pub(super) end: usize,
    member: usize,
}

/// A sentence and what stands in it.
#[derive(Clone, Debug)]
pub(super) struct Said {
    pub(super) words: Vec<String>,
    pub(super) end: End,
    found: BTreeMap<List, Vec<Found>>,
}

impl Lexicon {
    /// Takes a list in; phrases have their numbers.
    pub(super) fn add(&mut self, phrases: impl IntoIterator<Item = (usize, Phrase)>) -> List {
        let list = List(self.lists);
        self.lists += 1;
        for (number, phrase) in phrases {
            let (word, is_start) = phrase.first();
            let firsts = if is_start { &mut self.starts } else { &mut self.whole };
            firsts.entry(word.to_owned()).or_default().push(self.phrases.len());
            if is_start {
                self.lengths.insert(word.len());
            }
            self.phrases.push(Member { phrase, list, number });
        }
        list
    }

    /// Looks for every phrase in every sentence.
    pub(super) fn read(&self, sentences: Vec<Sentence>) -> Vec<Said> {
        sentences.into_iter().map(|Sentence { words, end }| Said { found: self.found(&words), words, end }).collect()
    }

    fn found(&self, words: &[String]) -> BTreeMap<List, Vec<Found>> {
        let mut found: BTreeMap<List, Vec<Found>> = BTreeMap::new();
        for (start, word) in words.iter().enumerate() {
            for member in self.beginning_with(word) {
                let Member { phrase, list, number } = &self.phrases[member];
                if let Some(end) = phrase.end_from(words, start) {
                    found.entry(*list).or_default().push(Found { number: *number, start, end, member });
                }
            }
        }
        found.values_mut().for_each(|found| found.sort_unstable());
        found
    }

    /// The phrases whose first word may be this one.
    fn beginning_with<'a>(&'a self, word: &'a str) -> impl Iterator<Item = usize> + 'a {
        let lengths = self.lengths.range(..=word.len());
        let starts = lengths.filter_map(move |length| self.starts.get(word.get(..*length)?));
        let numbers = is_number(word).then(|| self.whole.get(NUMBER)).flatten();
        self.whole.get(word).into_iter().chain(numbers).chain(starts).flatten().copied()
    }

    /// How many phrases it has.
    pub(super) fn len(&self) -> usize {
        self.phrases.len()
    }

    /// Whether nothing is on a list.
    pub(super) fn is_empty(&self, list: List) -> bool {
        self.phrases.iter().all(|member| member.list != list)
    }

    /// The phrase that was found.
    pub(super) fn phrase(&self, found: &Found) -> &Phrase {
        &self.phrases[found.member].phrase
    }
}

impl Said {
    /// The phrases of a list that stand in it, in the order of the list, each wherever it does.
    pub(super) fn found(&self, list: List) -> &[Found] {
        self.found.get(&list).map_or(&[], Vec::as_slice)
    }

    /// Whether a phrase of the list stands in it.
    pub(super) fn has(&self, list: List) -> bool {
        self.found.contains_key(&list)
    }
}

impl Found {
    /// How many words stand between the two.
    pub(super) fn between(&self, other: &Self) -> usize {
        other.start.saturating_sub(self.end).max(self.start.saturating_sub(other.end))
    }
}

#[cfg(test)]
mod tests {
    use super::super::sentence::sentences;
    use super::*;

    #[test]
    fn every_phrase_is_found_by_its_list_wherever_it_stands() {
        let mut lexicon = Lexicon::default();
        let phrases = |texts: &[&str]| {
            let read = |(number, text): (usize, &&str)| (number, Phrase::read(text).unwrap());
            texts.iter().enumerate().map(read).collect::<Vec<_>>()
        };
        let things = lexicon.add(phrases(&["shop", "ch*", "e-mail*"]));
        let troubles = lexicon.add(phrases(&["not work*", "não"]));
        let read =
            lexicon.read(sentences("", "The checkout of our shop does not really work, nor do e-mails of the shop."));
        let found = |list| {
            let found = read[0].found(list).iter();
            found.map(|found| (lexicon.phrase(found).to_string(), (found.start, found.end))).collect::<Vec<_>>()
        };
        let expected = [("shop", (4, 5)), ("shop", (15, 16)), ("ch*", (1, 2)), ("e-mail*", (11, 13))];
        assert_eq!(found(things), expected.map(|(phrase, place)| (phrase.to_owned(), place)));
        assert_eq!(found(troubles), [("not work*".to_owned(), (6, 9))]);
        assert_eq!(read[0].found(things)[1].between(&read[0].found(troubles)[0]), 6);
        assert!(!lexicon.read(sentences("", "Thanks")).iter().any(|said| said.has(things)));
    }
}
