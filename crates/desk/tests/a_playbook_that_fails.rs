//! A guard that fails at run time, a missing variable, an endless `always`: the ticket's team is told and nothing moves.

#![allow(clippy::unwrap_used, reason = "a failed expectation is a failed test")]

mod open;

use desk::handle::{Command, Outcome};
use desk::rights::Scope;
use desk::runs::history;
use desk::tickets::Ticket;
use desk::{Desk, notifications};
use jiff::SignedDuration;
use open::{Courier, agent, mail_in, on_each_database_with, ticket};
use playbook::Files;

/// The built-in handbook with another `general-request`.
fn handbook_with(states: &str) -> Files {
    let mut files = desk::handbook::tree::built_in();
    let text = format!(
        "language: 1\nplaybook: general-request\ntitle: Request\nteam: support\nopens: [ mail, api ]\nfields:\n  count: {{ type: integer }}\n  words: {{ type: text }}\n{states}"
    );
    files.insert("playbooks/general-request.yaml".to_owned(), text);
    // Only the stories of this file are told with it.
    let scenarios: Vec<String> =
        files.iter().map(|(path, _)| path.to_owned()).filter(|p| p.starts_with("scenarios/")).collect();
    files
        .iter()
        .filter(|(path, _)| !scenarios.contains(&(*path).to_owned()))
        .map(|(p, t)| (p.to_owned(), t.to_owned()))
        .collect()
}

async fn opened(desk: &Desk) -> Ticket {
    let raw = "From: maria@acme.example\nTo: help@desk.example\nSubject: Hello\nMessage-ID: <m@acme.example>\n\nHi\n";
    let outcome = mail_in(desk, raw).await.unwrap();
    assert!(matches!(outcome, Outcome::Mail { .. }));
    ticket(desk, outcome.ticket().unwrap()).await
}

async fn told(desk: &Desk, ticket: &Ticket) -> Vec<String> {
    let scope = Scope::of(&agent(desk, "Ana").await).unwrap();
    let notices = notifications::of_ticket(&mut desk.read().await.unwrap(), scope, ticket.id, 50).await.unwrap();
    notices.iter().filter(|notice| notice.audience == "support").map(|notice| notice.text.clone()).collect()
}

async fn faults(desk: &Desk, ticket: &Ticket) -> Vec<String> {
    let scope = Scope::of(&agent(desk, "Ana").await).unwrap();
    let entries = history::of_ticket(&mut desk.read().await.unwrap(), scope, ticket.id, 50).await.unwrap();
    entries.into_iter().filter_map(|entry| entry.fault).map(|fault| fault.to_string()).collect()
}

#[tokio::test]
async fn a_guard_that_fails_keeps_the_ticket_open_and_says_which_line() {
    let states = "initial: a\nstates:\n  a:\n    waiting_on: us\n    choices:\n      go: { label: Go, guard: 'true', target: b }\n    on:\n      requester.replied: { guard: 'count + 1 > 2', target: b }\n  b: { type: final }\n";
    on_each_database_with(Some(handbook_with(states)), async |desk| {
        let before = opened(&desk).await;
        assert_eq!(before.state, "a");
        let raw = "From: maria@acme.example\nTo: help@desk.example\nSubject: Re\nMessage-ID: <m2@acme.example>\nIn-Reply-To: <m@acme.example>\n\nWell?\n";
        mail_in(&desk, raw).await.unwrap();
        let after = ticket(&desk, before.id).await;
        assert_eq!(after.state, "a");
        let (told, faults) = (told(&desk, &after).await, faults(&desk, &after).await);
        assert_eq!((told.len(), faults.len()), (1, 1), "{told:?} {faults:?}");
        assert!(told[0].contains("playbooks/general-request.yaml:"), "{}", told[0]);
        assert!(desk::messages::newest_public(&mut desk.read().await.unwrap(), before.id).await.unwrap().is_some());
    })
    .await;
}

#[tokio::test]
async fn an_endless_always_opens_the_ticket_all_the_same_and_tells_the_team() {
    let states = "initial: a\nstates:\n  a: { waiting_on: us, always: [ { guard: 'true', target: b }, { target: done } ] }\n  b: { waiting_on: us, always: [ { guard: 'true', target: a }, { target: done } ] }\n  done: { type: final }\n";
    on_each_database_with(Some(handbook_with(states)), async |desk| {
        let ticket = opened(&desk).await;
        assert_eq!((ticket.state.as_str(), ticket.status.as_str()), ("", "open"));
        assert_eq!(told(&desk, &ticket).await.len(), 1);
        assert!(faults(&desk, &ticket).await[0].contains("general-request.yaml"));
    })
    .await;
}

#[tokio::test]
async fn a_timer_that_fails_is_tried_again_in_an_hour_and_not_in_a_loop() {
    let states = "initial: a\nstates:\n  a:\n    waiting_on: us\n    choices: { go: { label: Go, target: b } }\n    after: { 10m: { guard: 'count > 0', target: b } }\n  b: { type: final }\n";
    on_each_database_with(Some(handbook_with(states)), async |desk| {
        let courier = Courier::default();
        let before = opened(&desk).await;
        desk.ground.clock.advance(SignedDuration::from_mins(10));
        desk.settle(&courier).await.unwrap();
        assert_eq!(ticket(&desk, before.id).await.state, "a");
        assert_eq!(told(&desk, &before).await.len(), 1);
        assert_eq!(desk.next_due().await.unwrap().unwrap().duration_since(desk.now()), SignedDuration::from_hours(1));

        let fields = serde_json::json!({"count": 3}).as_object().cloned().unwrap();
        let go = desk::handle::Choose {
            ticket: before.id,
            choice: "go".to_owned(),
            note: None,
            inputs: Default::default(),
            fields,
            key: None,
        };
        desk.handle(&agent(&desk, "Ana").await, Command::Choose(go)).await.unwrap();
        assert_eq!(ticket(&desk, before.id).await.state, "b");
        assert_eq!(desk.next_due().await.unwrap(), None, "what is over has no timers");
    })
    .await;
}

#[tokio::test]
async fn a_reply_that_cannot_be_rendered_moves_nothing_and_sends_nothing() {
    let states = "initial: a\nstates:\n  a:\n    waiting_on: us\n    choices: { go: { label: Go, target: b, actions: [ { note: first }, { reply: broken } ] } }\n  b: { type: final }\n";
    let mut files = handbook_with(states);
    files.insert("replies/broken.md".to_owned(), "---\nsubject: It is {{ 1 // 0 }}\n---\nHello\n".to_owned());
    files.insert("replies/broken.pt.md".to_owned(), "---\nsubject: É {{ 1 // 0 }}\n---\nOlá\n".to_owned());
    on_each_database_with(Some(files), async |desk| {
        let courier = Courier::default();
        let before = opened(&desk).await;
        let go = desk::handle::Choose {
            ticket: before.id,
            choice: "go".to_owned(),
            note: None,
            inputs: Default::default(),
            fields: Default::default(),
            key: None,
        };
        desk.handle(&agent(&desk, "Ana").await, Command::Choose(go)).await.unwrap();
        desk.settle(&courier).await.unwrap();
        let after = ticket(&desk, before.id).await;
        assert_eq!(after.state, "a");
        assert!(courier.mails().is_empty());
        assert_eq!(told(&desk, &after).await.len(), 1);
        let scope = Scope::of(&agent(&desk, "Ana").await).unwrap();
        let thread = desk::messages::of_ticket(&mut desk.read().await.unwrap(), scope, after.id, 50).await.unwrap();
        assert_eq!(thread.len(), 1, "the note of the step that failed is not there either");
    })
    .await;
}
