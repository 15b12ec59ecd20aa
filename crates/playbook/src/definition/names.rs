//! What a handbook declares, as far as its playbooks refer to it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::sent::SentData;
use super::{Header, REQUESTER, TURN, US};
use crate::calendar_file::{OF_ORGANIZATION, OF_TEAM};
use crate::desk_file::DeskFile;
use crate::expression::CALENDARS;
use crate::form::Form;
use crate::impact::Impact;
use crate::lookup::Lookup;
use crate::occurrence::{OPENING, Occurrence};
use crate::registry::{AttributeOwner, Registry};
use crate::run::Status;
use crate::scope::Scope;
use crate::segment::Segment;
use crate::types::Type;

/// Everything that a playbook may name.
pub(crate) struct Names<'a> {
    pub(crate) registry: &'a Registry,
    pub(crate) desk: &'a DeskFile,
    pub(crate) headers: &'a BTreeMap<String, Header>,
    pub(crate) forms: &'a BTreeMap<String, Form>,
    pub(crate) replies: &'a BTreeSet<String>,
    pub(crate) calendars: &'a BTreeSet<String>,
    pub(crate) lookups: &'a BTreeMap<String, Lookup>,
    pub(crate) segments: &'a BTreeMap<String, Segment>,
    pub(crate) impacts: &'a BTreeMap<String, Arc<Impact>>,
    pub(crate) sent: SentData,
}

/// The names that the language gives to every guard and text.
pub(crate) const LANGUAGE_ROOTS: [&str; 9] =
    [CALENDARS, "checklists", "choice", "event", "links", "now", "opener", OPENING, "waiting_on"];

/// Whom a ticket may wait for, beside the parties of its playbook.
const WAITED_FOR: [&str; 5] = [US, REQUESTER, "third_party", "nobody", TURN];

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
        scope.add("event.key", Type::Text);
        scope.add("event.by", Type::Any);
        scope.add("event.message.text", Type::Text);
        scope.add("event.message.subject", Type::Text);
        scope.add("now", Type::Time);
        scope
    }

    /// What guards and texts of a playbook may refer to.
    pub(crate) fn playbook_scope(&self, header: &Header) -> Scope {
        let mut scope = self.facts_scope();
        let answers = header.asked.iter().map(|(name, type_)| (name.as_str(), type_.clone()));
        scope.add("choice", Type::object(answers.chain([("name", Type::Text)])));
        for checklist in &header.checklists {
            scope.add(&format!("checklists.{checklist}.done"), Type::Boolean);
            scope.add(&format!("checklists.{checklist}.left"), Type::Integer);
        }
        let calendars = self.calendars.iter().map(String::as_str).chain([OF_ORGANIZATION, OF_TEAM]);
        scope.add(CALENDARS, Type::object(calendars.map(|name| (name, Type::Calendar))));
        let parties = header.parties.keys().map(String::as_str);
        scope.add("waiting_on", Type::words(WAITED_FOR.into_iter().chain(parties)));
        for (alias, (playbook, _)) in &header.links {
            let linked = self.headers.get(playbook);
            scope.add(&format!("links.{alias}"), tickets_under_an_alias(linked.into_iter()));
        }
        if header.is_linked() {
            let openers = self.headers.values().filter(|other| other.opens(&header.name));
            scope.add("opener", other_ticket(openers));
        }
        if header.is_scheduled() {
            Occurrence::add_to(&mut scope);
        }
        for (name, field) in &header.fields {
            if !scope.has(name) {
                scope.add(name, &field.kind);
            }
        }
        scope
    }

    /// What stands below `event.data` while a playbook takes an event: what the desk declares, the columns of what was
    /// looked up, or what linked tickets send; otherwise anything.
    pub(crate) fn event_data(&self, header: &Header, event: &str) -> Type {
        if let Some(columns) = self.registry.event_data(event) {
            return Type::object(columns.iter().map(|(name, type_)| (*name, Type::from(*type_))));
        }
        if let Some((name, outcome)) = event.split_once('.')
            && let Some(queries) = header.looked_up.get(name)
        {
            return match outcome {
                "found" => self.columns(queries),
                "ambiguous" => Type::object([("rows", Type::Integer)]),
                "failed" => Type::object([("reason", Type::Text)]),
                _ => Type::Any,
            };
        }
        let sent = self.sent.get(&(header.name.clone(), event.to_owned()));
        sent.cloned().unwrap_or(Type::Any)
    }

    /// What the rows of these look-ups hold. Of several all columns are known, and one of different types may be
    /// anything.
    fn columns(&self, queries: &BTreeSet<String>) -> Type {
        let mut columns: BTreeMap<&str, Type> = BTreeMap::new();
        for query in queries {
            let Some(lookup) = self.lookups.get(query) else { return Type::Any };
            for (name, kind) in &lookup.columns {
                let type_ = kind.of_type().clone();
                let joined = match columns.get(name.as_str()) {
                    Some(other) => other.join(&type_).unwrap_or(Type::Any),
                    None => type_,
                };
                columns.insert(name, joined);
            }
        }
        Type::object(columns)
    }
}

/// What is known of the tickets under an alias, which run one of these playbooks: of the one, and of how many there are.
fn tickets_under_an_alias<'h>(playbooks: impl Iterator<Item = &'h Header>) -> Type {
    let mut known = ticket(playbooks);
    known.extend([
        ("count", Type::Integer),
        ("ended_count", Type::Integer),
        ("all_ended", Type::Boolean),
        ("live_keys", Type::list(Type::Any)),
    ]);
    Type::object(known)
}

/// What is known of a ticket that runs one of these playbooks.
fn other_ticket<'h>(playbooks: impl Iterator<Item = &'h Header>) -> Type {
    Type::object(ticket(playbooks))
}

fn ticket<'h>(playbooks: impl Iterator<Item = &'h Header>) -> Vec<(&'static str, Type)> {
    vec![
        ("number", Type::Integer),
        ("state", Type::words(playbooks.flat_map(|header| header.states.iter().map(String::as_str)))),
        ("status", Type::words(Status::WORDS)),
        ("subject", Type::Text),
        ("ended", Type::Boolean),
    ]
}
