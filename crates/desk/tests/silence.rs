//! Who is silent, and who only cannot be heard; and that nobody is told the same thing twice. On both databases.

#![allow(clippy::unwrap_used, reason = "a failed expectation is a failed test")]

mod open;

use desk::handle::{Command, FireTimer, ForgetMailbox, MailboxRead, OpenTicket, Sender};
use desk::mailboxes::listening::Ear;
use desk::rights::Scope;
use desk::{Actor, Desk, mailboxes, notifications, timers};
use futures::future::join_all;
use jiff::{SignedDuration, Timestamp};
use open::{Courier, agent, mail_in, on_each_database_with, ticket};
use playbook::Files;
use store::Id;

/// A `general-request` that closes after a day of silence, and tells the requester so once a day, however many they have.
const REQUEST: &str = "language: 1\nplaybook: general-request\ntitle: Request\nteam: support\nopens: [ mail, api, hand ]\n\
    initial: asked\nstates:\n  asked:\n    waiting_on: requester\n    on: { requester.replied: answered }\n\
    \x20   after: { 24h: { target: closed, actions: [ { reply: { name: closing-for-now, once_per: [ requester, day ] } } ] } }\n\
    \x20   every: [ { at: '12:00', actions: [ { note: At noon } ] } ]\n\
    \x20 answered: { choices: { close: { label: Close, target: closed } } }\n  closed: { type: final }\n";

/// The same with an answer that is drafted and sent by itself after four hours.
const DRAFTING: &str = "language: 1\nplaybook: general-request\ntitle: Request\nteam: support\nopens: [ mail, api, hand ]\n\
    initial: drafting\nstates:\n  drafting:\n    entry: [ { suggest: { reply: closing-for-now, send_in: 4h } } ]\n\
    \x20   on: { requester.replied: answered, agent.replied: answered, reply.closing-for-now: closed }\n\
    \x20 answered: { choices: { close: { label: Close, target: closed } } }\n  closed: { type: final }\n";

fn handbook() -> Option<Files> {
    handbook_with(REQUEST)
}

fn handbook_with(request: &str) -> Option<Files> {
    let built_in = desk::handbook::tree::built_in();
    let mut files: Files = (built_in.iter())
        .filter(|(path, _)| !path.starts_with("scenarios/"))
        .map(|(path, text)| (path.to_owned(), text.to_owned()))
        .collect();
    files.insert("playbooks/general-request.yaml", request);
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
        let due = timers::due(&mut desk.read().await.unwrap(), desk.now(), None, 99).await.unwrap();
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

/// Maria's mail that opens a ticket, or that answers it.
fn mail(number: u32, answers: Option<&str>) -> String {
    let reference = answers.map(|id| format!("In-Reply-To: <{id}>\n")).unwrap_or_default();
    format!(
        "From: maria@acme.example\nTo: help@desk.example\nSubject: A question\nMessage-ID: <m{number}@acme.example>\n{reference}\nWhich one?\n"
    )
}

async fn noticed(desk: &Desk, ticket: Id) -> Vec<String> {
    let scope = Scope::of(&agent(desk, "Ana").await).unwrap();
    let notices = notifications::of_ticket(&mut desk.read().await.unwrap(), scope, ticket, 9).await.unwrap();
    notices.into_iter().map(|notice| notice.text).collect()
}

#[tokio::test]
async fn a_draft_does_not_cross_with_an_answer_that_lies_in_a_mailbox_which_nobody_reaches() {
    on_each_database_with(handbook_with(DRAFTING), async |desk| {
        let courier = Courier::default();
        let start = desk.now();
        read_until(&desk, "one", start).await;
        let asked = mail_in(&desk, &mail(1, None)).await.unwrap().ticket().unwrap();
        pass(&desk, &courier, 4).await;
        assert_eq!(ticket(&desk, asked).await.state, "drafting", "the mailbox was last read four hours ago");
        assert_eq!(
            desk.next_due().await.unwrap(),
            Some(start + SignedDuration::from_hours(5)),
            "then the team is told"
        );
        let scope = Scope::of(&agent(&desk, "Ana").await).unwrap();
        let mut conn = desk.read().await.unwrap();
        let behind = mailboxes::watch::behind(&mut conn, desk.now()).await.unwrap().unwrap();
        let held = desk::suggestions::held::tickets(&mut conn, scope, &behind, desk.now(), 9).await.unwrap();
        assert_eq!((held.len(), held[0].ticket, held[0].due), (1, asked, start + SignedDuration::from_hours(4)));
        drop(conn);
        for told in [0, 1, 1] {
            let notices = noticed(&desk, asked).await;
            assert_eq!(notices.len(), told, "{notices:?}");
            assert!(notices.iter().all(|text| text.contains("mailbox one") && text.contains("may have written")));
            pass(&desk, &courier, 1).await;
        }
        // She had answered in the second hour; now the mailbox is read.
        mail_in(&desk, &mail(2, Some("m1@acme.example"))).await.unwrap();
        read_until(&desk, "one", desk.now()).await;
        desk.settle(&courier).await.unwrap();
        assert_eq!(ticket(&desk, asked).await.state, "answered");
        assert!(courier.mails().is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_draft_is_sent_when_the_mailbox_is_read_beyond_its_hour_or_by_an_agent_before() {
    on_each_database_with(handbook_with(DRAFTING), async |desk| {
        let courier = Courier::default();
        read_until(&desk, "one", desk.now()).await;
        let (left, sent) = (request(&desk, "maria@acme.example").await, request(&desk, "rui@borealis.example").await);
        pass(&desk, &courier, 4).await;
        let by_hand = desk::handle::SendSuggestion {
            ticket: sent,
            suggestion: None,
            body: None,
            files: vec![],
            seen: None,
            key: None,
        };
        desk.handle(&agent(&desk, "Ana").await, Command::SendSuggestion(by_hand)).await.unwrap();
        desk.settle(&courier).await.unwrap();
        assert_eq!(
            (ticket(&desk, left).await.state, ticket(&desk, sent).await.state),
            ("drafting".into(), "answered".into())
        );
        assert_eq!(courier.last().to[0].address, "rui@borealis.example");
        read_until(&desk, "one", desk.now()).await;
        desk.settle(&courier).await.unwrap();
        assert_eq!(ticket(&desk, left).await.state, "closed");
        assert_eq!(courier.last().to[0].address, "maria@acme.example");
    })
    .await;
}

#[tokio::test]
async fn after_a_desk_was_away_an_answer_that_a_mail_server_kept_still_wins() {
    on_each_database_with(handbook(), async |desk| {
        let courier = Courier::default();
        let listens = async |ear| desk.listens(ear, desk.now()).await.unwrap();
        listens(Ear::Only).await;
        let answered = mail_in(&desk, &mail(1, None)).await.unwrap().ticket().unwrap();
        let silent = request(&desk, "rui@borealis.example").await;
        // It listens for twenty-three hours, and is away for two: both silences fall due meanwhile.
        desk.ground.clock.advance(SignedDuration::from_hours(23));
        listens(Ear::OneOfMany).await;
        desk.ground.clock.advance(SignedDuration::from_hours(2));
        listens(Ear::Only).await;
        desk.settle(&courier).await.unwrap();
        for id in [answered, silent] {
            assert_eq!(ticket(&desk, id).await.state, "asked", "her mail server may have kept an answer");
        }
        let scope = Scope::of(&agent(&desk, "Ana").await).unwrap();
        let mut conn = desk.read().await.unwrap();
        let behind = mailboxes::watch::behind(&mut conn, desk.now()).await.unwrap().unwrap();
        assert_eq!((behind.mailbox.as_ref(), behind.in_until), (None, desk.now() - SignedDuration::from_hours(2)));
        let held = timers::held::tickets(&mut conn, scope, &behind, desk.now(), 9).await.unwrap();
        assert_eq!(held.iter().map(|held| held.ticket).collect::<Vec<_>>(), [answered, silent]);
        drop(conn);

        desk.ground.clock.advance(SignedDuration::from_mins(40));
        desk.settle(&courier).await.unwrap();
        mail_in(&desk, &mail(2, Some("m1@acme.example"))).await.unwrap();
        desk.ground.clock.advance(SignedDuration::from_mins(35));
        desk.settle(&courier).await.unwrap();
        assert_eq!(ticket(&desk, answered).await.state, "answered");
        assert_eq!(ticket(&desk, silent).await.state, "closed", "nothing came within an hour and a quarter");
        assert!(noticed(&desk, silent).await.is_empty(), "what comes by itself is nothing to tell the team of");
    })
    .await;
}

#[tokio::test]
async fn what_falls_due_after_the_mail_of_an_absence_is_in_is_punctual_again() {
    on_each_database_with(handbook(), async |desk| {
        let courier = Courier::default();
        desk.listens(Ear::Only, desk.now()).await.unwrap();
        desk.ground.clock.advance(SignedDuration::from_mins(1));
        desk.listens(Ear::Only, desk.now()).await.unwrap();
        let asked = request(&desk, "maria@acme.example").await;
        let due = desk.next_due().await.unwrap().unwrap();
        assert_eq!(due, desk.now() + SignedDuration::from_mins(15), "then nothing is held any more");
        pass(&desk, &courier, 24).await;
        assert_eq!(ticket(&desk, asked).await.state, "closed");
    })
    .await;
}
