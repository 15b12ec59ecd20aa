//! What stories can do beside what the default handbook's need: publishing a revision, mails with files or as a file has them; and
//! that none ends too early.

#![allow(clippy::unwrap_used, reason = "a failed expectation is a failed test")]

mod open;

use std::sync::atomic::{AtomicU32, Ordering};

use desk::rehearsal::{self, Report};
use open::without_stories;
use playbook::Files;
use store::Location;

static PLAYED: AtomicU32 = AtomicU32::new(0);

const REQUEST: &str = r#"language: 1
playbook: general-request
title: Request
team: support
opens: [ mail, api ]
fields: { count: { type: integer, default: 0 } }
checklists:
  papers: { title: Papers, items: [ { id: order, label: The order, evidence: [ file ] } ] }
reopen: { within: 14 days, target: open }
initial: open
states:
  open:
    on:
      agent.replied: waiting
      requester.replied: { actions: [ { note: 'They said: {{ event.message.text }}' } ] }
    choices:
      done: { label: Done, needs: [ papers ], target: closed }
      hurry: { label: Hurry, target: hurried }
  waiting:
    waiting_on: requester
    on: { requester.replied: open }
    after: { 7 days: open }
  hurried:
    after: { 4 business hours: closed }
  closed: { type: final }
"#;

/// The built-in handbook with the playbook of this page and some more files.
fn handbook(more: &[(&str, &str)]) -> Files {
    let mut files = without_stories();
    files.insert("playbooks/general-request.yaml", REQUEST);
    more.iter().for_each(|(path, text)| files.insert(*path, *text));
    files
}

const HEAD: &str = "starts: 2026-11-17T09:00[Europe/Lisbon]\ngiven:\n\
    \x20 contacts: [ { email: maria@acme.example, name: Maria, role: admin } ]\n\
    \x20 agents: [ { name: Ana, team: support } ]\n";

/// Plays a story on SQLite and, when `DESKHAND_TEST_POSTGRES` names a server, on PostgreSQL; they tell the same.
async fn played(mut files: Files, story: &str) -> Report {
    files.insert("scenarios/x.yaml", format!("scenario: 'X1: x'\n{HEAD}{story}"));
    let scenario = playbook::scenarios(&files)
        .unwrap_or_else(|findings| panic!("{}", findings.iter().map(|f| f.render(&files)).collect::<String>()))
        .remove(0);
    let report = rehearsal::rehearse(&files, &scenario, Location::Memory).await.unwrap();
    if let Ok(url) = std::env::var("DESKHAND_TEST_POSTGRES") {
        let schema = format!("deeds_{}_{}", std::process::id(), PLAYED.fetch_add(1, Ordering::SeqCst));
        let other =
            rehearsal::rehearse(&files, &scenario, Location::Server { url, schema: Some(schema) }).await.unwrap();
        assert_eq!(serde_json::to_value(&report).unwrap(), serde_json::to_value(&other).unwrap());
    }
    report
}

#[track_caller]
fn holds(report: &Report) {
    assert!(report.failed.is_empty() && report.passed > 0, "{:?}", report.failed);
}

#[track_caller]
fn fails_with(report: &Report, words: &[&str]) {
    let told: String =
        report.failed.iter().map(|failure| format!("{}: {}\n", failure.place, failure.message)).collect();
    assert!(words.iter().all(|words| told.contains(words)), "{told}");
}

const SOONER: &str = "publish: { playbooks/general-request.yaml: { replace: [ [ '7 days: open', '3 days: open' ] ] } }";

#[tokio::test]
async fn a_new_revision_is_for_new_tickets_and_those_under_way_keep_theirs() {
    let story = format!(
        "when:\n- {{ at: +0h, mail: {{ from: maria@acme.example, text: One }} }}\n- {{ at: +1h, agent: Ana, replies: Which? }}\n\
         - {{ at: +1d, {SOONER} }}\n- {{ at: +1d, mail: {{ from: maria@acme.example, subject: Two, text: Two }} }}\n\
         - {{ at: +1d1h, agent: Ana, replies: Which?, on: '2' }}\n\
         then:\n- {{ at: +4d1h, ticket: '2', state: open }}\n- {{ at: +4d1h, state: waiting }}\n- {{ at: +7d1h, state: open }}\n"
    );
    holds(&played(handbook(&[]), &story).await);
}

#[tokio::test]
async fn tickets_that_are_moved_run_the_new_revision_from_when_their_timers_began() {
    let story = |moves: &str, open: &str| {
        format!(
            "when:\n- {{ at: +0h, mail: {{ from: maria@acme.example, text: One }} }}\n- {{ at: +1h, agent: Ana, replies: Which? }}\n\
             - at: +1d\n  publish:\n    playbooks/general-request.yaml:\n      replace:\n      - [ '7 days: open', '3 days: open' ]\n\
             \x20     - [ '  waiting:\n', '  asked:\n' ]\n      - [ 'agent.replied: waiting', 'agent.replied: asked' ]\n{moves}\
             then:\n- {{ at: +3d59m, state: {open} }}\n- {{ at: +3d1h, state: open }}\n"
        )
        .replace("'  waiting:\n', '  asked:\n'", "\"  waiting:\\n\", \"  asked:\\n\"")
    };
    holds(&played(handbook(&[]), &story("  move: { general-request: { waiting: asked } }\n", "asked")).await);
    let nowhere = played(handbook(&[]), &story("  move: { general-request: {} }\n", "waiting")).await;
    fails_with(&nowhere, &["1 in `waiting` of revision 1"]);
}

#[tokio::test]
async fn calendars_are_todays_for_tickets_of_older_revisions_too() {
    let calendar = "language: 1\ncalendar: office\nzone: Europe/Lisbon\nhours: { fri: 09:00-13:00 }\n";
    let story = |publishes: &str, closed: &str| {
        format!(
            "when:\n- {{ at: +0h, mail: {{ from: maria@acme.example, text: One }} }}\n{publishes}\
             - {{ at: +1h, agent: Ana, chooses: hurry }}\nthen:\n- {{ at: +1h, state: hurried }}\n- {{ at: {closed}, state: closed }}\n"
        )
    };
    let publishes = format!(
        "- at: +30m\n  publish:\n    calendars/office.yaml: |\n{}",
        calendar
            .replace("language", "      language")
            .replace("\ncalendar", "\n      calendar")
            .replace("\nzone", "\n      zone")
            .replace("\nhours", "\n      hours")
    );
    holds(&played(handbook(&[]), &story("", "+6h")).await);
    fails_with(&played(handbook(&[]), &story(&publishes, "+6h")).await, &["the state is hurried, not closed"]);
    holds(&played(handbook(&[]), &story(&publishes, "+3d4h")).await);
}

#[tokio::test]
async fn a_revision_that_is_not_sound_or_says_nothing_new_fails_the_story_and_is_not_published() {
    let story = |publish: &str| {
        format!(
            "when:\n- {{ at: +0h, mail: {{ from: maria@acme.example, text: One }} }}\n- {{ at: +1h, {publish} }}\n\
             then: [ {{ at: +1h, state: open }} ]\n"
        )
    };
    let unsound = SOONER.replace("3 days: open", "3 days: opne");
    let report = played(handbook(&[]), &story(&unsound)).await;
    fails_with(
        &report,
        &["scenarios/x.yaml:8:3", "playbooks/general-request.yaml:22:", "`opne`", "did you mean `open`?"],
    );
    let same = SOONER.replace("3 days: open", "7 days: open");
    fails_with(&played(handbook(&[]), &story(&same)).await, &["nothing was published"]);
}

#[tokio::test]
async fn a_file_that_comes_with_a_mail_shows_that_an_item_is_done() {
    let story = |attachments: &str| {
        format!(
            "when:\n- {{ at: +0h, mail: {{ from: maria@acme.example, text: One{attachments} }} }}\n\
             - {{ at: +1h, agent: Ana, checks: order, with: {{ file: order.csv }} }}\n- {{ at: +2h, agent: Ana, chooses: done }}\n\
             then: [ {{ at: +2h, state: closed }} ]\n"
        )
    };
    let file = ", attachments: [ { name: order.csv, type: text/csv, text: 'a;b' } ]";
    holds(&played(handbook(&[]), &story(file)).await);
    fails_with(&played(handbook(&[]), &story("")).await, &["There is no such file on the ticket"]);
}

#[tokio::test]
async fn a_mail_may_be_written_in_html_alone_or_beside_a_text() {
    let story = "when:\n- { at: +0h, mail: { from: maria@acme.example, text: One } }\n\
        - { at: +1h, mail: { from: maria@acme.example, in_reply_to: last, html: '<p>It is <b>gone</b></p>' } }\n\
        - { at: +2h, mail: { from: maria@acme.example, in_reply_to: last, text: Plainly, html: '<p>Richly</p>' } }\n\
        then:\n- { at: +1h, note: It is gone }\n- { at: +2h, note: Plainly }\n- { never: { note: Richly } }\n- { tickets: 1 }\n";
    let answered = story.replace("- { at: +1h, mail", "- { at: +30m, agent: Ana, replies: Which? }\n- { at: +31m, mail: { from: maria@acme.example, in_reply_to: last, text: That } }\n- { at: +1h, mail");
    holds(&played(handbook(&[]), &answered).await);
}

const AWAY: &str = "From: Maria <maria@acme.example>\nTo: help@desk.example\nSubject: Out of office\n\
    Message-ID: <away@acme.example>\nAuto-Submitted: auto-replied\nContent-Type: text/plain; charset=utf-8\n\nAway until Monday.\n";

#[tokio::test]
async fn a_mail_that_a_file_has_arrives_as_it_is() {
    let story = "when:\n- { at: +0h, mail: { from: maria@acme.example, text: One } }\n- { at: +1h, agent: Ana, replies: Which? }\n\
        - { at: +2h, mail: { raw: mails/away.eml, in_reply_to: last } }\n- { at: +3h, mail: { raw: mails/answer.eml, in_reply_to: last } }\n\
        - { at: +4h, mail: { raw: mails/new.eml } }\n\
        then:\n- { at: +2h, state: waiting }\n- { at: +3h, state: open }\n- { at: +4h, ticket: '2', subject: Something else }\n- { tickets: 2 }\n";
    let answer = AWAY
        .replace("Auto-Submitted: auto-replied\n", "")
        .replace("away@", "answer@")
        .replace("Out of office", "Re: One");
    let new = answer.replace("answer@", "new@").replace("Re: One", "Something else");
    let files = handbook(&[
        ("scenarios/mails/away.eml", AWAY),
        ("scenarios/mails/answer.eml", &answer),
        ("scenarios/mails/new.eml", &new),
    ]);
    holds(&played(files, story).await);
}

#[tokio::test]
async fn a_story_that_ends_while_a_question_or_a_mail_waits_says_what_and_until_when() {
    let away = |what: &str, more: &str| {
        format!(
            "when:\n- {{ at: +0h, fails: {what}, for: 10s }}\n\
             - {{ at: +0h, form: document-survey, from: maria@acme.example, answers: {{ documents: 1, details: New logo }} }}\n\
             then:\n- {{ at: +1s, tickets: 1 }}\n{more}"
        )
    };
    let asked = played(handbook(&[]), &away("customer-database", "")).await;
    fails_with(
        &asked,
        &["the look-up `requester-organization` has not answered as `person`, and is tried again at +25s"],
    );
    holds(&played(handbook(&[]), &away("customer-database", "- { at: +25s, state: by_hand }\n")).await);

    let told = "when:\n- { at: +0h, mail: { from: maria@acme.example, text: One } }\n- { at: +1h, fails: sender, for: 15s }\n\
        - { at: +1h, agent: Ana, replies: Which? }\nthen:\n- { at: +1h, state: waiting }\n";
    fails_with(&played(handbook(&[]), told).await, &["1 mails have not left, and is tried again at +1h30s"]);
    holds(&played(handbook(&[]), &format!("{told}- {{ at: +1h30s, mails: 1 }}\n")).await);
}
