use std::collections::BTreeSet;

use desk::handle::{Command, LookAt, Reply, ReplyKind};
use desk::tickets::bulk::Deed;
use desk::tickets::{Priority, seen};
use desk::{Actor, Desk};
use store::Id;

use super::open::{Courier, agent, mail_in, on_each_database, ticket};
use super::{change, mails, minute};

async fn unread(desk: &Desk, who: &Actor, ids: &[Id]) -> BTreeSet<Id> {
    let mut tickets = Vec::new();
    for id in ids {
        tickets.push(ticket(desk, *id).await);
    }
    let tickets: Vec<&desk::tickets::Ticket> = tickets.iter().collect();
    seen::unread(&mut desk.read().await.unwrap(), who, &tickets).await.unwrap()
}

async fn look(desk: &Desk, who: &Actor, id: Id) {
    let changed_at = ticket(desk, id).await.updated_at;
    desk.handle(who, Command::LookAt(LookAt { ticket: id, changed_at })).await.unwrap();
}

#[tokio::test]
async fn a_ticket_is_unread_until_one_looks_and_again_when_somebody_else_changed_it() {
    on_each_database(async |desk| {
        let (ana, bo) = (agent(&desk, "Ana").await, agent(&desk, "Bo").await);
        minute(&desk);
        let asked = mails(&desk, 2).await;
        assert_eq!(unread(&desk, &ana, &asked).await, BTreeSet::from([asked[0], asked[1]]));
        look(&desk, &ana, asked[0]).await;
        assert_eq!(unread(&desk, &ana, &asked).await, BTreeSet::from([asked[1]]));
        assert_eq!(unread(&desk, &bo, &asked).await.len(), 2, "what Ana has seen Bo has not");
        assert_eq!(unread(&desk, &Actor::Desk, &asked).await.len(), 0, "who is no agent reads nothing");

        // What she does herself she has seen, and that a mail has left is nobody's news.
        let (body, kind, files) = ("We are at it.".to_owned(), ReplyKind::Reply, Vec::new());
        let reply = Reply { ticket: asked[0], body, kind, files, seen: None, key: None };
        desk.handle(&ana, Command::Reply(reply)).await.unwrap();
        minute(&desk);
        desk.settle(&Courier::default()).await.unwrap();
        assert_eq!(unread(&desk, &ana, &asked).await, BTreeSet::from([asked[1]]));

        change(&desk, &bo, asked[0], Deed::Priority { priority: Priority::High }).await.unwrap();
        assert_eq!(unread(&desk, &ana, &asked).await.len(), 2);
        minute(&desk);
        change(&desk, &ana, asked[0], Deed::Priority { priority: Priority::Low }).await.unwrap();
        assert_eq!(unread(&desk, &ana, &asked).await.len(), 2, "what came before is unread all the same");
    })
    .await;
}

#[tokio::test]
async fn what_is_called_read_or_unread_is_so_for_whoever_says_so_alone() {
    on_each_database(async |desk| {
        let (ana, bo) = (agent(&desk, "Ana").await, agent(&desk, "Bo").await);
        minute(&desk);
        let asked = mails(&desk, 1).await;
        let before = ticket(&desk, asked[0]).await;
        assert!(change(&desk, &ana, asked[0], Deed::Read).await.unwrap());
        assert!(!change(&desk, &ana, asked[0], Deed::Read).await.unwrap());
        assert_eq!((unread(&desk, &ana, &asked).await.len(), unread(&desk, &bo, &asked).await.len()), (0, 1));
        assert!(change(&desk, &ana, asked[0], Deed::Unread).await.unwrap());
        assert_eq!(unread(&desk, &ana, &asked).await.len(), 1);
        assert_eq!(ticket(&desk, asked[0]).await, before, "the ticket itself has not changed");
        let program = Actor::Program { name: "importer".into(), role: desk::Role::Agent };
        assert_eq!(change(&desk, &program, asked[0], Deed::Read).await.unwrap_err().code, "forbidden");
    })
    .await;
}

#[tokio::test]
async fn whoever_comes_anew_has_nothing_to_read_of_what_was_before() {
    on_each_database(async |desk| {
        minute(&desk);
        let asked = mails(&desk, 1).await;
        let new = desk::agents::NewAgent {
            name: "Eva".to_owned(),
            address: "eva@desk.example".to_owned(),
            role: desk::Role::Agent,
            teams: Vec::new(),
        };
        desk.handle(&Actor::Desk, Command::AddAgent(desk::handle::AddAgent(new))).await.unwrap();
        let eva = agent(&desk, "Eva").await;
        assert_eq!(unread(&desk, &eva, &asked).await.len(), 0);
        minute(&desk);
        let again =
            "From: maria@acme.example\nTo: help@desk.example\nSubject: More\nMessage-ID: <more@acme.example>\n\nMore\n";
        let more = mail_in(&desk, again).await.unwrap().ticket().unwrap();
        desk.settle(&Courier::default()).await.unwrap();
        assert_eq!(unread(&desk, &eva, &[asked[0], more]).await, BTreeSet::from([more]));
    })
    .await;
}
