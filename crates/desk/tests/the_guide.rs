//! The scenarios of docs/handbook/README.md, played by the desk on both databases.

#![allow(clippy::unwrap_used, reason = "a failed expectation is a failed test")]

use desk::rehearsal;
use playbook::Files;
use store::Location;

const GUIDE: &str = include_str!("../../../docs/handbook/README.md");

/// The fences that are marked as files of the guide's handbook.
fn handbook() -> Files {
    let mut files = Files::new();
    for part in GUIDE.split("<!-- handbook: ").skip(1) {
        let (path, rest) = part.split_once(" -->").unwrap();
        let text = rest.split_once("```").unwrap().1.split_once('\n').unwrap().1;
        files.insert(path, text.split_once("\n```").unwrap().0.to_owned() + "\n");
    }
    files
}

async fn play_all(location: impl Fn(usize) -> Location) {
    let files = handbook();
    let scenarios = playbook::scenarios(&files).unwrap();
    assert!(scenarios.len() >= 5, "the marks are no longer found");
    let mut failures = Vec::new();
    for (position, scenario) in scenarios.iter().enumerate() {
        let report = rehearsal::rehearse(&files, scenario, location(position)).await.unwrap();
        failures.extend(report.failed.iter().map(|f| format!("{}\n  {}: {}", scenario.name, f.place, f.message)));
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[tokio::test]
async fn every_scenario_of_the_guide_holds_on_sqlite() {
    play_all(|_| Location::Memory).await;
}

#[tokio::test]
async fn every_scenario_of_the_guide_holds_on_postgresql() {
    let Ok(url) = std::env::var("DESKHAND_TEST_POSTGRES") else { return };
    let run = std::process::id();
    play_all(|position| Location::Server { url: url.clone(), schema: Some(format!("guide_{run}_{position}")) }).await;
}
