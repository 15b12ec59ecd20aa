//! Programs that write to the desk without saying so, our own mail that comes back, and one mail by several ways.

#![allow(clippy::unwrap_used, reason = "a failed expectation is a failed test")]

mod open;

use desk::handle::{Choose, Command, Outcome};
use desk::mailboxes::Outcome as Became;
use desk::messages::{self, Kind, Message};
use desk::rights::Scope;
use desk::runs::endless::{ANSWERS_MAX, REOPENINGS_MAX};
use desk::{Desk, notifications};
use jiff::SignedDuration;
use open::{
    Courier, agent, all_tickets, child, mail_in, on_each_database, on_each_database_with, pass, submitted, ticket,
    without_stories,
};
use store::Id;

fn became(outcome: &Outcome) -> Became {
    match outcome {
        Outcome::Mail { outcome, .. } => *outcome,
        other => panic!("{other:?} is no mail's outcome"),
    }
}

fn letter(number: usize, more: &str) -> String {
    format!(
        "From: robot@acme.example\nTo: help@desk.example\nSubject: Re: Hello\nDate: Tue, 17 Nov 2026 09:00:00 +0000\n\
         Message-ID: <{number}@acme.example>\n{more}\nThank you for your mail number {number}.\n"
    )
}

async fn thread(desk: &Desk, ticket: Id) -> Vec<Message> {
    let scope = Scope::of(&agent(desk, "Ana").await).unwrap();
    messages::of_ticket(&mut desk.read().await.unwrap(), scope, ticket, 200).await.unwrap()
}

async fn notes(desk: &Desk, ticket: Id) -> usize {
    thread(desk, ticket).await.iter().filter(|message| message.kind == Kind::Note).count()
}

async fn told(desk: &Desk, ticket: Id) -> usize {
    let scope = Scope::of(&agent(desk, "Ana").await).unwrap();
    notifications::of_ticket(&mut desk.read().await.unwrap(), scope, ticket, 200).await.unwrap().len()
}

#[tokio::test]
async fn a_program_that_answers_every_answer_is_no_longer_answered_and_the_team_is_told_once() {
    let mut files = without_stories();
    let playbook = "language: 1\nplaybook: general-request\ntitle: Request\nteam: support\nopens: [ mail, api ]\ninitial: a\nstates:\n  a:\n    \
         waiting_on: us\n    choices: { go: { label: Go, target: b } }\n    on:\n      requester.replied: { actions: [ { reply: closing-for-now } ] }\n  b: { type: final }\n";
    files.insert("playbooks/general-request.yaml".to_owned(), playbook.to_owned());
    on_each_database_with(Some(files), async |desk| {
        let courier = Courier::default();
        let opened = mail_in(&desk, &letter(0, "")).await.unwrap().ticket().unwrap();
        let many = ANSWERS_MAX as usize + 5;
        for number in 1..=many {
            let outcome = mail_in(&desk, &letter(number, "In-Reply-To: <0@acme.example>\n")).await.unwrap();
            assert_eq!((became(&outcome), outcome.ticket()), (Became::Appended, Some(opened)));
            desk.settle(&courier).await.unwrap();
        }
        assert_eq!(courier.mails().len(), ANSWERS_MAX as usize);
        assert_eq!((notes(&desk, opened).await, told(&desk, opened).await), (1, 1));
        pass(&desk, SignedDuration::from_mins(61)).await;
        mail_in(&desk, &letter(many + 1, "In-Reply-To: <0@acme.example>\n")).await.unwrap();
        desk.settle(&courier).await.unwrap();
        assert_eq!(courier.mails().len(), ANSWERS_MAX as usize + 1, "an hour later it may have been a person");
    })
    .await;
}

#[tokio::test]
async fn what_a_linked_ticket_has_to_say_is_sent_however_often_its_client_was_written_to() {
    on_each_database(async |desk| {
        let courier = Courier::default();
        for _ in 1..ANSWERS_MAX {
            submitted(&desk, &courier).await;
        }
        let about = submitted(&desk, &courier).await;
        let ours = courier.last();
        let configuration = child(&desk, about.id, "config").await;
        let bo = agent(&desk, "Bo").await;
        let actor = if configuration.assignee == bo.agent_id() { bo } else { agent(&desk, "Cy").await };
        for choice in ["configured", "published"] {
            let choose = Choose {
                ticket: configuration.id,
                choice: choice.to_owned(),
                note: None,
                inputs: Default::default(),
                fields: Default::default(),
                key: None,
            };
            desk.handle(&actor, Command::Choose(choose)).await.unwrap();
        }
        // Her mail comes before the queue was looked at, and has it judged.
        let hers = format!(
            "From: maria@acme.example\nTo: help@desk.example\nSubject: Re: your request\nIn-Reply-To: <{}>\n\nThank you.\n",
            ours.message_id.unwrap()
        );
        assert_eq!(became(&mail_in(&desk, &hers).await.unwrap()), Became::Appended);
        desk.settle(&courier).await.unwrap();
        let sent: Vec<_> = thread(&desk, about.id).await.into_iter().filter_map(|message| message.reply_name).collect();
        assert_eq!(sent, ["document-request-received", "request-fulfilled"]);
        assert_eq!((notes(&desk, about.id).await, courier.mails().len()), (0, ANSWERS_MAX as usize + 1));
    })
    .await;
}

#[tokio::test]
async fn a_ticket_that_mail_brings_back_again_and_again_stays_settled_in_the_end() {
    on_each_database(async |desk| {
        let ana = agent(&desk, "Ana").await;
        let opened = mail_in(&desk, &letter(0, "")).await.unwrap().ticket().unwrap();
        for number in 1..=REOPENINGS_MAX as usize + 3 {
            if ticket(&desk, opened).await.state == "open" {
                let solve = Choose {
                    ticket: opened,
                    choice: "solve".to_owned(),
                    note: None,
                    inputs: Default::default(),
                    fields: Default::default(),
                    key: None,
                };
                desk.handle(&ana, Command::Choose(solve)).await.unwrap();
            }
            let outcome = mail_in(&desk, &letter(number, "In-Reply-To: <0@acme.example>\n")).await.unwrap();
            assert_eq!(became(&outcome), Became::Appended);
            let expected = if number <= REOPENINGS_MAX as usize { "open" } else { "solved" };
            assert_eq!(ticket(&desk, opened).await.state, expected, "{number}");
        }
        assert_eq!((notes(&desk, opened).await, told(&desk, opened).await), (1, 1));
        assert_eq!(
            thread(&desk, opened).await.iter().filter(|m| m.kind == Kind::Incoming).count(),
            9,
            "all mail is kept"
        );
        pass(&desk, SignedDuration::from_hours(25)).await;
        mail_in(&desk, &letter(99, "In-Reply-To: <0@acme.example>\n")).await.unwrap();
        assert_eq!(ticket(&desk, opened).await.state, "open", "a day later it may have been a person");
    })
    .await;
}

#[tokio::test]
async fn our_own_mail_that_comes_back_is_filed_on_its_ticket_and_said_once() {
    on_each_database(async |desk| {
        let courier = Courier::default();
        let opened = open::submitted(&desk, &courier).await;
        let ours = courier.carried.lock().unwrap().last().unwrap().mail.raw.clone();
        let ours = String::from_utf8(ours).unwrap().replace("\r\n", "\n");
        for path in
            ["Received: from list.example\n", "Received: from rule.example\nX-Forwarded-For: help@desk.example\n"]
        {
            let outcome = mail_in(&desk, &format!("{path}{ours}")).await.unwrap();
            assert_eq!((became(&outcome), outcome.ticket()), (Became::Filed, Some(opened.id)));
        }
        assert_eq!(notes(&desk, opened.id).await, 1);
        assert_eq!(ticket(&desk, opened.id).await.state, opened.state);
        let rewritten = ours.replace("From: ", "From: Users <users@list.example>\nX-Original-From: ");
        let outcome = mail_in(&desk, &rewritten).await.unwrap();
        assert_eq!(outcome.ticket(), Some(opened.id), "also when a list wrote its own name over ours");
    })
    .await;
}

#[tokio::test]
async fn one_mail_to_several_of_our_addresses_is_one_and_another_under_the_same_id_is_another() {
    on_each_database(async |desk| {
        let first = mail_in(&desk, &letter(1, "Delivered-To: help@desk.example\n")).await.unwrap();
        assert_eq!(became(&first), Became::Opened);
        let again = mail_in(&desk, &letter(1, "Delivered-To: sales@desk.example\nReceived: by mx2\n")).await.unwrap();
        assert_eq!((became(&again), again.ticket()), (Became::Filed, first.ticket()));
        assert_eq!(thread(&desk, first.ticket().unwrap()).await.len(), 1);

        let alike = letter(1, "Delivered-To: sales@desk.example\n").replace("number 1", "number one");
        let other = mail_in(&desk, &alike).await.unwrap();
        assert_eq!(became(&other), Became::Opened, "alike is not the same");
        let by_another = letter(1, "").replace("robot@acme", "eve@elsewhere");
        assert_eq!(became(&mail_in(&desk, &by_another).await.unwrap()), Became::Opened);
        assert_eq!(all_tickets(&desk).await.len(), 3);
    })
    .await;
}
