//! Tickets that colleagues open, on both databases: for somebody on the telephone, and to write to somebody first.

#![allow(clippy::unwrap_used, reason = "a failed expectation is a failed test")]

mod open;

use desk::handle::{Command, First, OpenByHand, OpenTicket, Sender};
use desk::receipts::Key;
use desk::rights::Scope;
use desk::runs::history;
use desk::tickets::Priority;
use desk::{Actor, Desk, Result, contacts, messages, sendings};
use jiff::SignedDuration;
use open::{Courier, agent, mail_in, on_each_database, ticket};
use serde_json::Map;
use store::Id;

async fn open(desk: &Desk, who: &Actor, first: First, playbook: Option<&str>) -> Result<Id> {
    let assignee = who.agent_id();
    let ticket = OpenTicket {
        subject: "The keys of the shop".to_owned(),
        body: "They called: who has them?".to_owned(),
        requester: Sender { email: "Eva@delta.example".to_owned(), name: Some("Eva Lang".to_owned()) },
        playbook: playbook.map(str::to_owned),
        fields: Map::new(),
        tags: Vec::new(),
        priority: Priority::default(),
        key: None,
    };
    let key = Some(Key::new("opening", &format!("{first:?}"), b"keys").unwrap());
    let command = OpenByHand { ticket, first, assignee, key };
    Ok(desk.handle(who, Command::OpenByHand(command)).await?.ticket().unwrap())
}

async fn said(desk: &Desk, who: &Actor, id: Id) -> Vec<messages::Message> {
    messages::of_ticket(&mut desk.read().await.unwrap(), Scope::of(who).unwrap(), id, 10).await.unwrap()
}

#[tokio::test]
async fn what_was_told_on_the_telephone_is_a_ticket_of_whoever_told_it() {
    on_each_database(async |desk| {
        let (courier, ana) = (Courier::default(), agent(&desk, "Ana").await);
        let id = open(&desk, &ana, First::Theirs, None).await.unwrap();
        assert_eq!(open(&desk, &ana, First::Theirs, None).await.unwrap(), id, "the same form counts once");
        desk.settle(&courier).await.unwrap();

        let ticket = ticket(&desk, id).await;
        assert_eq!((ticket.state.as_str(), ticket.assignee), ("open", ana.agent_id()));
        let eva =
            contacts::find_by_address(&mut desk.read().await.unwrap(), "eva@delta.example").await.unwrap().unwrap();
        assert_eq!((ticket.requester, eva.name.as_deref()), (eva.id, Some("Eva Lang")));
        let said = said(&desk, &ana, id).await;
        assert_eq!(said.len(), 1);
        assert_eq!((said[0].kind, said[0].channel.as_str()), (messages::Kind::Incoming, "hand"));
        assert_eq!((said[0].author.name.as_str(), said[0].text.as_str()), ("Eva Lang", "They called: who has them?"));
        assert!(courier.mails().is_empty(), "nobody is sent anything");
        let steps =
            history::of_ticket(&mut desk.read().await.unwrap(), Scope::of(&ana).unwrap(), id, 10).await.unwrap();
        assert_eq!(steps[0].by.name, "Ana", "who opened it is known");
    })
    .await;
}

#[tokio::test]
async fn who_is_written_to_first_gets_a_mail_and_their_answer_finds_its_ticket() {
    on_each_database(async |desk| {
        let (courier, ana) = (Courier::default(), agent(&desk, "Ana").await);
        let id = open(&desk, &ana, First::Ours, None).await.unwrap();
        assert!(said(&desk, &ana, id).await.is_empty(), "it can still be taken back");
        let waits = sendings::of_ticket(&mut desk.read().await.unwrap(), Scope::of(&ana).unwrap(), id).await.unwrap();
        assert_eq!((waits.len(), waits[0].briefly), (1, true));
        desk.ground.clock.advance(SignedDuration::from_secs(10));
        desk.settle(&courier).await.unwrap();

        let mail = courier.last();
        assert_eq!((mail.to[0].address.as_str(), courier.mails().len()), ("eva@delta.example", 1));
        assert_eq!(ticket(&desk, id).await.state, "waiting");
        let answer = format!(
            "From: eva@delta.example\nTo: help@desk.example\nMessage-ID: <a@delta.example>\nIn-Reply-To: <{}>\n\nI have!\n",
            mail.message_id.unwrap()
        );
        let found = mail_in(&desk, &answer).await.unwrap();
        assert_eq!((found.ticket(), ticket(&desk, id).await.state.as_str()), (Some(id), "open"));
        desk.settle(&courier).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn only_procedures_that_say_so_are_opened_by_hand_and_only_by_colleagues() {
    on_each_database(async |desk| {
        let ana = agent(&desk, "Ana").await;
        let refused = open(&desk, &ana, First::Theirs, Some("document-change")).await.unwrap_err();
        assert_eq!((refused.fields[0].field.as_str(), refused.fields[0].code.as_str()), ("playbook", "not-by-hand"));
        assert!(open(&desk, &Actor::Outside, First::Theirs, None).await.is_err());
        let task = open(&desk, &ana, First::Theirs, Some("client-task")).await.unwrap();
        assert_eq!(ticket(&desk, task).await.playbook, "client-task");
        desk.settle(&Courier::default()).await.unwrap();
    })
    .await;
}
