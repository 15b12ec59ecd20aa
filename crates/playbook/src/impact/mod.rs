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
mod lexicon;
mod phrase;
mod rule;
mod sentence;
mod trial;
mod weights;

use crate::impact::learned::{LEARNED, Learned};
use crate::impact::lexicon::{Lexicon, List, Said};
use crate::impact::rule::{Rule, not_taken_back};
use crate::impact::sentence::sentences;
use crate::source::Place;
use crate::text::Localized;

pub(crate) use file::{read_impacts, read_priority};
pub use learning::Lesson;
pub use trial::Judged;

/// How soon a ticket is to be looked at, the least first.
pub const PRIORITIES: [&str; 4] = ["low", "normal", "high", "urgent"];

/// How much of a message is judged, in bytes: whoever has an emergency says so before that.
const READ_MAX: usize = 4 * 1024;

/// Rules that weigh what a client writes.
#[derive(Clone, Debug)]
pub struct Impact {
    /// The name, that of its file.
    pub name: String,
    /// Every phrase.
    lexicon: Lexicon,
    rules: Vec<Rule>,
    /// What every rule knows beside its own.
    shared: Shared,
    learned: Option<Learned>,
}

/// The phrases that belong to no rule alone.
#[derive(Clone, Debug)]
struct Shared {
    fails: List,
    hints: List,
    unless: List,
    settled: List,
    /// What says how many it concerns, or that it is now.
    scale: List,
    /// What begins that which stands below every mail of somebody.
    foot: List,
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
        let said = self.said(subject, body);
        let fitting = |is_asked: &dyn Fn(&Rule) -> bool| {
            let (rule, by) = self.fitting(&said, is_asked)?;
            Some(Weight { rule: rule.name.clone(), priority: rule.priority, by, place: rule.place.clone() })
        };
        let Some(learned) = &self.learned else { return fitting(&|_| true) };
        let by_rule = fitting(&|rule| learned.is_for(rule));
        let opinion = learned.opinion(&said, by_rule.is_some(), self.is_settled(&said));
        let by_words = || {
            let rule = learned.nearest(&opinion, &said, &self.rules).map_or(LEARNED, |rule| &rule.name).to_owned();
            Weight { rule, priority: learned.priority, by: learned.told(&opinion), place: learned.place.clone() }
        };
        let own = opinion.is_for().then(|| by_rule.unwrap_or_else(by_words));
        let other = fitting(&|rule| !learned.is_for(rule));
        let weightier =
            |best: Weight, other: Weight| if rank(other.priority) > rank(best.priority) { other } else { best };
        own.into_iter().chain(other).reduce(weightier)
    }

    /// The sentences of a message down to its foot, with the phrases that stand in them.
    fn said(&self, subject: &str, body: &str) -> Vec<Said> {
        let mut said = self.lexicon.read(sentences(subject, start_of(body, READ_MAX)));
        let foot = said.iter().skip(1).position(|said| said.has(self.shared.foot));
        said.truncate(foot.map_or(said.len(), |foot| foot + 1));
        said
    }

    /// The weightiest of the rules that are asked and that the message fits, with the phrases by which it does.
    fn fitting(&self, said: &[Said], is_asked: &dyn Fn(&Rule) -> bool) -> Option<(&Rule, String)> {
        if self.is_settled(said) {
            return None;
        }
        let is_at_scale = said.iter().any(|said| said.has(self.shared.scale));
        let said = not_taken_back(said.iter(), self.shared.unless);
        let asked = self.rules.iter().filter(|rule| is_asked(rule));
        let fits = |rule: &Rule| rule.fits(&self.lexicon, &said, &self.shared, is_at_scale);
        let fitting = asked.filter_map(|rule| Some((rule, fits(rule)?)));
        fitting.reduce(|best, other| if rank(other.0.priority) > rank(best.0.priority) { other } else { best })
    }

    /// Whether something says that nothing is to be done at once.
    fn is_settled(&self, said: &[Said]) -> bool {
        said.iter().any(|said| said.has(self.shared.settled))
    }
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
