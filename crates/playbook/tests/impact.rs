//! The default handbook's rules of impact, held against messages that people judged: `bench/labelled/impact.yaml`. Those marked `tune`
//! were looked at while the rules were written, those marked `held` were not.

#![allow(clippy::expect_used, reason = "a failed expectation is a failed test")]

use playbook::{Files, Impact, schema_documents};
use serde_json::Value;

const LABELLED: &str = include_str!("../../../bench/labelled/impact.yaml");
const RULES: &str = include_str!("../../../handbook/impacts/client-business.yaml");

/// How the rules did: how many are urgent, how many of these were missed, how many were called urgent, how many of these wrongly.
#[derive(Debug, Default)]
struct Score {
    urgent: usize,
    missed: Vec<String>,
    called: usize,
    false_alarms: Vec<String>,
}

fn rules() -> Impact {
    let mut files = Files::default();
    files.insert("impacts/client-business.yaml", RULES);
    files.insert("desk.yaml", "language: 1\ndesk: Support\nzone: UTC\nlanguages: [ en, pt ]\n");
    let last_resort = "language: 1\nplaybook: general-request\ntitle: { en: A, pt: A }\nopens: [ mail ]\ninitial: done\nstates: { done: { type: final } }\n";
    files.insert("playbooks/general-request.yaml", last_resort);
    let handbook = playbook::compile(&files, &playbook::Registry::new()).expect("the rules are sound");
    handbook.impacts["client-business"].as_ref().clone()
}

fn score(split: &str) -> Score {
    let (rules, mut score) = (rules(), Score::default());
    let documents = schema_documents("impact.yaml", LABELLED).expect("the messages are YAML");
    let messages = documents.iter().flat_map(|list| list.as_array().into_iter().flatten());
    for message in messages.filter(|message| message["split"] == split) {
        let text = |key: &str| message[key].as_str().unwrap_or_default();
        let weight = rules.weigh(text("subject"), text("body"));
        let is_called = weight.as_ref().is_some_and(|weight| weight.priority == "urgent");
        let shown = || {
            let by = weight.as_ref().map(|weight| format!(" [{}: {}]", weight.rule, weight.by)).unwrap_or_default();
            format!("{}: {} | {}{by}", text("id"), text("subject"), text("body"))
        };
        score.called += usize::from(is_called);
        if message["urgent"] == Value::Bool(true) {
            score.urgent += 1;
            if !is_called {
                score.missed.push(shown());
            }
        } else if is_called {
            score.false_alarms.push(shown());
        }
    }
    score
}

/// What the figures of `bench/README.md` say; better is welcome, worse is not.
#[test]
fn h6_messages_that_were_looked_at_are_judged_rightly() {
    let score = score("tune");
    println!("{score:#?}");
    assert!(score.missed.len() * 100 <= score.urgent * 3, "{} of {} missed", score.missed.len(), score.urgent);
    assert!(score.false_alarms.len() * 10 < score.called, "{} false of {}", score.false_alarms.len(), score.called);
}

/// Their texts are not shown, so that nobody writes rules for them.
#[test]
fn h6_messages_that_nobody_looked_at_are_judged_nearly_as_well() {
    let score = score("held");
    let (missed, wrong) = (score.missed.len(), score.false_alarms.len());
    println!("{} urgent, {missed} missed, {} called urgent, {wrong} of them wrongly", score.urgent, score.called);
    assert!(missed * 100 <= score.urgent * 8, "{missed} of {} missed", score.urgent);
    assert!(wrong * 100 <= score.called * 20, "{wrong} of {} wrongly", score.called);
}
