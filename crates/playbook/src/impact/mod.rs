//! Impact: how much what a client writes about harms their business, judged by rules from `impacts/NAME.yaml`.
//!
//! A rule knows what it is about (`what`), how people say that it fails (`fails`), what alone says too little (`hints`: it counts in a
//! message that also says that it concerns many, or is now: `scale`), what says all of it at once (`says`), and what takes it back in a sentence (`unless`) or in the whole message (`settled`). A sentence fits when something of `what` and something of `fails` stand near each other in it, or when
//! the one stands in the subject or the sentence before and the other begins the next: "Our checkout. It does not work."
//!
//! Beside the rules there may be weights of phrases, learnt from messages that people judged: then a rule that fits is one weight among
//! them, and what weighs more than nothing has the priority. Which rule fitted, or which phrases weighed most, can always be said.

mod file;
mod learned;
mod learning;
mod phrase;
mod sentence;
mod weights;

use crate::impact::learned::{LEARNED, Learned};
use crate::impact::phrase::Phrase;
use crate::impact::sentence::{Sentence, sentences};
use crate::source::Place;
use crate::text::Localized;

pub(crate) use file::{read_impacts, read_priority};
pub use learning::Lesson;

/// How soon a ticket is to be looked at, the least first.
pub const PRIORITIES: [&str; 4] = ["low", "normal", "high", "urgent"];

/// How many words may stand between what fails and how that is said.
const NEAR: usize = 8;
/// How far into the next sentence it may be said that what was named before fails.
const AT_ONCE: usize = 7;
/// A sentence of so few words, a greeting, stands between others without parting them.
const GREETING: usize = 4;
/// How much of a message is judged, in bytes: whoever has an emergency says so before that.
const READ_MAX: usize = 16 * 1024;

/// Rules that weigh what a client writes.
#[derive(Clone, Debug)]
pub struct Impact {
    /// The name, that of its file.
    pub name: String,
    rules: Vec<Rule>,
    /// What every rule knows beside its own.
    shared: Shared,
    settled: Vec<Phrase>,
    /// What says how many it concerns, or that it is now.
    scale: Vec<Phrase>,
    learned: Option<Learned>,
}

/// The phrases that every rule of a file knows.
#[derive(Clone, Debug)]
struct Shared {
    fails: Vec<Phrase>,
    hints: Vec<Phrase>,
    unless: Vec<Phrase>,
}

/// What gives a ticket a priority.
#[derive(Clone, Debug)]
struct Rule {
    name: String,
    priority: &'static str,
    because: Localized,
    what: Vec<Phrase>,
    fails: Vec<Phrase>,
    hints: Vec<Phrase>,
    says: Vec<Phrase>,
    unless: Vec<Phrase>,
    place: Place,
}

/// The rule that a message fits, or the one that is about what weighs in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Weight {
    /// The rule's name; `learned` where none is about it.
    pub rule: String,
    /// One of [`PRIORITIES`].
    pub priority: &'static str,
    /// The phrases that stand in the message, as the handbook writes them: those of the rule, `checkout … not work*`, or those that weighed
    /// most, `no orders, since`.
    pub by: String,
    /// Where the rule is declared, or that weights are asked.
    pub place: Place,
}

impl Impact {
    /// Why a rule gives its priority, in words for people; nothing where there is no such rule.
    #[must_use]
    pub fn because(&self, rule: &str) -> Option<&Localized> {
        let learned = self.learned.as_ref().filter(|_| rule == LEARNED).map(|learned| &learned.because);
        learned.or_else(|| self.rules.iter().find(|known| known.name == rule).map(|rule| &rule.because))
    }

    /// The weightiest of the rules that the message fits, the first of those that weigh the same; nothing where none does. What is learnt
    /// has the last word on the rules of its priority.
    #[must_use]
    pub fn weigh(&self, subject: &str, body: &str) -> Option<Weight> {
        let sentences = sentences(subject, start_of(body, READ_MAX));
        let fitting = |is_asked: &dyn Fn(&Rule) -> bool| {
            let (rule, by) = self.fitting(&sentences, is_asked)?;
            Some(Weight { rule: rule.name.clone(), priority: rule.priority, by, place: rule.place.clone() })
        };
        let Some(learned) = &self.learned else { return fitting(&|_| true) };
        let by_rule = fitting(&|rule| learned.is_for(rule));
        let opinion = learned.opinion(&sentences, by_rule.is_some(), self.is_settled(&sentences));
        let own = opinion.is_for().then(|| {
            by_rule.unwrap_or_else(|| {
                let rules = self.rules.iter().filter(|rule| learned.is_for(rule));
                let nearest = learned.nearest(&opinion, &sentences, rules);
                let rule = nearest.map_or(LEARNED, |rule| rule.name.as_str()).to_owned();
                Weight { rule, priority: learned.priority, by: learned.told(&opinion), place: learned.place.clone() }
            })
        });
        let other = fitting(&|rule| !learned.is_for(rule));
        own.into_iter().chain(other).reduce(|best, other| if rank(other.priority) > rank(best.priority) { other } else { best })
    }

    /// The weightiest of the rules that are asked and that the message fits, with the phrases by which it does.
    fn fitting(&self, sentences: &[Sentence], is_asked: &dyn Fn(&Rule) -> bool) -> Option<(&Rule, String)> {
        if self.is_settled(sentences) {
            return None;
        }
        let is_at_scale = sentences.iter().any(|sentence| stands_in(&self.scale, sentence));
        let said = not_taken_back(sentences.iter(), &self.shared.unless);
        let asked = self.rules.iter().filter(|rule| is_asked(rule));
        let fitting = asked.filter_map(|rule| Some((rule, self.fits(rule, &said, is_at_scale)?)));
        fitting.reduce(|best, other| if rank(other.0.priority) > rank(best.0.priority) { other } else { best })
    }

    /// Whether something says that nothing is to be done at once.
    fn is_settled(&self, sentences: &[Sentence]) -> bool {
        sentences.iter().any(|sentence| stands_in(&self.settled, sentence))
    }

    /// The phrases by which a rule fits what was said, if it does.
    fn fits(&self, rule: &Rule, said: &[&Sentence], is_at_scale: bool) -> Option<String> {
        let said = not_taken_back(said.iter().copied(), &rule.unless);
        let by_itself = said.iter().find_map(|sentence| Some(first_of(&rule.says, sentence)?.to_string()));
        let fails = || rule.fits_by(&said, [&rule.fails, &self.shared.fails]);
        let hints = || rule.fits_by(&said, [&rule.hints, &self.shared.hints]);
        by_itself.or_else(fails).or_else(|| if is_at_scale { hints() } else { None })
    }
}

/// How something may be said to fail: by a rule's own phrases, then by those that all know.
type Troubles<'a> = [&'a Vec<Phrase>; 2];

impl Rule {
    fn fits_by(&self, said: &[&Sentence], troubles: Troubles<'_>) -> Option<String> {
        let within = said.iter().find_map(|sentence| self.fits_in(sentence, troubles));
        within.or_else(|| self.fits_across(said, troubles))
    }

    /// Named in a sentence, with trouble near it.
    fn fits_in(&self, sentence: &Sentence, troubles: Troubles<'_>) -> Option<String> {
        let whats = self.what.iter().flat_map(|phrase| phrase.all_in(&sentence.words).map(move |at| (phrase, at)));
        for (what, at) in whats {
            let near = |found: &std::ops::Range<usize>| {
                let between = found.start.saturating_sub(at.end).max(at.start.saturating_sub(found.end));
                between <= NEAR
            };
            let mut troubles = troubles.into_iter().flatten();
            let fails = troubles.find(|phrase| phrase.all_in(&sentence.words).any(|found| near(&found)));
            if let Some(fails) = fails {
                return Some(format!("{what} … {fails}"));
            }
        }
        None
    }

    /// Named in one sentence, said to fail at the beginning of the next.
    fn fits_across(&self, sentences: &[&Sentence], troubles: Troubles<'_>) -> Option<String> {
        for (index, sentence) in sentences.iter().enumerate() {
            let Some(what) = first_of(&self.what, sentence) else { continue };
            let is_trouble = |sentence: &Sentence| troubles.into_iter().any(|phrases| stands_in(phrases, sentence));
            let is_greeting = |sentence: &&&Sentence| sentence.words.len() < GREETING && !is_trouble(sentence);
            let next = sentences[index + 1..].iter().find(|sentence| !is_greeting(sentence));
            let begins = |phrase: &&Phrase| {
                next.and_then(|next| phrase.first_in(&next.words)).is_some_and(|found| found.start < AT_ONCE)
            };
            if let Some(fails) = troubles.into_iter().flatten().find(begins) {
                return Some(format!("{what} … {fails}"));
            }
        }
        None
    }
}

/// The sentences in which none of these phrases stands.
fn not_taken_back<'a>(said: impl Iterator<Item = &'a Sentence>, unless: &[Phrase]) -> Vec<&'a Sentence> {
    said.filter(|sentence| !stands_in(unless, sentence)).collect()
}

/// The first of the phrases that stands in the sentence.
fn first_of<'a>(phrases: &'a [Phrase], sentence: &Sentence) -> Option<&'a Phrase> {
    phrases.iter().find(|phrase| phrase.first_in(&sentence.words).is_some())
}

/// Whether one of the phrases stands in the sentence.
fn stands_in(phrases: &[Phrase], sentence: &Sentence) -> bool {
    first_of(phrases, sentence).is_some()
}

fn rank(priority: &str) -> usize {
    PRIORITIES.iter().position(|known| *known == priority).unwrap_or_default()
}

/// The start of a text, cut between characters.
fn start_of(text: &str, max: usize) -> &str {
    let end = (0..=max.min(text.len())).rev().find(|end| text.is_char_boundary(*end));
    &text[..end.unwrap_or_default()]
}

#[cfg(test)]
mod tests;
