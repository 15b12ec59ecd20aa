//! Reading `impacts/NAME.yaml`.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::learned::{LEARNED, Learned};
use super::lexicon::Lexicon;
use super::phrase::Phrase;
use super::rule::Rule;
use super::weights::{Adds, Line, Weights};
use super::{Impact, PRIORITIES, Shared};
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
/// The most that is added or taken away at once.
const ADDED_MAX: i64 = 1_000_000;

/// Every file of rules of a handbook, by name; those of weights belong to the rules that ask them.
pub(crate) fn read_impacts(
    files: &Files,
    desk: &DeskFile,
    findings: &mut Vec<Finding>,
) -> BTreeMap<String, Arc<Impact>> {
    let read = |(stem, path, text)| Some((stem, single(path, text, findings)?));
    let nodes: Vec<(&str, Node)> = files.in_folder("impacts", "yaml").filter_map(read).collect();
    let has_weights =
        |node: &Node| node.mapping().is_some_and(|keys| keys.iter().any(|(key, _)| key.text == "weights"));
    let (weights, rules): (Vec<_>, Vec<_>) = nodes.iter().partition(|(_, node)| has_weights(node));
    let read = |(stem, node): &(&str, Node)| Some(((*stem).to_owned(), Weights::read(stem, node, findings)?));
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
        let mut lexicon = Lexicon::default();
        let mut list = |key| lexicon.add(phrases(key, entries.get(key), findings));
        let [fails, hints, unless] = ["fails", "hints", "unless"].map(&mut list);
        let [settled, scale, foot] = ["settled", "scale", "foot"].map(list);
        let shared = Shared { fails, hints, unless, settled, scale, foot };
        let rules: Vec<Rule> = mapping(entries.require("rules", findings), "rules", findings)
            .iter()
            .filter_map(|(key, node)| Rule::read(key, node, desk, &shared, &mut lexicon, findings))
            .collect();
        check_count(lexicon.len(), "phrases", entries.place(), findings);
        let learned = entries.get("learned");
        let learned = learned.and_then(|node| Learned::read(node, desk, weights, &mut lexicon, findings));
        entries.close(findings);
        Some(Self { name: name?, lexicon, rules, shared, learned })
    }
}

/// Refuses more than can be looked for in each message.
fn check_count(count: usize, what: &str, place: &Place, findings: &mut Vec<Finding>) {
    if count > PHRASES_MAX {
        let message = format!("this file has {count} {what}, and each is looked for in each message");
        findings.push(Finding::error("too-many", place.clone(), message).with_help(format!("at most {PHRASES_MAX}")));
    }
}

impl Learned {
    fn read(
        node: &Node,
        desk: &DeskFile,
        weights: &BTreeMap<String, Weights>,
        lexicon: &mut Lexicon,
        findings: &mut Vec<Finding>,
    ) -> Option<Self> {
        let mut entries = Entries::of(node, &grammar::IMPACT_LEARNED, findings)?;
        let priority = read_priority("priority", &mut entries, findings);
        let because = entries.require("because", findings);
        let because = because.and_then(|node| Localized::read(node, &desk.languages, findings));
        let file = entries.required_word("weights", findings);
        let place = entries.place().clone();
        entries.close(findings);
        let file = file?;
        let known = weights.get(file);
        if known.is_none() {
            let message = format!("there are no weights in `impacts/{file}.yaml`");
            let finding = Finding::error("unknown-file", place.clone(), message);
            findings.push(finding.with_help(spelling::suggest(file, weights.keys().map(String::as_str))));
        }
        Some(Self::new(priority?, because?, (file, known?.clone()), place, lexicon))
    }
}

impl Weights {
    /// Reads the weights in file `stem`.
    pub(super) fn read(stem: &str, node: &Node, findings: &mut Vec<Finding>) -> Option<Self> {
        let mut entries = Entries::of(node, &grammar::IMPACT, findings)?;
        read_language(&mut entries, findings);
        read_name(stem, "impact", &mut entries, findings);
        let adds = entries.require("adds", findings).and_then(|node| Adds::read(node, findings));
        let node = entries.require("weights", findings)?;
        entries.close(findings);
        let mut lines = Vec::new();
        for (number, text) in (1..).zip(word(node, "weights", findings)?.lines()) {
            let text = text.trim();
            match Line::read(text) {
                Some(line) => lines.push(line),
                None if text.is_empty() => {}
                None => {
                    let place = Place::new(&node.place.file, node.place.line.saturating_add(number), 1);
                    let finding = Finding::error("bad-weight", place, format!("`{text}` is no weight of a phrase"));
                    findings.push(finding.with_help(
                        "a whole number, then a phrase, one in questions or a sign: `42 not work*`, `-17 invoice* ?`, `-90 ?`",
                    ));
                }
            }
        }
        check_count(lines.len(), "weights", &node.place, findings);
        Some(Self { adds: adds?, lines })
    }
}

impl Adds {
    fn read(node: &Node, findings: &mut Vec<Finding>) -> Option<Self> {
        let mut entries = Entries::of(node, &grammar::IMPACT_ADDS, findings)?;
        let mut number = |key| entries.integer(key, findings).unwrap_or_default().clamp(-ADDED_MAX, ADDED_MAX);
        let [always, rule, settled] = ["always", "rule", "settled"].map(&mut number);
        entries.close(findings);
        Some(Self { always, rule, settled })
    }
}

impl Rule {
    fn read(
        key: &Key,
        node: &Node,
        desk: &DeskFile,
        shared: &Shared,
        lexicon: &mut Lexicon,
        findings: &mut Vec<Finding>,
    ) -> Option<Self> {
        check_identifier("a rule", &key.text, &key.place, findings);
        if key.text == LEARNED {
            let message = format!("`{LEARNED}` is what no rule is about");
            findings.push(Finding::error("name-clash", key.place.clone(), message).with_help("choose another name"));
        }
        let mut entries = Entries::of(node, &grammar::IMPACT_RULE, findings)?;
        let priority = read_priority("priority", &mut entries, findings);
        let because = entries.require("because", findings);
        let because = because.and_then(|node| Localized::read(node, &desk.languages, findings));
        let list = |key| lexicon.add(phrases(key, entries.get(key), findings));
        let [what, fails, says, unless, hints] = ["what", "fails", "says", "unless", "hints"].map(list);
        entries.close(findings);
        let is_empty = |list| lexicon.is_empty(list);
        if (is_empty(what) || is_empty(fails) && is_empty(shared.fails)) && is_empty(says) {
            let message = format!("no message can fit the rule `{}`", key.text);
            findings.push(
                Finding::error("fits-nothing", key.place.clone(), message)
                    .with_help("it has `says`, or `what` with a `fails` of its own or of the file"),
            );
        }
        let (name, place) = (key.text.clone(), key.place.clone());
        Some(Self { name, priority: priority?, because: because?, what, fails, hints, says, unless, place })
    }
}

/// Reads a `priority` that has to be there.
pub(crate) fn read_priority(
    key: &'static str,
    entries: &mut Entries<'_>,
    findings: &mut Vec<Finding>,
) -> Option<&'static str> {
    let node = entries.require(key, findings)?;
    let given = word(node, key, findings)?;
    let priority = PRIORITIES.into_iter().find(|priority| *priority == given);
    if priority.is_none() {
        let finding = Finding::error("unknown-word", node.place.clone(), format!("there is no priority `{given}`"));
        findings.push(finding.with_help(spelling::suggest(given, PRIORITIES)));
    }
    priority
}

/// Reads phrases with their numbers: one, a list of them, or those for each language.
fn phrases(what: &str, node: Option<&Node>, findings: &mut Vec<Finding>) -> Vec<(usize, Phrase)> {
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
            Some(phrase) => phrases.push((phrases.len(), phrase)),
            None => findings.push(
                Finding::error("bad-phrase", place, format!("`{text}` is no phrase"))
                    .with_help("words with blanks between them; a `*` only at the end of a word: `not work*`"),
            ),
        }
    }
    phrases
}
