use axum::body::Body;
use serde_json::{Value, json};

use crate::stage::{Answer, Stage, on_each_database, wrong_fields};

const GENERAL: &str = "language: 1\nplaybook: general-request\ntitle: Request\nteam: support\nopens: [ mail, api ]\n\
checklists: { handover: { title: Before it goes live, items: [ { id: tested, label: Tried it out, evidence: [ link, text ] }, { id: told, label: Told everybody, required: false } ] } }\n\
initial: a\nstates: { a: { choices: { go: { label: Go, needs: [ handover ], target: b } } }, b: { type: final } }\n";

async fn path(stage: &Stage) -> String {
    stage.publish_general(GENERAL).await;
    let ticket = stage.ticket("Go live").await;
    stage.settle().await;
    assert_eq!(
        ticket["choices"][0]["unchecked"],
        json!([{"checklist": "handover", "item": "tested", "label": "Tried it out"}])
    );
    format!("/api/v1/tickets/{}", ticket["id"].as_str().unwrap())
}

async fn delete(stage: &Stage, path: &str) -> Answer {
    stage.send(stage.request("DELETE", path).body(Body::empty()).unwrap()).await
}

fn item(ticket: &Value, position: usize) -> &Value {
    &ticket["checklists"][0]["items"][position]
}

#[tokio::test]
async fn an_item_is_checked_with_evidence_and_its_mark_taken_back() {
    on_each_database(async |stage| {
        let path = path(&stage).await;
        let tested = format!("{path}/checklists/handover/tested");
        let checked =
            stage.put(&tested, json!({"evidence": {"kind": "link", "value": "https://docs.example/1"}})).await;
        assert_eq!(checked.status, 200, "{checked:?}");
        insta::assert_json_snapshot!("a_checklist", checked.body["checklists"]);
        assert_eq!(checked.body["choices"][0]["unchecked"], json!([]));
        let told = stage.put(&format!("{path}/checklists/handover/told"), json!({})).await;
        assert_eq!(item(&told.body, 1)["checked"]["by"], "importer");

        let back = delete(&stage, &tested).await;
        assert_eq!((back.status.as_u16(), &item(&back.body, 0)["checked"]), (200, &Value::Null));
        let held_back = stage.post(&format!("{path}/choices/go"), json!({})).await;
        assert_eq!((held_back.status.as_u16(), held_back.body["code"].as_str()), (422, Some("choice-incomplete")));
        stage.put(&tested, json!({"evidence": {"kind": "text", "value": "by hand"}})).await;
        assert_eq!(stage.post(&format!("{path}/choices/go"), json!({})).await.body["state"], "b");
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_with_the_evidence_is_named() {
    on_each_database(async |stage| {
        let path = path(&stage).await;
        let put = async |item: &str, body: Value| stage.put(&format!("{path}/checklists/handover/{item}"), body).await;
        let missing = put("tested", json!({})).await;
        assert_eq!((missing.status.as_u16(), missing.body["code"].as_str()), (422, Some("evidence-missing")));
        let script = put("tested", json!({"evidence": {"kind": "link", "value": "javascript:1"}})).await;
        assert_eq!((script.status.as_u16(), wrong_fields(&script)), (422, vec!["link"]));
        let kind = put("tested", json!({"evidence": {"kind": "song", "value": "la"}})).await;
        assert_eq!((kind.status.as_u16(), wrong_fields(&kind)), (422, vec!["evidence.kind"]));
        assert_eq!(put("tasted", json!({})).await.status, 404);
        assert_eq!(stage.put(&format!("{path}/checklists/nothing/tested"), json!({})).await.status, 404);
        assert_eq!(delete(&stage, &format!("{path}/checklists/handover/tasted")).await.status, 404);
    })
    .await;
}
