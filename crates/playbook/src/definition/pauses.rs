//! Pauses of clocks: where a clock stands still, and goes on later with what was left.

use super::body::Reader;
use super::header::check_known;
use super::{Playbook, StateId};
use crate::finding::Finding;
use crate::grammar;
use crate::source::Place;
use crate::yaml::{Entries, Node};

/// Where a clock stands still: while somebody of these is waited for, or in these states.
#[derive(Clone, Debug)]
pub(crate) struct Pause {
    /// Whom the ticket waits on then.
    pub(crate) waiting_on: Vec<(String, Place)>,
    /// The dotted paths of the states; one with states inside stands for them.
    pub(crate) states: Vec<(String, Place)>,
    pub(crate) place: Place,
}

/// Why a clock stands still where a ticket is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StillFor {
    /// It waits on them: `requester`, `third_party`, `us` or a party.
    WaitingOn(String),
    /// It is in this state, by its dotted path.
    State(String),
}

impl Pause {
    /// Why the clock stands still in a state in which the ticket waits on these; `None` where it runs.
    pub(crate) fn holds(&self, playbook: &Playbook, active: StateId, waiting_on: &str) -> Option<StillFor> {
        if playbook.states.get(active).is_some_and(|state| state.is_final) {
            return None;
        }
        if self.waiting_on.iter().any(|(name, _)| name == waiting_on) {
            return Some(StillFor::WaitingOn(waiting_on.to_owned()));
        }
        let named = |path: &str| self.states.iter().any(|(state, _)| state == path);
        playbook
            .line(active)
            .find(|(_, state)| named(&state.path))
            .map(|(_, state)| StillFor::State(state.path.clone()))
    }
}

impl Reader<'_> {
    /// Reads the `pause` of a clock.
    pub(super) fn pause(&mut self, node: &Node) -> Option<Pause> {
        let mut entries = Entries::of(node, &grammar::PAUSE, &mut self.findings)?;
        let waiting_on = entries.get("waiting_on").map(|node| self.paused_for(node)).unwrap_or_default();
        let states = self.paused_in(&mut entries);
        let is_empty = !entries.has("waiting_on") && !entries.has("in");
        entries.close(&mut self.findings);
        if is_empty {
            self.findings.push(
                Finding::error("missing-key", node.place.clone(), "`pause` says neither for whom nor where")
                    .with_help("`pause: { waiting_on: requester }` while the client is waited for, `pause: { in: STATE }` in a state"),
            );
            return None;
        }
        Some(Pause { waiting_on, states, place: node.place.clone() })
    }

    fn paused_for(&mut self, node: &Node) -> Vec<(String, Place)> {
        let nodes = node.list().map_or_else(|| vec![node], |nodes| nodes.iter().collect());
        nodes.into_iter().filter_map(|node| Some((self.party(node, "waiting_on")?, node.place.clone()))).collect()
    }

    fn paused_in(&mut self, entries: &mut Entries<'_>) -> Vec<(String, Place)> {
        let mut states = Vec::new();
        for (path, place) in entries.words("in", &mut self.findings) {
            let known: Vec<&str> = self.outline.entries.iter().map(|entry| entry.path.as_str()).collect();
            if check_known("state called", path, &place, known, &mut self.findings) {
                states.push((path.to_owned(), place));
            }
        }
        states
    }
}
