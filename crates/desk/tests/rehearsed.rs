//! Rehearsals to be looked at: what they show, what they cannot reach, and where they end whatever a handbook wants.

#![allow(clippy::unwrap_used, reason = "a failed expectation is a failed test")]

mod open;

use std::time::Duration;

use desk::handbook::tree;
use desk::page::Page;
use desk::rehearsal::{Film, SHOTS_MAX, film};
use desk::rights::Scope;
use desk::tickets::{self, Filter};
use open::{agent, on_each_database, without_stories};
use playbook::{Files, scenarios};

const LONG: Duration = Duration::from_secs(20);

/// The first scenario of a handbook, played.
async fn played(files: &Files, within: Duration) -> Film {
    film(files, &scenarios(files).unwrap()[0], within).await.unwrap()
}

/// A handbook whose `general-request` is `playbook`, with one story of a mail, until `until`.
fn handbook(playbook: &str, until: &str) -> Files {
    let mut files = without_stories();
    files.insert("playbooks/general-request.yaml", playbook);
    let story = format!(
        "scenario: 'D1: a story'\nstarts: 2026-11-17T09:00[Europe/Lisbon]\nwhen:\n  - at: +0h\n    mail: {{ from: maria@acme.example, subject: Hi, text: Hi }}\nthen:\n  - at: {until}\n    tickets: 1\n"
    );
    files.insert("scenarios/one.yaml", story);
    files
}

#[tokio::test]
async fn a_film_has_every_step_and_every_mail_in_order_and_touches_no_desk() {
    let files = tree::built_in();
    on_each_database(async |desk| {
        let before = desk.now();
        let all = scenarios(&files).unwrap();
        let meant = all.iter().find(|scenario| scenario.place.file.contains("document-change")).unwrap();
        let film = film(&files, meant, LONG).await.unwrap();
        assert!(film.failed.is_empty() && film.passed > 0 && !film.is_cut, "{:?}", film.failed);
        assert!(film.shots.len() > 2 && !film.mails.is_empty());
        assert!(film.shots.windows(2).all(|pair| pair[0].moment.at <= pair[1].moment.at));
        assert!(film.shots.iter().all(|shot| shot.moment.at >= meant.starts.timestamp()));
        assert!(film.mails.windows(2).all(|pair| pair[0].at <= pair[1].at));
        assert!(
            film.mails.iter().all(|mail| mail.to.contains('@') && !mail.text.is_empty() && !mail.subject.is_empty())
        );
        // The desk beside it has neither its tickets nor its time.
        assert_eq!(desk.now(), before);
        let scope = Scope::of(&agent(&desk, "Ana").await).unwrap();
        let conn = &mut desk.read().await.unwrap();
        let listed = tickets::list(conn, scope, &Filter::default(), Page::default()).await.unwrap();
        assert!(listed.items.is_empty());
    })
    .await;
}

#[tokio::test]
async fn what_was_expected_and_what_was_so_is_told() {
    let mut files = tree::built_in();
    let text = files.get("scenarios/general-request.yaml").unwrap().to_owned();
    let first = text.split("\n---\n").next().unwrap();
    files = files
        .iter()
        .filter(|(path, _)| !path.starts_with("scenarios/"))
        .map(|(a, b)| (a.to_owned(), b.to_owned()))
        .collect();
    files.insert("scenarios/one.yaml", format!("{}\n  - tickets: 77\n", first.trim_end()));
    let film = played(&files, LONG).await;
    assert_eq!(film.failed.len(), 1, "{:?}", film.failed);
    assert!(film.failed[0].message.contains("not 77"), "{:?}", film.failed);
    assert!(film.failed[0].place.starts_with("scenarios/one.yaml:"));
    assert!(film.passed > 0);
}

const RESTLESS: &str = "language: 1\nplaybook: general-request\ntitle: Request\nteam: support\nopens: [ mail, api ]\ninitial: first\nstates:\n  first:\n    waiting_on: us\n    after: { 1m: { target: first } }\n    choices: { done: { label: Done, target: over } }\n  over: { type: final }\n";

#[tokio::test]
async fn a_story_without_end_is_given_up_after_its_time_and_told_so_far() {
    let files = handbook(RESTLESS, "+3000d");
    let film = played(&files, Duration::from_secs(2)).await;
    assert!(film.failed.iter().any(|failure| failure.message.contains("given up")), "{:?}", film.failed);
    assert!(film.shots.len() > 1 && film.shots.len() <= SHOTS_MAX, "{}", film.shots.len());
}

#[tokio::test]
async fn a_story_that_says_more_and_more_comes_to_the_end_of_its_memory() {
    let long = "x".repeat(40_000);
    let chatty = RESTLESS.replace(
        "{ target: first }",
        &format!("{{ target: first, actions: [ {{ note: '{long}' }}, {{ note: '{long}' }}, {{ note: '{long}' }} ] }}"),
    );
    let film = played(&handbook(&chatty, "+3000d"), LONG).await;
    assert!(!film.failed.is_empty());
    assert!(film.shots.len() <= SHOTS_MAX);
}

#[tokio::test]
async fn a_look_up_of_a_rehearsal_asks_nobody_but_its_story() {
    let files = tree::built_in();
    let asking: Vec<_> =
        scenarios(&files).unwrap().into_iter().filter(|scenario| !scenario.given.lookups.is_empty()).collect();
    assert!(!asking.is_empty());
    let film = film(&files, &asking[0], LONG).await.unwrap();
    assert!(film.failed.is_empty(), "its answers come from the story: {:?}", film.failed);
}
