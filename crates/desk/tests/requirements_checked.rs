//! D2 against real customer databases: the built-in look-up as it stands, the servers as they are, and one that is away.

#![allow(clippy::unwrap_used, reason = "a failed expectation is a failed test")]

mod customers;
mod open;

use std::sync::Arc;

use desk::handle::{Command, Sender, SubmitForm};
use desk::lookups::Connections;
use desk::tickets::Ticket;
use desk::{Actor, Desk};
use jiff::SignedDuration;
use open::{Courier, child, on_each_database, pass, survey, ticket};
use serde_json::json;

fn asking(desk: &Desk, address: &str) -> Desk {
    desk.clone().asking(Arc::new(Connections::none().or("customer-database", address)))
}

/// What somebody's form comes to when everything that is due was done.
async fn submitted(desk: &Desk, email: &str) -> Ticket {
    let form = SubmitForm { from: Sender { email: email.to_owned(), name: None }, ..survey() };
    let outcome = desk.handle(&Actor::Outside, Command::SubmitForm(form)).await.unwrap();
    desk.settle(&Courier::default()).await.unwrap();
    ticket(desk, outcome.ticket().unwrap()).await
}

#[tokio::test]
async fn d2_the_customer_database_says_who_it_is_and_whether_the_requirements_are_met() {
    on_each_database(async |desk| {
        customers::on_each_server("d2", async |address, _| {
            let desk = asking(&desk, address);
            let lena = submitted(&desk, "lena@delta.example").await;
            assert_eq!((lena.state.as_str(), lena.subject.as_str()), ("configuring.working", "Document Survey: Delta"));
            assert_eq!((&lena.fields["plan"], &lena.fields["role"]), (&json!("premium"), &json!("manager")));
            assert_eq!(child(&desk, lena.id, "config").await.fields["component"], "Delta");

            let tom = submitted(&desk, "tom@cobalt.example").await;
            assert_eq!(tom.state, "clarify.drafting");
            assert_eq!(tom.fields["unmet"], json!(["plan-needed", "ask-an-admin"]));
            let rui = submitted(&desk, "rui@borealis.example").await;
            assert_eq!((&rui.fields["held"], &rui.fields["unmet"]), (&json!(1), &json!(["one-document-on-premium"])));

            for unclear in ["ena@delta.example", "%@delta.example", "office@cobalt.example"] {
                assert_eq!(submitted(&desk, unclear).await.state, "by_hand", "{unclear}");
            }
        })
        .await;
    })
    .await;
}

#[tokio::test]
async fn d3_a_form_that_is_filled_in_anew_is_checked_anew() {
    on_each_database(async |desk| {
        customers::on_each_server("d3", async |address, _| {
            let desk = asking(&desk, address);
            let from = Sender { email: "lena@delta.example".to_owned(), name: None };
            let form = |documents: i64, ticket| SubmitForm {
                from: from.clone(),
                answers: json!({ "documents": documents }).as_object().cloned().unwrap(),
                ticket,
                ..survey()
            };
            let outcome = desk.handle(&Actor::Outside, Command::SubmitForm(form(2, None))).await.unwrap();
            let id = outcome.ticket().unwrap();
            desk.settle(&Courier::default()).await.unwrap();
            assert_eq!(ticket(&desk, id).await.fields["unmet"], json!(["one-document-on-premium"]));
            let program = open::agent(&desk, "Ana").await;
            desk.handle(&program, Command::SubmitForm(form(1, Some(id)))).await.unwrap();
            desk.settle(&Courier::default()).await.unwrap();
            assert_eq!(ticket(&desk, id).await.state, "configuring.working");
        })
        .await;
    })
    .await;
}

#[tokio::test]
async fn d2_a_database_that_is_down_is_asked_again_when_it_is_back() {
    on_each_database(async |desk| {
        customers::on_each_server("down", async |address, gone| {
            let down = asking(&desk, gone);
            let lena = submitted(&down, "lena@delta.example").await;
            assert_eq!(lena.state, "identifying");
            pass(&down, SignedDuration::from_mins(3)).await;
            assert_eq!(ticket(&desk, lena.id).await.state, "unanswered", "{gone}");
            let back = asking(&desk, address);
            pass(&back, SignedDuration::from_mins(30)).await;
            assert_eq!(ticket(&desk, lena.id).await.state, "configuring.working");
        })
        .await;
    })
    .await;
}
