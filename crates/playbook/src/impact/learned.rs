//! The second opinion: what was learnt from messages that people judged, beside the rules that people write.

use super::phrase::Phrase;
use super::sentence::Sentence;
use super::weights::{Standing, Weights};
use super::Rule;
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
    pub(super) weights: Weights,
    pub(super) place: Place,
}

/// What the weights say of a message.
pub(super) struct Opinion {
    sum: i64,
    standing: Vec<Standing>,
}

impl Learned {
    /// Weighs a message that a rule fits, or in which something is settled.
    pub(super) fn opinion(&self, sentences: &[Sentence], is_fitted: bool, is_settled: bool) -> Opinion {
        let adds = self.weights.adds;
        let standing = self.weights.standing(sentences);
        let lines: i64 = standing.iter().map(|found| self.weight(found)).sum();
        let sum = adds.always + if is_fitted { adds.rule } else { 0 } + if is_settled { adds.settled } else { 0 } + lines;
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
        let written = weightiest.iter().map(|found| self.weights.lines()[found.line].written());
        written.take(TOLD).collect::<Vec<_>>().join(", ")
    }

    /// The rule that is about what weighed most: something of its `what` stands in the weightiest of the sentences that name any.
    pub(super) fn nearest<'a>(
        &self,
        opinion: &Opinion,
        sentences: &[Sentence],
        rules: impl Iterator<Item = &'a Rule> + Clone,
    ) -> Option<&'a Rule> {
        let mut by_sentence = vec![0; sentences.len()];
        for found in &opinion.standing {
            by_sentence[found.sentence] += self.weight(found);
        }
        let named = sentences.iter().zip(by_sentence).filter_map(|(sentence, weight)| {
            let names = |what: &&Phrase| what.first_in(&sentence.words).is_some();
            let count = |rule: &Rule| rule.what.iter().filter(names).count();
            let counted = rules.clone().map(|rule| (rule, count(rule))).filter(|(_, count)| *count > 0);
            let (rule, _) = counted.reduce(|best, other| if other.1 > best.1 { other } else { best })?;
            Some((rule, weight))
        });
        Some(named.reduce(|best, other| if other.1 > best.1 { other } else { best })?.0)
    }

    fn weight(&self, found: &Standing) -> i64 {
        self.weights.lines()[found.line].weight
    }
}

impl Opinion {
    /// Whether all that weighs for it is more than what weighs against.
    pub(super) fn is_for(&self) -> bool {
        self.sum > 0
    }
}
