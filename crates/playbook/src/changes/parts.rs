//! A playbook taken apart: everything that can be different, each with a name, a place and its aspects as texts.

use super::ChangeKind;
use super::flow::Flow;
use crate::calendar_file::CalendarChoice;
use crate::definition::{AskedField, Choice, Clock, Opens, OpensBy, Playbook, Scheduled, State};
use crate::fields::{Field, FieldKind};
use crate::source::Place;

/// Something in a playbook.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) what: &'static str,
    /// The dotted path of the state that it is, or stands in.
    pub(super) state: Option<String>,
    pub(super) name: String,
    pub(super) place: Place,
    pub(super) aspects: Vec<(&'static str, Value)>,
}

/// How an aspect stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    One(String),
    Many(Vec<String>),
}

impl Part {
    /// What a sentence calls it.
    pub(super) fn noun(&self) -> String {
        let Self { what, name, state, .. } = self;
        match (*what, state) {
            ("playbook", _) => format!("the playbook `{name}`"),
            ("event", Some(state)) => format!("`{name}` in `{state}`"),
            ("always", Some(state)) => format!("`always` in `{state}`"),
            ("timer", Some(state)) => format!("the timer `{name}` of `{state}`"),
            ("choice", Some(state)) => format!("the choice `{name}` of `{state}`"),
            _ => format!("the {what} `{name}`"),
        }
    }

    /// That it is new, or gone, and what a new one leads to.
    pub(super) fn came_or_went(&self, kind: ChangeKind) -> String {
        if kind == ChangeKind::Removed {
            return format!("{} is gone", self.noun());
        }
        let target = self.aspects.iter().find_map(|(aspect, value)| match value {
            Value::One(text) if *aspect == "the target" && !text.is_empty() => Some(format!(" and leads to `{text}`")),
            _ => None,
        });
        format!("{} is new{}", self.noun(), target.unwrap_or_default())
    }

    /// Whether another part stands in this state, or in one below it.
    pub(super) fn holds(&self, other: &Part) -> bool {
        let (Some(state), Some(inner)) = (&self.state, &other.state) else { return false };
        let below = inner.strip_prefix(state.as_str());
        below.is_some_and(|rest| rest.starts_with('.') || rest.is_empty() && other.what != "state")
    }

    /// `after`, `at` or `every`, of a timer.
    pub(super) fn sort(&self) -> &str {
        self.name.split(' ').next().unwrap_or_default()
    }
}

/// Everything in a playbook, states called as `called` says.
pub(super) fn parts_of(playbook: &Playbook, called: impl Fn(&str) -> String) -> Vec<Part> {
    let flow = Flow { playbook, called: &called };
    let mut parts = head(playbook, &flow);
    for state in &playbook.states {
        of_state(state, &flow, &mut parts);
    }
    parts
}

fn one(text: impl Into<String>) -> Value {
    Value::One(text.into())
}

fn optional(text: Option<impl ToString>) -> Value {
    one(text.map(|text| text.to_string()).unwrap_or_default())
}

fn head(playbook: &Playbook, flow: &Flow<'_>) -> Vec<Part> {
    let part = |what, name: &str, place: &Place, aspects| Part {
        what,
        state: None,
        name: name.to_owned(),
        place: place.clone(),
        aspects,
    };
    let place = &playbook.place;
    let mut parts = vec![part("playbook", &playbook.name, place, whole(playbook, flow))];
    parts.extend(playbook.fields.values().map(|field| part("field", &field.name, &field.place, of_field(field))));
    for (alias, target) in &playbook.links {
        parts.push(part("link", alias, place, vec![("its playbook", one(target))]));
    }
    for (name, party) in &playbook.parties {
        let aspects = vec![("whose they are", one(&party.of)), ("what they may", optional(party.may.as_ref()))];
        parts.push(part("party", name, &party.place, aspects));
    }
    for list in &playbook.checklists {
        let items = list.items.iter().map(|item| {
            let evidence: Vec<&str> = item.evidence.iter().map(|kind| kind.as_str()).collect();
            let when = item.when.as_ref().map(|when| format!(" when {}", when.source())).unwrap_or_default();
            let needed = if item.required { "" } else { ", not required" };
            let from = item.from.as_ref().map(|from| format!(" from {from}")).unwrap_or_default();
            format!("{}: {}{when}{from} [{}]{needed}", item.id, item.label, evidence.join(", "))
        });
        let aspects = vec![("the title", one(words(&list.title))), ("the items", Value::Many(items.collect()))];
        parts.push(part("checklist", &list.name, &list.place, aspects));
    }
    for clock in &playbook.clocks {
        parts.push(part("clock", &clock.name, &clock.place, of_clock(clock, flow)));
    }
    parts.extend(playbook.promises.iter().map(|promise| part("promise", &promise.text, &promise.place, Vec::new())));
    for opens in &playbook.opens {
        let sets = opens.set.iter().map(|(name, value)| format!("{name}: {}", value.source())).collect();
        let needed = |field: &AskedField| if field.required { ", required" } else { "" };
        let asks = opens.asked.iter().map(|field| format!("{}{}", field.name, needed(field))).collect();
        let aspects = vec![
            ("its condition", optional(opens.when.as_ref().map(|when| when.source()))),
            (
                "its order",
                one(match opens.by {
                    OpensBy::Mail { order } => order.to_string(),
                    _ => String::new(),
                }),
            ),
            ("its subject", optional(opens.subject.as_ref().map(|subject| subject.source()))),
            ("its fields", Value::Many(sets)),
            ("what it asks", Value::Many(asks)),
            ("whether it is for the organization upstream", one(opens.for_upstream.to_string())),
            ("the words of its key", Value::Many(opens.scheduled().map(Scheduled::key_words).unwrap_or_default())),
            ("its requester", optional(opens.scheduled().and_then(Scheduled::requester_source))),
        ];
        parts.push(part("opening", &opened_by(opens), &opens.place, aspects));
    }
    parts
}

fn whole(playbook: &Playbook, flow: &Flow<'_>) -> Vec<(&'static str, Value)> {
    let reopen = playbook.reopen.as_ref();
    vec![
        ("the title", one(words(&playbook.title))),
        ("the team", optional(playbook.team.as_ref())),
        ("the calendar", optional(playbook.calendar.as_ref().map(CalendarChoice::as_str))),
        ("the events that it emits", Value::Many(playbook.emits.clone())),
        ("the events that it receives", Value::Many(playbook.receives.clone())),
        ("whether it speaks on its opener's thread", one(playbook.converses_with_opener.to_string())),
        ("the first state", one(flow.name_of(Some(playbook.initial)))),
        ("how long it can be reopened", optional(reopen.map(|reopen| reopen.within))),
        ("where reopening leads", one(flow.targets(reopen.map(|r| r.transitions.as_slice()).unwrap_or_default()))),
    ]
}

fn opened_by(opens: &Opens) -> String {
    match &opens.by {
        OpensBy::Form(form) => format!("form {form}"),
        OpensBy::Mail { .. } => "mail".to_owned(),
        OpensBy::Chat => "chat".to_owned(),
        OpensBy::Api => "api".to_owned(),
        OpensBy::Linked => "linked".to_owned(),
        OpensBy::Hand => "hand".to_owned(),
        OpensBy::Schedule => format!("schedule {}", opens.scheduled().map(ToString::to_string).unwrap_or_default()),
    }
}

fn of_field(field: &Field) -> Vec<(&'static str, Value)> {
    let bounds = match &field.kind {
        FieldKind::Text { max_length } => format!("{max_length} characters"),
        FieldKind::Integer { min, max } => {
            let bound = |bound: &Option<i64>| bound.map(|bound| bound.to_string()).unwrap_or_default();
            format!("{}..{}", bound(min), bound(max))
        }
        FieldKind::Choice { of } => of.join(", "),
        FieldKind::Boolean | FieldKind::List | FieldKind::Date => String::new(),
    };
    vec![
        ("the type", one(field.kind.word())),
        ("what it may hold", one(bounds)),
        ("the label", one(words(&field.label))),
        ("the default", optional(field.default.as_ref())),
    ]
}

fn of_state(state: &State, flow: &Flow<'_>, parts: &mut Vec<Part>) {
    let path = (flow.called)(&state.path);
    let mut add = |what, name: String, place: &Place, aspects| {
        parts.push(Part { what, state: Some(path.clone()), name, place: place.clone(), aspects });
    };
    let aspects = vec![
        ("the title", optional(state.title.as_ref().map(words))),
        ("the client's title", optional(state.client_title.as_ref().map(words))),
        ("the status", optional(state.status)),
        ("who it waits on", optional(state.waiting_on.as_ref())),
        ("whether it is final", one(state.is_final.to_string())),
        ("the state it begins in", one(flow.own_name_of(state.initial))),
        ("the actions on entry", flow.deeds(&state.entry)),
        ("the actions on exit", flow.deeds(&state.exit)),
        ("what its choices require", Value::Many(state.require.iter().map(|r| r.path.join(".")).collect())),
        ("the checklists it needs", Value::Many(state.needs.clone())),
    ];
    add("state", path.clone(), &state.place, aspects);
    for (event, transitions) in &state.on {
        let place = transitions.first().map_or(&state.place, |transition| &transition.place);
        add("event", event.clone(), place, flow.transitions(transitions));
    }
    if let Some(first) = state.always.first() {
        add("always", "always".to_owned(), &first.place, flow.transitions(&state.always));
    }
    for rule in state.timers() {
        add("timer", rule.name(), rule.place(), flow.transitions(rule.transitions()));
    }
    for choice in &state.choices {
        add("choice", choice.name.clone(), &choice.place, of_choice(choice, flow));
    }
}

fn of_choice(choice: &Choice, flow: &Flow<'_>) -> Vec<(&'static str, Value)> {
    let asks = choice.asks.iter().map(|ask| {
        let needed = if ask.required { "" } else { ", not required" };
        format!("{}: {} ({}){needed}", ask.field.name, words(&ask.field.label), ask.field.kind.word())
    });
    let mut aspects = flow.transitions(choice.transition.as_slice());
    aspects.retain(|(aspect, _)| *aspect != "the guard");
    aspects.extend([
        ("the label", one(words(&choice.label))),
        ("the guard", optional(choice.guard.as_ref().map(|guard| guard.source()))),
        ("who may make it", Value::Many(choice.by.clone())),
        ("what it requires", Value::Many(choice.require.iter().map(|r| r.path.join(".")).collect())),
        ("the checklists it needs", Value::Many(choice.needs.clone())),
        ("what it asks", Value::Many(asks.collect())),
        ("the playbook it goes on in", optional(choice.switch.as_ref())),
    ]);
    aspects
}

/// Words in every language, on one line.
fn words(text: &crate::text::Localized) -> String {
    text.everywhere()
}

fn of_clock(clock: &Clock, flow: &Flow<'_>) -> Vec<(&'static str, Value)> {
    let warn = clock.warn.as_ref();
    let still = clock.pause.iter().flat_map(|pause| {
        let for_whom = pause.waiting_on.iter().map(|(who, _)| format!("waiting on {who}"));
        for_whom.chain(pause.states.iter().map(|(state, _)| format!("in {state}")))
    });
    let pause: Vec<String> = still.collect();
    vec![
        ("the events that start it", Value::Many(clock.start.clone())),
        ("the events that stop it", Value::Many(clock.stop.clone())),
        ("its length", one(clock.span.to_string())),
        ("its calendar", optional(clock.calendar.as_ref().map(CalendarChoice::as_str))),
        ("whether it repeats", one(clock.repeats.to_string())),
        ("its condition", optional(clock.while_.as_ref().map(|condition| condition.source()))),
        ("where it stands still", Value::Many(pause)),
        ("how long before it warns", optional(warn.map(|warn| warn.before))),
        ("the actions of its warning", flow.deeds(warn.map(|warn| warn.actions.as_slice()).unwrap_or_default())),
        ("the actions of its end", flow.deeds(&clock.breach)),
    ]
}
