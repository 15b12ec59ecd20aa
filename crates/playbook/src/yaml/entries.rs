//! Reading the keys of a mapping, each once, and saying which were not understood.

use std::collections::BTreeSet;

use super::{Key, Node};
use crate::finding::Finding;
use crate::grammar::Mapping;
use crate::source::Place;
use crate::spelling;

/// How many unknown keys of one mapping are told one by one.
const TOLD: usize = 20;

/// The entries of a mapping while they are being read.
///
/// Ask for every key that is understood, then [`close`](Self::close) reports the rest.
pub(crate) struct Entries<'n> {
    table: &'static Mapping,
    place: Place,
    entries: &'n [(Key, Node)],
    known: BTreeSet<&'static str>,
}

impl<'n> Entries<'n> {
    /// Begins to read `node`, which `table` describes. Reports a node that is no mapping.
    pub(crate) fn of(node: &'n Node, table: &'static Mapping, findings: &mut Vec<Finding>) -> Option<Self> {
        let Some(entries) = node.mapping() else {
            findings.push(Finding::error(
                "wrong-type",
                node.place.clone(),
                format!("{} is a mapping of keys to values, here stands {}", table.what, node.kind()),
            ));
            return None;
        };
        Some(Self { table, place: node.place.clone(), entries, known: BTreeSet::new() })
    }

    /// Where the mapping begins.
    pub(crate) fn place(&self) -> &Place {
        &self.place
    }

    /// The value at `key`, if the key is there.
    pub(crate) fn get(&mut self, key: &'static str) -> Option<&'n Node> {
        self.entry(key).map(|(_, node)| node)
    }

    /// The key itself and its value.
    ///
    /// Only keys of the table may be asked for, so that the schemas that are made from it know what is read.
    pub(crate) fn entry(&mut self, key: &'static str) -> Option<(&'n Key, &'n Node)> {
        debug_assert!(
            self.table.has(key),
            "the table of {} has no row for `{key}`: see crate::grammar",
            self.table.what
        );
        self.known.insert(key);
        self.entries.iter().find(|(k, _)| k.text == key).map(|(k, node)| (k, node))
    }

    /// Whether `key` is there; it still counts as not asked for.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.entries.iter().any(|(k, _)| k.text == key)
    }

    /// The value at `key`; reports its absence.
    pub(crate) fn require(&mut self, key: &'static str, findings: &mut Vec<Finding>) -> Option<&'n Node> {
        let node = self.get(key);
        if node.is_none() {
            findings.push(Finding::error(
                "missing-key",
                self.place.clone(),
                format!("{} needs the key `{key}`", self.table.what),
            ));
        }
        node
    }

    /// The scalar at `key` as a word; reports anything else.
    pub(crate) fn word(&mut self, key: &'static str, findings: &mut Vec<Finding>) -> Option<&'n str> {
        word(self.get(key)?, key, findings)
    }

    /// The same, reporting its absence.
    pub(crate) fn required_word(&mut self, key: &'static str, findings: &mut Vec<Finding>) -> Option<&'n str> {
        word(self.require(key, findings)?, key, findings)
    }

    /// The words at `key`, one or a list of them, with their places; empty when the key is absent.
    pub(crate) fn words(&mut self, key: &'static str, findings: &mut Vec<Finding>) -> Vec<(&'n str, Place)> {
        let Some(node) = self.get(key) else { return Vec::new() };
        words(node, key, findings)
    }

    /// The whole number at `key`; reports anything else.
    pub(crate) fn integer(&mut self, key: &'static str, findings: &mut Vec<Finding>) -> Option<i64> {
        let node = self.get(key)?;
        let number = node.scalar().and_then(|scalar| scalar.value.as_i64());
        if number.is_none() {
            findings.push(Finding::error(
                "wrong-type",
                node.place.clone(),
                format!("`{key}` is a whole number, here stands {}", node.kind()),
            ));
        }
        number
    }

    /// The `true` or `false` at `key`; reports anything else.
    pub(crate) fn flag(&mut self, key: &'static str, findings: &mut Vec<Finding>) -> Option<bool> {
        let node = self.get(key)?;
        let flag = node.scalar().and_then(|scalar| scalar.value.as_bool());
        if flag.is_none() {
            findings.push(Finding::error(
                "wrong-type",
                node.place.clone(),
                format!("`{key}` is true or false, here stands {}", node.kind()),
            ));
        }
        flag
    }

    /// Reports every key that nobody asked for.
    pub(crate) fn close(self, findings: &mut Vec<Finding>) {
        let mut unknown = self.entries.iter().map(|(key, _)| key).filter(|key| !self.known.contains(key.text.as_str()));
        for key in unknown.by_ref().take(TOLD) {
            let name = key.text.as_str();
            if self.table.later.contains(&name) {
                findings.push(Finding::error(
                    "later-key",
                    key.place.clone(),
                    format!("`{name}` is not yet understood by this version"),
                ));
                continue;
            }
            let finding =
                Finding::error("unknown-key", key.place.clone(), format!("{} has no key `{name}`", self.table.what));
            findings.push(finding.with_help(spelling::suggest(name, self.known.iter().copied())));
        }
        if let Some(key) = unknown.next() {
            let message =
                format!("{} has no key `{}`, nor {} others from here on", self.table.what, key.text, unknown.count());
            findings.push(Finding::error("unknown-key", key.place.clone(), message));
        }
    }
}

/// The entries of a mapping, none of one that is left out; reports anything else.
pub(crate) fn mapping<'n>(node: Option<&'n Node>, what: &str, findings: &mut Vec<Finding>) -> &'n [(Key, Node)] {
    let Some(node) = node else { return &[] };
    node.mapping().unwrap_or_else(|| {
        if !node.is_nothing() {
            let message = format!("`{what}` is a mapping of names to what they are, here stands {}", node.kind());
            findings.push(Finding::error("wrong-type", node.place.clone(), message));
        }
        &[]
    })
}

/// A scalar as a word; reports anything else.
pub(crate) fn word<'n>(node: &'n Node, what: &str, findings: &mut Vec<Finding>) -> Option<&'n str> {
    let text = node.text();
    if text.is_none() {
        findings.push(Finding::error(
            "wrong-type",
            node.place.clone(),
            format!("`{what}` is a text, here stands {}", node.kind()),
        ));
    }
    text
}

/// One word or a list of words, with their places.
pub(crate) fn words<'n>(node: &'n Node, what: &str, findings: &mut Vec<Finding>) -> Vec<(&'n str, Place)> {
    match node.list() {
        Some(members) => {
            members.iter().filter_map(|member| Some((word(member, what, findings)?, member.place.clone()))).collect()
        }
        None => word(node, what, findings).map(|text| (text, node.place.clone())).into_iter().collect(),
    }
}
