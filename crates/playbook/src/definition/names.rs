//! What a handbook declares, as far as its playbooks refer to it.

use std::collections::{BTreeMap, BTreeSet};

use super::Header;
use crate::desk_file::DeskFile;
use crate::form::Form;
use crate::lookup::Lookup;
use crate::registry::{AttributeOwner, Registry};
use crate::scope::Scope;

/// Everything that a playbook may name.
pub(crate) struct Names<'a> {
    pub(crate) registry: &'a Registry,
    pub(crate) desk: &'a DeskFile,
    pub(crate) headers: &'a BTreeMap<String, Header>,
    pub(crate) forms: &'a BTreeMap<String, Form>,
    pub(crate) replies: &'a BTreeSet<String>,
    pub(crate) calendars: &'a BTreeSet<String>,
    pub(crate) lookups: &'a BTreeMap<String, Lookup>,
}

/// The names that the language gives to every guard and text.
pub(crate) const LANGUAGE_ROOTS: [&str; 7] = ["checklists", "choice", "event", "links", "now", "opener", "waiting_on"];

/// What is known of a linked ticket.
const LINK_PATHS: [&str; 9] =
    ["number", "state", "status", "subject", "ended", "count", "ended_count", "all_ended", "live_keys"];

/// What is known of the ticket that opened this one.
const OPENER_PATHS: [&str; 5] = ["number", "state", "status", "subject", "ended"];

impl Names<'_> {
    /// What is known without a playbook: the registered roots, `event` and `now`.
    pub(crate) fn facts_scope(&self) -> Scope {
        let mut scope = Scope::default();
        for root in self.registry.roots() {
            scope.add(root.name, root.paths.iter().copied());
            let attributes = match root.attributes {
                Some(AttributeOwner::Organization) => &self.desk.attributes.organization,
                Some(AttributeOwner::Contact) => &self.desk.attributes.contact,
                None => continue,
            };
            scope.add(root.name, attributes.keys().map(String::as_str));
        }
        scope.add("event", ["name", "at", "data.*", "key", "message.text", "message.subject", "by.*"]);
        scope.add("now", []);
        scope
    }

    /// What guards and texts of a playbook may refer to.
    pub(crate) fn playbook_scope(&self, header: &Header) -> Scope {
        let mut scope = self.facts_scope();
        scope.add("choice", header.asked.iter().map(String::as_str).chain(["name"]));
        for checklist in &header.checklists {
            scope.add(
                "checklists",
                ["done", "left"].map(|path| format!("{checklist}.{path}")).iter().map(String::as_str),
            );
        }
        scope.add("waiting_on", []);
        for alias in header.links.keys() {
            scope.add("links", LINK_PATHS.map(|path| format!("{alias}.{path}")).iter().map(String::as_str));
        }
        if header.is_linked() {
            scope.add("opener", OPENER_PATHS);
        }
        for field in header.fields.keys() {
            if !scope.has(field) {
                scope.add(field, []);
            }
        }
        scope
    }
}
