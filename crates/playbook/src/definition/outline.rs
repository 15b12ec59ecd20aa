//! The names of the states, before anything in them is read: what targets are sought in.

use super::StateId;
use crate::finding::Finding;
use crate::source::Place;
use crate::spelling;
use crate::yaml::{Key, Node};

/// How many states a playbook may have.
pub(super) const MAX_STATES: usize = 500;

/// The states of a playbook by name.
#[derive(Debug, Default)]
pub(super) struct Outline<'n> {
    pub(super) entries: Vec<OutlineEntry<'n>>,
}

/// A state's name, place and node.
#[derive(Debug)]
pub(super) struct OutlineEntry<'n> {
    pub(super) path: String,
    pub(super) name: &'n str,
    pub(super) parent: Option<StateId>,
    pub(super) place: Place,
    pub(super) node: &'n Node,
}

impl<'n> Outline<'n> {
    /// Lists the states under a `states` key and below, parents before children.
    pub(super) fn of(states: &'n [(Key, Node)], findings: &mut Vec<Finding>) -> Self {
        let mut outline = Self::default();
        outline.add(states, None, findings);
        if let Some(first) = outline.entries.get(MAX_STATES) {
            let message = format!("a playbook has {MAX_STATES} states at most, and here are {}", outline.entries.len());
            findings.push(
                Finding::error("too-many", first.place.clone(), message)
                    .with_help("divide it: a linked ticket, or a `switch`, goes on in another playbook"),
            );
            outline.entries.truncate(MAX_STATES);
        }
        outline
    }

    fn add(&mut self, states: &'n [(Key, Node)], parent: Option<StateId>, findings: &mut Vec<Finding>) {
        for (key, node) in states {
            let name = key.text.as_str();
            if !is_name(name) {
                findings.push(
                    Finding::error("bad-name", key.place.clone(), format!("`{name}` cannot name a state"))
                        .with_help("small letters, digits, `_` and `-`, beginning with a letter"),
                );
                continue;
            }
            let path = match parent.and_then(|parent| self.entries.get(parent)) {
                Some(parent) => format!("{}.{name}", parent.path),
                None => name.to_owned(),
            };
            let id = self.entries.len();
            self.entries.push(OutlineEntry { path, name, parent, place: key.place.clone(), node });
            let below = node.mapping().and_then(|keys| keys.iter().find(|(key, _)| key.text == "states"));
            if let Some(children) = below.and_then(|(_, node)| node.mapping()) {
                self.add(children, Some(id), findings);
            }
        }
    }

    /// The children of a state, or the top-level states.
    pub(super) fn children(&self, parent: Option<StateId>) -> impl Iterator<Item = (StateId, &OutlineEntry<'n>)> {
        self.entries.iter().enumerate().filter(move |(_, entry)| entry.parent == parent)
    }

    /// The child of that name.
    pub(super) fn child(&self, parent: Option<StateId>, name: &str) -> Option<StateId> {
        self.children(parent).find(|(_, entry)| entry.name == name).map(|(id, _)| id)
    }

    /// Finds a target named in `from` (a state, or the playbook itself): a plain name among the siblings, then
    /// outwards; a dotted one from the top.
    pub(super) fn target(
        &self,
        name: &str,
        from: Option<StateId>,
        place: &Place,
        findings: &mut Vec<Finding>,
    ) -> Option<StateId> {
        let found = if name.contains('.') {
            self.entries.iter().position(|entry| entry.path == name)
        } else {
            self.outwards(name, from)
        };
        if found.is_none() {
            let finding =
                Finding::error("unknown-state", place.clone(), format!("there is no state `{name}` to go to"));
            findings.push(finding.with_help(self.help(name)));
        }
        found
    }

    fn outwards(&self, name: &str, from: Option<StateId>) -> Option<StateId> {
        let mut from = from;
        loop {
            let parent = from.and_then(|state| self.entries.get(state)).and_then(|entry| entry.parent);
            if let Some(found) = self.child(parent, name) {
                return Some(found);
            }
            from = Some(parent?);
        }
    }

    fn help(&self, name: &str) -> String {
        let elsewhere = self.entries.iter().find(|entry| entry.name == name);
        match elsewhere {
            Some(entry) => format!("from here it is called `{}`", entry.path),
            None => {
                let paths = self.entries.iter().flat_map(|entry| [entry.path.as_str(), entry.name]);
                let mut paths: Vec<&str> = paths.collect();
                paths.sort_unstable();
                paths.dedup();
                spelling::suggest(name, paths)
            }
        }
    }
}

fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '-'))
}
