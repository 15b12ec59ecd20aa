//! An event log as OCEL 2.0, in its JSON form (<https://www.ocel-standard.org/specification/formats/json/>): tickets, agents and
//! organizations are objects, steps are events that refer to them. People and organizations appear as their ids alone.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use store::Id;

use super::log::{Case, Log, Step};

/// What objects do not change while the log lasts: their values are from the beginning.
const BEGINNING: &str = "1970-01-01T00:00:00Z";
/// The attributes of an event: the states that a step left and entered.
const LEFT: &str = "from";
const ENTERED: &str = "to";

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Document<'a> {
    object_types: [Type<'a>; 3],
    event_types: Vec<Type<'a>>,
    objects: Vec<Object<'a>>,
    events: Vec<Event<'a>>,
}

#[derive(Serialize)]
struct Type<'a> {
    name: &'a str,
    attributes: Vec<Attribute>,
}

#[derive(Serialize)]
struct Attribute {
    name: &'static str,
    #[serde(rename = "type")]
    kind: &'static str,
}

#[derive(Serialize)]
struct Object<'a> {
    id: String,
    #[serde(rename = "type")]
    kind: &'static str,
    attributes: Vec<Timed<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    relationships: Vec<Relationship<'a>>,
}

#[derive(Serialize)]
struct Timed<'a> {
    name: &'static str,
    time: &'static str,
    value: Value<'a>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Value<'a> {
    Text(&'a str),
    Number(i64),
}

#[derive(Serialize)]
struct Event<'a> {
    id: String,
    #[serde(rename = "type")]
    kind: &'a str,
    time: String,
    attributes: Vec<Named<'a>>,
    relationships: Vec<Relationship<'a>>,
}

#[derive(Serialize)]
struct Named<'a> {
    name: &'static str,
    value: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Relationship<'a> {
    object_id: String,
    qualifier: &'a str,
}

/// The log as a document.
pub(super) fn of(log: &Log) -> serde_json::Result<String> {
    let events: BTreeSet<&str> = log.steps.iter().map(|step| step.event.as_str()).collect();
    let text = |name| Attribute { name, kind: "string" };
    let of_ticket =
        vec![Attribute { name: "number", kind: "integer" }, text("playbook"), text("team"), text("priority")];
    serde_json::to_string(&Document {
        object_types: [
            Type { name: "ticket", attributes: of_ticket },
            Type { name: "agent", attributes: Vec::new() },
            Type { name: "organization", attributes: Vec::new() },
        ],
        event_types: events
            .into_iter()
            .map(|name| Type { name, attributes: vec![text(LEFT), text(ENTERED)] })
            .collect(),
        objects: objects(log),
        events: log.steps.iter().map(|step| event(step, log.cases.get(&step.ticket))).collect(),
    })
}

fn objects(log: &Log) -> Vec<Object<'_>> {
    let plain = |(name, kind)| Object { id: name, kind, attributes: Vec::new(), relationships: Vec::new() };
    let mut plainly: BTreeMap<String, &'static str> = BTreeMap::new();
    plainly.extend(log.steps.iter().filter_map(|step| step.agent).map(|id| (agent(id), "agent")));
    plainly
        .extend(log.cases.values().filter_map(|case| case.organization).map(|id| (organization(id), "organization")));
    let tickets = log.cases.iter().map(|(id, case)| {
        let value = |name, value| Timed { name, time: BEGINNING, value };
        let mut attributes = vec![
            value("number", Value::Number(case.number)),
            value("playbook", Value::Text(&case.playbook)),
            value("priority", Value::Text(&case.priority)),
        ];
        attributes.extend(case.team.as_deref().map(|team| value("team", Value::Text(team))));
        let of = case.organization.map(|id| Relationship { object_id: organization(id), qualifier: "for" });
        // A ticket whose opener is not in the log stands alone.
        let opener = case.opener.as_ref().filter(|(opener, _)| log.cases.contains_key(opener));
        let opened = opener.map(|(opener, alias)| Relationship { object_id: ticket(*opener), qualifier: alias });
        Object { id: ticket(*id), kind: "ticket", attributes, relationships: of.into_iter().chain(opened).collect() }
    });
    tickets.chain(plainly.into_iter().map(plain)).collect()
}

fn event<'a>(step: &'a Step, case: Option<&'a Case>) -> Event<'a> {
    let left = step.from.as_deref().map(|value| Named { name: LEFT, value });
    let entered = step.entered.last().map(|value| Named { name: ENTERED, value });
    let of = Relationship { object_id: ticket(step.ticket), qualifier: "ticket" };
    let by = step.agent.map(|id| Relationship { object_id: agent(id), qualifier: "by" });
    let whose = case.and_then(|case| case.organization);
    let whose = whose.map(|id| Relationship { object_id: organization(id), qualifier: "for" });
    Event {
        id: format!("step-{}", step.id),
        kind: &step.event,
        time: step.at.to_string(),
        attributes: left.into_iter().chain(entered).collect(),
        relationships: std::iter::once(of).chain(by).chain(whose).collect(),
    }
}

fn ticket(id: Id) -> String {
    format!("ticket-{id}")
}

fn agent(id: Id) -> String {
    format!("agent-{id}")
}

fn organization(id: Id) -> String {
    format!("organization-{id}")
}
