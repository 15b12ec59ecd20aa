//! The items of a checklist are checked with what shows them, hold choices back until then, and are remembered with who did it.

#![allow(clippy::unwrap_used, reason = "a failed expectation is a failed test")]

mod open;

use desk::handle::{CheckItem, Choose, Command, UncheckItem};
use desk::rights::Scope;
use desk::runs::history;
use desk::{Actor, Desk, Error, messages};
use open::{agent, mail_in, on_each_database_with, ticket, without_stories};
use playbook::{Evidence, EvidenceKind, Files};
use store::Id;

const GENERAL: &str = "language: 1\nplaybook: general-request\ntitle: Request\nteam: support\nopens: [ mail, api ]\nfields: { big: { type: boolean, default: false } }\n\
checklists:\n\x20 handover:\n    title: Before it goes live\n    items:\n\
    \x20     - { id: tested, label: Tried it out, evidence: [ link, text ] }\n\
    \x20     - { id: agreed, label: The client agreed, evidence: [ message, file ], from: requester }\n\
    \x20     - { id: told, label: Told everybody, required: false }\n\
    \x20     - { id: backup, label: A copy is kept, when: big }\n\
initial: a\nstates:\n\x20 a: { choices: { go: { label: Go, needs: [ handover ], target: b }, drop: { label: Drop, target: b } } }\n\x20 b: { type: final }\n";

const SCENARIO: &str = "scenario: 'D1: checked and done'\nstarts: 2026-11-17T09:00[Europe/Lisbon]\n\
given: { agents: [ { name: Ana, team: support } ] }\nwhen:\n\
\x20 - { at: +0h, mail: { from: maria@acme.example, text: I agree } }\n\
\x20 - { at: +1h, agent: Ana, checks: tested, with: { link: 'https://docs.example/1' } }\n\
\x20 - { at: +2h, agent: Ana, checks: handover.agreed, with: { message: last } }\n\
\x20 - { at: +3h, agent: Ana, unchecks: tested }\n\
\x20 - { at: +4h, agent: Ana, checks: tested, with: by hand }\n\
\x20 - { at: +5h, agent: Ana, chooses: go }\nthen:\n\x20 - { at: +4h, state: a }\n\x20 - { state: b }\n";

fn handbook() -> Files {
    let mut files = without_stories();
    files.insert("playbooks/general-request.yaml", GENERAL);
    files
}

const MAIL: &str = "From: maria@acme.example\nTo: help@desk.example\nSubject: Go live\nMessage-ID: <m@acme.example>\n\
    MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nI agree\n--b\n\
    Content-Type: text/plain; name=signed.txt\nContent-Disposition: attachment; filename=signed.txt\n\nsigned\n--b--\n";

async fn opened(desk: &Desk) -> Id {
    mail_in(desk, MAIL).await.unwrap().ticket().unwrap()
}

fn shown_by(kind: EvidenceKind, value: impl ToString) -> Option<Evidence> {
    Some(Evidence { kind, value: value.to_string() })
}

async fn check(desk: &Desk, ticket: Id, item: &str, evidence: Option<Evidence>) -> Result<(), Error> {
    let checklist = "handover".to_owned();
    let check = CheckItem { ticket, checklist, item: item.to_owned(), evidence, key: None };
    desk.handle(&agent(desk, "Ana").await, Command::CheckItem(check)).await.map(drop)
}

async fn go(desk: &Desk, ticket: Id) -> Result<(), Error> {
    let choice = "go".to_owned();
    let choose =
        Choose { ticket, choice, note: None, inputs: Default::default(), fields: Default::default(), key: None };
    desk.handle(&agent(desk, "Ana").await, Command::Choose(choose)).await.map(drop)
}

async fn left(desk: &Desk, ticket: Id) -> Vec<String> {
    let scope = Scope::of(&agent(desk, "Ana").await).unwrap();
    let view = desk.view(&mut desk.read().await.unwrap(), scope, ticket).await.unwrap();
    let go = view.choices.iter().find(|choice| choice.name == "go").unwrap();
    assert_eq!(view.checklists[0].done, go.unchecked.is_empty());
    go.unchecked.iter().map(|item| item.item.clone()).collect()
}

async fn first_message(desk: &Desk, ticket: Id) -> (Id, Id) {
    let scope = Scope::of(&agent(desk, "Ana").await).unwrap();
    let mut conn = desk.read().await.unwrap();
    let message = messages::of_ticket(&mut conn, scope, ticket, 10).await.unwrap()[0].id;
    (message, desk::attachments::of_message(&mut conn, message).await.unwrap()[0].id)
}

#[tokio::test]
async fn a_choice_waits_for_the_required_items_that_apply_and_for_no_other() {
    on_each_database_with(Some(handbook()), async |desk| {
        let id = opened(&desk).await;
        assert_eq!(left(&desk, id).await, ["tested", "agreed"]);
        let error = go(&desk, id).await.unwrap_err();
        assert_eq!(error.code, "choice-incomplete");
        assert!(error.message.contains("“Tried it out” checked"), "{}", error.message);
        check(&desk, id, "tested", shown_by(EvidenceKind::Link, "https://docs.example/1")).await.unwrap();
        assert_eq!(left(&desk, id).await, ["agreed"]);
        let (message, _) = first_message(&desk, id).await;
        check(&desk, id, "agreed", shown_by(EvidenceKind::Message, message)).await.unwrap();
        go(&desk, id).await.unwrap();
        assert_eq!(ticket(&desk, id).await.state, "b");
    })
    .await;
}

#[tokio::test]
async fn evidence_is_of_the_kind_and_from_the_one_that_the_item_asks_for_and_on_this_ticket() {
    on_each_database_with(Some(handbook()), async |desk| {
        let id = opened(&desk).await;
        let code = async |item: &str, evidence| check(&desk, id, item, evidence).await.unwrap_err().code;
        assert_eq!(code("tested", None).await, "evidence-missing");
        assert_eq!(code("tested", shown_by(EvidenceKind::Text, "  ")).await, "evidence-missing");
        assert_eq!(code("agreed", shown_by(EvidenceKind::Text, "she said so")).await, "evidence-missing");
        assert_eq!(code("tested", shown_by(EvidenceKind::Link, "javascript:alert(1)")).await, "invalid-fields");
        assert_eq!(code("tested", shown_by(EvidenceKind::Link, "https:// x")).await, "invalid-fields");
        assert_eq!(code("tested", shown_by(EvidenceKind::Text, "x".repeat(2_001))).await, "invalid-fields");
        assert_eq!(code("backup", None).await, "item-not-needed");
        assert_eq!(code("tessted", None).await, "not-found");

        let other = mail_in(&desk, &MAIL.replace("m@acme", "n@acme")).await.unwrap().ticket().unwrap();
        let (message, file) = first_message(&desk, other).await;
        assert_eq!(code("agreed", shown_by(EvidenceKind::Message, message)).await, "invalid-fields");
        assert_eq!(code("agreed", shown_by(EvidenceKind::File, file)).await, "invalid-fields");
        let note = desk::handle::Reply {
            ticket: id,
            body: "She agreed on the phone".to_owned(),
            kind: desk::handle::ReplyKind::Note,
            files: Vec::new(),
            seen: None,
            key: None,
        };
        let noted = desk.handle(&agent(&desk, "Ana").await, Command::Reply(note)).await.unwrap();
        let desk::handle::Outcome::Message { message: noted, .. } = noted else { panic!("a note was written") };
        assert_eq!(code("agreed", shown_by(EvidenceKind::Message, noted)).await, "invalid-fields");
        assert_eq!(left(&desk, id).await, ["tested", "agreed"]);
        check(&desk, id, "agreed", shown_by(EvidenceKind::File, first_message(&desk, id).await.1)).await.unwrap();
        assert_eq!(left(&desk, id).await, ["tested"]);
    })
    .await;
}

#[tokio::test]
async fn who_checked_when_and_with_what_is_kept_and_history_tells_of_it_without_the_words() {
    on_each_database_with(Some(handbook()), async |desk| {
        let id = opened(&desk).await;
        let before = ticket(&desk, id).await.version;
        check(&desk, id, "tested", shown_by(EvidenceKind::Text, "ran the whole suite")).await.unwrap();
        assert!(ticket(&desk, id).await.version > before, "pages hear of it");
        let ana = agent(&desk, "Ana").await;
        let scope = Scope::of(&ana).unwrap();
        let view = desk.view(&mut desk.read().await.unwrap(), scope, id).await.unwrap();
        let checked = view.checklists[0].items[0].checked.clone().unwrap();
        assert_eq!((checked.by["name"].as_str(), checked.at), (Some("Ana"), desk.now()));
        assert_eq!(checked.evidence.unwrap().value, "ran the whole suite");

        let undo =
            || UncheckItem { ticket: id, checklist: "handover".to_owned(), item: "tested".to_owned(), key: None };
        desk.handle(&ana, Command::UncheckItem(undo())).await.unwrap();
        desk.handle(&ana, Command::UncheckItem(undo())).await.unwrap();
        assert_eq!(left(&desk, id).await, ["tested", "agreed"]);
        let told = history::of_ticket(&mut desk.read().await.unwrap(), scope, id, 10).await.unwrap();
        let events: Vec<_> = told.iter().map(|entry| (entry.event.as_str(), entry.by.name.as_str())).collect();
        assert_eq!(
            events[1..],
            [("checklist.handover.tested.checked", "Ana"), ("checklist.handover.tested.unchecked", "Ana")]
        );
        let traces = format!("{:?}", told.iter().map(|entry| &entry.trace).collect::<Vec<_>>());
        assert!(traces.contains("general-request.yaml") && !traces.contains("suite"), "{traces}");
        assert_eq!(desk::runs::checklists::of_event(events[1].0), Some(("handover", "tested", true)));
    })
    .await;
}

#[tokio::test]
async fn a_client_checks_nothing() {
    on_each_database_with(Some(handbook()), async |desk| {
        let ticket = opened(&desk).await;
        let (checklist, item) = ("handover".to_owned(), "told".to_owned());
        let check = CheckItem { ticket, checklist, item, evidence: None, key: None };
        assert_eq!(desk.handle(&Actor::Outside, Command::CheckItem(check)).await.unwrap_err().code, "forbidden");
    })
    .await;
}

#[tokio::test]
async fn a_scenario_checks_items_with_what_shows_them() {
    let mut files = handbook();
    files.insert("scenarios/checks.yaml", SCENARIO);
    let scenarios = playbook::scenarios(&files).unwrap();
    let report = desk::rehearsal::rehearse(&files, &scenarios[0], store::Location::Memory).await.unwrap();
    assert!(report.failed.is_empty(), "{:?}", report.failed);
    assert_eq!(report.passed, 2);
}
