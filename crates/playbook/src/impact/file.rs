//! Reading `impacts/NAME.yaml`.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::learned::{LEARNED, Learned};
use super::phrase::Phrase;
use super::weights::{Adds, Line, Weights};
use super::{Impact, PRIORITIES, Rule, Shared};
use crate::definition::{check_identifier, read_language, read_name};
use crate::desk_file::{DeskFile, check_language};
use crate::finding::Finding;
use crate::grammar;
use crate::handbook::single;
use crate::source::{Files, Place};
use crate::spelling;
use crate::text::Localized;
use crate::yaml::{Entries, Key, Node, mapping, word, words};

/// The most phrases that one file may hold: each of them is looked for in each message.
const PHRASES_MAX: usize = 10_000;

/// Every file of rules of a handbook, by name; those of weights belong to the rules that ask them.
pub(crate) fn read_impacts(
    files: &Files,
    desk: &DeskFile,
    findings: &mut Vec<Finding>,
) -> BTreeMap<String, Arc<Impact>> {
    let read = |(stem, path, text)| Some((stem, single(path, text, findings)?));
    let nodes: Vec<(&str, Node)> = files.in_folder("impacts", "yaml").filter_map(read).collect();
    let has_weights = |node: &Node| node.mapping().is_some_and(|keys| keys.iter().any(|(key, _)| key.text == "weights"));
    let (weights, rules): (Vec<_>, Vec<_>) = nodes.iter().partition(|(_, node)| has_weights(node));
    let read = |(stem, node): &(&str, Node)| Some(((*stem).to_owned(), Weights::read_file(stem, node, findings)?));
    let weights: BTreeMap<String, Weights> = weights.into_iter().filter_map(read).collect();
    let read = |(stem, node): &(&str, Node)| {
        Some(((*stem).to_owned(), Arc::new(Impact::read(stem, node, desk, &weights, findings)?)))
    };
    rules.into_iter().filter_map(read).collect()
}

impl Impact {
    /// Reads the rules in file `stem`.
    fn read(
        stem: &str,
        node: &Node,
        desk: &DeskFile,
        weights: &BTreeMap<String, Weights>,
        findings: &mut Vec<Finding>,
    ) -> Option<Self> {
        let mut entries = Entries::of(node, &grammar::IMPACT, findings)?;
        read_language(&mut entries, findings);
        let name = read_name(stem, "impact", &mut entries, findings);
        let learned = entries.get("learned").and_then(|node| Learned::read(node, desk, weights, findings));
        let fails = phrases("fails", entries.get("fails"), findings);
        let hints = phrases("hints", entries.get("hints"), findings);
        let scale = phrases("scale", entries.get("scale"), findings);
        let unless = phrases("unless", entries.get("unless"), findings);
        let shared = Shared { fails, hints, unless };
        let settled = phrases("settled", entries.get("settled"), findings);
        let rules: Vec<Rule> = mapping(entries.require("rules", findings), "rules", findings)
            .iter()
            .filter_map(|(key, node)| Rule::read(key, node, desk, &shared, findings))
            .collect();
        let place = entries.place().clone();
        entries.close(findings);
        let count: usize = rules.iter().map(|rule| rule.size() + shared.size()).sum();
        if count > PHRASES_MAX {
            let message = format!("these rules have {count} phrases, and each is looked for in each message");
            findings.push(
                Finding::error("too-many", place, message)
                    .with_help(format!("at most {PHRASES_MAX}, counting shared ones by rule")),
            );
        }
        Some(Self { name: name?, rules, shared, settled, scale, learned })
    }
}

impl Learned {
    fn read(
        node: &Node,
        desk: &DeskFile,
        weights: &BTreeMap<String, Weights>,
        findings: &mut Vec<Finding>,
    ) -> Option<Self> {
        let mut entries = Entries::of(node, &grammar::IMPACT_LEARNED, findings)?;
        let priority = read_priority(&mut entries, findings);
        let because = entries.require("because", findings);
        let because = because.and_then(|node| Localized::read(node, &desk.languages, findings));
        let file = entries.required_word("weights", findings);
        let place = entries.place().clone();
        entries.close(findings);
        let known = weights.get(file?);
        if known.is_none() {
            let message = format!("there are no weights in `impacts/{}.yaml`", file?);
            findings.push(
                Finding::error("unknown-file", place.clone(), message)
                    .with_help(spelling::suggest(file?, weights.keys().map(String::as_str))),
            );
        }
        Some(Self { priority: priority?, because: because?, weights: known?.clone(), place })
    }
}

impl Weights {
    /// Reads the weights in file `stem`.
    fn read_file(stem: &str, node: &Node, findings: &mut Vec<Finding>) -> Option<Self> {
        let mut entries = Entries::of(node, &grammar::IMPACT, findings)?;
        read_language(&mut entries, findings);
        read_name(stem, "impact", &mut entries, findings);
        let adds = entries.require("adds", findings).and_then(|node| Adds::read(node, findings));
        let node = entries.require("weights", findings)?;
        entries.close(findings);
        let text = word(node, "weights", findings)?;
        let mut lines = Vec::new();
        for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            match Line::read(line.trim()) {
                Some(line) => lines.push(line),
                None => {
                    let line_of = node.place.line.saturating_add(u32::try_from(at + 1).unwrap_or(u32::MAX));
                    let place = Place::new(&node.place.file, line_of, 1);
                    findings.push(
                        Finding::error("bad-weight", place, format!("`{}` is no weight with a phrase", line.trim()))
                            .with_help("a whole number, then a phrase, one in questions, or a sign: `42 not work*`, `-17 invoice* ?`, `-90 ?`"),
                    );
                }
            }
        }
        if lines.len() > PHRASES_MAX {
            let message = format!("these are {} weights, and each is looked for in each message", lines.len());
            findings.push(
                Finding::error("too-many", node.place.clone(), message).with_help(format!("at most {PHRASES_MAX}")),
            );
        }
        Some(Self::new(adds?, lines))
    }
}

impl Adds {
    fn read(node: &Node, findings: &mut Vec<Finding>) -> Option<Self> {
        let mut entries = Entries::of(node, &grammar::IMPACT_ADDS, findings)?;
        let [always, rule, settled] =
            ["always", "rule", "settled"].map(|key| entries.integer(key, findings).unwrap_or_default());
        entries.close(findings);
        Some(Self { always, rule, settled })
    }
}

impl Shared {
    fn size(&self) -> usize {
        [&self.fails, &self.hints, &self.unless].into_iter().map(Vec::len).sum()
    }
}

impl Rule {
    fn read(key: &Key, node: &Node, desk: &DeskFile, shared: &Shared, findings: &mut Vec<Finding>) -> Option<Self> {
        check_identifier("a rule", &key.text, &key.place, findings);
        if key.text == LEARNED {
            let message = format!("`{LEARNED}` is what fits no rule");
            findings.push(Finding::error("name-clash", key.place.clone(), message).with_help("choose another name"));
        }
        let mut entries = Entries::of(node, &grammar::IMPACT_RULE, findings)?;
        let priority = read_priority(&mut entries, findings);
        let because = entries.require("because", findings);
        let because = because.and_then(|node| Localized::read(node, &desk.languages, findings));
        let what = phrases("what", entries.get("what"), findings);
        let fails = phrases("fails", entries.get("fails"), findings);
        let says = phrases("says", entries.get("says"), findings);
        let unless = phrases("unless", entries.get("unless"), findings);
        let hints = phrases("hints", entries.get("hints"), findings);
        entries.close(findings);
        let never = (what.is_empty() || fails.is_empty() && shared.fails.is_empty()) && says.is_empty();
        if never {
            let message = format!("no message can fit the rule `{}`", key.text);
            findings.push(
                Finding::error("fits-nothing", key.place.clone(), message)
                    .with_help("it has `says`, or `what` with a `fails` of its own or of the file"),
            );
        }
        let (name, place) = (key.text.clone(), key.place.clone());
        Some(Self { name, priority: priority?, because: because?, what, fails, hints, says, unless, place })
    }

    fn size(&self) -> usize {
        [&self.what, &self.fails, &self.hints, &self.says, &self.unless].into_iter().map(Vec::len).sum()
    }
}

/// Reads a `priority` that has to be there.
pub(crate) fn read_priority(entries: &mut Entries<'_>, findings: &mut Vec<Finding>) -> Option<&'static str> {
    let node = entries.require("priority", findings)?;
    let given = word(node, "priority", findings)?;
    let priority = PRIORITIES.into_iter().find(|priority| *priority == given);
    if priority.is_none() {
        let finding = Finding::error("unknown-word", node.place.clone(), format!("there is no priority `{given}`"));
        findings.push(finding.with_help(spelling::suggest(given, PRIORITIES)));
    }
    priority
}

/// Reads phrases: one, a list of them, or those for each language.
fn phrases(what: &str, node: Option<&Node>, findings: &mut Vec<Finding>) -> Vec<Phrase> {
    let Some(node) = node else { return Vec::new() };
    let lists: Vec<&Node> = match node.mapping() {
        Some(by_language) => {
            for (key, _) in by_language {
                check_language(&key.text, &key.place, findings);
            }
            by_language.iter().map(|(_, list)| list).collect()
        }
        None => vec![node],
    };
    let given: Vec<(&str, Place)> = lists.into_iter().flat_map(|list| words(list, what, findings)).collect();
    let mut phrases = Vec::new();
    for (text, place) in given {
        match Phrase::read(text) {
            Some(phrase) => phrases.push(phrase),
            None => findings.push(
                Finding::error("bad-phrase", place, format!("`{text}` is no phrase"))
                    .with_help("words with blanks between them; a `*` only at the end of a word: `not work*`"),
            ),
        }
    }
    phrases
}
