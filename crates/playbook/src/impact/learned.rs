//! The second opinion: what was learnt from messages that people judged, beside the rules that people write.

use super::lexicon::{Lexicon, Said};
use super::rule::Rule;
use super::weights::{Lines, RULED_PARTS, Standing, USUAL, Weights, ruled};
use crate::source::Place;
use crate::text::Localized;

/// What [`Impact::because`](super::Impact::because) knows beside the rules.
pub(super) const LEARNED: &str = "learned";
/// How many phrases are told where no rule says what it was.
const TOLD: usize = 3;

/// Weights that decide, with the rules, whether a message has a priority.
#[derive(Clone, Debug)]
pub(super) struct Learned {
    pub(super) priority: &'static str,
    /// Why, where no rule is about what the message says.
    pub(super) because: Localized,
    /// The name of the file of weights.
    pub(super) file: String,
    weights: Weights,
    lines: Lines,
    pub(super) place: Place,
}

/// What the weights say of a message.
pub(super) struct Opinion {
    sum: i64,
    standing: Vec<Standing>,
}

impl Learned {
    pub(super) fn new(
        priority: &'static str,
        because: Localized,
        file: (&str, Weights),
        place: Place,
        lexicon: &mut Lexicon,
    ) -> Self {
        let (file, weights) = (file.0.to_owned(), file.1);
        let lines = Lines::new(&weights.lines, lexicon);
        Self { priority, because, file, weights, lines, place }
    }

    /// The same with other weights.
    pub(super) fn with(self, weights: Weights, lexicon: &mut Lexicon) -> Self {
        Self::new(self.priority, self.because, (&self.file, weights), self.place, lexicon)
    }

    /// Weighs a message that a rule fits, or in which something is settled.
    pub(super) fn opinion(&self, said: &[Said], is_fitted: bool, is_settled: bool) -> Opinion {
        let adds = self.weights.adds;
        let (standing, words) = self.lines.standing(said);
        let lines: i64 = standing.iter().map(|found| self.weight(found)).sum();
        let lines = lines * USUAL as i64 / words.max(USUAL) as i64;
        let rule = if is_fitted { adds.rule * ruled(words) as i64 / RULED_PARTS as i64 } else { 0 };
        let sum = adds.always + rule + if is_settled { adds.settled } else { 0 } + lines;
        Opinion { sum, standing }
    }

    /// Whether a rule is for what is learnt.
    pub(super) fn is_for(&self, rule: &Rule) -> bool {
        rule.priority == self.priority
    }

    /// The phrases that weighed most: `orders, nobody, since`.
    pub(super) fn told(&self, opinion: &Opinion) -> String {
        let mut weightiest: Vec<&Standing> = opinion.standing.iter().filter(|found| self.weight(found) > 0).collect();
        weightiest.sort_by_key(|found| -self.weight(found));
        let written = weightiest.iter().map(|found| self.weights.lines[found.line].written());
        written.take(TOLD).collect::<Vec<_>>().join(", ")
    }

    /// The rule for what is learnt that is about what weighed most: of the sentences in which any has something of its `what` the
    /// weightiest, and there the one that has most.
    pub(super) fn nearest<'a>(&self, opinion: &Opinion, said: &[Said], rules: &'a [Rule]) -> Option<&'a Rule> {
        let mut by_sentence = vec![0; said.len()];
        for found in &opinion.standing {
            by_sentence[found.sentence] += self.weight(found);
        }
        let named = said.iter().zip(by_sentence).filter_map(|(said, weight)| {
            let rules = rules.iter().filter(|rule| self.is_for(rule) && said.has(rule.what));
            let most = |best: &'a Rule, other: &'a Rule| {
                if said.found(other.what).len() > said.found(best.what).len() { other } else { best }
            };
            Some((rules.reduce(most)?, weight))
        });
        Some(named.reduce(|best, other| if other.1 > best.1 { other } else { best })?.0)
    }

    fn weight(&self, found: &Standing) -> i64 {
        self.weights.lines[found.line].weight
    }
}

impl Opinion {
    /// Whether all that weighs for it is more than what weighs against.
    pub(super) fn is_for(&self) -> bool {
        self.sum > 0
    }
}
