//! Choices: what colleagues may decide in a state.

use super::body::Reader;
use super::header::{check_identifier, check_known};
use super::{Choice, Requirement, StateId};
use crate::fields::in_words;
use crate::finding::Finding;
use crate::grammar;
use crate::text::Localized;
use crate::yaml::{Entries, Key, Node, word, words};

impl Reader<'_> {
    /// Reads the `choices` of a state.
    pub(super) fn choices(&mut self, node: &Node, state: StateId) -> Vec<Choice> {
        let Some(entries) = node.mapping() else {
            self.findings.push(Finding::error(
                "wrong-type",
                node.place.clone(),
                "`choices` is a mapping of names to choices",
            ));
            return Vec::new();
        };
        entries.iter().filter_map(|(key, node)| self.choice(key, node, state)).collect()
    }

    fn choice(&mut self, key: &Key, node: &Node, state: StateId) -> Option<Choice> {
        check_identifier("a choice", &key.text, &key.place, &mut self.findings);
        let mut entries = Entries::of(node, &grammar::CHOICE, &mut self.findings)?;
        let label = entries
            .require("label", &mut self.findings)
            .and_then(|node| Localized::read(node, &self.names.desk.languages, &mut self.findings));
        let by = self.by(&mut entries);
        let require = entries.get("require").map(|node| self.requirements(node)).unwrap_or_default();
        let needs = entries.get("needs").map(|node| self.needs(node)).unwrap_or_default();
        let asks = entries.get("ask").map(|node| self.asks(node)).unwrap_or_default();
        let switch = self.switch(&mut entries);
        let acts = entries.get("target").is_some() || entries.get("actions").is_some();
        let transition = self.transition_of(&mut entries, Some(state));
        entries.close(&mut self.findings);
        let mut transition = transition?;
        let guard = transition.guard.take();
        Some(Choice {
            name: key.text.clone(),
            label: label?,
            guard,
            by,
            require,
            needs,
            asks,
            switch,
            transition: acts.then_some(transition),
            place: key.place.clone(),
        })
    }

    /// Reads a `switch`: the playbook that the ticket goes on in.
    fn switch(&mut self, entries: &mut Entries<'_>) -> Option<String> {
        let node = entries.get("switch")?;
        let name = word(node, "switch", &mut self.findings)?;
        let known = self.names.headers.keys().map(String::as_str);
        if !check_known("playbook", name, &node.place, known, &mut self.findings) {
            return None;
        }
        let mut refuse = |code, message: String, help: &str| {
            self.findings.push(Finding::error(code, node.place.clone(), message).with_help(help));
        };
        if entries.get("target").is_some() {
            refuse("two-answers", "a choice that switches the playbook has no `target`".to_owned(), "keep one of them");
        }
        if name == self.header.name {
            refuse("wrong-switch", format!("the ticket is in `{name}` already"), "write `target: STATE` instead");
        }
        if self.header.is_linked() && self.names.headers.get(name).is_some_and(|other| !other.is_linked()) {
            refuse(
                "not-linked",
                format!("`{name}` is not opened by other tickets, and this one may be"),
                "add `linked` to its `opens`",
            );
        }
        Some(name.to_owned())
    }

    fn by(&mut self, entries: &mut Entries<'_>) -> Vec<String> {
        let desk = self.names.desk;
        let mut by = Vec::new();
        for (name, place) in entries.words("by", &mut self.findings) {
            let known = desk.teams.keys().chain(desk.roles.keys()).map(String::as_str);
            if check_known("team or role", name, &place, known, &mut self.findings) {
                by.push(name.to_owned());
            }
        }
        by
    }

    /// Reads a `require`: paths that must not be null.
    pub(super) fn requirements(&mut self, node: &Node) -> Vec<Requirement> {
        let mut requirements = Vec::new();
        for (name, place) in words(node, "require", &mut self.findings) {
            let path: Vec<String> = name.split('.').map(str::to_owned).collect();
            if let Some(finding) = self.scope.check(&path, &place) {
                self.findings.push(finding);
                continue;
            }
            let label = match self.header.fields.get(name) {
                Some(field) => field.label.clone(),
                None => Localized::plain(in_words(&name.replace('.', " "))),
            };
            requirements.push(Requirement { path, label });
        }
        requirements
    }
}
