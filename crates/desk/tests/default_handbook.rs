//! The default handbook's scenarios, on both databases.

mod played;

use desk::handbook::tree;

#[tokio::test]
async fn every_scenario_holds_on_sqlite() {
    played::on_sqlite(&tree::built_in(), 1).await;
}

#[tokio::test]
async fn every_scenario_holds_on_postgresql() {
    played::on_postgresql(&tree::built_in(), 1, "scenario").await;
}
