use axum::body::Body;
use axum::http::Request;
use desk::receipts;
use futures::future::join_all;
use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::stage::{Answer, Stage, new_ticket, on_each_database};

async fn post(stage: &Stage, path: &str, body: &Value, key: &str) -> Answer {
    let mut request = stage.json("POST", path, body.clone());
    request.headers_mut().insert("idempotency-key", key.parse().unwrap());
    stage.send(request).await
}

/// The first of its kind on a ticket, so that one more would show.
async fn count(stage: &Stage, ticket: &str) -> (usize, usize) {
    let full = stage.get(&format!("/api/v1/tickets/{ticket}?include=messages,history")).await.body;
    (full["messages"].as_array().unwrap().len(), full["history"].as_array().unwrap().len())
}

#[tokio::test]
async fn every_post_counts_once_under_its_key_and_refuses_another_body() {
    on_each_database(async |stage| {
        stage.people().await;
        let ticket = stage.ticket("The export stops").await["id"].as_str().unwrap().to_owned();
        let at = format!("/api/v1/tickets/{ticket}");
        let from = json!({"email": "maria@acme.example"});
        let survey = |documents: i64| json!({"from": from, "answers": {"documents": documents, "details": "Logo"}});
        let posts = [
            (format!("{at}/replies"), json!({"kind": "note", "body": "x"}), json!({"kind": "note", "body": "y"})),
            (format!("{at}/replies"), json!({"kind": "reply", "body": "x"}), json!({"kind": "reply", "body": "y"})),
            (format!("{at}/choices/solve"), json!({}), json!({"note": "More"})),
            ("/api/v1/forms/document-survey/submissions".to_owned(), survey(1), survey(2)),
            ("/api/v1/tickets".to_owned(), new_ticket("Once"), new_ticket("Twice")),
        ];
        for (number, (path, body, other)) in posts.iter().enumerate() {
            let key = format!("key-{number}");
            let first = post(&stage, path, body, &key).await;
            assert!(first.status.is_success(), "{path}: {first:?}");
            stage.settle().await;
            let before = (count(&stage, &ticket).await, stage.get("/api/v1/tickets?limit=200").await.body);
            let again = post(&stage, path, body, &key).await;
            assert_eq!((again.status, &again.body["id"]), (first.status, &first.body["id"]), "{path}");
            let id = |answer: &Answer| answer.body["ticket"]["id"].clone();
            assert_eq!(id(&again), id(&first), "{path}");
            let refused = post(&stage, path, other, &key).await;
            assert_eq!((refused.status.as_u16(), refused.body["code"].as_str()), (422, Some("key-used")), "{path}");
            let after = (count(&stage, &ticket).await, stage.get("/api/v1/tickets?limit=200").await.body);
            assert_eq!(after, before, "{path} moved something");
        }
    })
    .await;
}

#[tokio::test]
async fn the_same_request_many_times_at_once_counts_once() {
    on_each_database(async |stage| {
        let body = new_ticket("At once");
        let answers = join_all((0..8).map(|_| post(&stage, "/api/v1/tickets", &body, "at-once"))).await;
        let ids: Vec<_> = answers.iter().map(|answer| (answer.status.as_u16(), answer.body["id"].clone())).collect();
        assert!(ids.iter().all(|seen| *seen == ids[0] && seen.0 == 201), "{ids:?}");
        assert_eq!(stage.get("/api/v1/tickets").await.body["items"].as_array().unwrap().len(), 1);
        stage.settle().await;
    })
    .await;
}

#[tokio::test]
async fn a_key_is_kept_for_a_week_and_that_of_a_mail_for_good() {
    on_each_database(async |stage| {
        let raw =
            "From: maria@acme.example\nTo: help@desk.example\nSubject: Hi\nMessage-ID: <1@acme.example>\n\nHello\n";
        let mail = stage.mail(raw).await.body["ticket"]["id"].clone();
        let first = post(&stage, "/api/v1/tickets", &new_ticket("Once"), "weekly").await.body["id"].clone();
        let forget = async || receipts::forget_old(&stage.desk.ground).await.unwrap();
        stage.settle().await;
        stage.desk.ground.clock.advance(SignedDuration::from_hours(7 * 24));
        assert_eq!(forget().await, 0);
        assert_eq!(post(&stage, "/api/v1/tickets", &new_ticket("Once"), "weekly").await.body["id"], first);
        stage.desk.ground.clock.advance(SignedDuration::from_secs(1));
        assert_eq!(forget().await, 1);
        assert_ne!(post(&stage, "/api/v1/tickets", &new_ticket("Once"), "weekly").await.body["id"], first);
        assert_eq!(stage.mail(raw).await.body["ticket"]["id"], mail);
        stage.settle().await;
    })
    .await;
}

#[tokio::test]
async fn a_key_that_is_none_is_refused_before_anything_happens() {
    on_each_database(async |stage| {
        for key in ["x".repeat(256), " ".to_owned(), "é".to_owned()] {
            let request = Request::builder()
                .method("POST")
                .uri("/api/v1/tickets")
                .header("authorization", format!("Bearer {}", stage.token))
                .header("content-type", "application/json")
                .header("idempotency-key", axum::http::HeaderValue::from_bytes(key.as_bytes()).unwrap());
            let answer = stage.send(request.body(Body::from(new_ticket("x").to_string())).unwrap()).await;
            assert_eq!((answer.status.as_u16(), answer.body["code"].as_str()), (422, Some("bad-key")), "{key}");
        }
        assert_eq!(stage.get("/api/v1/tickets").await.body["items"], json!([]));
    })
    .await;
}
