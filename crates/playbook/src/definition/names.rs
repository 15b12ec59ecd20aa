//! What a handbook declares, as far as its playbooks refer to it.

use std::collections::{BTreeMap, BTreeSet};

use super::Header;
use super::sent::SentData;
use crate::desk_file::DeskFile;
use crate::form::Form;
use crate::registry::{AttributeOwner, Registry};
use crate::run::Status;
use crate::scope::Scope;
use crate::types::Type;

/// Everything that a playbook may name.
pub(crate) struct Names<'a> {
    pub(crate) registry: &'a Registry,
    pub(crate) desk: &'a DeskFile,
    pub(crate) headers: &'a BTreeMap<String, Header>,
    pub(crate) forms: &'a BTreeMap<String, Form>,
    pub(crate) replies: &'a BTreeSet<String>,
    pub(crate) sent: SentData,
}

/// The names that the language gives to every guard and text.
pub(crate) const LANGUAGE_ROOTS: [&str; 6] = ["choice", "event", "links", "now", "opener", "waiting_on"];

/// Whom a ticket may wait for.
const PARTIES: [&str; 4] = ["us", "requester", "third_party", "nobody"];

/// What a ticket may count as.
const STATUSES: [Status; 4] = [Status::Open, Status::Pending, Status::Solved, Status::Closed];

impl Names<'_> {
    /// What is known without a playbook: the registered roots, `event` and `now`.
    pub(crate) fn facts_scope(&self) -> Scope {
        let mut scope = Scope::default();
        for root in self.registry.roots() {
            for (path, type_) in root.paths {
                let path = if path.is_empty() { root.name.to_owned() } else { format!("{}.{path}", root.name) };
                scope.add(&path, *type_);
            }
            let attributes = match root.attributes {
                Some(AttributeOwner::Organization) => &self.desk.attributes.organization,
                Some(AttributeOwner::Contact) => &self.desk.attributes.contact,
                None => continue,
            };
            for (name, field) in attributes {
                scope.add(&format!("{}.{name}", root.name), &field.kind);
            }
        }
        scope.add("event.name", Type::Text);
        scope.add("event.at", Type::Time);
        scope.add("event.data", Type::Any);
        scope.add("event.by", Type::Any);
        scope.add("event.message.text", Type::Text);
        scope.add("event.message.subject", Type::Text);
        scope.add("now", Type::Time);
        scope
    }

    /// What guards and texts of a playbook may refer to.
    pub(crate) fn playbook_scope(&self, header: &Header) -> Scope {
        let mut scope = self.facts_scope();
        scope.add("choice", Type::Any);
        scope.add("waiting_on", Type::words(PARTIES));
        for (alias, (playbook, _)) in &header.links {
            let linked = self.headers.get(playbook);
            scope.add(&format!("links.{alias}"), other_ticket(linked.into_iter()));
        }
        if header.is_linked() {
            let openers = self.headers.values().filter(|other| other.opens(&header.name));
            scope.add("opener", other_ticket(openers));
        }
        for (name, field) in &header.fields {
            if !scope.has(name) {
                scope.add(name, &field.kind);
            }
        }
        scope
    }

    /// What stands below `event.data` while a playbook takes an event: what the desk declares, or what linked tickets
    /// send; otherwise anything.
    pub(crate) fn event_data(&self, header: &Header, event: &str) -> Type {
        if let Some(columns) = self.registry.event_data(event) {
            return Type::object(columns.iter().map(|(name, type_)| (*name, Type::from(*type_))));
        }
        let sent = self.sent.get(&(header.name.clone(), event.to_owned()));
        sent.cloned().unwrap_or(Type::Any)
    }
}

/// What is known of a ticket that runs one of these playbooks.
fn other_ticket<'h>(playbooks: impl Iterator<Item = &'h Header>) -> Type {
    Type::object([
        ("number", Type::Integer),
        ("state", Type::words(playbooks.flat_map(|header| header.states.iter().map(String::as_str)))),
        ("status", Type::words(STATUSES.map(Status::as_str))),
        ("subject", Type::Text),
        ("ended", Type::Boolean),
    ])
}
