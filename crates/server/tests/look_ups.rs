//! The loop of look-ups: a database that hangs holds up neither another one nor mail.

#![expect(clippy::unwrap_used, reason = "a failed expectation is a failed test")]

use std::sync::Arc;
use std::time::Duration;

use desk::handbook::tree;
use desk::handle::{Command, OpenTicket, Sender};
use desk::lookups::{Answer, Directory, Question};
use desk::outbox::catcher::{self, Catcher};
use desk::page::Page;
use desk::{Actor, Desk, Opening, Role, tickets};
use futures::FutureExt;
use futures::future::BoxFuture;
use serde_json::Map;
use server::mailing::Post;
use server::workers::{Pulse, Workers};
use store::{Chance, Clock, Id, Location};
use tokio::sync::watch;

/// One database that never answers, and others that know nobody.
struct OneHangs;

impl Directory for OneHangs {
    fn ask<'a>(&'a self, question: &'a Question) -> BoxFuture<'a, Answer> {
        let hangs = question.connection == "slow";
        async move { if hangs { std::future::pending().await } else { Answer::Missing } }.boxed()
    }
}

fn program() -> Actor {
    Actor::Program { name: "test".to_owned(), role: Role::Owner }
}

/// A desk with a playbook for each of these connections: it asks there and writes to the requester when it has the answer.
async fn desk_with(connections: &[&str]) -> Desk {
    let mut files = tree::built_in();
    for name in connections {
        let lookup = format!(
            "language: 1\nlookup: {name}\nconnection: {name}\nsql: SELECT 1 AS one\ncolumns: {{ one: integer }}\n"
        );
        files.insert(format!("lookups/{name}.yaml"), lookup);
        let playbook = format!(
            "language: 1\nplaybook: {name}\ntitle: Asks\nopens: [ linked ]\ninitial: asking\nstates:\n\
             \x20 asking:\n    waiting_on: us\n    lookup: {{ as: it, query: {name} }}\n    on: {{ it.missing: told }}\n\
             \x20   after: {{ 1h: told }}\n  told:\n    waiting_on: us\n    entry: [ {{ reply: closing-for-now }} ]\n\
             \x20   choices: {{ end: {{ label: End, target: closed }} }}\n  closed: {{ type: final }}\n"
        );
        files.insert(format!("playbooks/{name}.yaml"), playbook);
    }
    let opening = Opening {
        location: Location::Memory,
        attachments: None,
        handbook: Some(files),
        address: None,
        clock: Clock::system(),
        chance: Chance::seeded(3),
        holder: "test".to_owned(),
    };
    Desk::open(opening).await.unwrap().asking(Arc::new(OneHangs))
}

async fn opened(desk: &Desk, playbook: &str) -> Id {
    let requester = Sender { email: "maria@acme.example".to_owned(), name: None };
    let ticket = OpenTicket {
        subject: "A question".to_owned(),
        body: "Who?".to_owned(),
        requester,
        playbook: Some(playbook.to_owned()),
        fields: Map::new(),
        tags: Vec::new(),
        priority: Default::default(),
        key: None,
    };
    desk.handle(&program(), Command::OpenTicket(ticket)).await.unwrap().ticket().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_that_hangs_holds_up_neither_another_one_nor_mail() {
    let desk = desk_with(&["slow", "quick"]).await;
    let (stop, stopping) = watch::channel(false);
    let pulse = Pulse::new(desk.ground.clock.clone());
    let workers =
        Workers::start(&desk, Arc::new(Catcher::new(desk.ground.clone())), false, &pulse, &Post::default(), &stopping);
    // More than its lanes, and before the others.
    let mut hanging = Vec::new();
    for _ in 0..4 {
        hanging.push(opened(&desk, "slow").await);
    }
    let quick = opened(&desk, "quick").await;
    let mut mails = 0;
    for _ in 0..500 {
        let mut conn = desk.read().await.unwrap();
        mails = catcher::list(&mut conn, &program(), Page { after: None, limit: 10 }).await.unwrap().items.len();
        if mails > 0 {
            break;
        }
        drop(conn);
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert_eq!(mails, 1, "the quick one's mail is out within five seconds");
    let state = async |id| tickets::find(&mut desk.read().await.unwrap(), id).await.unwrap().unwrap().state;
    assert_eq!(state(quick).await, "told");
    for id in hanging {
        assert_eq!(state(id).await, "asking");
    }
    // Nor does it hold up the stop.
    stop.send(true).unwrap();
    tokio::time::timeout(Duration::from_secs(5), workers.stopped()).await.unwrap();
    desk.close().await.unwrap();
}
