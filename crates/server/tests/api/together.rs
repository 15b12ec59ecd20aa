//! Merging, splitting, linking, following and saying later, over HTTP.

use axum::body::Body;
use serde_json::{Value, json};

use crate::stage::{Answer, Stage, on_each_database};

async fn delete(stage: &Stage, path: &str) -> Answer {
    stage.send(stage.request("DELETE", path).body(Body::empty()).unwrap()).await
}

fn id(ticket: &Value) -> &str {
    ticket["id"].as_str().unwrap()
}

fn path(ticket: &Value) -> String {
    format!("/api/v1/tickets/{}", id(ticket))
}

#[tokio::test]
async fn a_ticket_goes_into_another_one_and_out_of_it_again() {
    on_each_database(async |stage| {
        let (kept, gone) = (stage.ticket("Kept").await, stage.ticket("Gone").await);
        let merge = format!("{}/merge", path(&gone));
        let merged = stage.post(&merge, json!({"into": id(&kept), "why": "Asked twice."})).await;
        assert_eq!(merged.status, 200, "{merged:?}");
        assert_eq!((&merged.body["status"], &merged.body["merged_into"]), (&json!("closed"), &kept["id"]));
        let full = stage.get(&format!("{}?include=messages,history", path(&kept))).await.body;
        assert_eq!(full["merged"], json!([id(&gone)]));
        let said = full["messages"].as_array().unwrap();
        let on: Vec<&Value> = said.iter().map(|message| &message["ticket_id"]).collect();
        assert_eq!(on, [&kept["id"], &gone["id"], &gone["id"]], "both conversations, and the reason");
        assert_eq!(said[2]["text"], "Asked twice.");
        let events: Vec<&str> =
            full["history"].as_array().unwrap().iter().filter_map(|e| e["event"].as_str()).collect();
        assert_eq!(events.last(), Some(&"merged.here"));

        let again = stage.post(&merge, json!({"into": id(&kept)})).await;
        assert_eq!((again.status.as_u16(), again.body["code"].as_str()), (409, Some("merged-already")));
        let answered = stage.post(&format!("{}/replies", path(&gone)), json!({"kind": "note", "body": "x"})).await;
        assert_eq!((answered.status.as_u16(), answered.body["code"].as_str()), (409, Some("merged")));
        let itself = stage.post(&format!("{}/merge", path(&kept)), json!({"into": id(&kept)})).await;
        assert_eq!(itself.status, 422, "{itself:?}");

        let apart = delete(&stage, &merge).await;
        assert_eq!((apart.status.as_u16(), &apart.body["status"]), (200, &gone["status"]));
        assert_eq!(apart.body["merged_into"], Value::Null);
        assert_eq!(delete(&stage, &merge).await.body["code"], "not-merged");
        stage.settle().await;
    })
    .await;
}

#[tokio::test]
async fn a_reply_waits_for_its_hour_at_another_one_and_is_taken_back() {
    on_each_database(async |stage| {
        let ticket = stage.ticket("Later").await;
        let sendings = format!("{}/sendings", path(&ticket));
        let new = json!({"body": "Good *morning*", "send_at": "2026-11-18T09:00:00Z"});
        let waits = stage.post(&sendings, new.clone()).await;
        assert_eq!(waits.status, 201, "{waits:?}");
        assert_eq!((&waits.body["send_at"], &waits.body["held"]), (&json!("2026-11-18T09:00:00Z"), &Value::Null));
        let one = format!("{sendings}/{}", id(&waits.body));
        assert_eq!(stage.get(&sendings).await.body.as_array().unwrap().len(), 1);

        let moved = stage.request("PATCH", &one).header("content-type", "application/json");
        let moved =
            stage.send(moved.body(json!({"send_at": "2026-11-18T10:00:00Z"}).to_string().into()).unwrap()).await;
        assert_eq!((moved.status.as_u16(), &moved.body["send_at"]), (200, &json!("2026-11-18T10:00:00Z")));
        assert_eq!(delete(&stage, &one).await.status, 204);
        assert_eq!(delete(&stage, &one).await.body["code"], "left-already");

        stage.post(&sendings, new).await;
        stage.desk.ground.clock.advance(jiff::SignedDuration::from_hours(24));
        stage.settle().await;
        let full = stage.get(&format!("{}?include=messages", path(&ticket))).await.body;
        let last = full["messages"].as_array().unwrap().last().unwrap();
        assert_eq!((&last["kind"], &last["text"]), (&json!("reply"), &json!("Good *morning*")));
        let far = stage.post(&sendings, json!({"body": "x", "send_at": "2036-11-18T09:00:00Z"})).await;
        assert_eq!((far.status.as_u16(), &far.body["errors"][0]["field"]), (422, &json!("send_at")), "{far:?}");
    })
    .await;
}

#[tokio::test]
async fn a_message_begins_a_ticket_and_tickets_are_linked_and_followed() {
    on_each_database(async |stage| {
        let ticket = stage.ticket("Two things").await;
        let full = stage.get(&format!("{}?include=messages", path(&ticket))).await.body;
        let message = id(&full["messages"][0]);
        let split = format!("{}/messages/{message}/split", path(&ticket));
        let began = stage.post(&split, json!({"subject": "The other thing"})).await;
        assert_eq!((began.status.as_u16(), &began.body["subject"]), (201, &json!("The other thing")), "{began:?}");
        assert_eq!(began.body["requester"], ticket["requester"]);
        let for_otto = json!({"requester": {"email": "otto@acme.example"}});
        assert_eq!(stage.post(&split, for_otto).await.body["requester"]["email"], "otto@acme.example");
        let note = stage.post(&format!("{}/replies", path(&ticket)), json!({"kind": "note", "body": "x"})).await;
        let of_note = format!("{}/messages/{}/split", path(&ticket), id(&note.body));
        assert_eq!(stage.post(&of_note, json!({})).await.body["code"], "not-from-outside");

        let other = stage.ticket("Beside").await;
        let related = format!("{}/related/{}", path(&ticket), id(&other));
        assert_eq!(stage.put(&related, json!({})).await.status, 200);
        let linked = async || stage.get(&format!("{}?include=history", path(&other))).await.body["history"].to_string();
        assert!(linked().await.contains("\"linked\""));
        assert_eq!(delete(&stage, &related).await.status, 200);
        assert!(linked().await.contains("\"unlinked\""));

        let following = format!("{}/following", path(&ticket));
        assert_eq!(stage.put(&following, json!({})).await.body["code"], "nobody", "a program is nobody");
        stage.settle().await;
    })
    .await;
}
