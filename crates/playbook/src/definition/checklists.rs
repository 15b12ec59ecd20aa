//! Checklists: what must be done, and shown to be done, before a choice can be made.

use super::body::Reader;
use super::header::{check_identifier, check_known};
use super::{Checklist, ChecklistItem};
use crate::checklist::EvidenceKind;
use crate::expression::Wanted;
use crate::finding::Finding;
use crate::grammar;
use crate::text::Localized;
use crate::yaml::{Entries, Key, Node, word, words};

/// What an item may not refer to: it is judged at any time, not only when something happens.
const NOT_IN_ITEMS: [&str; 3] = ["checklists", "choice", "event"];

impl Reader<'_> {
    /// Reads the `checklists` of a playbook.
    pub(super) fn checklists(&mut self, node: &Node) -> Vec<Checklist> {
        let Some(entries) = node.mapping() else {
            let message = "`checklists` is a mapping of names to checklists";
            self.findings.push(Finding::error("wrong-type", node.place.clone(), message));
            return Vec::new();
        };
        entries.iter().filter_map(|(key, node)| self.checklist(key, node)).collect()
    }

    fn checklist(&mut self, key: &Key, node: &Node) -> Option<Checklist> {
        check_identifier("a checklist", &key.text, &key.place, &mut self.findings);
        let mut entries = Entries::of(node, &grammar::CHECKLIST, &mut self.findings)?;
        let title = entries.require("title", &mut self.findings).and_then(|node| self.words(node));
        let members = entries.require("items", &mut self.findings);
        let members = members.and_then(Node::list).filter(|members| !members.is_empty());
        if members.is_none() && entries.has("items") {
            self.findings.push(
                Finding::error("wrong-type", key.place.clone(), "`items` is a list of what is to be done")
                    .with_help("write `- { id: tested, label: Tried it out }`"),
            );
        }
        let mut items: Vec<ChecklistItem> = Vec::new();
        for member in members.unwrap_or_default() {
            let Some(item) = self.checklist_item(member) else { continue };
            if items.iter().any(|other| other.id == item.id) {
                let message = format!("the item `{}` stands here a second time", item.id);
                self.findings.push(Finding::error("duplicate-key", item.place.clone(), message));
            }
            items.push(item);
        }
        entries.close(&mut self.findings);
        Some(Checklist { name: key.text.clone(), title: title?, items, place: key.place.clone() })
    }

    fn checklist_item(&mut self, node: &Node) -> Option<ChecklistItem> {
        let mut entries = Entries::of(node, &grammar::CHECKLIST_ITEM, &mut self.findings)?;
        let id = entries.require("id", &mut self.findings);
        let id = id.and_then(|node| Some((word(node, "id", &mut self.findings)?.to_owned(), node)));
        let id = id.map(|(id, node)| {
            check_identifier("an item", &id, &node.place, &mut self.findings);
            id
        });
        let label = entries.require("label", &mut self.findings).and_then(|node| self.words(node));
        let scope = self.scope.without(&NOT_IN_ITEMS);
        let when = entries.get("when").map(|node| self.expression_in(node, &scope, Wanted::Condition));
        let required = entries.flag("required", &mut self.findings).unwrap_or(true);
        let evidence = self.evidence(&mut entries);
        let from = entries.get("from").and_then(|node| self.party(node, "from"));
        entries.close(&mut self.findings);
        let when = match when {
            Some(None) => return None,
            when => when.flatten(),
        };
        Some(ChecklistItem { id: id?, label: label?, when, required, evidence, from, place: node.place.clone() })
    }

    fn evidence(&mut self, entries: &mut Entries<'_>) -> Vec<EvidenceKind> {
        let mut kinds = Vec::new();
        for (word, place) in entries.words("evidence", &mut self.findings) {
            if check_known("kind of evidence", word, &place, EvidenceKind::WORDS, &mut self.findings) {
                kinds.extend(EvidenceKind::from_word(word).filter(|kind| !kinds.contains(kind)));
            }
        }
        kinds
    }

    /// Reads a `needs`: checklists that must be done.
    pub(super) fn needs(&mut self, node: &Node) -> Vec<String> {
        let mut needs = Vec::new();
        for (name, place) in words(node, "needs", &mut self.findings) {
            let known = self.header.checklists.iter().map(String::as_str);
            if check_known("checklist", name, &place, known, &mut self.findings) {
                needs.push(name.to_owned());
            }
        }
        needs
    }

    fn words(&mut self, node: &Node) -> Option<Localized> {
        Localized::read(node, &self.names.desk.languages, &mut self.findings)
    }
}
