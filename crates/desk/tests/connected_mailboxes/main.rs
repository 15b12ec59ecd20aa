//! Mailboxes that the desk fetches from and sends through itself, on both engines.

#![allow(clippy::unwrap_used, reason = "a failed expectation is a failed test")]

mod keys;
mod linked;
#[path = "../open/mod.rs"]
mod open;
mod unsettled;

use std::collections::BTreeMap;
use std::sync::Arc;

use desk::error::Kind;
use desk::handle::{
    Command, FetchMail, Fetched, KeepMailbox, Note, NoteFetch, Outcome, PauseMailbox, RemoveMailbox, Reply, ReplyKind,
};
use desk::mailboxes::connected::fetching::{self, Cursor, Fault, Lay};
use desk::mailboxes::connected::{self, Entry, Mailbox};
use desk::mailboxes::{self, watch};
use desk::outbox::{self, Refusal};
use desk::rights::Scope;
use desk::sealed::Seals;
use desk::{Actor, Desk, Error, Role, claims, notifications};
use jiff::{SignedDuration, Timestamp};
use open::{Courier, agent, all_tickets, on_each_database, ticket};
use store::Id;

/// Tells `story` of a desk that can seal secrets.
async fn on_each_desk(story: impl AsyncFn(Desk)) {
    on_each_database(async |desk| story(desk.sealing(Seals::of_a_rehearsal(), false).await.unwrap()).await).await;
}

fn owner() -> Actor {
    Actor::Program { name: "setup".to_owned(), role: Role::Owner }
}

/// The fields of a mailbox with both ways, and more.
fn fields(name: &str, more: &[(&str, &str)]) -> BTreeMap<String, String> {
    let address = format!("{name}@acme.example");
    let usual = [
        ("name", name),
        ("address", address.as_str()),
        ("incoming.host", "imap.acme.example"),
        ("incoming.user", address.as_str()),
        ("incoming.password", "hunter2"),
        ("outgoing.host", "smtp.acme.example"),
    ];
    usual.iter().chain(more).map(|(field, value)| ((*field).to_owned(), (*value).to_owned())).collect()
}

async fn keep(desk: &Desk, id: Option<Id>, fields: &BTreeMap<String, String>) -> Result<Id, Error> {
    let command = KeepMailbox::of(id, Entry::read(fields)?);
    match desk.handle(&owner(), Command::KeepMailbox(Box::new(command))).await? {
        Outcome::Mailbox(id) => Ok(id),
        other => panic!("{other:?}"),
    }
}

async fn connected(desk: &Desk, name: &str, more: &[(&str, &str)]) -> Id {
    keep(desk, None, &fields(name, more)).await.unwrap()
}

async fn found(desk: &Desk, id: Id) -> Mailbox {
    connected::find(&mut desk.read().await.unwrap(), id).await.unwrap().unwrap()
}

fn mail(from: &str, subject: &str) -> Arc<[u8]> {
    let head = format!(
        "From: {from}\r\nTo: help@acme.example\r\nSubject: {subject}\r\nMessage-ID: <{subject}@acme.example>\r\n"
    );
    format!("{head}Date: Tue, 17 Nov 2026 08:59:00 +0000\r\n\r\nPlease help.\r\n").into_bytes().into()
}

fn lay(mailbox: Id, uid_validity: u32, uid: u32, received: &str) -> Lay {
    let received_at = Some(received.parse::<Timestamp>().unwrap());
    Lay { mailbox, folder: "INBOX".to_owned(), uid_validity, uid, received_at }
}

/// Brings a mail in that lay in a mailbox, and says which ticket it came to.
async fn bring(desk: &Desk, lay: Lay, raw: &Arc<[u8]>) -> Option<Id> {
    desk.bring(FetchMail { lay, what: Fetched::Mail(Arc::clone(raw)) }).await.unwrap().ticket()
}

async fn note(desk: &Desk, mailbox: Id, note: Note) {
    desk.handle(&Actor::Desk, Command::NoteFetch(NoteFetch { mailbox, note })).await.unwrap();
}

async fn cursor(desk: &Desk, id: Id) -> Option<(u32, u32)> {
    let cursor = fetching::cursor(&mut desk.read().await.unwrap(), id, "INBOX").await.unwrap();
    cursor.map(|cursor| (cursor.uid_validity, cursor.uid_next))
}

fn wrong(error: &Error) -> Vec<(&str, &str)> {
    error.fields.iter().map(|wrong| (wrong.field.as_str(), wrong.code.as_str())).collect()
}

const NOON: &str = "2026-11-17T12:00:00Z";

#[tokio::test]
async fn a_fetched_mail_comes_in_once_whatever_is_repeated() {
    on_each_desk(async |desk| {
        let help = connected(&desk, "help", &[]).await;
        let (first, second) = (mail("maria@acme.example", "one"), mail("maria@acme.example", "two"));
        let ticket = bring(&desk, lay(help, 7, 5, NOON), &first).await;
        assert!(ticket.is_some());
        assert_eq!(cursor(&desk, help).await, Some((7, 6)), "moved by the mail's own transaction");
        assert_eq!(bring(&desk, lay(help, 7, 5, NOON), &first).await, None, "the same number is the same mail");
        assert_eq!(
            bring(&desk, lay(help, 7, 6, NOON), &first).await,
            None,
            "the same bytes, delivered twice or moved back"
        );
        assert!(bring(&desk, lay(help, 7, 7, NOON), &second).await.is_some_and(|other| Some(other) != ticket));
        assert_eq!(cursor(&desk, help).await, Some((7, 8)));
        assert_eq!(all_tickets(&desk).await.len(), 2);
        desk.settle(&Courier::default()).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_folder_that_is_numbered_anew_brings_what_is_new_and_nothing_again() {
    on_each_desk(async |desk| {
        let help = connected(&desk, "help", &[]).await;
        note(&desk, help, Note::Begins { folder: "INBOX".into(), cursor: Cursor { uid_validity: 7, uid_next: 40 } })
            .await;
        let known = mail("maria@acme.example", "known");
        bring(&desk, lay(help, 7, 40, NOON), &known).await.unwrap();
        // From before the mailbox was connected, at nine: it was left where it is.
        let old = mail("maria@acme.example", "old");
        assert_eq!(bring(&desk, lay(help, 8, 1, "2026-11-01T08:00:00Z"), &old).await, None);
        assert_eq!(bring(&desk, lay(help, 8, 2, NOON), &known).await, None);
        assert_eq!(
            bring(&desk, lay(help, 8, 3, "2026-11-02T08:00:00Z"), &mail("bo@acme.example", "older")).await,
            None
        );
        assert!(bring(&desk, lay(help, 8, 4, NOON), &mail("maria@acme.example", "new")).await.is_some());
        assert_eq!(cursor(&desk, help).await, Some((8, 5)));
        desk.settle(&Courier::default()).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn an_older_mail_that_a_colleague_moves_into_the_folder_comes_in() {
    on_each_desk(async |desk| {
        let help = connected(&desk, "help", &[]).await;
        note(&desk, help, Note::Begins { folder: "INBOX".into(), cursor: Cursor { uid_validity: 7, uid_next: 40 } })
            .await;
        assert!(
            bring(&desk, lay(help, 7, 41, "2025-01-01T08:00:00Z"), &mail("maria@acme.example", "x")).await.is_some()
        );
        desk.settle(&Courier::default()).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_mail_in_two_mailboxes_is_two_requests() {
    on_each_desk(async |desk| {
        let (help, sales) = (connected(&desk, "help", &[]).await, connected(&desk, "sales", &[]).await);
        let both = mail("maria@acme.example", "both");
        let tickets =
            [bring(&desk, lay(help, 7, 1, NOON), &both).await, bring(&desk, lay(sales, 3, 9, NOON), &both).await];
        assert!(tickets[0].is_some() && tickets[1].is_some() && tickets[0] != tickets[1], "{tickets:?}");
        desk.settle(&Courier::default()).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_mail_that_cannot_come_in_is_kept_and_the_next_comes_in() {
    on_each_desk(async |desk| {
        let help = connected(&desk, "help", &[]).await;
        let header: Arc<[u8]> = mail("maria@acme.example", "huge");
        let trouble = Fetched::Trouble { raw: Arc::clone(&header), reason: "it has 40 MiB".to_owned() };
        let outcome = desk.bring(FetchMail { lay: lay(help, 7, 1, NOON), what: trouble }).await.unwrap();
        assert!(
            matches!(outcome, Outcome::Mail { outcome: mailboxes::Outcome::SetAside, ticket: None }),
            "{outcome:?}"
        );
        let gone = FetchMail { lay: lay(help, 7, 2, NOON), what: Fetched::Gone };
        assert!(matches!(desk.bring(gone).await.unwrap(), Outcome::Moved(false)));
        let nobodys: Arc<[u8]> = Arc::from(&b"\xff\xfe no mail at all"[..]);
        desk.bring(FetchMail { lay: lay(help, 7, 3, NOON), what: Fetched::Mail(nobodys) }).await.unwrap();
        assert!(bring(&desk, lay(help, 7, 4, NOON), &mail("maria@acme.example", "next")).await.is_some());
        let kept = mailboxes::kept(&mut desk.read().await.unwrap(), &owner(), Default::default()).await.unwrap().items;
        let reasons: Vec<&str> = kept.iter().map(|kept| kept.reason.as_str()).collect();
        assert_eq!(reasons, ["it does not say who it is from", "it has 40 MiB (mailbox help)"]);
        desk.settle(&Courier::default()).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn of_two_processes_one_fetches_and_a_lease_that_nobody_renews_runs_out() {
    on_each_desk(async |desk| {
        let help = connected(&desk, "help", &[]).await;
        let mut other = desk.ground.clone();
        other.ids = desk.ground.db.ids(&desk.ground.clock, "the other").await.unwrap();
        assert!(fetching::claim(&desk.ground, help).await.unwrap());
        assert!(fetching::claim(&desk.ground, help).await.unwrap(), "whoever has it keeps it");
        assert!(!fetching::claim(&other, help).await.unwrap());
        let later = desk.ground.clock.real_now() + fetching::LEASE;
        assert!(fetching::claim_at(&other, help, later).await.unwrap());
        // Who was slow still brings in what it had fetched; nothing comes in twice.
        let slow = mail("maria@acme.example", "slow");
        bring(&desk, lay(help, 7, 1, NOON), &slow).await.unwrap();
        assert_eq!(bring(&desk, lay(help, 7, 1, NOON), &slow).await, None);
        fetching::release(&other, help).await.unwrap();
        let next_year = later + SignedDuration::from_hours(365 * 24);
        assert!(fetching::claim_at(&other, help, next_year).await.unwrap(), "its clock is ahead, and it dies");
        assert!(!fetching::claim(&desk.ground, help).await.unwrap());
        assert_eq!(claims::release(&desk.ground, claims::Which::MadeAhead).await.unwrap(), 1);
        assert!(fetching::claim(&desk.ground, help).await.unwrap());
        let pause = PauseMailbox { id: help, paused: true };
        desk.handle(&owner(), Command::PauseMailbox(pause)).await.unwrap();
        assert!(!fetching::claim(&desk.ground, help).await.unwrap(), "it rests");
        desk.ground.db.release_node(&other.ids).await.unwrap();
        desk.settle(&Courier::default()).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn its_tickets_go_to_its_team_and_run_its_playbook() {
    on_each_desk(async |desk| {
        let more = [("team", "customer-solutions"), ("playbook", "general-request")];
        let sales = connected(&desk, "sales", &more).await;
        let opened = bring(&desk, lay(sales, 7, 1, NOON), &mail("maria@acme.example", "x")).await.unwrap();
        let opened = ticket(&desk, opened).await;
        assert_eq!((opened.team.as_deref(), opened.playbook.as_str()), (Some("customer-solutions"), "general-request"));
        let error =
            keep(&desk, None, &fields("help", &[("team", "nobody"), ("playbook", "nothing")])).await.unwrap_err();
        assert_eq!(wrong(&error), [("team", "unknown"), ("playbook", "unknown")]);
        desk.settle(&Courier::default()).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn an_answer_leaves_through_the_mailbox_that_its_ticket_came_by() {
    on_each_desk(async |desk| {
        let help = connected(&desk, "help", &[]).await;
        let sales = connected(&desk, "sales", &[("tagged", "true"), ("sender_name", "Acme Sales")]).await;
        let opened = bring(&desk, lay(sales, 7, 1, NOON), &mail("maria@acme.example", "x")).await.unwrap();
        desk.settle(&Courier::default()).await.unwrap();
        answer(&desk, opened).await;
        assert_eq!(outbox::ways_due(&desk.ground).await.unwrap(), [Some(sales)]);
        let courier = Courier::default();
        assert_eq!(desk.work_off(&courier, (Some(help), 8), &|| false).await.unwrap(), 0, "not by another way");
        assert_eq!(desk.work_off(&courier, (Some(sales), 8), &|| false).await.unwrap(), 1);
        let sent = courier.last();
        let from = sent.from.unwrap();
        assert_eq!((from.name.as_deref(), from.address.as_str()), (Some("Acme Sales"), "sales@acme.example"));
        assert!(sent.reply_to[0].address.starts_with("sales+t."), "{:?}", sent.reply_to);
        assert!(sent.message_id.unwrap().ends_with("@acme.example"));
        assert_eq!(courier.carried.lock().unwrap()[0].mail.sender, "sales@acme.example");
        desk.settle(&Courier::default()).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn what_came_by_no_mailbox_leaves_by_the_default_one_and_what_one_took_away_would_have_carried_too() {
    on_each_desk(async |desk| {
        let help = connected(&desk, "help", &[]).await;
        let sales = connected(&desk, "sales", &[]).await;
        assert!(found(&desk, help).await.is_default, "the first that sends");
        keep(&desk, Some(sales), &fields("sales", &[("default", "true")])).await.unwrap();
        assert!(found(&desk, sales).await.is_default && !found(&desk, help).await.is_default);
        let by_mail = bring(&desk, lay(help, 7, 1, NOON), &mail("maria@acme.example", "x")).await.unwrap();
        let by_form = open::submitted(&desk, &Courier::default()).await.id;
        desk.settle(&Courier::default()).await.unwrap();
        answer(&desk, by_mail).await;
        answer(&desk, by_form).await;
        let mut ways = outbox::ways_due(&desk.ground).await.unwrap();
        ways.sort();
        assert_eq!(ways, [Some(help), Some(sales)]);

        desk.handle(&owner(), Command::RemoveMailbox(RemoveMailbox { id: help })).await.unwrap();
        assert_eq!(outbox::ways_due(&desk.ground).await.unwrap(), [Some(sales)]);
        // A mailbox that sends no longer carries nothing either; what the process was given is left.
        let only_in = fields("sales", &[("outgoing.host", "")]);
        keep(&desk, Some(sales), &only_in).await.unwrap();
        assert_eq!(outbox::ways_due(&desk.ground).await.unwrap(), [None]);
        let courier = Courier::default();
        desk.settle(&courier).await.unwrap();
        let senders: Vec<String> = courier.mails().into_iter().filter_map(|mail| Some(mail.from?.address)).collect();
        assert_eq!(senders, ["help@desk.example", "help@desk.example"]);
    })
    .await;
}

#[tokio::test]
async fn a_mailbox_whose_server_refuses_holds_up_no_other() {
    on_each_desk(async |desk| {
        let (help, sales) = (connected(&desk, "help", &[]).await, connected(&desk, "sales", &[]).await);
        let mut opened = Vec::new();
        for (mailbox, subject) in [(help, "a"), (sales, "b")] {
            opened.extend(bring(&desk, lay(mailbox, 7, 1, NOON), &mail("maria@acme.example", subject)).await);
        }
        desk.settle(&Courier::default()).await.unwrap();
        for ticket in opened {
            answer(&desk, ticket).await;
        }
        let refusing = Courier::default();
        *refusing.refusal.lock().unwrap() = Some(Refusal::Later("the login is refused".to_owned()));
        assert_eq!(desk.work_off(&refusing, (Some(help), 8), &|| false).await.unwrap(), 1);
        let courier = Courier::default();
        assert_eq!(desk.work_off(&courier, (Some(sales), 8), &|| false).await.unwrap(), 1);
        let refused = outbox::refused(&mut desk.read().await.unwrap(), Some(help)).await.unwrap();
        assert_eq!(refused, Some((1, "the login is refused".to_owned())));
        assert_eq!(outbox::refused(&mut desk.read().await.unwrap(), Some(sales)).await.unwrap(), None);
        open::pass(&desk, SignedDuration::from_mins(1)).await;
    })
    .await;
}

#[tokio::test]
async fn a_mail_from_one_of_its_own_mailboxes_opens_nothing() {
    on_each_desk(async |desk| {
        let (help, _) = (connected(&desk, "help", &[]).await, connected(&desk, "sales", &[]).await);
        assert_eq!(bring(&desk, lay(help, 7, 1, NOON), &mail("Sales@acme.example", "loop")).await, None);
        assert!(all_tickets(&desk).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn silence_waits_for_a_connected_mailbox_until_it_is_read_or_gone() {
    on_each_desk(async |desk| {
        let behind = async || watch::behind(&mut desk.read().await.unwrap(), desk.now()).await.unwrap();
        assert_eq!(behind().await, None);
        let help = connected(&desk, "help", &[]).await;
        let connected_at = desk.now();
        desk.ground.clock.advance(SignedDuration::from_hours(2));
        assert_eq!(behind().await.map(|behind| behind.in_until), Some(connected_at), "nothing was read since");
        note(&desk, help, Note::Works(desk.now())).await;
        assert_eq!(behind().await.map(|behind| behind.in_until), Some(desk.now()));
        let renamed = fields("help", &[("name", "Support")]);
        keep(&desk, Some(help), &renamed).await.unwrap();
        assert_eq!(behind().await.and_then(|behind| behind.mailbox).as_deref(), Some("Support"));
        desk.handle(&owner(), Command::RemoveMailbox(RemoveMailbox { id: help })).await.unwrap();
        assert_eq!(behind().await, None);
        let gone = FetchMail { lay: lay(help, 7, 1, NOON), what: Fetched::Mail(mail("maria@acme.example", "late")) };
        assert_eq!(desk.bring(gone).await.unwrap_err().kind, Kind::NotFound, "it stays on its server");
    })
    .await;
}

#[tokio::test]
async fn owners_are_told_once_when_a_mailbox_is_not_read_for_long() {
    on_each_desk(async |desk| {
        let help = connected(&desk, "help", &[("team", "support")]).await;
        let told = async || {
            let scope = Scope::of(&agent(&desk, "Ana").await).unwrap();
            let all = notifications::beside_tickets(&mut desk.read().await.unwrap(), scope, 10).await.unwrap();
            all.into_iter().map(|notice| (notice.audience, notice.text)).collect::<Vec<_>>()
        };
        let fault = Fault { code: "silent".into(), words: "the server did not answer in time".into(), lasts: false };
        for _ in 0..30 {
            note(&desk, help, Note::Fails(fault.clone())).await;
            desk.ground.clock.advance(SignedDuration::from_mins(1));
        }
        let heard = told().await;
        let audiences: Vec<&str> = heard.iter().map(|(audience, _)| audience.as_str()).collect();
        assert_eq!(audiences, ["owner", "support"], "once each");
        let text = "The mailbox help has not been read since 2026-11-17 09:00 UTC: the server did not answer in time. \
            Nothing is lost, its mail waits on the server.";
        assert_eq!(heard[0].1, text);
        let trouble = found(&desk, help).await.trouble.unwrap();
        assert_eq!((trouble.code.as_str(), trouble.since.to_string().as_str()), ("silent", "2026-11-17T09:00:00Z"));
        note(&desk, help, Note::Works(desk.now())).await;
        assert_eq!(found(&desk, help).await.trouble, None);
        let refused = Fault { code: "login-refused".into(), words: "refused".into(), lasts: true };
        for _ in 0..4 {
            note(&desk, help, Note::Fails(refused.clone())).await;
            desk.ground.clock.advance(SignedDuration::from_mins(1));
        }
        assert_eq!(told().await.len(), 4, "told sooner of what does not pass by itself");
    })
    .await;
}

async fn answer(desk: &Desk, ticket: Id) {
    let body = "We are on it.".to_owned();
    let command = Reply { ticket, body, kind: ReplyKind::Reply, files: Vec::new(), seen: None, key: None };
    desk.handle(&agent(desk, "Ana").await, Command::Reply(command)).await.unwrap();
}
