use serde_json::json;

use crate::stage::{on_each_database, wrong_fields};

const SURVEY: &str = "/api/v1/forms/document-survey/submissions";

#[tokio::test]
async fn a_form_opens_a_ticket_and_its_linked_ticket_is_shown() {
    on_each_database(async |stage| {
        stage.people().await;
        let survey = json!({
            "from": {"email": "maria@acme.example", "name": "Maria"},
            "answers": {"documents": 2, "details": "New logo"},
        });
        let submitted = stage.post(SURVEY, survey).await;
        assert_eq!(submitted.status, 201, "{submitted:?}");
        let ticket = &submitted.body["ticket"];
        assert_eq!(ticket["subject"], "Document Survey: Acme");
        assert_eq!(ticket["fields"]["documents"], 2);
        assert_eq!(ticket["organization"]["key"], "acme");
        stage.settle().await;

        let path = format!("/api/v1/tickets/{}?include=links", ticket["id"].as_str().unwrap());
        let shown = stage.get(&path).await.body;
        insta::assert_json_snapshot!("links_of_the_opener", shown["links"], {
            "[].ticket.id" => "[id]",
        });
        let child = shown["links"][0]["ticket"]["id"].as_str().unwrap();
        let child = stage.get(&format!("/api/v1/tickets/{child}?include=links,messages")).await.body;
        assert_eq!(child["links"][0]["direction"], "opener");
        assert_eq!(child["assignee"]["name"], "Bo");
        assert_eq!(child["messages"][0]["text"], "New logo");
    })
    .await;
}

#[tokio::test]
async fn a_form_can_be_added_to_a_ticket() {
    on_each_database(async |stage| {
        let from = json!({"email": "nobody@unknown.example"});
        let opened = stage.post(SURVEY, json!({"from": from, "answers": {"documents": 1}})).await.body;
        let ticket = opened["ticket"]["id"].clone();
        let added = json!({"from": from, "answers": {"documents": 3}, "ticket": ticket});
        let added = stage.post(SURVEY, added).await;
        assert_eq!((added.status.as_u16(), &added.body["ticket"]["id"]), (201, &ticket));
        assert_eq!(added.body["ticket"]["fields"]["documents"], 3);
        stage.settle().await;
    })
    .await;
}

#[tokio::test]
async fn answers_that_do_not_fit_are_named_and_open_nothing() {
    on_each_database(async |stage| {
        let from = json!({"email": "maria@acme.example"});
        let wrong = stage.post(SURVEY, json!({"from": from, "answers": {"documents": 0}})).await;
        assert_eq!((wrong.status.as_u16(), wrong_fields(&wrong)), (422, vec!["documents"]));
        let missing = stage.post(SURVEY, json!({"from": from, "answers": {}})).await;
        assert_eq!((missing.status.as_u16(), wrong_fields(&missing)), (422, vec!["documents"]));
        let nowhere = stage.post("/api/v1/forms/no-such/submissions", json!({"from": from, "answers": {}})).await;
        assert_eq!(nowhere.status, 404);
        let lost = json!({"from": from, "answers": {"documents": 1}, "ticket": "12"});
        assert_eq!(stage.post(SURVEY, lost).await.status, 404);
        assert_eq!(stage.get("/api/v1/tickets").await.body["items"], json!([]));
    })
    .await;
}
