//! What really happened in a procedure, counted by hand, and the same steps as logs that other tools read; on both databases.

#![allow(clippy::unwrap_used, reason = "a failed expectation is a failed test")]

mod open;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use desk::handle::{Choose, Command, Reply, ReplyKind};
use desk::insights::Span;
use desk::mining::log::{self, Format, Log};
use desk::mining::{self, Asked, Mined, State};
use desk::{Actor, Desk, Role};
use jiff::SignedDuration;
use jiff::tz::TimeZone;
use open::{Courier, agent, mail_in, on_each_database, pass};
use serde_json::{Value, json};
use store::Id;

fn lead() -> Actor {
    Actor::Program { name: "figures".to_owned(), role: Role::Lead }
}

async fn hours(desk: &Desk, hours: i64) {
    pass(desk, SignedDuration::from_hours(hours)).await;
}

/// The first mail of a conversation opens its ticket, later ones belong to it.
async fn wrote(desk: &Desk, who: &str, name: &str, number: usize) -> Option<Id> {
    let raw = format!(
        "From: {who}\nTo: help@desk.example\nSubject: {name}\nMessage-ID: <{name}-{number}@x.example>\nReferences: <{name}-1@x.example>\n\nHello {number}\n"
    );
    let ticket = mail_in(desk, &raw).await.unwrap().ticket();
    desk.settle(&Courier::default()).await.unwrap();
    ticket
}

async fn replied(desk: &Desk, ticket: Id) {
    let (body, kind) = ("Yes.".to_owned(), ReplyKind::Reply);
    let reply = Reply { ticket, body, kind, files: Vec::new(), seen: None, key: None };
    desk.handle(&agent(desk, "Ana").await, Command::Reply(reply)).await.unwrap();
    desk.settle(&Courier::default()).await.unwrap();
}

async fn chose(desk: &Desk, ticket: Id, choice: &str) {
    let (inputs, fields) = Default::default();
    let choose = Choose { ticket, choice: choice.to_owned(), note: None, inputs, fields, key: None };
    desk.handle(&agent(desk, "Ana").await, Command::Choose(choose)).await.unwrap();
    desk.settle(&Courier::default()).await.unwrap();
}

/// Three tickets within a day: one is answered twice and solved, one closed, one left as it is.
async fn a_day(desk: &Desk) {
    let detour = wrote(desk, "maria@acme.example", "detour", 1).await.unwrap();
    hours(desk, 1).await;
    replied(desk, detour).await;
    hours(desk, 2).await;
    wrote(desk, "maria@acme.example", "detour", 2).await;
    hours(desk, 1).await;
    let closed = wrote(desk, "rui@borealis.example", "closed", 1).await.unwrap();
    wrote(desk, "rui@borealis.example", "left", 1).await.unwrap();
    hours(desk, 2).await;
    replied(desk, detour).await;
    hours(desk, 1).await;
    chose(desk, detour, "solve").await;
    hours(desk, 2).await;
    chose(desk, closed, "close").await;
}

async fn asked(desk: &Desk, days_later: i32) -> Asked {
    let today = desk.now().to_zoned(TimeZone::UTC).date();
    let day = today.checked_add(jiff::Span::new().days(days_later)).unwrap();
    Asked { span: Span::new(day, day).unwrap(), zone: TimeZone::UTC }
}

async fn mined(desk: &Desk, asked: &Asked) -> Mined {
    let conn = &mut desk.read().await.unwrap();
    let handbook = desk.handbooks.current(conn).await.unwrap();
    mining::of(conn, &lead(), handbook.playbook("general-request").unwrap(), asked).await.unwrap()
}

fn told(state: &State) -> (&str, [u64; 3], [Option<i64>; 2]) {
    let hours = |length: Option<SignedDuration>| length.map(|length| length.as_hours());
    let counts = [state.entered, state.again, state.present];
    (&state.path, counts, [hours(state.median), hours(state.ninetieth)])
}

#[tokio::test]
async fn stays_and_ways_are_counted_as_they_happened() {
    on_each_database(async |desk| {
        let asked = asked(&desk, 0).await;
        a_day(&desk).await;
        let found = mined(&desk, &asked).await;
        assert_eq!((found.tickets, found.is_partial), (3, false));
        let states: Vec<_> = found.states.iter().map(told).collect();
        // Of the stays in `open` three ended, after 1, 3 and 5 hours, and the fourth goes on.
        assert_eq!(
            states,
            [
                ("open", [4, 1, 1], [Some(3), None]),
                ("waiting", [2, 1, 0], [Some(1), Some(2)]),
                ("solved", [1, 0, 1], [None, None]),
                ("closed", [1, 0, 1], [None, None]),
            ]
        );
        let moves: BTreeSet<_> = found
            .moves
            .iter()
            .map(|each| {
                (
                    each.passage.from.as_str(),
                    each.passage.event.as_deref().unwrap(),
                    each.passage.to.as_str(),
                    each.times,
                )
            })
            .collect();
        assert_eq!(
            moves,
            BTreeSet::from([
                ("open", "agent.replied", "waiting", 2),
                ("waiting", "requester.replied", "open", 1),
                ("waiting", "choice.solve", "solved", 1),
                ("open", "choice.close", "closed", 1),
            ])
        );
        assert_eq!(found.moves[0].times, 2, "the most frequent first");
    })
    .await;
}

#[tokio::test]
async fn what_began_in_the_span_counts_however_late_it_ends_and_nothing_else_does() {
    on_each_database(async |desk| {
        let (day, next) = (asked(&desk, 0).await, asked(&desk, 5).await);
        a_day(&desk).await;
        // Five days after being solved it is closed: that belongs to another day, and the stay that it ends to this one.
        hours(&desk, 24 * 5).await;
        let solved = mined(&desk, &day).await.states.into_iter().find(|state| state.path == "solved").unwrap();
        assert_eq!(told(&solved), ("solved", [1, 0, 0], [Some(120), Some(120)]));
        let later = mined(&desk, &next).await;
        assert_eq!(later.states.iter().map(told).collect::<Vec<_>>(), [("closed", [1, 0, 1], [None, None])]);
        assert_eq!(later.moves.len(), 1, "{:?}", later.moves);
        assert_eq!(mined(&desk, &asked(&desk, -30).await).await, Mined::default());
    })
    .await;
}

#[tokio::test]
async fn the_drawing_carries_the_counts() {
    on_each_database(async |desk| {
        let asked = asked(&desk, 0).await;
        a_day(&desk).await;
        let found = mined(&desk, &asked).await;
        let handbook = desk.handbooks.current(&mut desk.read().await.unwrap()).await.unwrap();
        let playbook = handbook.playbook("general-request").unwrap();
        let marks = playbook::drawing::Marks::of_many(found.counts());
        let picture = playbook::drawing::svg(playbook, &marks, "en", playbook::drawing::Setting::Page);
        for words in [">4 × · 3 h<", ">2 × · 1 h<", ">1 ×<", ">Solved · 1<", ">we reply · 2<"] {
            assert!(picture.contains(words), "{words} is not in {picture}");
        }
    })
    .await;
}

/// Leaves the logs, and how much they hold, for `scripts/event-logs`, which has another program read them.
fn keep(log: &Log) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("event-logs");
    fs::create_dir_all(&folder).unwrap();
    for format in Format::ALL {
        fs::write(folder.join(format!("log.{}", format.ending())), format.write(log).unwrap()).unwrap();
    }
    let moves = log.steps.iter().filter(|step| step.event == "agent.replied").count();
    let held = json!({"tickets": log.cases.len(), "steps": log.steps.len(), "agent.replied": moves});
    fs::write(folder.join("held.json"), held.to_string()).unwrap();
}

#[tokio::test]
async fn logs_hold_each_step_once_and_nobodys_name() {
    on_each_database(async |desk| {
        let asked = asked(&desk, 0).await;
        a_day(&desk).await;
        let log = {
            let conn = &mut desk.read().await.unwrap();
            log::of(conn, &lead(), (asked.span, &asked.zone), None).await.unwrap()
        };
        assert_eq!(log.cases.len(), 3);
        let moved = log.steps.iter().filter(|step| !step.entered.is_empty()).count();
        assert_eq!(moved, 8, "three begin, five move");
        let ocel: Value = serde_json::from_str(&Format::Ocel.write(&log).unwrap()).unwrap();
        assert_eq!(ocel["events"].as_array().unwrap().len(), log.steps.len());
        let objects: BTreeSet<&str> =
            ocel["objects"].as_array().unwrap().iter().map(|it| it["id"].as_str().unwrap()).collect();
        let referred = ocel["events"].as_array().unwrap().iter().flat_map(|it| it["relationships"].as_array().unwrap());
        assert!(referred.map(|it| it["objectId"].as_str().unwrap()).all(|id| objects.contains(id)));
        let types: BTreeSet<&str> =
            ocel["eventTypes"].as_array().unwrap().iter().map(|it| it["name"].as_str().unwrap()).collect();
        assert!(
            types.is_superset(&BTreeSet::from(["ticket.opened", "agent.replied", "requester.replied", "choice.solve"])),
            "{types:?}"
        );
        let xes = Format::Xes.write(&log).unwrap();
        assert_eq!((xes.matches("<trace>").count(), xes.matches("<event>").count()), (3, log.steps.len()));
        keep(&log);
        for written in [ocel.to_string(), xes] {
            for name in ["maria", "acme", "rui", "borealis", "Ana", "Hello"] {
                assert!(!written.contains(name), "{name} is in {written}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn whoever_may_not_see_figures_sees_none() {
    on_each_database(async |desk| {
        let asked = asked(&desk, 0).await;
        let ana = agent(&desk, "Ana").await;
        let conn = &mut desk.read().await.unwrap();
        let handbook = desk.handbooks.current(conn).await.unwrap();
        let playbook = handbook.playbook("general-request").unwrap();
        assert_eq!(mining::of(conn, &ana, playbook, &asked).await.unwrap_err().code, "forbidden");
        let refused = log::of(conn, &ana, (asked.span, &asked.zone), None).await.unwrap_err();
        assert_eq!(refused.code, "forbidden");
    })
    .await;
}
