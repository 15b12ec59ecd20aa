//! Phrases with what each of them weighs: the learned part of an impact. All in whole numbers, so that a sum is the same everywhere.

use std::collections::{BTreeSet, HashMap};

use super::phrase::Phrase;
use super::sentence::{End, Sentence};

/// How many words of a message are weighed: what somebody writes beyond is a thread, a signature, a log.
const WORDS_MAX: usize = 400;

/// What a file of weights holds.
#[derive(Clone, Debug, Default)]
pub(super) struct Weights {
    pub(super) adds: Adds,
    lines: Vec<Line>,
    /// The lines whose first word is this, and those whose first word begins so.
    whole: HashMap<String, Vec<usize>>,
    starts: HashMap<String, Vec<usize>>,
    /// How long these starts are, in bytes.
    lengths: BTreeSet<usize>,
    /// The lines of signs: `?` and `!`.
    signs: Vec<(End, usize)>,
}

/// What is added beside the phrases.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Adds {
    /// What every message begins with.
    pub(super) always: i64,
    /// What a rule that fits adds.
    pub(super) rule: i64,
    /// What something of `settled` adds.
    pub(super) settled: i64,
}

/// A phrase or sign with its weight.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Line {
    pub(super) weight: i64,
    what: What,
}

#[derive(Clone, Debug, PartialEq)]
enum What {
    Phrase(Phrase),
    /// A phrase in a sentence that asks.
    Asked(Phrase),
    Sign(End),
}

/// Where a line stands in a message: in which of its sentences first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Standing {
    pub(super) line: usize,
    pub(super) sentence: usize,
}

impl Line {
    /// Reads `42 not work*`, `-17 invoice* ?` or `-90 ?`; nothing where it is no such line.
    pub(super) fn read(text: &str) -> Option<Self> {
        let (weight, what) = text.split_once(' ')?;
        let weight = i64::from(weight.parse::<i32>().ok()?);
        Some(Self { weight, what: What::read(what.trim())? })
    }

    fn phrase(&self) -> Option<&Phrase> {
        match &self.what {
            What::Phrase(phrase) | What::Asked(phrase) => Some(phrase),
            What::Sign(_) => None,
        }
    }

    /// As the handbook writes it, without the weight.
    pub(super) fn written(&self) -> String {
        match &self.what {
            What::Phrase(phrase) => phrase.to_string(),
            What::Asked(phrase) => format!("{phrase} ?"),
            What::Sign(End::Asks) => "?".to_owned(),
            What::Sign(_) => "!".to_owned(),
        }
    }
}

impl What {
    fn read(text: &str) -> Option<Self> {
        match text {
            "?" => Some(Self::Sign(End::Asks)),
            "!" => Some(Self::Sign(End::Calls)),
            _ => match text.strip_suffix(" ?") {
                Some(asked) => Phrase::read(asked).map(Self::Asked),
                None => Phrase::read(text).map(Self::Phrase),
            },
        }
    }
}

impl Weights {
    pub(super) fn new(adds: Adds, lines: Vec<Line>) -> Self {
        let mut weights = Self { adds, ..Self::default() };
        for (index, line) in lines.iter().enumerate() {
            match line.phrase().map(Phrase::first) {
                Some((word, true)) => {
                    weights.lengths.insert(word.len());
                    weights.starts.entry(word.to_owned()).or_default().push(index);
                }
                Some((word, false)) => weights.whole.entry(word.to_owned()).or_default().push(index),
                None => {}
            }
            if let What::Sign(sign) = line.what {
                weights.signs.push((sign, index));
            }
        }
        Self { lines, ..weights }
    }

    pub(super) fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// The lines that stand in a message, each once, in the order in which it says them.
    pub(super) fn standing(&self, sentences: &[Sentence]) -> Vec<Standing> {
        let (mut found, mut is_found, mut read) = (Vec::new(), vec![false; self.lines.len()], 0);
        for (sentence, said) in sentences.iter().enumerate() {
            let words = &said.words[..said.words.len().min(WORDS_MAX - read)];
            read += words.len();
            for at in 0..words.len() {
                for line in self.beginning_with(&words[at]) {
                    if !is_found[line] && self.lines[line].is_at(words, at, said.end) {
                        is_found[line] = true;
                        found.push(Standing { line, sentence });
                    }
                }
            }
            for (_, line) in self.signs.iter().filter(|(sign, _)| *sign == said.end) {
                if !std::mem::replace(&mut is_found[*line], true) {
                    found.push(Standing { line: *line, sentence });
                }
            }
            if read == WORDS_MAX {
                break;
            }
        }
        found
    }

    /// The lines whose first word may be this one.
    fn beginning_with<'a>(&'a self, word: &'a str) -> impl Iterator<Item = usize> + 'a {
        let starts = self.lengths.iter().filter_map(move |length| self.starts.get(word.get(..*length)?));
        self.whole.get(word).into_iter().chain(starts).flatten().copied()
    }
}

impl Line {
    fn is_at(&self, words: &[String], at: usize, end: End) -> bool {
        match &self.what {
            What::Phrase(phrase) => phrase.end_from(words, at).is_some(),
            What::Asked(phrase) => end == End::Asks && phrase.end_from(words, at).is_some(),
            What::Sign(_) => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::sentence::sentences;
    use super::*;

    fn standing(lines: &[&str], subject: &str, body: &str) -> Vec<String> {
        let weights = Weights::new(Adds::default(), lines.iter().map(|line| Line::read(line).unwrap()).collect());
        let found = weights.standing(&sentences(subject, body));
        found.iter().map(|found| weights.lines[found.line].written()).collect()
    }

    #[test]
    fn a_line_is_a_weight_with_a_phrase_or_a_sign() {
        assert_eq!(Line::read("-42 not  work*").map(|line| (line.weight, line.written())), Some((-42, "not work*".to_owned())));
        assert_eq!(Line::read("7 invoice* ?").map(|line| line.written()).as_deref(), Some("invoice* ?"));
        for wrong in ["", "7", "not work*", "1.5 down", "7 wo*rk", "99999999999 down", "7 ! down*x*"] {
            assert_eq!(Line::read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn what_stands_in_a_message_is_found_once() {
        let lines = ["1 not work*", "1 shop", "1 sho*", "1 shop ?", "1 ?", "1 !", "1 não"];
        assert_eq!(standing(&lines, "Shop", "The shop does not really work!"), ["shop", "sho*", "not work*", "!"]);
        assert_eq!(standing(&lines, "", "Is it in the shops? Nao"), ["sho*", "?", "não"]);
        assert_eq!(standing(&lines, "", "Which shop?"), ["shop", "shop ?", "sho*", "?"]);
        assert_eq!(standing(&lines, "", "See https://acme.example/?page=2"), Vec::<String>::new());
    }

    #[test]
    fn what_is_far_behind_is_not_weighed() {
        let far = format!("{} shop", "word. ".repeat(WORDS_MAX));
        assert_eq!(standing(&["1 shop"], "", &far), Vec::<String>::new());
        assert_eq!(standing(&["1 shop"], "", &far[6..]), ["shop"]);
    }
}
