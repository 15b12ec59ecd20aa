//! All scenarios of a handbook, played by the desk on each database.

#![allow(clippy::unwrap_used, reason = "a failed expectation is a failed test")]

use desk::rehearsal;
use playbook::Files;
use store::Location;

/// On SQLite in memory; at least so many scenarios are to be found.
pub async fn on_sqlite(files: &Files, least: usize) {
    all(files, least, |_| Location::Memory).await;
}

/// On PostgreSQL when `DESKHAND_TEST_POSTGRES` names a server, each in a schema whose name begins with `name`.
pub async fn on_postgresql(files: &Files, least: usize, name: &str) {
    let Ok(url) = std::env::var("DESKHAND_TEST_POSTGRES") else { return };
    let run = std::process::id();
    let schema = |position: usize| Some(format!("{name}_{run}_{position}"));
    all(files, least, |position| Location::Server { url: url.clone(), schema: schema(position) }).await;
}

async fn all(files: &Files, least: usize, location: impl Fn(usize) -> Location) {
    let scenarios = playbook::scenarios(files).unwrap();
    assert!(scenarios.len() >= least, "there are {} scenarios only", scenarios.len());
    let mut failures = Vec::new();
    for (position, scenario) in scenarios.iter().enumerate() {
        let report = rehearsal::rehearse(files, scenario, location(position)).await.unwrap();
        failures.extend(report.failed.iter().map(|f| format!("{}\n  {}: {}", scenario.name, f.place, f.message)));
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
