//! The whole of a playbook, once the heads of all of them are known.

use std::collections::{BTreeMap, BTreeSet};

use super::header::check_known;
use super::outline::Outline;
use super::{ArgumentValue, Clock, Header, Names, Playbook, Reopen, State, StateId, opens, survey};
use crate::calendar_file::{CALENDAR_ATTRIBUTE, CalendarChoice, OF_ORGANIZATION, OF_TEAM};
use crate::finding::Finding;
use crate::grammar;
use crate::registry::{Ability, ArgumentKind, NameKind, Registry};
use crate::scope::Scope;
use crate::source::Place;
use crate::yaml::{Entries, Node, mapping, word};

/// The keys that the head has read.
const HEAD_KEYS: [&str; 11] = [
    "language",
    "playbook",
    "title",
    "team",
    "calendar",
    "fields",
    "links",
    "parties",
    "emits",
    "receives",
    "conversation",
];

/// A playbook while it is being read.
pub(super) struct Reader<'a> {
    pub(super) names: &'a Names<'a>,
    pub(super) header: &'a Header,
    pub(super) scope: Scope,
    pub(super) outline: Outline<'a>,
    /// How many transitions with a `max` each state has so far.
    pub(super) bounds: BTreeMap<StateId, u32>,
    /// The events that actions raise under names of their own.
    pub(super) raised: BTreeSet<String>,
    pub(super) findings: Vec<Finding>,
}

/// Reads a playbook whose head is known; reports everything that is wrong with it.
pub(crate) fn read(node: &Node, header: &Header, names: &Names<'_>, findings: &mut Vec<Finding>) -> Option<Playbook> {
    let mut entries = Entries::of(node, &grammar::PLAYBOOK, findings)?;
    for key in HEAD_KEYS {
        entries.get(key);
    }
    let states = entries.require("states", findings);
    let states = mapping(states, "states", findings);
    let outline = Outline::of(states, findings);
    let mut reader = Reader {
        names,
        header,
        scope: names.playbook_scope(header),
        outline,
        bounds: BTreeMap::new(),
        raised: survey::raised_events(node, names.registry),
        findings: std::mem::take(findings),
    };
    reader.check_links();
    if let Some((choice, place)) = &header.calendar {
        reader.check_calendar(choice, place);
    }
    let opens = opens::read(&mut reader, entries.get("opens"));
    reader.check_ability(&mut entries, "checklists", Ability::Checklists);
    let checklists = entries.get("checklists").map(|node| reader.checklists(node)).unwrap_or_default();
    let clocks = entries.get("clocks").map(|node| reader.clocks(node)).unwrap_or_default();
    let initial = reader.initial(&mut entries, None);
    let states: Vec<State> = (0..reader.outline.entries.len()).filter_map(|id| reader.state(id)).collect();
    let reopen = entries.get("reopen").and_then(|node| reader.reopen(node));
    let promises = entries.get("promises").map(|node| reader.promises(node)).unwrap_or_default();
    entries.close(&mut reader.findings);
    if states.len() == reader.outline.entries.len() {
        reader.check_choice_events(&states);
        reader.check_clock_choices(&states, &clocks);
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
        calendar: header.calendar.as_ref().map(|(choice, _)| choice.clone()),
        parties: header.parties.clone(),
        checklists,
        clocks,
        promises,
        reopen,
        states,
        initial: initial?,
    })
}

impl Reader<'_> {
    /// Reports a key that asks something of the desk that it cannot do.
    fn check_ability(&mut self, entries: &mut Entries<'_>, key: &'static str, ability: Ability) {
        if let Some((key, _)) = entries.entry(key).filter(|_| !self.names.registry.has_ability(ability)) {
            let message = format!("`{}` is not yet understood by this version", key.text);
            self.findings.push(Finding::error("later-key", key.place.clone(), message));
        }
    }

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

    /// Reports a calendar that there is not, or that no organization has.
    pub(super) fn check_calendar(&mut self, choice: &CalendarChoice, place: &Place) {
        match choice {
            CalendarChoice::Named(name) => {
                let known = self.names.calendars.iter().map(String::as_str).chain([OF_ORGANIZATION, OF_TEAM]);
                check_known("calendar", name, place, known, &mut self.findings);
            }
            CalendarChoice::Organization
                if !self.names.desk.attributes.organization.contains_key(CALENDAR_ATTRIBUTE) =>
            {
                let message =
                    format!("no organization has a calendar: `{CALENDAR_ATTRIBUTE}` is none of its attributes");
                let help =
                    format!("declare it in desk.yaml: `{CALENDAR_ATTRIBUTE}: {{ type: choice, of: [ office ] }}`");
                self.findings.push(Finding::warning("no-calendar", place.clone(), message).with_help(help));
            }
            CalendarChoice::Organization | CalendarChoice::Team => {}
        }
    }

    fn reopen(&mut self, node: &Node) -> Option<Reopen> {
        let mut entries = Entries::of(node, &grammar::REOPEN, &mut self.findings)?;
        let within = entries.require("within", &mut self.findings);
        let within = within.and_then(|node| {
            let text = word(node, "within", &mut self.findings)?;
            self.span(node, text)
        });
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

    /// A clock that a choice starts or stops names one that can be made somewhere.
    fn check_clock_choices(&mut self, states: &[State], clocks: &[Clock]) {
        let known: Vec<&str> =
            states.iter().flat_map(|state| &state.choices).map(|choice| choice.name.as_str()).collect();
        for clock in clocks {
            for event in clock.start.iter().chain(&clock.stop) {
                if let Some(name) = event.strip_prefix("choice.") {
                    check_known("choice", name, &clock.place, known.iter().copied(), &mut self.findings);
                }
            }
        }
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
                let acts = choice.transition.is_some() || choice.switch.is_some();
                if !acts && answered.is_empty() {
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
                if acts && answered.iter().any(|other| other.path == state.path) {
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
