//! Tickets that the handbook's schedules open: for whom, when, and never twice.

#![allow(clippy::unwrap_used, reason = "a failed expectation is a failed test")]

mod for_whom;
mod never_twice;
#[path = "../open/mod.rs"]
mod open;

use desk::handbook::Published;
use desk::handle::{Command, Outcome, PublishHandbook, UpsertOrganization};
use desk::rights::Scope;
use desk::tickets::Summary;
use desk::{Actor, Desk, notifications, organizations};
use jiff::{SignedDuration, Timestamp};
use open::{Courier, agent, all_tickets};
use playbook::Files;
use serde_json::Value;

const DESK: &str = "language: 1\ndesk: Support\nzone: Europe/Lisbon\nlanguages: [ en ]\n\
    teams: { support: Support, customer-solutions: Customer solutions }\nroles: { lead: Lead }\n\
    attributes: { organization: { call: { type: text }, caller: { type: text }, since: { type: integer } } }\n";

const REST: &str = "language: 1\nplaybook: general-request\ntitle: Rest\nopens: [ mail, api ]\ninitial: open\n\
    states: { open: { choices: { close: { label: Close, target: closed } } }, closed: { type: final } }\n";

/// A handbook whose only schedule is this one, with segments of both kinds.
fn handbook(schedule: &str) -> Files {
    let mut files = Files::new();
    files.insert("desk.yaml", DESK);
    files.insert("playbooks/general-request.yaml", REST);
    files.insert(
        "segments/clients.yaml",
        "language: 1\nsegment: clients\nof: organization\nwhere: organization.plan == \"pro\"\n",
    );
    files.insert(
        "segments/people.yaml",
        "language: 1\nsegment: people\nof: contact\nwhere: contact.role == \"admin\" && organization.plan == \"pro\"\n",
    );
    files.insert(
        "segments/doubtful.yaml",
        "language: 1\nsegment: doubtful\nof: organization\nwhere: organization.call.startsWith(\"day\")\n",
    );
    files.insert(
        "playbooks/report.yaml",
        format!(
            "language: 1\nplaybook: report\ntitle: Report\nteam: support\nopens: [ {schedule} ]\n\
             fields: {{ month: {{ type: text }}, day: {{ type: date }} }}\ninitial: writing\n\
             states: {{ writing: {{ choices: {{ done: {{ label: Done, target: closed }} }} }}, closed: {{ type: final }} }}\n"
        ),
    );
    files
}

const SUBJECT: &str =
    "subject: '{{ organization.name }} {{ opening.month }}', set: { month: opening.previous_month, day: opening.date }";

/// The schedule with what its tickets are called and begin with.
fn with_subject(schedule: &str) -> Files {
    handbook(&format!("{{ {schedule}, {SUBJECT} }}"))
}

async fn organization(desk: &Desk, key: &str, change: organizations::Change) {
    let command = UpsertOrganization { key: key.to_owned(), change };
    desk.handle(&Actor::Desk, Command::UpsertOrganization(command)).await.unwrap();
}

async fn client(desk: &Desk, key: &str) {
    organization(desk, key, organizations::Change { plan: Some("pro".to_owned()), ..Default::default() }).await;
}

/// A client with these attributes.
async fn client_with(desk: &Desk, key: &str, attributes: Value) {
    let attributes = attributes.as_object().cloned().unwrap();
    let change = organizations::Change { plan: Some("pro".to_owned()), attributes, ..Default::default() };
    organization(desk, key, change).await;
}

async fn publish(desk: &Desk, files: Files) {
    let outcome = desk.handle(&Actor::Desk, Command::PublishHandbook(PublishHandbook::of(files))).await.unwrap();
    assert!(matches!(outcome, Outcome::Published(Published::Revision(_))), "{outcome:?}");
}

async fn settle(desk: &Desk) {
    desk.settle(&Courier::default()).await.unwrap();
}

/// The subjects of all tickets, sorted.
async fn subjects(desk: &Desk) -> Vec<String> {
    let mut subjects: Vec<String> = all_tickets(desk).await.into_iter().map(|row| row.ticket.subject).collect();
    subjects.sort();
    subjects
}

async fn only_ticket(desk: &Desk) -> Summary {
    let mut all = all_tickets(desk).await;
    assert_eq!(all.len(), 1);
    all.remove(0)
}

/// What a team was told beside tickets.
async fn told(desk: &Desk) -> Vec<String> {
    let scope = Scope::of(&agent(desk, "Ana").await).unwrap();
    let notices = notifications::beside_tickets(&mut desk.read().await.unwrap(), scope, 99).await.unwrap();
    assert!(notices.iter().all(|notice| notice.audience == "support"));
    notices.into_iter().map(|notice| notice.text).collect()
}

/// What a team was told on tickets.
async fn told_on_tickets(desk: &Desk) -> Vec<String> {
    let scope = Scope::of(&agent(desk, "Ana").await).unwrap();
    let mut told = Vec::new();
    for row in all_tickets(desk).await {
        let notices =
            notifications::of_ticket(&mut desk.read().await.unwrap(), scope, row.ticket.id, 99).await.unwrap();
        told.extend(notices.into_iter().map(|notice| notice.text));
    }
    told
}

fn days(days: i64) -> SignedDuration {
    SignedDuration::from_hours(24 * days)
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}
