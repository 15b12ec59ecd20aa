//! A team keeps its own working time: a playbook counts by it, it stands behind the organization's own and before the desk's, and what
//! runs follows when it changes or the ticket goes to another team.

#![allow(clippy::unwrap_used, reason = "a failed expectation is a failed test")]

mod open;

use desk::handle::{Choose, Command, KeepWorkingTime, Recount, UpsertOrganization};
use desk::rights::Scope;
use desk::{Actor, Desk, Role, organizations, recounts};
use jiff::Timestamp;
use open::{Courier, agent, mail_in, on_each_database_with, without_stories};
use playbook::{ClockView, Files, Whose};
use serde_json::json;
use store::Id;

const COUNTED: &str = "language: 1\nplaybook: general-request\ntitle: Request\nteam: support\nopens: [ mail, api ]\n\
    clocks:\n\
    \x20 ours: { start: ticket.opened, stop: agent.replied, within: 6 business hours, calendar: team, breach: [ { note: late } ] }\n\
    \x20 theirs: { start: ticket.opened, stop: agent.replied, within: 6 business hours, calendar: organization, breach: [ { note: late } ] }\n\
    initial: waiting\nstates:\n\
    \x20 waiting: { choices: { pass: { label: Pass on, target: passed }, end: { label: End, target: over } } }\n\
    \x20 passed: { entry: [ { assign: { team: customer-solutions, by: fewest_open } } ], choices: { end: { label: End, target: over } } }\n\
    \x20 over: { type: final }\n";

/// `customer-solutions` works in New York, says the handbook.
fn handbook() -> Files {
    let mut files = without_stories();
    files.insert("playbooks/general-request.yaml", COUNTED);
    let office = files.get("calendars/office.yaml").unwrap().to_owned();
    let named = |name: &str| office.replace("calendar: office", &format!("calendar: {name}"));
    files.insert("calendars/abroad.yaml", named("abroad").replace("Europe/Lisbon", "America/New_York"));
    files.insert("calendars/mornings.yaml", named("mornings").replace("09:00-18:00", "09:00-12:00"));
    let desk_file = files
        .get("desk.yaml")
        .unwrap()
        .replace("customer-solutions: { title", "customer-solutions: { calendar: abroad, title");
    files.insert("desk.yaml", desk_file);
    files
}

async fn opened(desk: &Desk) -> Id {
    let raw = "From: maria@acme.example\nTo: help@desk.example\nSubject: one\nMessage-ID: <a@acme.example>\n\nHi\n";
    let id = mail_in(desk, raw).await.unwrap().ticket().unwrap();
    desk.settle(&Courier::default()).await.unwrap();
    id
}

async fn clock(desk: &Desk, id: Id, name: &str) -> ClockView {
    let scope = Scope::of(&agent(desk, "Ana").await).unwrap();
    let clocks = desk.view(&mut desk.read().await.unwrap(), scope, id).await.unwrap().clocks;
    clocks.into_iter().find(|clock| clock.name == name).unwrap()
}

/// When a clock is due, by which calendar, and whose that is.
async fn due(desk: &Desk, id: Id, name: &str) -> (Timestamp, String, Whose) {
    let clock = clock(desk, id, name).await;
    (clock.run.due, clock.why.counted_by.calendar.unwrap(), clock.why.counted_by.whose)
}

fn at(instant: &str, calendar: &str, whose: Whose) -> (Timestamp, String, Whose) {
    (instant.parse().unwrap(), calendar.to_owned(), whose)
}

fn keep(team: &str, calendar: Option<&str>, days_off: &[&str]) -> Command {
    let days_off = days_off.iter().map(|day| (*day).to_owned()).collect();
    Command::KeepWorkingTime(KeepWorkingTime { team: team.to_owned(), calendar: calendar.map(str::to_owned), days_off })
}

fn lead() -> Actor {
    Actor::Program { name: "test".to_owned(), role: Role::Lead }
}

async fn under_way(desk: &Desk) -> Option<recounts::Recount> {
    recounts::first(&mut desk.read().await.unwrap()).await.unwrap()
}

#[tokio::test]
async fn what_a_team_keeps_counts_before_the_desks_and_behind_the_organizations() {
    on_each_database_with(Some(handbook()), async |desk| {
        let id = opened(&desk).await;
        let desks = at("2026-11-17T15:00:00Z", "office", Whose::Desk);
        assert_eq!((due(&desk, id, "ours").await, due(&desk, id, "theirs").await), (desks.clone(), desks.clone()));

        desk.handle(&lead(), keep("support", Some("mornings"), &[])).await.unwrap();
        assert_eq!(under_way(&desk).await.unwrap().team.as_deref(), Some("support"));
        desk.settle(&Courier::default()).await.unwrap();
        let teams = at("2026-11-18T12:00:00Z", "mornings", Whose::Team);
        assert_eq!((due(&desk, id, "ours").await, due(&desk, id, "theirs").await), (teams.clone(), teams.clone()));

        let attributes = json!({"calendar": "office"}).as_object().unwrap().clone();
        let change = organizations::Change { attributes, ..Default::default() };
        let acme = UpsertOrganization { key: "Acme".to_owned(), change };
        desk.handle(&Actor::Desk, Command::UpsertOrganization(acme)).await.unwrap();
        desk.settle(&Courier::default()).await.unwrap();
        let own = at("2026-11-17T15:00:00Z", "office", Whose::Organization);
        assert_eq!((due(&desk, id, "ours").await, due(&desk, id, "theirs").await), (teams, own.clone()));

        desk.handle(&lead(), keep("support", None, &["2026-11-17"])).await.unwrap();
        desk.settle(&Courier::default()).await.unwrap();
        let after = at("2026-11-18T15:00:00Z", "office", Whose::Desk);
        assert_eq!((due(&desk, id, "ours").await, due(&desk, id, "theirs").await), (after, own));

        desk.handle(&lead(), keep("support", None, &["2026-11-17"])).await.unwrap();
        assert!(under_way(&desk).await.is_none(), "what stays as it was counts nothing anew");
        desk.handle(&lead(), keep("customer-solutions", Some("mornings"), &[])).await.unwrap();
        let other = under_way(&desk).await.unwrap();
        assert!(recounts::tickets(&mut desk.read().await.unwrap(), &other, 9).await.unwrap().is_empty());
        let step = desk::handle::RecountStep::Some;
        desk.handle(&Actor::Desk, Command::Recount(Recount { recount: other.id, step })).await.unwrap();
        desk.settle(&Courier::default()).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_ticket_that_goes_to_another_team_is_counted_by_that_ones_hours() {
    on_each_database_with(Some(handbook()), async |desk| {
        let id = opened(&desk).await;
        let (inputs, fields) = Default::default();
        let choose = Choose { ticket: id, choice: "pass".to_owned(), note: None, inputs, fields, key: None };
        desk.handle(&agent(&desk, "Ana").await, Command::Choose(choose)).await.unwrap();
        desk.settle(&Courier::default()).await.unwrap();
        let abroad = at("2026-11-17T20:00:00Z", "abroad", Whose::Team);
        assert_eq!(due(&desk, id, "ours").await, abroad, "they open at two in the afternoon here");
        assert_eq!(clock(&desk, id, "ours").await.why.zone.as_deref(), Some("America/New_York"));
    })
    .await;
}

#[tokio::test]
async fn what_is_no_team_no_calendar_or_no_date_is_refused_and_so_is_who_may_not() {
    on_each_database_with(Some(handbook()), async |desk| {
        for (command, field) in [
            (keep("support", Some("offce"), &[]), "calendar"),
            (keep("support", None, &["tomorrow"]), "days_off"),
            (keep("support", None, &vec!["2026-11-17"; 401]), "days_off"),
        ] {
            assert_eq!(desk.handle(&lead(), command).await.unwrap_err().fields[0].field, field);
        }
        let nobodys = desk.handle(&lead(), keep("suport", None, &[])).await.unwrap_err();
        assert_eq!(nobodys.kind, desk::error::Kind::NotFound);
        let ana = agent(&desk, "Ana").await;
        let refused = desk.handle(&ana, keep("support", None, &[])).await.unwrap_err();
        assert_eq!(refused.kind, desk::error::Kind::Forbidden);
    })
    .await;
}
