//! Who is silent, and who only cannot be heard; and that nobody is told the same thing twice. On both databases.

#![allow(clippy::unwrap_used, reason = "a failed expectation is a failed test")]

mod open;

use desk::handle::{Command, FireTimer, ForgetMailbox, MailboxRead, OpenTicket, Sender};
use desk::rights::Scope;
use desk::{Actor, Desk, mailboxes, notifications, timers};
use futures::future::join_all;
use jiff::{SignedDuration, Timestamp};
use open::{Courier, agent, on_each_database_with, ticket};
use playbook::Files;
use store::Id;

/// A `general-request` that closes after a day of silence, and tells the requester so once a day, however many they have.
const REQUEST: &str = "language: 1\nplaybook: general-request\ntitle: Request\nteam: support\nopens: [ mail, api, hand ]\n\
    initial: asked\nstates:\n  asked:\n    waiting_on: requester\n    on: { requester.replied: answered }\n\
    \x20   after: { 24h: { target: closed, actions: [ { reply: { name: closing-for-now, once_per: [ requester, day ] } } ] } }\n\
    \x20   every: [ { at: '12:00', actions: [ { note: At noon } ] } ]\n\
    \x20 answered: { choices: { close: { label: Close, target: closed } } }\n  closed: { type: final }\n";

fn handbook() -> Option<Files> {
    let built_in = desk::handbook::tree::built_in();
    let mut files: Files = (built_in.iter())
        .filter(|(path, _)| !path.starts_with("scenarios/"))
        .map(|(path, text)| (path.to_owned(), text.to_owned()))
        .collect();
    files.insert("playbooks/general-request.yaml", REQUEST);
    Some(files)
}

async fn request(desk: &Desk, email: &str) -> Id {
    let open = OpenTicket {
        subject: "A question".to_owned(),
        body: "Which one?".to_owned(),
        requester: Sender { email: email.to_owned(), name: None },
        playbook: None,
        fields: Default::default(),
        tags: Vec::new(),
        priority: Default::default(),
        key: None,
    };
    desk.handle(&agent(desk, "Ana").await, Command::OpenTicket(open)).await.unwrap().ticket().unwrap()
}

async fn read_until(desk: &Desk, name: &str, until: Timestamp) {
    let read = MailboxRead { name: name.to_owned(), until };
    desk.handle(&Actor::Desk, Command::MailboxRead(read)).await.unwrap();
}

async fn pass(desk: &Desk, courier: &Courier, hours: i64) {
    desk.ground.clock.advance(SignedDuration::from_hours(hours));
    desk.settle(courier).await.unwrap();
}

#[tokio::test]
async fn a_silence_counts_only_when_every_mailbox_is_read_beyond_its_end() {
    on_each_database_with(handbook(), async |desk| {
        let courier = Courier::default();
        let start = desk.now();
        read_until(&desk, "one", start).await;
        let asked = request(&desk, "maria@acme.example").await;
        pass(&desk, &courier, 24).await;
        assert_eq!(ticket(&desk, asked).await.state, "asked", "the mailbox was last read a day ago");
        let next = desk.next_due().await.unwrap().unwrap();
        assert_eq!(next, start + SignedDuration::from_hours(25), "then the team is told");

        read_until(&desk, "one", desk.now()).await;
        read_until(&desk, "two", start).await;
        desk.settle(&courier).await.unwrap();
        assert_eq!(ticket(&desk, asked).await.state, "asked", "the other mailbox is behind");
        read_until(&desk, "two", desk.now() - SignedDuration::from_secs(1)).await;
        desk.settle(&courier).await.unwrap();
        assert_eq!(ticket(&desk, asked).await.state, "asked", "what arrived in the last second is not in");
        read_until(&desk, "two", desk.now()).await;
        desk.settle(&courier).await.unwrap();
        assert_eq!(ticket(&desk, asked).await.state, "closed");
    })
    .await;
}

#[tokio::test]
async fn a_schedule_is_punctual_whatever_mail_is_missing() {
    on_each_database_with(handbook(), async |desk| {
        let courier = Courier::default();
        read_until(&desk, "one", desk.now()).await;
        let asked = request(&desk, "maria@acme.example").await;
        pass(&desk, &courier, 4).await;
        let scope = Scope::of(&agent(&desk, "Ana").await).unwrap();
        let said = desk::messages::of_ticket(&mut desk.read().await.unwrap(), scope, asked, 9).await.unwrap();
        assert!(said.iter().any(|message| message.text == "At noon"));
    })
    .await;
}

#[tokio::test]
async fn the_team_is_told_once_of_what_is_held_and_a_mailbox_that_is_forgotten_holds_nothing() {
    on_each_database_with(handbook(), async |desk| {
        let courier = Courier::default();
        read_until(&desk, "one", desk.now()).await;
        let asked = request(&desk, "maria@acme.example").await;
        pass(&desk, &courier, 24).await;
        let scope = Scope::of(&agent(&desk, "Ana").await).unwrap();
        for told in [0, 1, 1] {
            let notices = notifications::of_ticket(&mut desk.read().await.unwrap(), scope, asked, 9).await.unwrap();
            assert_eq!(notices.len(), told);
            assert!(notices.iter().all(|notice| notice.audience == "support" && notice.text.contains("mailbox one")));
            pass(&desk, &courier, 1).await;
        }
        assert_eq!(ticket(&desk, asked).await.state, "asked");
        let forget = || Command::ForgetMailbox(ForgetMailbox { name: "one".to_owned() });
        desk.handle(&Actor::Desk, forget()).await.unwrap();
        assert!(desk.handle(&Actor::Desk, forget()).await.is_err(), "it is gone");
        desk.settle(&courier).await.unwrap();
        assert_eq!(ticket(&desk, asked).await.state, "closed");
    })
    .await;
}

#[tokio::test]
async fn how_far_a_mailbox_was_read_is_never_taken_back_and_never_lies_ahead() {
    on_each_database_with(handbook(), async |desk| {
        let (now, behind) = (desk.now(), desk.now() - SignedDuration::from_hours(2));
        for (until, expected) in [(behind, behind), (now + SignedDuration::from_hours(9), now), (behind, now)] {
            read_until(&desk, "one", until).await;
            let found = mailboxes::watch::furthest_behind(&mut desk.read().await.unwrap()).await.unwrap().unwrap();
            assert_eq!(found.caught_up_until, expected);
        }
        for name in ["", " ", &"x".repeat(201)] {
            let read = MailboxRead { name: name.to_owned(), until: now };
            assert!(desk.handle(&Actor::Desk, Command::MailboxRead(read)).await.is_err(), "{name:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn of_many_tickets_that_want_to_say_the_same_at_once_one_says_it() {
    on_each_database_with(handbook(), async |desk| {
        let courier = Courier::default();
        for _ in 0..8 {
            request(&desk, "maria@acme.example").await;
        }
        request(&desk, "rui@borealis.example").await;
        desk.settle(&courier).await.unwrap();
        desk.ground.clock.advance(SignedDuration::from_hours(24));
        // All at once, as two nodes would.
        let due = timers::due(&mut desk.read().await.unwrap(), desk.now(), 99).await.unwrap();
        let fire = |due: timers::Due| Command::FireTimer(FireTimer { ticket: due.ticket, timer: due.timer });
        for fired in join_all(due.into_iter().map(|due| desk.handle(&Actor::Desk, fire(due)))).await {
            fired.unwrap();
        }
        desk.settle(&courier).await.unwrap();
        let mut told: Vec<String> = courier.mails().iter().map(|mail| mail.to[0].address.clone()).collect();
        told.sort_unstable();
        assert_eq!(told, ["maria@acme.example", "rui@borealis.example"]);

        // The next day it may be said again.
        request(&desk, "maria@acme.example").await;
        pass(&desk, &courier, 24).await;
        assert_eq!(courier.mails().len(), 3);
    })
    .await;
}
