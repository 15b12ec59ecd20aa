//! Mail of ours that comes back, and reports that only say so.

#![allow(clippy::unwrap_used, reason = "a failed expectation is a failed test")]

mod open;

use desk::handle::Outcome;
use desk::mailboxes::Outcome as Became;
use desk::messages::bounces::{self, Bounced};
use desk::messages::{self, Kind};
use desk::rights::Scope;
use desk::runs::history;
use desk::tickets::Ticket;
use desk::{Desk, notifications};
use open::{Courier, agent, mail_in, on_each_database, submitted};

const HARD: &str = "Action: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 no such user";
const DELAYED: &str = "Action: delayed\nStatus: 4.4.1\nDiagnostic-Code: smtp; 451 4.4.1 connection timed out";

/// A report (RFC 3464) that a mail with this id did not reach `recipient`; `mark` makes it another mail.
fn report(mail_id: &str, recipient: &str, what: &str, mark: &str) -> String {
    format!(
        "From: MAILER-DAEMON@mx.example\nTo: help@desk.example\nSubject: Undelivered Mail Returned to Sender\nAuto-Submitted: auto-replied\n\
         X-Mark: {mark}\nMIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n\
         Content-Type: text/plain\n\nIt failed.\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\n\
         Final-Recipient: rfc822; {recipient}\n{what}\n\n--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: <{mail_id}>\n\n--b--\n"
    )
}

fn filed_on(outcome: &Outcome) -> Option<store::Id> {
    assert!(matches!(outcome, Outcome::Mail { outcome: Became::Filed, .. }), "{outcome:?}");
    outcome.ticket()
}

async fn shown(desk: &Desk, ticket: &Ticket) -> Vec<Bounced> {
    let scope = Scope::of(&agent(desk, "Ana").await).unwrap();
    bounces::of_ticket(&mut desk.read().await.unwrap(), scope, ticket.id).await.unwrap()
}

async fn delivery(desk: &Desk, ticket: &Ticket) -> Option<String> {
    let scope = Scope::of(&agent(desk, "Ana").await).unwrap();
    let thread = messages::of_ticket(&mut desk.read().await.unwrap(), scope, ticket.id, 50).await.unwrap();
    thread.into_iter().find(|message| message.kind == Kind::Automatic).unwrap().delivery
}

async fn events(desk: &Desk, ticket: &Ticket) -> usize {
    let scope = Scope::of(&agent(desk, "Ana").await).unwrap();
    let entries = history::of_ticket(&mut desk.read().await.unwrap(), scope, ticket.id, 50).await.unwrap();
    entries.iter().filter(|entry| entry.event == "requester.bounced").count()
}

async fn told(desk: &Desk, ticket: &Ticket) -> usize {
    let scope = Scope::of(&agent(desk, "Ana").await).unwrap();
    let notices = notifications::of_ticket(&mut desk.read().await.unwrap(), scope, ticket.id, 50).await.unwrap();
    notices.iter().filter(|notice| notice.text.contains("came back")).count()
}

#[tokio::test]
async fn a_bounce_says_on_its_message_who_was_not_reached_and_why_and_is_told_once() {
    on_each_database(async |desk| {
        let courier = Courier::default();
        let opened = submitted(&desk, &courier).await;
        let sent = courier.last().message_id.unwrap();
        let first = mail_in(&desk, &report(&sent, "Maria@Acme.example", HARD, "1")).await.unwrap();
        assert_eq!(filed_on(&first), Some(opened.id));
        let found = shown(&desk, &opened).await;
        assert_eq!(found.len(), 1);
        assert_eq!(
            (found[0].recipient.as_deref(), found[0].status.as_deref()),
            (Some("Maria@Acme.example"), Some("5.1.1"))
        );
        assert_eq!(found[0].reason.as_deref(), Some("550 5.1.1 no such user"));
        assert!(found[0].hard && found[0].proved && !found[0].delayed);
        assert_eq!(delivery(&desk, &opened).await.as_deref(), Some("bounced"));
        assert_eq!(events(&desk, &opened).await, 1);

        mail_in(&desk, &report(&sent, "Maria@Acme.example", HARD, "2")).await.unwrap();
        assert_eq!(
            (shown(&desk, &opened).await.len(), events(&desk, &opened).await),
            (1, 1),
            "the same again is no news"
        );
        desk.settle(&courier).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_mail_that_is_only_late_is_shown_as_such_and_nothing_else_happens() {
    on_each_database(async |desk| {
        let courier = Courier::default();
        let opened = submitted(&desk, &courier).await;
        let sent = courier.last().message_id.unwrap();
        mail_in(&desk, &report(&sent, "maria@acme.example", DELAYED, "1")).await.unwrap();
        let found = shown(&desk, &opened).await;
        assert!(found.len() == 1 && found[0].delayed && !found[0].hard, "{found:?}");
        assert_eq!(delivery(&desk, &opened).await.as_deref(), Some("sent"));
        assert_eq!((events(&desk, &opened).await, told(&desk, &opened).await), (0, 0));
        mail_in(&desk, &report(&sent, "maria@acme.example", HARD, "2")).await.unwrap();
        assert_eq!((shown(&desk, &opened).await.len(), events(&desk, &opened).await), (2, 1), "in the end it failed");
        desk.settle(&courier).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_report_about_another_address_is_shown_and_told_but_moves_nothing() {
    on_each_database(async |desk| {
        let courier = Courier::default();
        let opened = submitted(&desk, &courier).await;
        let sent = courier.last().message_id.unwrap();
        let outcome = mail_in(&desk, &report(&sent, "m.alves@inner.acme.example", HARD, "1")).await.unwrap();
        assert_eq!(filed_on(&outcome), Some(opened.id), "the id carries a token of ours");
        let found = shown(&desk, &opened).await;
        assert!(found.len() == 1 && !found[0].proved, "{found:?}");
        assert_eq!(delivery(&desk, &opened).await.as_deref(), Some("sent"));
        assert_eq!((events(&desk, &opened).await, told(&desk, &opened).await), (0, 1));
    })
    .await;
}

#[tokio::test]
async fn a_forged_report_finds_no_ticket() {
    on_each_database(async |desk| {
        let courier = Courier::default();
        let opened = submitted(&desk, &courier).await;
        let sent = courier.last().message_id.unwrap();
        let number = sent.split('.').next().unwrap();
        for guess in [format!("{number}@desk.example"), "m-1@acme.example".to_owned(), sent.replace(".t.", ".t.a")] {
            let outcome = mail_in(&desk, &report(&guess, "maria@acme.example", HARD, &guess)).await.unwrap();
            assert_eq!(filed_on(&outcome), None, "{guess}");
        }
        // A mail of the client's has an id that others know too, and it is none of ours.
        let raw =
            "From: maria@acme.example\nTo: help@desk.example\nSubject: Hello\nMessage-ID: <m1@acme.example>\n\nHi\n";
        mail_in(&desk, raw).await.unwrap();
        let outcome = mail_in(&desk, &report("m1@acme.example", "maria@acme.example", HARD, "x")).await.unwrap();
        assert_eq!(filed_on(&outcome), None);
        assert_eq!((shown(&desk, &opened).await.len(), events(&desk, &opened).await), (0, 0));
    })
    .await;
}

#[tokio::test]
async fn a_report_in_free_text_is_known_by_the_token_in_the_copy() {
    on_each_database(async |desk| {
        let courier = Courier::default();
        let opened = submitted(&desk, &courier).await;
        let copy = courier.last().text.unwrap();
        let raw = format!(
            "From: MAILER-DAEMON@mx.example\nReturn-Path: <>\nTo: help@desk.example\nSubject: failure notice\n\n\
             <maria@acme.example>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n--- Below this line is a copy of the message.\n\n{copy}\n"
        );
        let outcome = mail_in(&desk, &raw).await.unwrap();
        assert_eq!(filed_on(&outcome), Some(opened.id));
        let found = shown(&desk, &opened).await;
        assert!(found.len() == 1 && found[0].proved && found[0].hard, "{found:?}");
        assert_eq!(delivery(&desk, &opened).await.as_deref(), Some("bounced"));
        desk.settle(&courier).await.unwrap();
    })
    .await;
}
