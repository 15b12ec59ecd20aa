//! Following a ticket that somebody else has, on both databases.

#![allow(clippy::unwrap_used, reason = "a failed expectation is a failed test")]

mod open;

use desk::Desk;
use desk::handle::Command;
use desk::handle::work::{Follow, Work};
use desk::rights::Scope;
use desk::tickets::followers;
use desk::{Actor, notifications};
use open::{agent, mail_in, on_each_database};
use store::Id;

async fn follow(desk: &Desk, who: &Actor, ticket: Id, follows: bool) {
    desk.handle(who, Command::Work(Work::Follow(Follow { ticket, follows }))).await.unwrap();
}

async fn mail(desk: &Desk, id: &str) -> Id {
    let answers = if id == "first" { "" } else { "In-Reply-To: <first@acme.example>\n" };
    let raw = format!(
        "From: maria@acme.example\nTo: help@desk.example\nSubject: The logo\nMessage-ID: <{id}@acme.example>\n{answers}\nHello {id}\n"
    );
    mail_in(desk, &raw).await.unwrap().ticket().unwrap()
}

#[tokio::test]
async fn whoever_follows_hears_what_is_said_until_they_no_longer_follow() {
    on_each_database(async |desk| {
        let ticket = mail(&desk, "first").await;
        let ana = agent(&desk, "Ana").await;
        let told = async || {
            let scope = Scope::of(&ana).unwrap();
            let told = notifications::of_ticket(&mut desk.read().await.unwrap(), scope, ticket, 50).await.unwrap();
            told.iter().filter(|notice| notice.audience_kind == "person").count()
        };
        let names = async || {
            let who = followers::of_ticket(&mut desk.read().await.unwrap(), ticket).await.unwrap();
            who.into_iter().map(|agent| agent.name).collect::<Vec<_>>()
        };
        follow(&desk, &ana, ticket, true).await;
        follow(&desk, &ana, ticket, true).await;
        assert_eq!(names().await, ["Ana"], "once is once");
        mail(&desk, "second").await;
        assert_eq!(told().await, 1);
        follow(&desk, &ana, ticket, false).await;
        assert!(names().await.is_empty());
        mail(&desk, "third").await;
        assert_eq!(told().await, 1, "what is said now is no concern of hers");
    })
    .await;
}
