//! A colleague writes to a party: its people get it, their answers are theirs, and nobody takes it for an answer to the client.

#![allow(clippy::unwrap_used, reason = "a failed expectation is a failed test")]

mod open;

use desk::handle::{Command, Outcome, WriteToParty};
use desk::messages::{self, Kind, Message};
use desk::receipts::Key;
use desk::rights::Scope;
use desk::runs::history;
use desk::{Desk, Error};
use jiff::SignedDuration;
use open::{Courier, agent, known, mail_in, on_each_database_with, pass, ticket, without_stories};
use playbook::Files;
use store::Id;

/// The client is to be answered within four hours; a draft waits for them; and who may confirm is waited for once asked.
const GENERAL: &str = "language: 1\nplaybook: general-request\ntitle: Access\nteam: support\nopens: [ mail, api ]\n\
parties: { confirmer: { of: organization, may: confirm-access }, payer: { of: organization, may: pay } }\nfields: { late: { type: boolean, default: false } }\n\
clocks: { answer: { start: ticket.opened, stop: [ agent.replied ], within: 4h, breach: [ { set: { late: 'true' } } ] } }\n\
initial: new\nstates:\n\
\x20 new:\n    waiting_on: us\n    initial: fresh\n    entry: [ { suggest: { reply: heard } } ]\n\
\x20   on: { confirmer.replied: { target: granting, actions: [ { note: 'Confirmed by {{ event.by.name }}' } ] } }\n\
\x20   states:\n      fresh: { on: { confirmer.written_to: { target: new.asked, actions: [ { note: 'Asked: {{ event.message.text }}' } ] }, agent.replied: {} } }\n\
\x20     asked: { waiting_on: confirmer, after: { 5 days: new.fresh } }\n\
\x20 granting: { choices: { grant: { label: Grant, target: closed } } }\n  closed: { type: final }\n";

fn handbook(general: &str) -> Option<Files> {
    let mut files = without_stories();
    files.insert("playbooks/general-request.yaml", general);
    files.insert("replies/heard.md", "Hello\n");
    files.insert("replies/heard.pt.md", "Bom dia\n");
    Some(files)
}

/// Maria asks; Olga and Otto may confirm, and nobody may pay.
async fn asked(desk: &Desk) -> Id {
    known(desk, "olga@acme.example", &["confirm-access"]).await;
    known(desk, "otto@acme.example", &["confirm-access"]).await;
    let raw =
        "From: maria@acme.example\nTo: help@desk.example\nSubject: Access\nMessage-ID: <a@acme.example>\n\nPlease\n";
    mail_in(desk, raw).await.unwrap().ticket().unwrap()
}

async fn write(desk: &Desk, ticket: Id, party: &str, seen: Option<Id>, key: Option<Key>) -> Result<Id, Error> {
    let (party, body) = (party.to_owned(), "May Maria **come in**?".to_owned());
    let command = WriteToParty { ticket, party, body, files: Vec::new(), seen, key };
    match desk.handle(&agent(desk, "Ana").await, Command::WriteToParty(command)).await? {
        Outcome::Message { message, .. } => Ok(message),
        other => panic!("{other:?}"),
    }
}

async fn said(desk: &Desk, ticket: Id) -> Vec<Message> {
    let scope = Scope::of(&agent(desk, "Ana").await).unwrap();
    messages::of_ticket(&mut desk.read().await.unwrap(), scope, ticket, 50).await.unwrap()
}

async fn events(desk: &Desk, ticket: Id) -> Vec<String> {
    let scope = Scope::of(&agent(desk, "Ana").await).unwrap();
    let steps = history::of_ticket(&mut desk.read().await.unwrap(), scope, ticket, 50).await.unwrap();
    steps.into_iter().map(|step| step.event).collect()
}

#[tokio::test]
async fn nobody_in_copy_reads_what_a_party_is_asked_not_even_where_the_client_is_of_it() {
    on_each_database_with(handbook(GENERAL), async |desk| {
        let courier = Courier::default();
        known(&desk, "maria@acme.example", &["confirm-access"]).await;
        let raw = "From: maria@acme.example\nTo: help@desk.example\nCc: rita@acme.example\nSubject: Access\n\
                   Message-ID: <a@acme.example>\n\nPlease\n";
        let id = mail_in(&desk, raw).await.unwrap().ticket().unwrap();
        write(&desk, id, "confirmer", None, None).await.unwrap();
        desk.settle(&courier).await.unwrap();
        let mails = courier.mails();
        assert_eq!((mails.len(), mails[0].cc.len()), (1, 0));
        let answer = format!(
            "From: maria@acme.example\nTo: {}\nSubject: Re\nMessage-ID: <b@acme.example>\n\nYes\n",
            mails[0].answer_to().unwrap().address
        );
        mail_in(&desk, &answer).await.unwrap();
        assert_eq!(events(&desk, id).await.last().unwrap(), "confirmer.replied", "her token is hers alone");
        desk.settle(&courier).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn each_of_the_party_gets_a_mail_of_their_own_and_an_answer_to_it_is_the_partys() {
    on_each_database_with(handbook(GENERAL), async |desk| {
        let courier = Courier::default();
        let id = asked(&desk).await;
        let first = write(&desk, id, "confirmer", None, None).await.unwrap();
        desk.settle(&courier).await.unwrap();
        // The order of mails is kept for each person alone.
        let mut mails = courier.mails();
        mails.sort_by(|one, other| one.to[0].address.cmp(&other.to[0].address));
        let to: Vec<&str> = mails.iter().map(|mail| mail.to[0].address.as_str()).collect();
        assert_eq!(to, ["olga@acme.example", "otto@acme.example"]);
        assert!(!mails[0].auto_submitted, "a person wrote it");
        assert!(mails[0].text.as_deref().unwrap().contains("come in"));
        let (olga, otto) =
            (mails[0].answer_to().unwrap().address.clone(), mails[1].answer_to().unwrap().address.clone());
        assert_ne!(olga, otto);
        let shown = said(&desk, id).await;
        let written = shown.iter().find(|message| message.id == first).unwrap();
        assert_eq!((written.kind, written.author.name.as_str()), (Kind::Reply, "Ana"));
        assert!(
            shown.iter().any(|message| message.kind == Kind::Note && message.text == "Asked: May Maria **come in**?")
        );
        assert_eq!(
            (ticket(&desk, id).await.state, ticket(&desk, id).await.waiting_on),
            ("new.asked".into(), "confirmer".into())
        );

        let answer = |from: &str, to: &str, number: u32| {
            format!("From: {from}\nTo: {to}\nSubject: Re\nMessage-ID: <n{number}@x.example>\n\nYes\n")
        };
        mail_in(&desk, &answer("otto@acme.example", &olga, 1)).await.unwrap();
        assert_eq!(ticket(&desk, id).await.state, "new.asked", "what was signed for Olga is no proof of Otto's");
        mail_in(&desk, &answer("otto@acme.example", &otto, 2)).await.unwrap();
        assert_eq!(ticket(&desk, id).await.state, "granting");
        desk.settle(&courier).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn the_client_has_heard_nothing_so_their_clock_runs_on_and_their_draft_waits() {
    on_each_database_with(handbook(GENERAL), async |desk| {
        let id = asked(&desk).await;
        write(&desk, id, "confirmer", None, None).await.unwrap();
        let told = events(&desk, id).await;
        assert!(
            told.contains(&"confirmer.written_to".to_owned()) && !told.contains(&"agent.replied".to_owned()),
            "{told:?}"
        );
        let waits = desk::suggestions::waiting(&mut desk.read().await.unwrap(), id).await.unwrap();
        assert_eq!(waits.unwrap().reply, "heard");
        pass(&desk, SignedDuration::from_hours(5)).await;
        assert_eq!(ticket(&desk, id).await.fields["late"], true);
    })
    .await;
}

#[tokio::test]
async fn whom_nobody_is_known_for_and_what_is_no_party_cannot_be_written_to() {
    on_each_database_with(handbook(GENERAL), async |desk| {
        let id = asked(&desk).await;
        let scope = Scope::of(&agent(&desk, "Ana").await).unwrap();
        let view = desk.view(&mut desk.read().await.unwrap(), scope, id).await.unwrap();
        let reached: Vec<_> = view.parties.iter().map(|of| (of.party.as_str(), of.people.len())).collect();
        assert_eq!(reached, [("confirmer", 2), ("payer", 0)]);
        assert_eq!(write(&desk, id, "payer", None, None).await.unwrap_err().code, "nobody-there");
        for party in ["requester", "landlord", ""] {
            assert_eq!(write(&desk, id, party, None, None).await.unwrap_err().fields[0].code, "no-such-party");
        }
        assert_eq!(said(&desk, id).await.len(), 1, "nothing was kept");
    })
    .await;
}

#[tokio::test]
async fn what_is_written_twice_under_one_key_is_sent_once_and_what_crosses_is_not_sent() {
    on_each_database_with(handbook(GENERAL), async |desk| {
        let courier = Courier::default();
        let id = asked(&desk).await;
        let seen = said(&desk, id).await[0].id;
        let key = || Some(Key::new("test", "once", b"words").unwrap());
        let first = write(&desk, id, "confirmer", Some(seen), key()).await.unwrap();
        assert_eq!(write(&desk, id, "confirmer", Some(seen), key()).await.unwrap(), first);
        desk.settle(&courier).await.unwrap();
        assert_eq!(courier.mails().len(), 2);
        assert_eq!(write(&desk, id, "confirmer", Some(seen), None).await.unwrap_err().code, "crossed");
    })
    .await;
}

#[tokio::test]
async fn where_it_waits_on_whoever_was_spoken_to_it_waits_on_the_party() {
    let turns = "language: 1\nplaybook: general-request\ntitle: Access\nteam: support\nopens: [ mail, api ]\n\
        parties: { confirmer: { of: organization, may: confirm-access } }\ninitial: talking\nstates:\n\
        \x20 talking: { waiting_on: turn, choices: { close: { label: Close, target: closed } }, after: { 5 days: closed } }\n  closed: { type: final }\n";
    on_each_database_with(handbook(turns), async |desk| {
        let id = asked(&desk).await;
        assert_eq!(ticket(&desk, id).await.waiting_on, "us");
        write(&desk, id, "confirmer", None, None).await.unwrap();
        assert_eq!(ticket(&desk, id).await.waiting_on, "confirmer");
        desk.settle(&Courier::default()).await.unwrap();
    })
    .await;
}
