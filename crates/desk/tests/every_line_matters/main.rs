//! Every line of a procedure is shown by a scenario: whatever a default playbook loses (a transition, a timer, a schedule, a
//! choice, an action, a guard), and whichever of its lengths of time is doubled or halved, the check refuses it or some scenario
//! fails.

#![allow(clippy::unwrap_used, reason = "a failed expectation is a failed test")]

mod mutants;
mod tree;

use std::cmp::Reverse;
use std::sync::Arc;

use desk::handbook::tree::built_in;
use desk::rehearsal::{self, Report};
use desk::runs::actions::registry;
use mutants::Mutant;
use playbook::{Files, Scenario, Severity};
use store::Location;
use tree::Tree;

/// The playbooks whose scenarios are meant to show everything.
const WHOLE: [&str; 4] = ["client-task", "document-change", "document-configuration", "general-request"];

/// What may be lost without a scenario noticing, each with its reason. It should be empty, and holds nothing that is missed.
const UNSHOWN: [(&str, &str); 1] = [(
    "document-change identifying: after 10m",
    "a rehearsed look-up is answered or fails within two minutes; `look_ups.rs` shows the line with one that is not",
)];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_a_playbook_loses_or_times_otherwise_is_missed() {
    let files = built_in();
    let scenarios = playbook::scenarios(&files).unwrap();
    let mut played = Vec::new();
    for scenario in scenarios {
        let report = rehearsal::rehearse(&files, &scenario, Location::Memory).await.unwrap();
        assert!(report.failed.is_empty(), "{}: {:?}", scenario.name, report.failed);
        played.push((scenario, report));
    }
    let played = Arc::new(played);
    // What no scenario shows is not shown with another length either.
    let is_shown = |mutant: &Mutant| {
        let name = format!("{} {}", mutant.playbook, mutant.lost);
        !UNSHOWN.iter().any(|(lost, _)| name.strip_prefix(lost).is_some_and(|rest| !rest.is_empty()))
    };
    let all: Vec<Mutant> = WHOLE
        .iter()
        .flat_map(|name| mutants::of(name, files.get(&format!("playbooks/{name}.yaml")).unwrap()))
        .filter(is_shown)
        .collect();
    assert!(all.len() > 50, "{} parts were found to lose", all.len());
    let tasks: Vec<_> = all
        .into_iter()
        .map(|mutant| {
            let (files, played) = (files.clone(), Arc::clone(&played));
            tokio::spawn(async move {
                let missed = is_missed(&files, &mutant, &played).await;
                (!missed).then(|| format!("{} {}", mutant.playbook, mutant.lost))
            })
        })
        .collect();
    let mut survivors = Vec::new();
    for task in tasks {
        survivors.extend(task.await.unwrap());
    }
    let known: Vec<String> = UNSHOWN.iter().map(|(lost, _)| (*lost).to_owned()).collect();
    let of = |all: &[String], others: &[String]| {
        let only: Vec<&str> = all.iter().filter(|lost| !others.contains(lost)).map(String::as_str).collect();
        only.join("\n  ")
    };
    let (unknown, missed) = (of(&survivors, &known), of(&known, &survivors));
    assert!(unknown.is_empty(), "no scenario misses:\n  {unknown}");
    assert!(missed.is_empty(), "these are missed, so they need not be known:\n  {missed}");
}

#[test]
fn a_playbook_that_loses_nothing_is_the_same_playbook() {
    let mut files = built_in();
    for name in WHOLE {
        let path = format!("playbooks/{name}.yaml");
        let again = Tree::read(files.get(&path).unwrap()).write();
        files.insert(path, again);
    }
    assert!(playbook::check(&files, &registry()).is_empty());
}

/// Whether the check refuses the mutant, or a scenario fails with it. Those that came by what is lost are played first.
async fn is_missed(files: &Files, mutant: &Mutant, played: &[(Scenario, Report)]) -> bool {
    let mut files = files.clone();
    files.insert(format!("playbooks/{}.yaml", mutant.playbook), mutant.text.clone());
    let findings = playbook::check(&files, &registry());
    if findings.iter().any(|finding| finding.severity == Severity::Error) {
        return true;
    }
    let mut nearest: Vec<&(Scenario, Report)> = played.iter().collect();
    // Of those as near, the shortest stories first.
    nearest.sort_by_key(|(_, report)| (Reverse(nearness(mutant, report)), report.timeline.len()));
    for (scenario, _) in nearest {
        let report = rehearsal::rehearse(&files, scenario, Location::Memory).await.unwrap();
        if !report.failed.is_empty() {
            return true;
        }
    }
    false
}

/// How near a story came to what a mutant lost: 2 for one that was in its state when its cause happened, 1 for its state.
fn nearness(mutant: &Mutant, report: &Report) -> u8 {
    let mut nearest = 0;
    for moment in report.timeline.iter().filter(|moment| moment.playbook == mutant.playbook) {
        let was_there = [&moment.from, &moment.to].into_iter().flatten().any(|state| state.starts_with(&mutant.state));
        let by_cause = mutant.cause.as_ref().is_some_and(|cause| moment.event.contains(cause.as_str()));
        nearest = nearest.max(u8::from(was_there) + u8::from(was_there && by_cause));
    }
    nearest
}
