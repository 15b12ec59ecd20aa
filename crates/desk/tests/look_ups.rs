//! Look-ups: asked once a step, answered once, whatever dies, is slow or is asked anew meanwhile.

#![allow(clippy::unwrap_used, reason = "a failed expectation is a failed test")]

mod open;

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use desk::handle::{Choose, Command, Outcome, TakeAnswer};
use desk::lookups::{self, Asking, Directory, Heard, Question};
use desk::rights::Scope;
use desk::runs::history::{self, Entry};
use desk::{Actor, Desk, claims};
use directory::Answer;
use futures::FutureExt;
use futures::future::BoxFuture;
use jiff::SignedDuration;
use open::{Courier, agent, on_each_database, pass, survey, ticket};
use serde_json::{Map, Value, json};
use store::Id;

/// A customer database that answers as it is told, one answer after the other, and keeps what it was asked.
#[derive(Default)]
struct Told {
    answers: Mutex<VecDeque<Answer>>,
    asked: Mutex<Vec<Map<String, Value>>>,
}

impl Told {
    fn with(answers: impl IntoIterator<Item = Answer>) -> Arc<Self> {
        Arc::new(Self { answers: Mutex::new(answers.into_iter().collect()), ..Self::default() })
    }

    fn count(&self) -> usize {
        self.asked.lock().unwrap().len()
    }
}

impl Directory for Told {
    fn ask<'a>(&'a self, question: &'a Question) -> BoxFuture<'a, Answer> {
        self.asked.lock().unwrap().push(question.given.clone());
        let answer = self.answers.lock().unwrap().pop_front().unwrap_or(Answer::Missing);
        async move { answer }.boxed()
    }
}

fn found(plan: &str) -> Answer {
    let row = json!({"upstream": "Acme", "plan": plan, "role": "admin", "documents": 0});
    Answer::Found(row.as_object().unwrap().clone())
}

fn away() -> Answer {
    Answer::Failed { reason: "nobody listens".to_owned(), again: true }
}

/// Maria's form, and what it asks, which nobody has put yet.
async fn asked(desk: &Desk) -> (Id, Asking) {
    let outcome = desk.handle(&Actor::Outside, Command::SubmitForm(survey())).await.unwrap();
    let ticket = outcome.ticket().unwrap();
    let asking = lookups::claim(&desk.ground, "customer-database").await.unwrap().unwrap();
    assert_eq!(asking.ticket, ticket);
    (ticket, asking)
}

async fn answer(desk: &Desk, asking: &Asking, heard: Heard) -> bool {
    let command = TakeAnswer { ticket: asking.ticket, asking: asking.id, heard };
    match desk.handle(&Actor::Desk, Command::TakeAnswer(command)).await.unwrap() {
        Outcome::Moved(moved) => moved,
        other => panic!("{other:?}"),
    }
}

async fn choose(desk: &Desk, ticket: Id, choice: &str) {
    let choice =
        Choose { ticket, choice: choice.to_owned(), note: None, inputs: Map::new(), fields: Map::new(), key: None };
    desk.handle(&agent(desk, "Ana").await, Command::Choose(choice)).await.unwrap();
}

async fn events(desk: &Desk, ticket: Id) -> Vec<Entry> {
    let scope = Scope::of(&agent(desk, "Ana").await).unwrap();
    history::of_ticket(&mut desk.read().await.unwrap(), scope, ticket, 100).await.unwrap()
}

#[tokio::test]
async fn a_question_is_put_outside_of_the_step_and_its_answer_moves_the_ticket() {
    on_each_database(async |desk| {
        let told = Told::with([found("pro")]);
        let desk = desk.asking(told.clone());
        let outcome = desk.handle(&Actor::Outside, Command::SubmitForm(survey())).await.unwrap();
        let id = outcome.ticket().unwrap();
        assert_eq!((ticket(&desk, id).await.state.as_str(), told.count()), ("identifying", 0));
        desk.settle(&Courier::default()).await.unwrap();
        assert_eq!(ticket(&desk, id).await.state, "configuring.working");
        let given = told.asked.lock().unwrap().clone();
        assert_eq!(Value::from(given), json!([{"email": "maria@acme.example"}]));
    })
    .await;
}

#[tokio::test]
async fn a_process_that_dies_on_the_way_has_it_put_again_and_one_answer_counts() {
    on_each_database(async |desk| {
        let (id, lost) = asked(&desk).await;
        // Whoever claimed it is gone; nobody else puts it before the claim has run out.
        assert!(lookups::claim(&desk.ground, "customer-database").await.unwrap().is_none());
        assert_eq!(claims::release(&desk.ground, claims::Which::All).await.unwrap(), 1);
        let again = lookups::claim(&desk.ground, "customer-database").await.unwrap().unwrap();
        assert_eq!((again.id, &again.parameters), (lost.id, &lost.parameters));

        let row = json!({"upstream": "Acme", "plan": "pro", "role": "admin", "documents": 0});
        let heard = Heard::Found(row.as_object().unwrap().clone());
        assert!(answer(&desk, &again, heard.clone()).await);
        let after = ticket(&desk, id).await;
        // The first process was only slow: its answer comes too late.
        assert!(!answer(&desk, &lost, Heard::Missing).await && !answer(&desk, &lost, heard).await);
        assert_eq!(ticket(&desk, id).await.version, after.version);
        let found = events(&desk, id).await.iter().filter(|entry| entry.event.starts_with("person.")).count();
        assert_eq!((after.state.as_str(), found), ("configuring.working", 1));
        assert!(lookups::find_waiting(&mut desk.read().await.unwrap(), lost.id).await.unwrap().is_none());
        desk.settle(&Courier::default()).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn an_answer_to_what_was_asked_anew_meanwhile_moves_nothing() {
    on_each_database(async |desk| {
        let (id, first) = asked(&desk).await;
        // Ten minutes without an answer; then somebody has it asked again.
        pass(&desk, SignedDuration::from_mins(10)).await;
        assert_eq!(ticket(&desk, id).await.state, "by_hand");
        choose(&desk, id, "ask").await;
        let second = lookups::claim(&desk.ground, "customer-database").await.unwrap().unwrap();
        assert_ne!(first.id, second.id);
        let basic = json!({"upstream": "Acme", "plan": "basic", "role": "admin", "documents": 0});
        assert!(!answer(&desk, &first, Heard::Found(basic.as_object().unwrap().clone())).await);
        assert_eq!(ticket(&desk, id).await.state, "identifying");
        assert!(answer(&desk, &second, Heard::Ambiguous(2)).await);
        assert_eq!(ticket(&desk, id).await.state, "by_hand");
    })
    .await;
}

#[tokio::test]
async fn an_answer_that_no_state_listens_for_any_more_moves_nothing() {
    on_each_database(async |desk| {
        let (id, late) = asked(&desk).await;
        pass(&desk, SignedDuration::from_mins(10)).await;
        let before = ticket(&desk, id).await;
        assert!(!answer(&desk, &late, Heard::Missing).await);
        let after = ticket(&desk, id).await;
        assert_eq!((after.state.as_str(), after.version), ("by_hand", before.version));
        assert!(lookups::find_waiting(&mut desk.read().await.unwrap(), late.id).await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn an_answer_that_the_playbook_cannot_use_is_asked_for_again_later() {
    on_each_database(async |desk| {
        let told = Told::with([found("pro")]);
        let desk = desk.asking(told.clone());
        let (id, asking) = asked(&desk).await;
        let row = json!({"upstream": "Acme", "plan": "pro", "role": "admin", "documents": "many"});
        answer(&desk, &asking, Heard::Found(row.as_object().unwrap().clone())).await;
        assert_eq!(ticket(&desk, id).await.state, "identifying");
        assert!(lookups::find_waiting(&mut desk.read().await.unwrap(), asking.id).await.unwrap().is_some());
        pass(&desk, SignedDuration::from_mins(61)).await;
        assert_eq!((ticket(&desk, id).await.state.as_str(), told.count()), ("by_hand", 1));
    })
    .await;
}

#[tokio::test]
async fn what_may_pass_is_tried_a_few_times_and_what_does_not_says_why() {
    on_each_database(async |desk| {
        let told = Told::with([away(), away(), found("pro")]);
        let desk = desk.asking(told.clone());
        let outcome = desk.handle(&Actor::Outside, Command::SubmitForm(survey())).await.unwrap();
        desk.settle(&Courier::default()).await.unwrap();
        let state = async |desk: &Desk| ticket(desk, outcome.ticket().unwrap()).await.state;
        assert_eq!((state(&desk).await.as_str(), told.count()), ("identifying", 1));
        pass(&desk, SignedDuration::from_secs(5)).await;
        assert_eq!((state(&desk).await.as_str(), told.count()), ("identifying", 2));
        pass(&desk, SignedDuration::from_secs(20)).await;
        assert_eq!((state(&desk).await.as_str(), told.count()), ("configuring.working", 3));

        let told = Told::with([away(), away(), away(), away(), found("pro")]);
        let desk = desk.asking(told.clone());
        let outcome = desk.handle(&Actor::Outside, Command::SubmitForm(survey())).await.unwrap();
        desk.settle(&Courier::default()).await.unwrap();
        pass(&desk, SignedDuration::from_mins(2)).await;
        assert_eq!(told.count(), 4);
        let entries = events(&desk, outcome.ticket().unwrap()).await;
        let failed = entries.iter().find(|entry| entry.event == "person.failed").unwrap();
        assert_eq!(failed.trace.as_ref().unwrap().note.as_deref(), Some("nobody listens"));
    })
    .await;
}

#[tokio::test]
async fn a_connection_that_nobody_set_says_in_the_history_what_to_set() {
    on_each_database(async |desk| {
        let outcome = desk.handle(&Actor::Outside, Command::SubmitForm(survey())).await.unwrap();
        desk.settle(&Courier::default()).await.unwrap();
        let entries = events(&desk, outcome.ticket().unwrap()).await;
        let failed = entries.iter().find(|entry| entry.event == "person.failed").unwrap();
        let note = failed.trace.as_ref().unwrap().note.clone().unwrap();
        assert!(note.contains("set DESKHAND_CONNECTION_CUSTOMER_DATABASE"), "{note}");
    })
    .await;
}
