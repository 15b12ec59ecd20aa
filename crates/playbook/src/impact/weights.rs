//! Phrases with what each of them weighs: the learned part of an impact. All in whole numbers, so that a sum is the same everywhere.

use super::lexicon::{Lexicon, List, Said};
use super::phrase::Phrase;
use super::sentence::End;

/// How many words of a message are weighed, to the end of a sentence: what stands beyond is a thread, a signature, a log.
const WORDS_MAX: usize = 400;
/// How many words a message may have before its phrases count less: a manual has more of each than any cry for help.
pub(super) const USUAL: usize = 80;
/// Among how many words a rule that fits adds as much as the file says: it is half of that from twice as many words on, and twice as much
/// down to half as many, since it then is all that somebody says.
const RULED: usize = 40;

/// What a file of weights holds.
#[derive(Clone, Debug)]
pub(super) struct Weights {
    pub(super) adds: Adds,
    pub(super) lines: Vec<Line>,
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

/// How much a rule that fits a message of so many words counts, in so many parts of [`RULED_PARTS`].
pub(super) fn ruled(words: usize) -> usize {
    RULED * RULED_PARTS / words.clamp(RULED / 2, RULED * 2)
}

/// The parts that [`ruled`] counts.
pub(super) const RULED_PARTS: usize = 100;

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

impl Line {
    /// Reads `42 not work*`, `-17 invoice* ?` or `-90 ?`; nothing where it is no such line.
    pub(super) fn read(text: &str) -> Option<Self> {
        let (weight, what) = text.split_once(' ')?;
        let weight = i64::from(weight.parse::<i32>().ok()?);
        let what = match what.trim() {
            "?" => What::Sign(End::Asks),
            "!" => What::Sign(End::Calls),
            what => match what.strip_suffix(" ?") {
                Some(asked) => What::Asked(Phrase::read(asked)?),
                None => What::Phrase(Phrase::read(what)?),
            },
        };
        Some(Self { weight, what })
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

/// The lists of a lexicon that hold the phrases of lines, each with the number of its line.
#[derive(Clone, Debug)]
pub(super) struct Lines {
    phrases: List,
    asked: List,
    signs: Vec<(usize, End)>,
    count: usize,
}

/// Where a line stands in a message: in which of its sentences first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Standing {
    pub(super) line: usize,
    pub(super) sentence: usize,
}

impl Lines {
    /// Takes the phrases of lines into a lexicon.
    pub(super) fn new(lines: &[Line], lexicon: &mut Lexicon) -> Self {
        let (mut phrases, mut asked, mut signs) = (Vec::new(), Vec::new(), Vec::new());
        for (number, line) in lines.iter().enumerate() {
            match &line.what {
                What::Phrase(phrase) => phrases.push((number, phrase.clone())),
                What::Asked(phrase) => asked.push((number, phrase.clone())),
                What::Sign(sign) => signs.push((number, *sign)),
            }
        }
        Self { phrases: lexicon.add(phrases), asked: lexicon.add(asked), signs, count: lines.len() }
    }

    /// The lines that stand in a message, each once, and among how many words.
    pub(super) fn standing(&self, said: &[Said]) -> (Vec<Standing>, usize) {
        let (mut standing, mut is_known, mut words) = (Vec::new(), vec![false; self.count], 0);
        for (sentence, said) in said.iter().enumerate() {
            let asked = if said.end == End::Asks { said.found(self.asked) } else { &[] };
            let phrases = said.found(self.phrases).iter().chain(asked).map(|found| found.number);
            let signs = self.signs.iter().filter(|(_, sign)| *sign == said.end).map(|(number, _)| *number);
            for line in phrases.chain(signs) {
                if !std::mem::replace(&mut is_known[line], true) {
                    standing.push(Standing { line, sentence });
                }
            }
            words += said.words.len();
            if words >= WORDS_MAX {
                break;
            }
        }
        (standing, words)
    }
}

#[cfg(test)]
mod tests {
    use super::super::sentence::sentences;
    use super::*;

    fn standing(lines: &[&str], subject: &str, body: &str) -> Vec<String> {
        let lines: Vec<Line> = lines.iter().map(|line| Line::read(line).unwrap()).collect();
        let mut lexicon = Lexicon::default();
        let known = Lines::new(&lines, &mut lexicon);
        let (found, _) = known.standing(&lexicon.read(sentences(subject, body)));
        found.iter().map(|found| lines[found.line].written()).collect()
    }

    #[test]
    fn a_line_is_a_weight_with_a_phrase_or_a_sign() {
        let read = |text| Line::read(text).map(|line| (line.weight, line.written()));
        assert_eq!(read("-42 not  work*"), Some((-42, "not work*".to_owned())));
        assert_eq!(read("7 invoice* ?"), Some((7, "invoice* ?".to_owned())));
        assert_eq!(read("+7 !"), Some((7, "!".to_owned())));
        for wrong in ["", "7", "not work*", "1.5 down", "7 wo*rk", "99999999999 down", "7 ! down"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn what_stands_in_a_message_is_found_once() {
        let lines = ["1 not work*", "1 shop", "1 sho*", "1 shop ?", "1 ?", "1 !", "1 não"];
        assert_eq!(standing(&lines, "Shop", "The shop does not really work!"), ["shop", "sho*", "not work*", "!"]);
        assert_eq!(standing(&lines, "", "Is it in the shops? Nao"), ["sho*", "?", "não"]);
        assert_eq!(standing(&lines, "", "Which shop?"), ["shop", "sho*", "shop ?", "?"]);
        assert_eq!(standing(&lines, "", "See https://acme.example/?page=2"), Vec::<String>::new());
    }

    #[test]
    fn what_is_far_behind_is_not_weighed() {
        let far = format!("{} shop", "word. ".repeat(WORDS_MAX));
        assert_eq!(standing(&["1 shop"], "", &far), Vec::<String>::new());
        assert_eq!(standing(&["1 shop"], "", &far["word. ".len()..]), ["shop"]);
    }
}
