//! `/api/v1/workload`: what each member of a team has.

use serde_json::json;

use crate::stage::{on_each_database, wrong_fields};

#[tokio::test]
async fn a_teams_work_is_told_by_person_and_component() {
    on_each_database(async |stage| {
        stage.people().await;
        let survey = json!({"from": {"email": "maria@acme.example"}, "answers": {"documents": 1}});
        stage.post("/api/v1/forms/document-survey/submissions", survey).await;
        stage.settle().await;
        let work = stage.get("/api/v1/workload?team=customer-solutions").await;
        assert_eq!(work.status, 200, "{work:?}");
        let bo = &work.body["people"][0];
        assert_eq!((&bo["name"], &bo["tickets"]), (&json!("Bo"), &json!(1)));
        assert_eq!(bo["components"], json!([{"component": "Acme", "tickets": 1}]));
        let support = stage.get("/api/v1/workload?team=support").await.body;
        assert_eq!(support["unassigned"], json!({"tickets": 1, "components": [{"component": null, "tickets": 1}]}));
        for query in ["", "?team=nobody"] {
            let refused = stage.get(&format!("/api/v1/workload{query}")).await;
            assert_eq!((refused.status.as_u16(), wrong_fields(&refused)), (422, vec!["team"]));
        }
    })
    .await;
}
