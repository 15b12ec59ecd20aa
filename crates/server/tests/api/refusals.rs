use axum::body::Body;
use axum::http::Request;
use serde_json::json;

use crate::stage::{new_ticket, on_each_database};

#[tokio::test]
async fn without_a_token_of_this_desk_nothing_is_said() {
    on_each_database(async |stage| {
        let asking = |authorization: Option<&str>| {
            let request = Request::builder().uri("/api/v1/tickets");
            let request =
                authorization.into_iter().fold(request, |request, value| request.header("authorization", value));
            stage.send(request.body(Body::empty()).unwrap())
        };
        let answer = asking(None).await;
        assert_eq!(answer.status, 401);
        assert_eq!(answer.headers["www-authenticate"], "Bearer realm=\"deskhand\"");
        assert_eq!(answer.headers["content-type"], "application/problem+json");
        insta::assert_json_snapshot!("unauthorized", answer.body);
        for wrong in ["Bearer nonsense", "Basic YTpi", "Bearer"] {
            assert_eq!(asking(Some(wrong)).await.body, answer.body, "{wrong}");
        }
        // Who asks is looked at before what they sent.
        let post = Request::builder().method("POST").uri("/api/v1/tickets").body(Body::from("nonsense")).unwrap();
        assert_eq!(stage.send(post).await.status, 401);
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_read_is_refused_as_what_it_is() {
    on_each_database(async |stage| {
        let post = |kind: &str, body: Body| {
            let request = stage.request("POST", "/api/v1/tickets").header("content-type", kind);
            stage.send(request.body(body).unwrap())
        };
        let malformed = post("application/json", Body::from("{\"subject\": ")).await;
        assert_eq!((malformed.status.as_u16(), malformed.body["code"].as_str()), (400, Some("malformed-json")));
        assert_eq!(post("text/plain", Body::from("{}")).await.status, 415);
        let mut large = new_ticket("Large");
        large["body"] = json!("x".repeat(1024 * 1024));
        let large = post("application/json", Body::from(large.to_string())).await;
        assert_eq!(large.status, 413);
        insta::assert_json_snapshot!("too_large", large.body);
    })
    .await;
}

#[tokio::test]
async fn what_is_not_there_is_a_problem_too() {
    on_each_database(async |stage| {
        for path in ["/api/v1/tickets/1", "/api/v1/tickets/x", "/api/v1/nothing", "/api/v1/searches"] {
            let answer = stage.get(path).await;
            assert_eq!((answer.status.as_u16(), answer.body["code"].as_str()), (404, Some("not-found")), "{path}");
        }
        let wrong = stage.send(stage.request("DELETE", "/api/v1/tickets").body(Body::empty()).unwrap()).await;
        assert_eq!((wrong.status.as_u16(), wrong.body["code"].as_str()), (405, Some("method-not-allowed")));
        assert!(wrong.headers["allow"].to_str().unwrap().contains("POST"));
        let reply = stage.post("/api/v1/tickets/1/replies", json!({"kind": "note", "body": "x"})).await;
        assert_eq!(reply.status, 404);
        let shown = stage.ticket("There").await["id"].as_str().unwrap().to_owned();
        let answer = stage.get(&format!("/api/v1/tickets/{shown}?include=secrets")).await;
        assert_eq!(answer.body["errors"][0]["field"], "include");
        stage.settle().await;
    })
    .await;
}

#[tokio::test]
async fn every_answer_names_its_request_and_keeps_browsers_from_guessing() {
    on_each_database(async |stage| {
        let answer = stage.get("/health").await;
        assert_eq!(answer.headers["x-content-type-options"], "nosniff");
        let other = stage.get("/nowhere").await;
        assert_ne!(answer.headers["x-request-id"], other.headers["x-request-id"]);
    })
    .await;
}
