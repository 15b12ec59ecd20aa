//! What comes twice counts once, and what cannot be done says why.

#![allow(clippy::unwrap_used, reason = "a failed expectation is a failed test")]

mod open;

use desk::error::Kind;
use desk::handle::{Command, Reply, ReplyKind};
use desk::outbox::Refusal;
use desk::receipts::Key;
use desk::{Actor, messages, notifications, rights::Scope};
use jiff::SignedDuration;
use open::{
    Courier, agent, all_tickets, answers, child, on_each_database, on_each_database_with, submitted, survey, ticket,
};
use serde_json::json;

#[tokio::test]
async fn a_form_that_is_sent_twice_opens_one_ticket_and_another_form_under_its_key_is_refused() {
    on_each_database(async |desk| {
        let courier = Courier::default();
        let mut form = survey();
        form.key = Some(Key::new("form", "abc", b"content").unwrap());
        let first = desk.handle(&Actor::Outside, Command::SubmitForm(form.clone())).await.unwrap();
        let again = desk.handle(&Actor::Outside, Command::SubmitForm(form.clone())).await.unwrap();
        assert_eq!(first.ticket(), again.ticket());
        form.key = Some(Key::new("form", "abc", b"other content").unwrap());
        let refused = desk.handle(&Actor::Outside, Command::SubmitForm(form)).await.unwrap_err();
        assert_eq!(refused.code, "key-used");
        desk.settle(&courier).await.unwrap();
        assert_eq!(all_tickets(&desk).await.len(), 2, "the request and its configuration");
        assert_eq!(courier.mails().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn forms_that_arrive_together_are_shared_out_evenly() {
    on_each_database(async |desk| {
        let courier = Courier::default();
        let forms = (0..20).map(|_| desk.handle(&Actor::Outside, Command::SubmitForm(survey())));
        for outcome in futures::future::join_all(forms).await {
            outcome.unwrap();
        }
        desk.settle(&courier).await.unwrap();
        let mut counts = std::collections::BTreeMap::<String, u32>::new();
        for row in all_tickets(&desk).await.into_iter().filter(|row| row.ticket.playbook == "document-configuration") {
            *counts.entry(row.assignee_name.unwrap_or_default()).or_default() += 1;
        }
        assert_eq!(counts.into_iter().collect::<Vec<_>>(), [("Bo".to_owned(), 10), ("Cy".to_owned(), 10)]);
        let mut numbers: Vec<i64> = all_tickets(&desk).await.iter().map(|row| row.ticket.number).collect();
        numbers.sort_unstable();
        numbers.dedup();
        assert_eq!(numbers.len(), 40, "no number twice");
    })
    .await;
}

#[tokio::test]
async fn wrong_answers_are_named_one_by_one_and_nothing_is_kept() {
    on_each_database(async |desk| {
        let mut form = survey();
        form.answers = json!({"documents": "many", "surprise": 1}).as_object().cloned().unwrap();
        let refused = desk.handle(&Actor::Outside, Command::SubmitForm(form)).await.unwrap_err();
        let named: Vec<&str> = refused.fields.iter().map(|field| field.field.as_str()).collect();
        assert_eq!((refused.kind, named), (Kind::Invalid, vec!["documents", "surprise"]));
        let mut form = survey();
        form.from.email = "not an address".to_owned();
        assert_eq!(desk.handle(&Actor::Outside, Command::SubmitForm(form)).await.unwrap_err().fields[0].field, "email");
        assert!(all_tickets(&desk).await.is_empty());
        assert_eq!(answers()["documents"], 1);
    })
    .await;
}

#[tokio::test]
async fn two_answers_do_not_cross_unnoticed() {
    on_each_database(async |desk| {
        let courier = Courier::default();
        let opened = submitted(&desk, &courier).await;
        let ana = agent(&desk, "Ana").await;
        let scope = Scope::of(&ana).unwrap();
        let seen = messages::of_ticket(&mut desk.read().await.unwrap(), scope, opened.id, 9).await.unwrap()[0].id;
        let reply = |seen| {
            let (body, files) = ("Hello".to_owned(), Vec::new());
            Command::Reply(Reply {
                ticket: opened.id,
                body,
                kind: ReplyKind::Reply,
                files,
                seen: Some(seen),
                key: None,
            })
        };
        desk.handle(&ana, reply(seen)).await.unwrap();
        let refused = desk.handle(&ana, reply(seen)).await.unwrap_err();
        assert_eq!((refused.kind, refused.code), (Kind::Conflict, "crossed"));
        desk.settle(&courier).await.unwrap();
        assert_eq!(courier.mails().len(), 2, "the acknowledgement and one answer");
    })
    .await;
}

#[tokio::test]
async fn a_mail_server_that_is_away_gets_the_mail_later_and_one_that_refuses_is_told_to_the_team() {
    on_each_database(async |desk| {
        let courier = Courier::default();
        *courier.refusal.lock().unwrap() = Some(Refusal::Later("421 busy".to_owned()));
        let opened = submitted(&desk, &courier).await;
        assert!(courier.mails().is_empty());
        let next = desk.next_due().await.unwrap().unwrap();
        assert_eq!(next.duration_since(desk.now()), SignedDuration::from_secs(10));
        *courier.refusal.lock().unwrap() = None;
        desk.ground.clock.advance_to(next);
        desk.settle(&courier).await.unwrap();
        assert_eq!(courier.mails().len(), 1);

        *courier.refusal.lock().unwrap() = Some(Refusal::Never("550 no such user".to_owned()));
        let refused = submitted(&desk, &courier).await;
        let scope = Scope::of(&agent(&desk, "Ana").await).unwrap();
        let mut conn = desk.read().await.unwrap();
        let told = notifications::of_ticket(&mut conn, scope, refused.id, 9).await.unwrap();
        assert!(told.iter().any(|notice| notice.audience == "support" && notice.text.contains("550")), "{told:?}");
        let thread = messages::of_ticket(&mut conn, scope, refused.id, 9).await.unwrap();
        assert!(thread.iter().any(|message| message.delivery.as_deref() == Some("failed")));
        let sent = messages::of_ticket(&mut conn, scope, opened.id, 9).await.unwrap();
        assert!(sent.iter().any(|message| message.delivery.as_deref() == Some("sent")));
    })
    .await;
}

#[tokio::test]
async fn a_choice_that_is_not_offered_is_a_conflict_and_changes_nothing() {
    on_each_database(async |desk| {
        let courier = Courier::default();
        let opened = submitted(&desk, &courier).await;
        let config = child(&desk, opened.id, "config").await;
        let choose = |choice: &str| {
            Command::Choose(desk::handle::Choose {
                ticket: config.id,
                choice: choice.to_owned(),
                note: None,
                inputs: Default::default(),
                fields: Default::default(),
                key: None,
            })
        };
        let bo = agent(&desk, "Bo").await;
        let refused = desk.handle(&bo, choose("published")).await.unwrap_err();
        assert_eq!(refused.kind, Kind::Conflict, "{refused}");
        let nobody = desk.handle(&Actor::Outside, choose("configured")).await.unwrap_err();
        assert_eq!(nobody.kind, Kind::Forbidden);
        let after = ticket(&desk, config.id).await;
        assert_eq!((after.state.as_str(), after.version), ("to_do", config.version));
    })
    .await;
}

/// The built-in handbook of a company that keeps plans and roles in the directory.
fn asking_for_the_directory() -> playbook::Files {
    const CHANGE: &str = "playbooks/document-change.yaml";
    let mut files = desk::handbook::tree::built_in();
    let (own, directory) =
        ("[ plan, role, held, documents ]", "[ organization.plan, requester.role, held, documents ]");
    let changed = files.get(CHANGE).unwrap().replace(own, directory);
    assert!(changed.contains(directory));
    files.insert(CHANGE, changed);
    files
}

#[tokio::test]
async fn what_the_directory_did_not_know_is_filled_in_with_the_choice_and_checked_again() {
    on_each_database_with(Some(asking_for_the_directory()), async |desk| {
        let courier = Courier::default();
        let change = desk::organizations::Change::default();
        let key = "Borealis".to_owned();
        let borealis = desk::handle::UpsertOrganization { key, change };
        desk.handle(&Actor::Desk, Command::UpsertOrganization(borealis)).await.unwrap();
        let contact = desk::handle::UpsertContact {
            email: "rui@borealis.example".to_owned(),
            organization: Some("Borealis".to_owned()),
            ..Default::default()
        };
        desk.handle(&Actor::Desk, Command::UpsertContact(contact)).await.unwrap();
        let mut form = survey();
        form.from.email = "rui@borealis.example".to_owned();
        let opened = desk.handle(&Actor::Outside, Command::SubmitForm(form)).await.unwrap().ticket().unwrap();
        desk.settle(&courier).await.unwrap();
        let checked = |fields: serde_json::Value| {
            Command::Choose(desk::handle::Choose {
                ticket: opened,
                choice: "checked".to_owned(),
                note: Some("I rang them".to_owned()),
                inputs: Default::default(),
                fields: fields.as_object().cloned().unwrap(),
                key: None,
            })
        };
        let ana = agent(&desk, "Ana").await;
        let by_hand = desk::handle::Choose {
            ticket: opened,
            choice: "hand".to_owned(),
            note: None,
            inputs: Default::default(),
            fields: Default::default(),
            key: None,
        };
        desk.handle(&ana, Command::Choose(by_hand)).await.unwrap();
        let refused = desk.handle(&ana, checked(json!({"held": 0}))).await.unwrap_err();
        assert_eq!(refused.code, "choice-incomplete", "{refused}");
        let known = json!({"held": 0, "organization.plan": "premium", "requester.role": "manager"});
        desk.handle(&ana, checked(known)).await.unwrap();
        desk.settle(&courier).await.unwrap();
        assert_eq!(ticket(&desk, opened).await.state, "configuring.working");
    })
    .await;
}
