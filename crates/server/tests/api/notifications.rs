//! `/api/v1/notifications`: what the caller was told, and what they have read; and the pages that say the same.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::stage::{Answer, Stage, on_each_database, wrong_fields};

/// Bo names Ana in a note.
async fn named(stage: &Stage, ticket: &Value) {
    let note = json!({"kind": "note", "body": "@Ana, look at this <b>"});
    let path = format!("/api/v1/tickets/{}/replies", ticket["id"].as_str().unwrap());
    assert_eq!(stage.post(&path, note).await.status, 201);
}

async fn as_ana(stage: &Stage, method: &str, path: &str, body: Option<Value>) -> Answer {
    let request = axum::http::Request::builder()
        .method(method)
        .uri(path)
        .header("authorization", format!("Bearer {}", stage.ana))
        .header("content-type", "application/json");
    let body = body.map_or_else(axum::body::Body::empty, |body| axum::body::Body::from(body.to_string()));
    stage.send(request.body(body).unwrap()).await
}

#[tokio::test]
async fn somebody_lists_what_they_were_told_and_reads_it() {
    on_each_database(async |stage| {
        let ticket = stage.ticket("The logo").await;
        for _ in 0..3 {
            named(&stage, &ticket).await;
        }
        let list = async |query: &str| as_ana(&stage, "GET", &format!("/api/v1/notifications{query}"), None).await;
        let all = list("").await;
        assert_eq!((all.status, &all.body["unread"], &all.body["next"]), (StatusCode::OK, &json!(3), &json!(null)));
        let first = &all.body["items"][0];
        assert_eq!((&first["kind"], &first["topic"]), (&json!("mentioned"), &json!("mentioned")));
        assert_eq!((&first["ticket"]["id"], &first["ticket"]["subject"]), (&ticket["id"], &json!("The logo")));
        let said = format!("importer named you in a note on ticket {}.", ticket["number"]);
        assert_eq!((&first["text"], &first["facts"]["who"]), (&json!(said), &json!("importer")));

        let page = list("?limit=2").await.body;
        let next = page["next"].as_str().unwrap();
        assert_eq!(list(&format!("?limit=2&after={next}")).await.body["items"], json!([all.body["items"][2]]));
        let read = async |body: Value| as_ana(&stage, "POST", "/api/v1/notifications/read", Some(body)).await.status;
        assert_eq!(read(json!({"up_to": all.body["items"][1]["id"]})).await, StatusCode::NO_CONTENT);
        let unread = list("?unread=true").await.body;
        assert_eq!((&unread["items"], &unread["unread"]), (&json!([first]), &json!(1)));
        assert_eq!(read(json!({"ticket": ticket["id"]})).await, StatusCode::NO_CONTENT);
        assert_eq!(list("?unread=true").await.body["items"], json!([]));
        assert_eq!(list("").await.body["items"].as_array().unwrap().len(), 3);
    })
    .await;
}

#[tokio::test]
async fn a_program_has_no_notices_and_what_is_not_understood_is_refused() {
    on_each_database(async |stage| {
        assert_eq!(stage.get("/api/v1/notifications").await.status, StatusCode::CONFLICT);
        assert_eq!(stage.post("/api/v1/notifications/read", json!({"id": "1"})).await.status, StatusCode::CONFLICT);
        for (query, wrong) in [("?after=x", "after"), ("?unread=perhaps", "unread"), ("?limit=0", "limit")] {
            let refused = as_ana(&stage, "GET", &format!("/api/v1/notifications{query}"), None).await;
            assert_eq!((refused.status.as_u16(), wrong_fields(&refused)), (422, vec![wrong]));
        }
        for body in [json!({}), json!({"id": "1", "ticket": "2"}), json!({"id": "x"})] {
            let refused = as_ana(&stage, "POST", "/api/v1/notifications/read", Some(body)).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        }
    })
    .await;
}

#[tokio::test]
async fn the_link_of_a_mail_is_for_who_has_it_and_a_forged_one_does_nothing() {
    on_each_database(async |stage| {
        let request = axum::http::Request::builder().method("POST").uri("/notifications/mail-off/aaaaaaaaaaaaaaaa");
        let forged = stage.send(request.body(axum::body::Body::from("List-Unsubscribe=One-Click")).unwrap()).await;
        assert_eq!(forged.status, StatusCode::NOT_FOUND);
    })
    .await;
}

#[tokio::test]
async fn a_browser_is_added_listed_renewed_and_removed_by_whose_it_is() {
    on_each_database(async |stage| {
        let path = "/api/v1/notifications/browsers";
        let (p256dh, auth) = sink::push::Reader::of(&[9; 32]).keys();
        let new = json!({"endpoint": "https://push.example/secret", "expirationTime": null, "device": "An app",
            "keys": {"p256dh": p256dh, "auth": auth}});
        let listed = as_ana(&stage, "GET", path, None).await.body;
        assert_eq!((&listed["items"], listed["key"].as_str().map(str::len)), (&json!([]), Some(87)));
        let added = as_ana(&stage, "POST", path, Some(new.clone())).await;
        assert_eq!(added.status, StatusCode::CREATED);
        assert_eq!((&added.body["device"], &added.body["host"]), (&json!("An app"), &json!("push.example")));
        assert!(!added.body.to_string().contains("secret"), "its address is shown to nobody");
        assert_eq!(as_ana(&stage, "POST", path, Some(new.clone())).await.body["id"], added.body["id"]);
        assert_eq!(as_ana(&stage, "GET", path, None).await.body["items"], json!([added.body]));

        let mut wrong = new.clone();
        wrong["keys"]["auth"] = json!("x");
        let refused = as_ana(&stage, "POST", path, Some(wrong)).await;
        assert_eq!(wrong_fields(&refused), ["auth"]);
        assert_eq!(stage.get(path).await.status, StatusCode::CONFLICT);
        assert_eq!(stage.post(path, new).await.status, StatusCode::CONFLICT);
        let own = format!("{path}/{}", added.body["id"].as_str().unwrap());
        assert_eq!(as_ana(&stage, "DELETE", &own, None).await.status, StatusCode::NO_CONTENT);
        assert_eq!(as_ana(&stage, "DELETE", &own, None).await.status, StatusCode::NOT_FOUND);
        assert_eq!(as_ana(&stage, "DELETE", &format!("{path}/x"), None).await.status, StatusCode::NOT_FOUND);
    })
    .await;
}
