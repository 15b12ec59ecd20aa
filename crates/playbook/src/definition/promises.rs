//! Promises: what must hold on every path that tickets of a playbook can take.

use calendar::Span;
use serde_json::Value;

use super::body::Reader;
use super::header::check_known;
use crate::expression::Expression;
use crate::finding::Finding;
use crate::source::Place;
use crate::yaml::{Content, Node, Scalar};

/// What a playbook promises; the checker shows it kept, or broken with the shortest path that breaks it.
#[derive(Clone, Debug)]
pub(crate) enum Promise {
    /// `every ticket ends`: an end can be reached from everywhere, also when nobody outside does anything any more.
    EveryTicketEnds,
    /// `PARTY hears within SPAN while EXPR`: a message reaches the party in that time after the ticket was opened or
    /// they last spoke.
    Hears { party: String, within: Span, while_: Option<Expression> },
    /// `never STATE unless EXPR`: the state, by its dotted path, is entered only where the condition holds.
    Never { state: String, unless: Option<Expression> },
}

const GRAMMAR: &str = "write `every ticket ends`, `requester hears within 24h while EXPRESSION` \
                       or `never STATE unless EXPRESSION`";

impl Reader<'_> {
    /// Reads the `promises` of a playbook, each with its place.
    pub(super) fn promises(&mut self, node: &Node) -> Vec<(Promise, Place)> {
        let Some(members) = node.list() else {
            let message = format!("promises are a list, here stands {}", node.kind());
            self.findings.push(Finding::error("wrong-type", node.place.clone(), message).with_help(GRAMMAR));
            return Vec::new();
        };
        let promises = members.iter().filter_map(|member| Some((self.promise(member)?, member.place.clone())));
        promises.collect()
    }

    fn promise(&mut self, node: &Node) -> Option<Promise> {
        let text = node.text().unwrap_or_default();
        let words: Vec<&str> = text.split_whitespace().collect();
        match words.as_slice() {
            ["every", "ticket", "ends"] => Some(Promise::EveryTicketEnds),
            ["never", state] | ["never", state, "unless", _, ..] => {
                let known = self.outline.entries.iter().map(|entry| entry.path.as_str());
                let is_known = check_known("state", state, &node.place, known, &mut self.findings);
                let unless = self.condition(node, text, "unless")?;
                is_known.then(|| Promise::Never { state: (*state).to_owned(), unless })
            }
            [party, "hears", "within", _, ..] => {
                let is_known = check_known("party", party, &node.place, ["requester"], &mut self.findings);
                let (_, rest) = text.split_once("within")?;
                let span = split_at_word(rest, "while").map_or(rest, |(span, _)| span);
                let within = self.span(node, span.trim())?;
                let while_ = self.condition(node, text, "while")?;
                is_known.then(|| Promise::Hears { party: (*party).to_owned(), within, while_ })
            }
            _ => {
                let message = format!("`{text}` is not a promise that can be checked");
                self.findings.push(Finding::error("bad-promise", node.place.clone(), message).with_help(GRAMMAR));
                None
            }
        }
    }

    /// The expression behind a word: none when the word is not there; nothing at all when it cannot be read.
    #[expect(clippy::option_option, reason = "no condition and one that cannot be read are told apart")]
    fn condition(&mut self, node: &Node, text: &str, word: &str) -> Option<Option<Expression>> {
        let Some((before, expression)) = split_at_word(text, word) else { return Some(None) };
        let offset = before.chars().count() + word.chars().count();
        let space = expression.chars().take_while(|c| c.is_whitespace()).count();
        let scalar =
            Scalar { text: expression.trim().to_owned(), value: Value::from(expression.trim()), indent: Some(0) };
        let part = Node { place: node.place_within(offset + space), content: Content::Scalar(scalar) };
        self.expression(&part).map(Some)
    }
}

/// What stands before and behind a word that stands by itself.
fn split_at_word<'t>(text: &'t str, word: &str) -> Option<(&'t str, &'t str)> {
    let is_edge = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let mut places = text.match_indices(word).map(|(at, _)| (&text[..at], &text[at + word.len()..]));
    places.find(|(before, behind)| is_edge(before.chars().last()) && is_edge(behind.chars().next()))
}
