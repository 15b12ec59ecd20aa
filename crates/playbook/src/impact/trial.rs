//! How well messages that people judged are judged by what was learnt.

use super::weights::Weights;
use super::{Impact, Lesson};
use crate::handbook::single;

/// How many parts messages are cut into: what is learnt from all others judges one.
const PARTS: usize = 5;

/// How messages that people judged were judged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Judged {
    /// How many have the priority that is learnt.
    pub urgent: usize,
    /// To how many of these it was not given.
    pub missed: usize,
    /// To how many it was given.
    pub called: usize,
    /// To how many of these wrongly.
    pub wrongly: usize,
}

impl Impact {
    /// The name of the file of its weights, where it has one.
    #[must_use]
    pub fn weights(&self) -> Option<&str> {
        self.learned.as_ref().map(|learned| learned.file.as_str())
    }

    /// Judges messages.
    #[must_use]
    pub fn judge(&self, lessons: &[Lesson<'_>]) -> Judged {
        let mut judged = Judged::default();
        let priority = self.learned.as_ref().map(|learned| learned.priority);
        for lesson in lessons {
            let given = self.weigh(lesson.subject, lesson.body).map(|weight| weight.priority);
            let is_called = given.is_some() && given == priority;
            judged.urgent += usize::from(lesson.is_urgent);
            judged.missed += usize::from(lesson.is_urgent && !is_called);
            judged.called += usize::from(is_called);
            judged.wrongly += usize::from(is_called && !lesson.is_urgent);
        }
        judged
    }

    /// Judges each message by what the rest of them and all `others` teach.
    #[must_use]
    pub fn try_out(&self, others: &[Lesson<'_>], lessons: &[Lesson<'_>]) -> Judged {
        let mut all = Judged::default();
        for part in 0..PARTS {
            // Neighbours stay together: one may answer the other.
            let (judged, learnt): (Vec<_>, Vec<_>) =
                (0..lessons.len()).partition(|at| at * PARTS / lessons.len() == part);
            let [judged, learnt] = [judged, learnt].map(|part| part.iter().map(|at| lessons[*at]).collect::<Vec<_>>());
            let text = self.learn("trial", &[others, &learnt].concat());
            let Some(other) = self.with_weights(&text) else { continue };
            let judged = other.judge(&judged);
            all.urgent += judged.urgent;
            all.missed += judged.missed;
            all.called += judged.called;
            all.wrongly += judged.wrongly;
        }
        all
    }

    /// The same rules with other weights, as [`learn`](Self::learn) writes them.
    fn with_weights(&self, text: &str) -> Option<Self> {
        let mut findings = Vec::new();
        let node = single("impacts/trial.yaml", text, &mut findings)?;
        let weights = Weights::read("trial", &node, &mut findings)?;
        let mut other = self.clone();
        other.learned = Some(other.learned?.with(weights, &mut other.lexicon));
        Some(other)
    }
}
