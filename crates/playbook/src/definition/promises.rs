//! Promises: what is so for every ticket, in three sentences that the checker can prove or break.

use calendar::Span;

use super::body::Reader;
use super::header::check_known;
use crate::expression::{Expression, Wanted};
use crate::finding::Finding;
use crate::source::Place;
use crate::yaml::{Content, Node, Scalar};

/// The forms of a promise.
const FORMS: &str =
    "a promise is `every ticket ends`, `PARTY hears within SPAN while EXPRESSION` or `never STATE unless EXPRESSION`";

/// Something that is promised of every ticket of a playbook.
#[derive(Clone, Debug)]
pub struct Promise {
    /// What.
    pub promised: Promised,
    /// As the handbook writes it.
    pub text: String,
    /// Where it stands.
    pub place: Place,
}

/// What is promised.
#[derive(Clone, Debug)]
pub enum Promised {
    /// `every ticket ends`: a final state can be reached from wherever a ticket stands.
    EveryTicketEnds,
    /// `PARTY hears within SPAN while EXPRESSION`.
    Hears {
        /// Who: `us`, `requester`, `third_party`, or a party of the playbook.
        party: String,
        /// How long they wait at most.
        within: Span,
        /// When that is promised; always where nothing is said.
        while_: Option<Expression>,
    },
    /// `never STATE unless EXPRESSION`.
    Never {
        /// The state's dotted path; a state with states of its own stands for all of them.
        state: String,
        /// What must be so whenever the state is entered; without it the state is not entered at all.
        unless: Option<Expression>,
    },
}

impl Reader<'_> {
    /// Reads the `promises` of a playbook.
    pub(super) fn promises(&mut self, node: &Node) -> Vec<Promise> {
        let Some(members) = node.list() else {
            let message = format!("`promises` is a list, here stands {}", node.kind());
            self.findings.push(Finding::error("wrong-type", node.place.clone(), message).with_help(FORMS));
            return Vec::new();
        };
        members.iter().filter_map(|member| self.promise(member)).collect()
    }

    fn promise(&mut self, node: &Node) -> Option<Promise> {
        let Some(text) = node.text() else {
            let message = format!("a promise is a sentence, here stands {}", node.kind());
            self.findings.push(Finding::error("bad-promise", node.place.clone(), message).with_help(FORMS));
            return None;
        };
        let sentence = Sentence { node, text };
        let promised = if text.split_whitespace().eq(["every", "ticket", "ends"]) {
            Some(Promised::EveryTicketEnds)
        } else if let Some((party, rest)) = sentence.whole().split(" hears within ") {
            match rest.split(" while ") {
                Some((span, while_)) => self.hears(&party, &span, Some(&while_)),
                None => self.hears(&party, &rest, None),
            }
        } else if let Some(rest) = sentence.whole().after("never ") {
            match rest.split(" unless ") {
                Some((state, unless)) => self.never(&state, Some(&unless)),
                None => self.never(&rest, None),
            }
        } else {
            let message = format!("`{text}` is not a promise that can be checked");
            self.findings.push(Finding::error("bad-promise", node.place.clone(), message).with_help(FORMS));
            None
        };
        Some(Promise { promised: promised?, text: text.to_owned(), place: node.place.clone() })
    }

    fn hears(&mut self, party: &Part<'_>, span: &Part<'_>, while_: Option<&Part<'_>>) -> Option<Promised> {
        let (party, span) = (party.node(), span.node());
        let party = self.party(&party, "promises");
        let within = self.span(&span, span.text().unwrap_or_default());
        let while_ = self.condition(while_);
        Some(Promised::Hears { party: party?, within: within?, while_: while_? })
    }

    fn never(&mut self, state: &Part<'_>, unless: Option<&Part<'_>>) -> Option<Promised> {
        let state = state.node();
        let path = state.text().unwrap_or_default();
        let paths: Vec<&str> = self.outline.entries.iter().map(|entry| entry.path.as_str()).collect();
        let known = check_known("state called", path, &state.place, paths, &mut self.findings);
        let unless = self.condition(unless);
        known.then_some(())?;
        Some(Promised::Never { state: path.to_owned(), unless: unless? })
    }

    /// What stands behind `while` or `unless`: none where neither stands, nothing at all where it cannot be read.
    #[expect(clippy::option_option, reason = "no condition and one that cannot be read are told apart")]
    fn condition(&mut self, part: Option<&Part<'_>>) -> Option<Option<Expression>> {
        part.map_or(Some(None), |part| self.expression(&part.node(), Wanted::Condition).map(Some))
    }
}

/// A promise as it stands in the file.
struct Sentence<'n> {
    node: &'n Node,
    text: &'n str,
}

/// A part of it, which knows its place.
struct Part<'s> {
    sentence: &'s Sentence<'s>,
    text: &'s str,
    /// How many characters stand before it.
    offset: usize,
}

impl<'s> Sentence<'s> {
    fn whole(&'s self) -> Part<'s> {
        Part { sentence: self, text: self.text, offset: 0 }
    }
}

impl<'s> Part<'s> {
    /// What stands before and after some words, the first time they stand there.
    fn split(&self, words: &str) -> Option<(Part<'s>, Part<'s>)> {
        let (before, after) = self.text.split_once(words)?;
        let offset = self.offset + before.chars().count() + words.chars().count();
        Some((
            Part { sentence: self.sentence, text: before, offset: self.offset },
            Part { sentence: self.sentence, text: after, offset },
        ))
    }

    /// What follows some words at the beginning.
    fn after(&self, words: &str) -> Option<Part<'s>> {
        let text = self.text.strip_prefix(words)?;
        Some(Part { sentence: self.sentence, text, offset: self.offset + words.chars().count() })
    }

    /// The part as a text of its own at its own place.
    fn node(&self) -> Node {
        let blank = self.text.chars().take_while(|character| character.is_whitespace()).count();
        let text = self.text.trim().to_owned();
        let indent = self.sentence.node.scalar().and_then(|scalar| scalar.indent).map(|_| 0);
        let value = serde_json::Value::from(text.as_str());
        Node {
            place: self.sentence.node.place_within(self.offset + blank),
            content: Content::Scalar(Scalar { text, value, indent }),
        }
    }
}
