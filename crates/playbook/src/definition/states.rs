//! The states of a playbook.

use super::body::Reader;
use super::header::check_known;
use super::parties::TURN;
use super::{State, StateId, Transition};
use crate::finding::Finding;
use crate::grammar;
use crate::run::Status;
use crate::text::Localized;
use crate::yaml::{Entries, Node, mapping, word};

/// What a state may say that it is.
pub(crate) const STATE_TYPES: [&str; 1] = ["final"];

impl Reader<'_> {
    /// Reads the state at a position of the outline.
    pub(super) fn state(&mut self, id: StateId) -> Option<State> {
        let entry = self.outline.entries.get(id)?;
        let (path, parent, place, node) = (entry.path.clone(), entry.parent, entry.place.clone(), entry.node);
        let mut entries = Entries::of(node, &grammar::STATE, &mut self.findings)?;
        let is_final = self.is_final(&mut entries);
        let has_children = entries.has("states");
        mapping(entries.get("states"), "states", &mut self.findings);
        let initial =
            if has_children || entries.get("initial").is_some() { self.initial(&mut entries, Some(id)) } else { None };
        let title = self.localized(entries.get("title"));
        let client_title = self.localized(entries.get("client_title"));
        let status = self.status(&mut entries);
        let waiting_on = self.waiting_on(&mut entries);
        let mut entry_actions = entries.get("entry").map(|node| self.actions(node)).unwrap_or_default();
        let asked = entries.entry("lookup").and_then(|(key, node)| self.lookup(key, node));
        entry_actions.extend(asked);
        let exit = entries.get("exit").map(|node| self.actions(node)).unwrap_or_default();
        let on = entries.get("on").map(|node| self.on(node, id)).unwrap_or_default();
        let always = entries.get("always").map(|node| self.always(node, id)).unwrap_or_default();
        let after = entries.get("after").map(|node| self.after(node, id)).unwrap_or_default();
        let at = entries.get("at").map(|node| self.at(node, id)).unwrap_or_default();
        let every = entries.get("every").map(|node| self.every(node, id)).unwrap_or_default();
        let require = entries.get("require").map(|node| self.requirements(node)).unwrap_or_default();
        let needs = entries.get("needs").map(|node| self.needs(node)).unwrap_or_default();
        let choices = entries.get("choices").map(|node| self.choices(node, id)).unwrap_or_default();
        entries.close(&mut self.findings);
        let state = State {
            path,
            parent,
            initial,
            title,
            client_title,
            status,
            waiting_on,
            is_final,
            entry: entry_actions,
            exit,
            on,
            always,
            after,
            at,
            every,
            choices,
            require,
            needs,
            place,
        };
        self.check_final(&state, has_children);
        Some(state)
    }

    /// The child, or top-level state, that `initial` names.
    pub(super) fn initial(&mut self, entries: &mut Entries<'_>, parent: Option<StateId>) -> Option<StateId> {
        let node = entries.require("initial", &mut self.findings)?;
        let name = word(node, "initial", &mut self.findings)?;
        let found = self.outline.child(parent, name);
        if found.is_none() {
            let known: Vec<&str> = self.outline.children(parent).map(|(_, entry)| entry.name).collect();
            check_known("state here called", name, &node.place, known, &mut self.findings);
        }
        found
    }

    fn is_final(&mut self, entries: &mut Entries<'_>) -> bool {
        let Some(node) = entries.get("type") else { return false };
        let is_final = node.text().is_some_and(|word| STATE_TYPES.contains(&word));
        if !is_final {
            self.findings.push(
                Finding::error("wrong-type", node.place.clone(), "the only type of state to name is `final`")
                    .with_help("leave `type` out for every other state; there are no parallel or history states"),
            );
        }
        is_final
    }

    fn check_final(&mut self, state: &State, has_children: bool) {
        if !state.is_final {
            return;
        }
        let mut refuse = |message: &str| {
            self.findings.push(Finding::error(
                "bad-final",
                state.place.clone(),
                format!("`{}` is final: {message}", state.path),
            ));
        };
        if state.parent.is_some() {
            refuse("a final state stands at the top, it ends the whole run");
        }
        if has_children {
            refuse("it has no states of its own");
        }
        if !state.always.is_empty() || state.timers().next().is_some() || !state.choices.is_empty() {
            refuse("nothing but an event of a linked ticket, under `on`, leads out of it");
        }
        if state.status.is_some_and(|status| status != Status::Closed) || state.waiting_on.is_some() {
            refuse("it is closed and waits on nobody");
        }
    }

    pub(super) fn localized(&mut self, node: Option<&Node>) -> Option<Localized> {
        Localized::read(node?, &self.names.desk.languages, &mut self.findings)
    }

    fn status(&mut self, entries: &mut Entries<'_>) -> Option<Status> {
        let node = entries.get("status")?;
        let name = word(node, "status", &mut self.findings)?;
        check_known("status", name, &node.place, Status::WORDS, &mut self.findings);
        Status::from_word(name)
    }

    fn waiting_on(&mut self, entries: &mut Entries<'_>) -> Option<String> {
        let node = entries.get("waiting_on")?;
        if node.text() == Some(TURN) {
            return Some(TURN.to_owned());
        }
        self.party(node, "waiting_on")
    }

    fn on(&mut self, node: &Node, state: StateId) -> Vec<(String, Vec<Transition>)> {
        let Some(entries) = node.mapping() else {
            self.findings.push(Finding::error(
                "wrong-type",
                node.place.clone(),
                "`on` is a mapping of events to transitions",
            ));
            return Vec::new();
        };
        let mut on = Vec::new();
        for (key, node) in entries {
            self.check_event(&key.text, &key.place);
            let data = self.names.event_data(self.header, &key.text);
            let inside = self.scope.with("event.data", data);
            let outside = std::mem::replace(&mut self.scope, inside);
            on.push((key.text.clone(), self.transitions(node, Some(state))));
            self.scope = outside;
        }
        on
    }

    fn always(&mut self, node: &Node, state: StateId) -> Vec<Transition> {
        let transitions = self.transitions(node, Some(state));
        for transition in transitions.iter().filter(|transition| transition.target.is_none()) {
            self.findings.push(
                Finding::error("missing-key", transition.place.clone(), "an `always` without `target` would never end")
                    .with_help("what is to be done on the way in stands under `entry`"),
            );
        }
        transitions
    }
}
