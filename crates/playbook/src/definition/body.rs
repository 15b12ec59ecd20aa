//! The whole of a playbook, once the heads of all of them are known.

use super::header::check_known;
use super::outline::Outline;
use super::{ArgumentValue, Header, Names, Playbook, Reopen, State, opens};
use crate::finding::Finding;
use crate::registry::{ArgumentKind, NameKind, Registry};
use crate::scope::Scope;
use crate::yaml::{Entries, Node};

/// The keys that the head has read.
const HEAD_KEYS: [&str; 9] =
    ["language", "playbook", "title", "team", "fields", "links", "emits", "receives", "conversation"];

/// Keys of the language that this version does not understand yet.
const LATER_KEYS: [&str; 7] = ["calendar", "checklists", "clocks", "ladders", "parties", "require", "schedules"];

/// A playbook while it is being read.
pub(super) struct Reader<'a> {
    pub(super) names: &'a Names<'a>,
    pub(super) header: &'a Header,
    pub(super) scope: Scope,
    pub(super) outline: Outline<'a>,
    pub(super) findings: Vec<Finding>,
}

/// Reads a playbook whose head is known; reports everything that is wrong with it.
pub(crate) fn read(node: &Node, header: &Header, names: &Names<'_>, findings: &mut Vec<Finding>) -> Option<Playbook> {
    let mut entries = Entries::of(node, "a playbook", findings)?;
    for key in HEAD_KEYS {
        entries.get(key);
    }
    entries.later(&LATER_KEYS);
    let states = entries.require("states", findings).and_then(Node::mapping).unwrap_or_default();
    let outline = Outline::of(states, findings);
    let mut reader =
        Reader { names, header, scope: names.playbook_scope(header), outline, findings: std::mem::take(findings) };
    reader.check_links();
    let opens = opens::read(&mut reader, entries.get("opens"));
    let initial = reader.initial(&mut entries, None);
    let states: Vec<State> = (0..reader.outline.entries.len()).filter_map(|id| reader.state(id)).collect();
    let reopen = entries.get("reopen").and_then(|node| reader.reopen(node));
    let promises = entries.get("promises").map(|node| reader.promises(node)).unwrap_or_default();
    entries.close(&mut reader.findings);
    if states.len() == reader.outline.entries.len() {
        reader.check_choice_events(&states);
    }
    *findings = reader.findings;
    Some(Playbook {
        name: header.name.clone(),
        title: header.title.clone(),
        team: header.team.clone(),
        place: header.place.clone(),
        opens,
        fields: header.fields.clone(),
        links: header.links.iter().map(|(alias, (playbook, _))| (alias.clone(), playbook.clone())).collect(),
        emits: header.emits.clone(),
        receives: header.receives.clone(),
        converses_with_opener: header.converses_with_opener,
        reopen,
        promises,
        states,
        initial: initial?,
    })
}

impl Reader<'_> {
    fn check_links(&mut self) {
        for (playbook, place) in self.header.links.values() {
            let known = self.names.headers.keys().map(String::as_str);
            if check_known("playbook", playbook, place, known, &mut self.findings)
                && self.names.headers.get(playbook).is_some_and(|header| !header.is_linked())
            {
                self.findings.push(
                    Finding::error("not-linked", place.clone(), format!("`{playbook}` is not opened by other tickets"))
                        .with_help(format!("add `linked` to the `opens` of `{playbook}`")),
                );
            }
        }
    }

    fn reopen(&mut self, node: &Node) -> Option<Reopen> {
        let mut entries = Entries::of(node, "`reopen`", &mut self.findings)?;
        let within = entries.require("within", &mut self.findings).and_then(|node| self.span(node, node.text()?));
        let target = entries.require("target", &mut self.findings);
        let transitions = target.map(|node| self.transitions(node, None)).unwrap_or_default();
        entries.close(&mut self.findings);
        for transition in transitions.iter().filter(|transition| transition.target.is_none()) {
            self.findings.push(Finding::error(
                "missing-key",
                transition.place.clone(),
                "a ticket that comes back goes to a state: `target` is missing",
            ));
        }
        Some(Reopen { within: within?, transitions })
    }

    /// Every `on: choice.NAME` answers a choice that can be made there, and every choice leads to something.
    fn check_choice_events(&mut self, states: &[State]) {
        let related = |a: &str, b: &str| {
            a == b || a.strip_prefix(b).or(b.strip_prefix(a)).is_some_and(|rest| rest.starts_with('.'))
        };
        for state in states {
            for (event, transitions) in &state.on {
                let Some(name) = event.strip_prefix("choice.") else { continue };
                let place = transitions.first().map_or(&state.place, |transition| &transition.place);
                let near = states.iter().filter(|other| related(&other.path, &state.path));
                let known: Vec<&str> =
                    near.flat_map(|other| &other.choices).map(|choice| choice.name.as_str()).collect();
                check_known("choice", name, place, known, &mut self.findings);
            }
            for choice in &state.choices {
                let answered: Vec<&State> = states
                    .iter()
                    .filter(|other| related(&other.path, &state.path))
                    .filter(|other| {
                        other.on.iter().any(|(event, _)| event.strip_prefix("choice.") == Some(&choice.name))
                    })
                    .collect();
                if choice.transition.is_none() && answered.is_empty() {
                    self.findings.push(
                        Finding::warning(
                            "idle-choice",
                            choice.place.clone(),
                            format!("the choice `{}` leads to nothing", choice.name),
                        )
                        .with_help(format!(
                            "give it a `target` or `actions`, or answer it under `on: choice.{}`",
                            choice.name
                        )),
                    );
                }
                if choice.transition.is_some() && answered.iter().any(|other| other.path == state.path) {
                    self.findings.push(
                        Finding::error(
                            "two-answers",
                            choice.place.clone(),
                            format!("the choice `{}` is answered twice", choice.name),
                        )
                        .with_help(format!("by itself and under `on: choice.{}`: keep one", choice.name)),
                    );
                }
            }
        }
    }
}

impl Playbook {
    /// The names of the replies that it sends.
    pub(crate) fn replies_sent<'a>(&'a self, registry: &'a Registry) -> impl Iterator<Item = &'a str> {
        self.actions().flat_map(move |action| {
            let specs = registry.action(action.name).map_or(&[][..], |spec| spec.arguments);
            action.arguments.iter().filter_map(move |(name, value)| {
                let names_reply =
                    specs.iter().any(|spec| spec.name == name && spec.kind == ArgumentKind::Name(NameKind::Reply));
                match value {
                    ArgumentValue::Word(reply) if names_reply => Some(reply.as_str()),
                    _ => None,
                }
            })
        })
    }
}
