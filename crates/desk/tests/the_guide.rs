//! The scenarios of docs/handbook/README.md, played by the desk on both databases.

#![allow(clippy::unwrap_used, reason = "a failed expectation is a failed test")]

mod played;

use playbook::Files;

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

#[tokio::test]
async fn every_scenario_of_the_guide_holds_on_sqlite() {
    played::on_sqlite(&handbook(), 13).await;
}

#[tokio::test]
async fn every_scenario_of_the_guide_holds_on_postgresql() {
    played::on_postgresql(&handbook(), 13, "guide").await;
}
