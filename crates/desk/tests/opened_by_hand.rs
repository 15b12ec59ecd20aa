//! Tickets that colleagues open, on both databases: for somebody on the telephone, and to write to somebody first.

#![allow(clippy::unwrap_used, reason = "a failed expectation is a failed test")]

mod open;

use std::sync::Arc;

use desk::handle::{Command, First, OpenByHand, OpenTicket, Sender};
use desk::receipts::Key;
use desk::rights::Scope;
use desk::runs::history;
use desk::tickets::Priority;
use desk::{Actor, Desk, Result, attachments, contacts, messages, notifications, sendings};
use jiff::SignedDuration;
use open::{Courier, agent, mail_in, on_each_database, on_each_database_with, ticket, without_stories};
use playbook::Files;
use serde_json::{Map, Value, json};
use store::Id;

/// What a colleague enters to open a ticket, which they take.
fn entered(who: &Actor, first: First, playbook: Option<&str>) -> OpenByHand {
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
    OpenByHand { ticket, first, assignee: who.agent_id(), files: Vec::new(), key }
}

async fn open_as(desk: &Desk, who: &Actor, entered: OpenByHand) -> Result<Id> {
    Ok(desk.handle(who, Command::OpenByHand(entered)).await?.ticket().unwrap())
}

async fn open(desk: &Desk, who: &Actor, first: First, playbook: Option<&str>) -> Result<Id> {
    open_as(desk, who, entered(who, first, playbook)).await
}

fn file(name: &str, bytes: &[u8]) -> Arc<mail::Attachment> {
    let (kind, bytes) = ("text/plain".to_owned(), bytes.to_vec());
    let size = bytes.len();
    Arc::new(mail::Attachment {
        name: name.to_owned(),
        kind,
        size,
        inline: false,
        bytes,
        content_id: None,
        within: None,
    })
}

/// A procedure that asks for something when it is opened by hand, and gives each ticket to somebody at once.
const VISIT: &str = "language: 1\nplaybook: visit\ntitle: Visit\nteam: support\n\
    opens:\n  - hand:\n    ask: [ place, people ]\n    require: [ day, place ]\n\
    fields: { place: { type: text, max_length: 40, label: Where }, people: { type: list }, day: { type: date, label: When }, cost: { type: integer } }\n\
    initial: a\nstates:\n  a:\n    entry: [ { assign: { by: fewest_open } }, { weigh: { as: impact, by: client-business, text: ticket.subject } } ]\n\
    \x20   on: { impact.urgent: {}, impact.ordinary: { actions: [ { tell: { person: '{{ assignee.name }}', text: A visit } } ] } }\n\
    \x20   choices: { end: { label: End, target: b } }\n  b: { type: final }\n";

fn visits() -> Files {
    let mut files = without_stories();
    files.insert("playbooks/visit.yaml", VISIT);
    files
}

fn visit(who: &Actor, fields: Value) -> OpenByHand {
    let mut visit = entered(who, First::Theirs, Some("visit"));
    visit.ticket.fields = fields.as_object().unwrap().clone();
    visit
}

/// Whom anything about a ticket was told to.
async fn told(desk: &Desk, id: Id) -> Vec<String> {
    let scope = Scope::of(&Actor::Desk).unwrap();
    let told = notifications::of_ticket(&mut desk.read().await.unwrap(), scope, id, 10).await.unwrap();
    told.iter().map(|notice| notice.audience.clone()).collect()
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

#[tokio::test]
async fn what_a_procedure_asks_is_filled_in_as_its_ticket_is_opened_and_all_that_is_wrong_is_told_at_once() {
    on_each_database_with(Some(visits()), async |desk| {
        let ana = agent(&desk, "Ana").await;
        let mut wrong = visit(&ana, json!({"place": "x".repeat(41), "people": "Rui\n\nEva ", "cost": "3"}));
        wrong.ticket.subject.clear();
        let refused = open_as(&desk, &ana, wrong).await.unwrap_err();
        let mut told: Vec<(&str, &str)> =
            refused.fields.iter().map(|field| (field.field.as_str(), field.code.as_str())).collect();
        told.sort_unstable();
        let expected = [
            ("fields.cost", "not-asked"),
            ("fields.day", "required"),
            ("fields.place", "wrong-type"),
            ("subject", "required"),
        ];
        assert_eq!(told, expected);

        let right = visit(&ana, json!({"place": "The shop", "people": "Rui\n\nEva ", "day": "2026-12-01"}));
        let id = open_as(&desk, &ana, right).await.unwrap();
        let fields = ticket(&desk, id).await.fields;
        assert_eq!((&fields["place"], &fields["people"]), (&json!("The shop"), &json!(["Rui", "Eva"])));
        assert_eq!((&fields["day"], &fields["cost"]), (&json!("2026-12-01"), &Value::Null));
        desk.settle(&Courier::default()).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn the_files_that_a_ticket_is_opened_with_are_those_of_its_first_words_or_of_the_first_mail() {
    on_each_database(async |desk| {
        let (courier, ana) = (Courier::default(), agent(&desk, "Ana").await);
        let files = || vec![file("C:\\scans\\plan.txt", b"the plan"), file("keys.txt", b"two keys")];
        let theirs = OpenByHand { files: files(), ..entered(&ana, First::Theirs, None) };
        let id = open_as(&desk, &ana, theirs).await.unwrap();
        let first = said(&desk, &ana, id).await[0].id;
        let shown = attachments::of_message(&mut desk.read().await.unwrap(), first).await.unwrap();
        let names: Vec<(&str, i64)> = shown.iter().map(|file| (file.name.as_str(), file.size)).collect();
        assert_eq!(names, [("plan.txt", 8), ("keys.txt", 8)]);

        let ours = OpenByHand { files: files(), ..entered(&ana, First::Ours, None) };
        open_as(&desk, &ana, ours).await.unwrap();
        desk.ground.clock.advance(SignedDuration::from_secs(10));
        desk.settle(&courier).await.unwrap();
        let sent = courier.last();
        let names: Vec<&str> = sent.attachments.iter().map(|file| file.name.as_str()).collect();
        assert_eq!(names, ["plan.txt", "keys.txt"]);

        let half = vec![0; desk::drafts::FILES_MAX / 2 + 1];
        let files = vec![file("one", &half), file("two", &half)];
        let mut heavy = OpenByHand { files, ..entered(&ana, First::Theirs, None) };
        heavy.key = None;
        assert_eq!(open_as(&desk, &ana, heavy).await.unwrap_err().code, "too-large");
        let files = (0..51).map(|n| file(&n.to_string(), b"x")).collect();
        let mut many = OpenByHand { files, ..entered(&ana, First::Theirs, None) };
        many.key = None;
        assert_eq!(open_as(&desk, &ana, many).await.unwrap_err().code, "too-many-files");
    })
    .await;
}

#[tokio::test]
async fn who_opens_a_ticket_says_who_gets_it_before_the_procedure_does_and_nobody_else_is_told_of_it() {
    on_each_database_with(Some(visits()), async |desk| {
        let (ana, bo) = (agent(&desk, "Ana").await, agent(&desk, "Bo").await);
        let fields = json!({"place": "The shop", "day": "2026-12-01"});
        // Of the second one somebody else would have the fewest.
        for (assignee, others) in [(&ana, ["Bo"]), (&ana, ["Bo"]), (&bo, ["Ana"])] {
            let mut opened = visit(&ana, fields.clone());
            (opened.assignee, opened.key) = (assignee.agent_id(), None);
            let id = open_as(&desk, &ana, opened).await.unwrap();
            assert_eq!(ticket(&desk, id).await.assignee, assignee.agent_id());
            let told = told(&desk, id).await;
            assert!(told.iter().any(|name| name == assignee.name()), "the procedure tells whoever has it: {told:?}");
            assert!(!told.iter().any(|name| others.contains(&name.as_str())), "it is none of theirs: {told:?}");
        }
        let mut left = visit(&ana, fields);
        (left.assignee, left.key) = (None, None);
        let id = open_as(&desk, &ana, left).await.unwrap();
        assert!(ticket(&desk, id).await.assignee.is_some(), "where nobody is named the procedure gives it to somebody");
        desk.settle(&Courier::default()).await.unwrap();
    })
    .await;
}
