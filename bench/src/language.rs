//! The language itself: a step of the interpreter, compiling and checking handbooks, and rehearsals.

use std::fmt::Write as _;

use desk::handbook::tree;
use desk::rehearsal::rehearse;
use desk::runs::actions;
use jiff::tz::TimeZone;
use playbook::{Event, Facts, Files, Severity, compile, scenarios};
use serde_json::{Map, json};
use store::Location;

use crate::meter::{Meter, Took};
use crate::report::{Report, Row};
use crate::samples::Samples;
use crate::{Failure, Result};

/// How many steps one sample takes.
const STEPS: usize = 2_000;
/// How many playbooks a large handbook has.
const PLAYBOOKS: usize = 200;
/// How many tickets are opened in a rehearsal: each opens another one.
const FORMS: usize = 100;

/// A playbook with one state that is gone around: a guard that does not hold, one that does, an assignment and an `always`.
const ROUND: &str = "language: 1\nplaybook: round\ntitle: Round\nopens: [ hand ]\n\
    fields: { count: { type: integer, default: 0 }, plan: { type: text, default: pro } }\ninitial: here\nstates:\n\
    \x20 here:\n    waiting_on: us\n    after: { 3 days: over }\n    on:\n      agent.replied:\n\
    \x20       - { guard: 'count > 1000 && plan == \"premium\"', target: over }\n\
    \x20       - { guard: 'plan in [\"pro\", \"premium\"]', target: there, actions: [ { set: { count: count + 1 } } ] }\n\
    \x20 there: { waiting_on: us, always: [ { target: here } ] }\n  over: { type: final }\n";

/// A playbook that tells the team something every Monday.
const MONDAYS: &str = "language: 1\nplaybook: mondays\ntitle: Mondays\nteam: support\nopens: [ form: mondays ]\n\
    initial: waiting\nstates:\n  waiting:\n    waiting_on: us\n    every: [ { at: MO 16:00, actions: [ { note: 'It is Monday: {{ now }}' } ] } ]\n\
    \x20   choices: { enough: { label: Enough, target: over } }\n  over: { type: final }\n";
const MONDAY_FORM: &str = "language: 1\nform: mondays\ntitle: Mondays\nfields: []\n";
const MONDAY_YEAR: &str = "scenario: 'D1: a year of Mondays'\nstarts: 2026-01-02T09:00[Europe/Lisbon]\n\
    given: { agents: [ { name: Ana, team: support } ] }\n\
    when: [ { at: +0h, form: mondays, from: maria@acme.example, answers: {} }, { at: +364d, agent: Ana, chooses: enough } ]\n\
    then: [ { at: +363d, state: waiting }, { at: +365d, state: over } ]\n";

/// Measures and prints.
pub async fn measure(runs: usize, report: &Report) -> Result<()> {
    let meter = Meter::new(std::process::id(), None);
    steps(&meter, runs, report).await?;
    let large = large_handbook();
    let row = |figure: &str, taken: &Samples, aim: &str| {
        report.row(&Row { figure, taken, floor: None, ratio: None, aim });
    };
    let registry = actions::registry();
    let compiled = sampled(&meter, runs, async || sound(compile(&large, &registry)).map(drop)).await?;
    row(&format!("compiling a handbook of {PLAYBOOKS} playbooks, CPU ms"), &compiled, "≤ 1000 ms");
    let own = tree::built_in();
    let checked = sampled(&meter, runs, async || {
        let findings = playbook::check(&own, &registry);
        match findings.iter().any(|finding| finding.severity == Severity::Error) {
            true => Err("the default handbook is not sound".into()),
            false => Ok(()),
        }
    })
    .await?;
    row("check of the default handbook, every path, CPU ms", &checked, "");
    let story = busy_story();
    let busy = rehearsed(&meter, runs, async || play(&own, &story, FORMS).await).await?;
    let mut speed = Samples::default();
    speed.add(FORMS as f64 * 2.0 * 1_000.0 / busy.median());
    row(&format!("rehearsal of {FORMS} document changes, wall ms"), &busy, "");
    row("simulated tickets a second, a mail for each two", &speed, "");
    let mondays = mondays();
    let year = rehearsed(&meter, runs, async || play(&mondays, MONDAY_YEAR, 52).await).await?;
    row("a year of Monday notices, rehearsed, wall ms", &year, "< 1000 ms");
    Ok(())
}

async fn steps(meter: &Meter, runs: usize, report: &Report) -> Result<()> {
    let mut files = tree::built_in();
    files.insert("playbooks/round.yaml", ROUND);
    let handbook = sound(compile(&files, &actions::registry()))?;
    let playbook = handbook.playbook("round").ok_or("no such playbook")?;
    let facts = Facts::new(TimeZone::UTC)
        .with("requester", json!({"email": "maria@acme.example", "name": "Maria", "role": "admin", "language": "en"}))
        .with("organization", json!({"name": "Acme", "plan": "pro"}))
        .with("ticket", json!({"number": 1, "subject": "Round"}));
    let now = crate::place::NOW.parse()?;
    let begun = playbook.begin(None, &Map::new(), &facts, &Event::opened(), now).map_err(|fault| fault.to_string())?;
    let event = Event::new("agent.replied");
    let taken = sampled(meter, runs, async || {
        for _ in 0..STEPS {
            let step = playbook.step(&begun.run, &facts, &event, now).map_err(|fault| fault.to_string())?;
            if !step.taken || step.run.state != "here" {
                return Err("the step went elsewhere".into());
            }
        }
        Ok(())
    })
    .await?;
    let mut each = Samples::default();
    each.add(taken.median() * 1e3 / STEPS as f64);
    let figure = "a step of the interpreter (three expressions, two transitions, a timer), CPU µs";
    report.row(&Row { figure, taken: &each, floor: None, ratio: None, aim: "≤ 20 µs" });
    Ok(())
}

/// Milliseconds of processor that `work` takes, after one time that warms up.
async fn sampled(meter: &Meter, runs: usize, work: impl AsyncFn() -> Result<()>) -> Result<Samples> {
    taken(meter, runs, |took| took.cpu_ms_each(1), work).await
}

/// Milliseconds on the wall: a rehearsal's database has threads of its own, which end with it and are not counted then.
async fn rehearsed(meter: &Meter, runs: usize, work: impl AsyncFn() -> Result<()>) -> Result<Samples> {
    taken(meter, runs, |took| took.wall_ms_each(1), work).await
}

async fn taken(
    meter: &Meter,
    runs: usize,
    figure: impl Fn(&Took) -> f64,
    work: impl AsyncFn() -> Result<()>,
) -> Result<Samples> {
    let mut samples = Samples::default();
    for run in 0..=runs {
        let (outcome, took) = meter.measure(work()).await;
        outcome?;
        if run > 0 {
            samples.add(figure(&took));
        }
    }
    Ok(samples)
}

/// Plays the only scenario of a text, which must hold, with at least so many steps.
async fn play(handbook: &Files, story: &str, steps: usize) -> Result<()> {
    let mut files = handbook.clone();
    files.insert("scenarios/bench.yaml", story);
    let mut all = scenarios(&files).map_err(|findings| format!("{findings:?}"))?;
    all.retain(|scenario| &*scenario.place.file == "scenarios/bench.yaml");
    let scenario = all.first().ok_or("no scenario")?;
    let report = rehearse(&files, scenario, Location::Memory).await?;
    match report.failed.first() {
        Some(failure) => Err(format!("{}: {}", failure.place, failure.message).into()),
        None if report.timeline.len() < steps => Err("less happened than should have".into()),
        None => Ok(()),
    }
}

fn sound<T>(compiled: std::result::Result<T, Vec<playbook::Finding>>) -> Result<T> {
    compiled.map_err(|findings| Failure::from(format!("{findings:?}")))
}

/// The default handbook and copies of its largest playbook.
fn large_handbook() -> Files {
    let mut files = tree::built_in();
    let pattern = files.get("playbooks/document-change.yaml").unwrap_or_default().to_owned();
    let have = files.iter().filter(|(path, _)| path.starts_with("playbooks/")).count();
    for number in have..PLAYBOOKS {
        let name = format!("document-change-{number}");
        let text = pattern.replacen("playbook: document-change\n", &format!("playbook: {name}\n"), 1);
        files.insert(format!("playbooks/{name}.yaml"), opened_by_hand(&text));
    }
    files
}

/// The same playbook, opened by nothing but a colleague: two cannot be opened by one form.
fn opened_by_hand(text: &str) -> String {
    let mut out = String::new();
    let mut within = false;
    for line in text.lines() {
        if line.starts_with("opens:") {
            within = true;
            out.push_str("opens: [ hand ]\n");
        } else if !(within && line.starts_with([' ', '-'])) {
            within = false;
            let _ = writeln!(out, "{line}");
        }
    }
    out
}

fn mondays() -> Files {
    let built_in = tree::built_in();
    let mut files: Files = built_in.iter().filter(|(path, _)| !path.starts_with("scenarios/")).collect();
    files.insert("playbooks/mondays.yaml", MONDAYS);
    files.insert("forms/mondays.yaml", MONDAY_FORM);
    files
}

/// Many clients who submit the same form in the same hour.
fn busy_story() -> String {
    let mut story = "scenario: 'D1: many document changes'\nstarts: 2026-11-17T09:00[Europe/Lisbon]\n\
        given:\n  organizations: [ { name: Acme, plan: pro } ]\n\
        \x20 contacts: [ { email: maria@acme.example, name: Maria, organization: Acme, role: admin } ]\n\
        \x20 agents: [ { name: Ana, team: support }, { name: Bo, team: customer-solutions } ]\nwhen:\n"
        .to_owned();
    for number in 0..FORMS {
        let _ = writeln!(
            story,
            "  - {{ at: +{number}m, form: document-survey, from: maria@acme.example, answers: {{ documents: 1, details: New logo {number} }} }}"
        );
    }
    let _ = writeln!(story, "then:\n  - {{ tickets: {} }}", FORMS * 2);
    story
}
