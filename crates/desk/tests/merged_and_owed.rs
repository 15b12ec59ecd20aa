//! A ticket that is merged while it owes its client an answer, or split from another one: whoever owes it then owes it by the time at
//! which it was asked, on both databases.

#![allow(clippy::unwrap_used, reason = "a failed expectation is a failed test")]

mod open;

use desk::handle::work::{Merge, Split, Unmerge, Work};
use desk::handle::{Command, Reply, ReplyKind};
use desk::rights::Scope;
use desk::runs::history;
use desk::{Desk, messages};
use jiff::{SignedDuration, Timestamp};
use open::{Courier, agent, mail_in, on_each_database, pass, ticket};
use playbook::{ClockState, Status};
use store::Id;

async fn asked(desk: &Desk, from: &str, name: &str) -> Id {
    let raw =
        format!("From: {from}\nTo: help@desk.example\nSubject: {name}\nMessage-ID: <{name}@acme.example>\n\nHi\n");
    let id = mail_in(desk, &raw).await.unwrap().ticket().unwrap();
    desk.settle(&Courier::default()).await.unwrap();
    id
}

async fn answered(desk: &Desk, ticket: Id) {
    let (body, kind) = ("Yes.".to_owned(), ReplyKind::Reply);
    let reply = Reply { ticket, body, kind, files: Vec::new(), seen: None, key: None };
    desk.handle(&agent(desk, "Ana").await, Command::Reply(reply)).await.unwrap();
    desk.settle(&Courier::default()).await.unwrap();
}

async fn merge(desk: &Desk, ticket: Id, into: Id) {
    let merge = Merge { ticket, into, why: None, key: None };
    desk.handle(&agent(desk, "Ana").await, Command::Work(Work::Merge(merge))).await.unwrap();
    desk.settle(&Courier::default()).await.unwrap();
}

async fn unmerge(desk: &Desk, ticket: Id) {
    let unmerge = Unmerge { ticket, key: None };
    desk.handle(&agent(desk, "Bo").await, Command::Work(Work::Unmerge(unmerge))).await.unwrap();
    desk.settle(&Courier::default()).await.unwrap();
}

/// Its first-answer clock: how it stands, since when and until when it runs.
async fn response(desk: &Desk, id: Id) -> (ClockState, Timestamp, Timestamp) {
    let scope = Scope::of(&agent(desk, "Ana").await).unwrap();
    let clocks = desk.view(&mut desk.read().await.unwrap(), scope, id).await.unwrap().clocks;
    let clock = clocks.into_iter().find(|clock| clock.name == "response").unwrap();
    (clock.state, clock.run.started, clock.run.due)
}

async fn stands(desk: &Desk, id: Id) -> (String, Status, String) {
    let ticket = ticket(desk, id).await;
    (ticket.state, ticket.status, ticket.waiting_on)
}

fn hours(hours: i64) -> SignedDuration {
    SignedDuration::from_hours(hours)
}

#[tokio::test]
async fn who_was_not_answered_is_owed_the_answer_by_the_ticket_that_goes_on() {
    on_each_database(async |desk| {
        let kept = asked(&desk, "maria@acme.example", "kept").await;
        answered(&desk, kept).await;
        let gone = asked(&desk, "otto@acme.example", "gone").await;
        let (waits, met, owed) = (stands(&desk, kept).await, response(&desk, kept).await, response(&desk, gone).await);
        assert_eq!((waits.0.as_str(), waits.2.as_str(), &met.0), ("waiting", "requester", &ClockState::Met));

        // The next day it would be due by that day's end; it is due by the end of the day on which it was asked.
        pass(&desk, hours(1)).await;
        merge(&desk, gone, kept).await;
        assert_eq!(stands(&desk, kept).await.2, "us");
        assert_eq!(response(&desk, kept).await, owed, "since it was asked, until it was due");
        let scope = Scope::of(&agent(&desk, "Ana").await).unwrap();
        let past = history::of_ticket(&mut desk.read().await.unwrap(), scope, kept, 100).await.unwrap();
        let told: Vec<(&str, &str)> = past
            .iter()
            .map(|line| (line.event.as_str(), line.by.name.as_str()))
            .filter(|(event, _)| !event.starts_with("impact."))
            .collect();
        assert_eq!(told[told.len() - 2..], [("requester.replied", "otto@acme.example"), ("merged.here", "Ana")]);

        // Taken apart at once, each has its own back, and what fell due meanwhile is as it would have been.
        unmerge(&desk, gone).await;
        assert_eq!((stands(&desk, kept).await, response(&desk, kept).await), (waits, met));
        assert_eq!((response(&desk, gone).await, stands(&desk, gone).await.2.as_str()), (owed.clone(), "us"));

        // An answer on the one that goes on keeps the promise to both.
        merge(&desk, gone, kept).await;
        answered(&desk, kept).await;
        assert_eq!(response(&desk, kept).await, (ClockState::Met, owed.1, owed.2));
        unmerge(&desk, gone).await;
        assert_eq!(stands(&desk, kept).await.2, "requester", "somebody has gone on with it: nothing is turned back");
        pass(&desk, hours(1)).await;
    })
    .await;
}

#[tokio::test]
async fn the_earlier_time_counts_where_both_wait_on_us() {
    on_each_database(async |desk| {
        let early = asked(&desk, "maria@acme.example", "early").await;
        pass(&desk, hours(20)).await;
        let late = asked(&desk, "otto@acme.example", "late").await;
        let (first, second) = (response(&desk, early).await, response(&desk, late).await);
        assert!(first.2 < second.2, "it ran out in the evening: {first:?}");
        merge(&desk, late, early).await;
        assert_eq!(stands(&desk, early).await.2, "us");
        assert_eq!(response(&desk, early).await, second, "the acknowledgement had gone to one of them only");
        unmerge(&desk, late).await;
        assert_eq!(response(&desk, early).await, first);

        // The other way round it is the one that runs out first, and it is the announced answer.
        merge(&desk, early, late).await;
        assert_eq!(response(&desk, late).await, second);
        let scope = Scope::of(&agent(&desk, "Ana").await).unwrap();
        let view = desk.view(&mut desk.read().await.unwrap(), scope, late).await.unwrap();
        let names: Vec<&str> =
            view.clocks.iter().filter(|clock| clock.run.is_open()).map(|clock| clock.name.as_str()).collect();
        assert_eq!(names, ["response", "answer"]);
        unmerge(&desk, early).await;
        assert_eq!(response(&desk, late).await, second);
    })
    .await;
}

#[tokio::test]
async fn a_ticket_that_owes_nothing_moves_nothing() {
    on_each_database(async |desk| {
        let kept = asked(&desk, "maria@acme.example", "kept").await;
        answered(&desk, kept).await;
        let gone = asked(&desk, "otto@acme.example", "gone").await;
        answered(&desk, gone).await;
        let before = (stands(&desk, kept).await, response(&desk, kept).await);
        merge(&desk, gone, kept).await;
        assert_eq!((stands(&desk, kept).await, response(&desk, kept).await), before);
        unmerge(&desk, gone).await;
    })
    .await;
}

#[tokio::test]
async fn a_message_that_begins_a_ticket_was_written_when_it_was_written() {
    on_each_database(async |desk| {
        let from = asked(&desk, "maria@acme.example", "two-things").await;
        let (asked_at, owed) = (desk.now(), response(&desk, from).await);
        let conn = &mut desk.read().await.unwrap();
        let message = messages::newest_public(conn, from).await.unwrap().unwrap();
        let split = async || {
            let split = Split { ticket: from, message, requester: None, subject: None, key: None };
            let begun = desk.handle(&agent(&desk, "Ana").await, Command::Work(Work::Split(split))).await;
            let begun = begun.unwrap().ticket().unwrap();
            desk.settle(&Courier::default()).await.unwrap();
            begun
        };
        pass(&desk, hours(3)).await;
        let begun = split().await;
        let first = messages::first(&mut desk.read().await.unwrap(), begun).await.unwrap().unwrap();
        assert_eq!((first.created_at, response(&desk, begun).await), (asked_at, owed));

        // Once somebody has answered, its writer waits for the new ticket's answer from when it is begun.
        answered(&desk, from).await;
        let begun = split().await;
        assert_eq!(response(&desk, begun).await.1, desk.now());
    })
    .await;
}
