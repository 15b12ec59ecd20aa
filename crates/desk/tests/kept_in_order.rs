//! Tokens, attachments, queues, pages and what is cleared up: the smaller promises, on both databases.

#![allow(clippy::unwrap_used, reason = "a failed expectation is a failed test")]

mod open;

use std::time::Duration;

use desk::agents::tokens::NewToken;
use desk::attachments::{self, Shelf};
use desk::handle::{Choose, Command, CreateToken, FireTimer, GiveWay, OpenTicket, Outcome, Sender};
use desk::outbox::catcher::{self, Catcher};
use desk::page::Page;
use desk::rights::Scope;
use desk::runs::queue;
use desk::{Actor, Desk, Role, agents, mailboxes, messages, notifications, tickets};
use jiff::SignedDuration;
use open::{Courier, agent, child, mail_in, on_each_database, submitted, ticket};
use store::{Chance, Id};

#[tokio::test]
async fn a_token_shows_who_it_is_and_another_shows_nobody() {
    on_each_database(async |desk| {
        let ana = agent(&desk, "Ana").await;
        for (acts_as, expected) in
            [(ana.agent_id(), ana.clone()), (None, Actor::Program { name: "importer".to_owned(), role: Role::Lead })]
        {
            let name = expected.name().to_owned();
            let new = NewToken { name, role: Role::Lead, agent: acts_as, expires_at: None };
            let Outcome::Token(token) =
                desk.handle(&Actor::Desk, Command::CreateToken(CreateToken(new))).await.unwrap()
            else {
                panic!("no token");
            };
            let mut conn = desk.read().await.unwrap();
            assert_eq!(agents::tokens::actor(&mut conn, &token, desk.now()).await.unwrap(), Some(expected));
            assert_eq!(agents::tokens::actor(&mut conn, &token.to_uppercase(), desk.now()).await.unwrap(), None);
        }
        assert_eq!(agents::all(&mut desk.read().await.unwrap()).await.unwrap().len(), 3);
    })
    .await;
}

#[tokio::test]
async fn what_a_mail_brings_along_is_kept_with_it_and_what_nobody_names_is_cleared_away() {
    on_each_database(async |desk| {
        let raw = "From: maria@acme.example\nTo: help@desk.example\nSubject: A file\nMessage-ID: <f@acme.example>\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nHere it is\n--b\nContent-Type: application/pdf; name=letter.pdf\nContent-Disposition: attachment; filename=letter.pdf\nContent-Transfer-Encoding: base64\n\naGVsbG8=\n--b--\n";
        let opened = mail_in(&desk, raw).await.unwrap().ticket().unwrap();
        let scope = Scope::of(&agent(&desk, "Ana").await).unwrap();
        let mut conn = desk.read().await.unwrap();
        let thread = messages::of_ticket(&mut conn, scope, opened, 9).await.unwrap();
        let files = attachments::of_message(&mut conn, thread[0].id).await.unwrap();
        assert_eq!((files[0].name.as_str(), files[0].size), ("letter.pdf", 5));
        let shown = attachments::show(&mut conn, scope, files[0].id).await.unwrap();
        assert_eq!(desk.shelf.read(&shown.storage_key).await.unwrap(), b"hello");

        let folder = tempfile::tempdir().unwrap();
        let shelf = Shelf::in_folder(folder.path(), Chance::seeded(9)).unwrap();
        let left = shelf.stage(&mail::parse(raw.as_bytes()).attachments[0]).await.unwrap();
        std::fs::write(folder.path().join(&shown.storage_key), b"hello").unwrap();
        let young = attachments::collect_orphans(&mut conn, &shelf, Duration::from_secs(3600)).await.unwrap();
        assert_eq!(young, 0, "what is young may be about to be named");
        assert_eq!(attachments::collect_orphans(&mut conn, &shelf, Duration::ZERO).await.unwrap(), 1);
        assert!(shelf.read(&left.storage_key).await.is_err());
        assert_eq!(shelf.read(&shown.storage_key).await.unwrap(), b"hello");
    })
    .await;
}

#[tokio::test]
async fn lists_of_caught_and_kept_mail_are_paged_without_a_gap() {
    on_each_database(async |desk| {
        let ana = agent(&desk, "Ana").await;
        let catcher = Catcher::new(desk.ground.clone());
        for number in 0..5 {
            submitted(&desk, &catcher).await;
            let raw = format!("From: news@list.example\nList-Id: <n.example>\nSubject: {number}\n\nNews\n");
            mail_in(&desk, &raw).await.unwrap();
        }
        let mut conn = desk.read().await.unwrap();
        let (mut caught, mut kept) = (Vec::new(), Vec::new());
        let mut page = Page { after: None, limit: 2 };
        loop {
            let listed = catcher::list(&mut conn, &ana, page).await.unwrap();
            caught.extend(listed.items.iter().map(|mail| mail.id));
            let Some(next) = listed.next else { break };
            page.after = Some(next);
        }
        page.after = None;
        loop {
            let listed = mailboxes::kept(&mut conn, &ana, page).await.unwrap();
            kept.extend(listed.items.iter().map(|mail| mail.id));
            let Some(next) = listed.next else { break };
            page.after = Some(next);
        }
        let newest_first = |ids: &[Id]| ids.windows(2).all(|pair| pair[0] > pair[1]);
        assert_eq!((caught.len(), kept.len()), (5, 5));
        assert!(newest_first(&caught) && newest_first(&kept));
    })
    .await;
}

/// Puts an event into the queue of a ticket, as a linked ticket's `send` does.
async fn send(desk: &Desk, ticket: Id, event: &'static str) {
    use futures::FutureExt;
    let sending = desk.ground.change(&Actor::Desk, move |context| {
        async move { queue::put(context, ticket, event, &serde_json::Value::Null, true).await }.boxed()
    });
    sending.await.unwrap();
}

#[tokio::test]
async fn what_comes_behind_something_that_nobody_takes_yet_waits_quietly_too() {
    on_each_database(async |desk| {
        let courier = Courier::default();
        let opened = submitted(&desk, &courier).await;
        for _ in 0..3 {
            send(&desk, opened.id, "config.published").await;
            // Judged once and left alone: the loop comes to its end.
            tokio::time::timeout(Duration::from_secs(60), desk.settle(&courier)).await.unwrap().unwrap();
            assert!(queue::tickets_to_judge(&mut desk.read().await.unwrap(), 9).await.unwrap().is_empty());
        }
    })
    .await;
}

#[tokio::test]
async fn what_a_linked_ticket_sends_waits_until_a_state_takes_it() {
    on_each_database(async |desk| {
        let courier = Courier::default();
        let opened = submitted(&desk, &courier).await;
        let config = child(&desk, opened.id, "config").await;
        // In `to_do` nobody takes `edits` with a target; a final ticket does, and then begins again.
        send(&desk, opened.id, "config.published").await;
        desk.settle(&courier).await.unwrap();
        assert_eq!(ticket(&desk, opened.id).await.state, "published");
        send(&desk, opened.id, "config.published").await;
        desk.settle(&courier).await.unwrap();
        assert_eq!(courier.mails().len(), 2, "nobody takes it now");
        assert_eq!(desk.judge_next(10).await.unwrap(), 0, "what was judged rests until the ticket moves");
        let raw = format!(
            "From: maria@acme.example\nTo: {}\nSubject: Re\nMessage-ID: <w@acme.example>\n\nThe logo is wrong\n",
            courier.last().answer_to().unwrap().address
        );
        mail_in(&desk, &raw).await.unwrap();
        let again = Choose {
            ticket: opened.id,
            choice: "again".to_owned(),
            note: None,
            inputs: Default::default(),
            fields: Default::default(),
            key: None,
        };
        desk.handle(&agent(&desk, "Ana").await, Command::Choose(again)).await.unwrap();
        desk.settle(&courier).await.unwrap();
        assert_eq!(
            ticket(&desk, opened.id).await.state,
            "published",
            "it waited, and was taken as soon as it could be"
        );
        assert_eq!(ticket(&desk, config.id).await.state, "to_do");
    })
    .await;
}

#[tokio::test]
async fn what_the_desk_itself_fails_on_gives_way_for_an_hour_and_is_told() {
    on_each_database(async |desk| {
        let courier = Courier::default();
        let opened = submitted(&desk, &courier).await;
        send(&desk, opened.id, "config.published").await;
        desk.settle(&courier).await.unwrap();
        let due = desk.next_due().await.unwrap().unwrap();
        desk.ground.clock.advance_to(due);
        let reason = "a planted defect".to_owned();
        desk.handle(&Actor::Desk, Command::GiveWay(GiveWay { ticket: opened.id, reason })).await.unwrap();
        assert_eq!(desk.next_due().await.unwrap().unwrap().duration_since(due), SignedDuration::from_hours(1));
        let scope = Scope::of(&agent(&desk, "Ana").await).unwrap();
        let told = notifications::of_ticket(&mut desk.read().await.unwrap(), scope, opened.id, 9).await.unwrap();
        assert!(told[0].text.contains("a planted defect"), "{told:?}");
        let timer = desk::timers::of_ticket(&mut desk.read().await.unwrap(), opened.id).await.unwrap().remove(0);
        let early =
            desk.handle(&Actor::Desk, Command::FireTimer(FireTimer { ticket: opened.id, timer })).await.unwrap();
        assert!(matches!(early, Outcome::Moved(false)), "a timer that is put off does not fire before its time");
    })
    .await;
}

#[tokio::test]
async fn a_ticket_is_found_by_number_with_its_tags_and_a_process_beside_sees_what_changed() {
    on_each_database(async |desk| {
        let before = desk.now();
        let open = OpenTicket {
            subject: "Two tags".to_owned(),
            body: "Hello".to_owned(),
            requester: Sender { email: "maria@acme.example".to_owned(), name: None },
            playbook: None,
            fields: Default::default(),
            tags: vec!["vip".to_owned(), "billing".to_owned(), "vip".to_owned()],
            priority: Default::default(),
            key: None,
        };
        let ana = agent(&desk, "Ana").await;
        let id = desk.handle(&ana, Command::OpenTicket(open)).await.unwrap().ticket().unwrap();
        let scope = Scope::of(&ana).unwrap();
        let mut conn = desk.read().await.unwrap();
        let opened = ticket(&desk, id).await;
        assert_eq!(tickets::show_by_number(&mut conn, scope, opened.number).await.unwrap().id, id);
        assert_eq!(tickets::tags(&mut conn, id).await.unwrap(), ["billing", "vip"]);
        let changed = tickets::changed_since(&mut conn, before).await.unwrap();
        assert_eq!(changed.iter().map(|news| (news.id, news.version)).collect::<Vec<_>>(), [(id, opened.version)]);
    })
    .await;
}
