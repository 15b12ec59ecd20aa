//! The default handbook's scenarios, on both databases.

#![allow(clippy::unwrap_used, reason = "a failed expectation is a failed test")]

use desk::handbook::tree;
use desk::rehearsal;
use store::Location;

async fn play_all(location: impl Fn(usize) -> Location) {
    let files = tree::built_in();
    let scenarios = playbook::scenarios(&files).unwrap();
    assert!(!scenarios.is_empty());
    let mut failures = Vec::new();
    for (position, scenario) in scenarios.iter().enumerate() {
        let report = rehearsal::rehearse(&files, scenario, location(position)).await.unwrap();
        failures.extend(report.failed.iter().map(|f| format!("{}\n  {}: {}", scenario.name, f.place, f.message)));
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[tokio::test]
async fn every_scenario_holds_on_sqlite() {
    play_all(|_| Location::Memory).await;
}

#[tokio::test]
async fn every_scenario_holds_on_postgresql() {
    let Ok(url) = std::env::var("DESKHAND_TEST_POSTGRES") else { return };
    let run = std::process::id();
    play_all(|position| Location::Server { url: url.clone(), schema: Some(format!("scenario_{run}_{position}")) })
        .await;
}
