//! Which tickets look like another one, on both databases.

#![allow(clippy::unwrap_used, reason = "a failed expectation is a failed test")]

mod open;

use desk::Desk;
use desk::rights::Scope;
use desk::search::alike::{self, Alike};
use open::{Courier, agent, known, mail_in, on_each_database, ticket};
use store::Id;

async fn asked(desk: &Desk, from: &str, id: &str, subject: &str, text: &str) -> Id {
    let raw =
        format!("From: {from}\nTo: help@desk.example\nSubject: {subject}\nMessage-ID: <{id}@a.example>\n\n{text}\n");
    mail_in(desk, &raw).await.unwrap().ticket().unwrap()
}

async fn like(desk: &Desk, id: Id) -> Vec<Alike> {
    let (scope, ticket) = (Scope::of(&agent(desk, "Ana").await).unwrap(), ticket(desk, id).await);
    alike::of_ticket(&mut desk.read().await.unwrap(), scope, &ticket).await.unwrap()
}

#[tokio::test]
async fn what_shares_rare_words_looks_alike_and_says_which() {
    on_each_database(async |desk| {
        known(&desk, "otto@acme.example", &[]).await;
        let one = asked(&desk, "otto@acme.example", "1", "Duplicate invoice", "The invoice of March came twice.").await;
        let two = asked(&desk, "tom@cobalt.example", "2", "Re: An invoice, a duplicate?", "Which counts?").await;
        let three = asked(&desk, "maria@acme.example", "3", "About an invoice", "Who gets it?").await;
        asked(&desk, "eve@elsewhere.example", "4", "My invoice", "Where is it?").await;
        asked(&desk, "maria@acme.example", "5", "Something else", "Hello.").await;
        let found = like(&desk, one).await;
        let told: Vec<(Id, Vec<&str>, bool)> = found
            .iter()
            .map(|one| (one.ticket.id, one.shares.iter().map(String::as_str).collect(), one.same_organization))
            .collect();
        assert_eq!(told, [(three, vec!["invoice"], true), (two, vec!["duplicate", "invoice"], false)]);
        assert!(like(&desk, two).await.iter().any(|other| other.ticket.id == one), "it is so from both ends");
        desk.settle(&Courier::default()).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_word_that_stands_everywhere_says_nothing() {
    on_each_database(async |desk| {
        let one = asked(&desk, "maria@acme.example", "0", "Printer trouble", "x").await;
        for number in 1..=201 {
            asked(&desk, "maria@acme.example", &number.to_string(), "Printer trouble", "x").await;
        }
        assert!(like(&desk, one).await.is_empty());
        desk.settle(&Courier::default()).await.unwrap();
    })
    .await;
}
