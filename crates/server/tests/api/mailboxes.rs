use axum::body::Body;
use axum::http::Request;
use desk::Role;
use desk::agents::tokens::NewToken;
use serde_json::{Value, json};
use store::Chance;

use crate::stage::{Answer, Stage, on_each_database, token_with, wrong_fields};

#[tokio::test]
async fn whoever_fetches_mail_says_how_far_and_hears_what_is_furthest_behind() {
    on_each_database(async |stage| {
        let (first, now) = ("2026-11-17T08:00:00Z", "2026-11-17T09:00:00Z");
        let read = stage.put("/api/v1/mailboxes/help", json!({"caught_up_until": first})).await;
        assert_eq!((read.status.as_u16(), &read.body), (200, &json!({"name": "help", "caught_up_until": first})));
        let other = stage.put("/api/v1/mailboxes/sales", json!({"caught_up_until": "2030-01-01T00:00:00Z"})).await;
        assert_eq!(other.body["name"], "help", "it is furthest behind");
        let forget = || stage.send(stage.request("DELETE", "/api/v1/mailboxes/help").body(Default::default()).unwrap());
        assert_eq!((forget().await.status, forget().await.status), (204.try_into().unwrap(), 404.try_into().unwrap()));
        let again = stage.put("/api/v1/mailboxes/sales", json!({"caught_up_until": first})).await;
        assert_eq!(again.body, json!({"name": "sales", "caught_up_until": now}), "never back, and never ahead");
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_with_a_report_is_named() {
    on_each_database(async |stage| {
        for (body, field) in [(json!({}), "caught_up_until"), (json!({"caught_up_until": "today"}), "caught_up_until")]
        {
            let answer = stage.put("/api/v1/mailboxes/help", body).await;
            assert_eq!((answer.status.as_u16(), wrong_fields(&answer)), (422, vec![field]), "{answer:?}");
        }
    })
    .await;
}

/// A request of an owner's program.
async fn owners(stage: &Stage, method: &str, path: &str, body: Value) -> Answer {
    let new = NewToken {
        name: store::chance::hex(&Chance::system().bytes::<8>().unwrap()),
        role: Role::Owner,
        agent: None,
        expires_at: None,
    };
    let token = token_with(&stage.desk, new).await;
    let request = Request::builder().method(method).uri(path).header("authorization", format!("Bearer {token}"));
    let request = request.header("content-type", "application/json");
    stage.send(request.body(Body::from(body.to_string())).unwrap()).await
}

fn help() -> Value {
    json!({
        "name": "help", "address": "help@acme.example", "team": "support",
        "incoming": {"host": "imap.acme.example", "user": "help@acme.example", "password": "hunter2"},
        "outgoing": {"host": "smtp.acme.example", "security": "starttls"},
    })
}

#[tokio::test]
async fn an_owner_connects_changes_and_removes_a_mailbox_and_no_secret_comes_out() {
    on_each_database(async |stage| {
        let made = owners(&stage, "POST", "/api/v1/mailboxes", help()).await;
        assert_eq!(made.status, 201, "{made:?}");
        assert_eq!(
            (&made.body["state"], &made.body["read_until"]),
            (&json!("reading"), &json!("2026-11-17T09:00:00Z"))
        );
        let outgoing =
            json!({"host": "smtp.acme.example", "port": 587, "security": "starttls", "login": "same", "user": null});
        assert_eq!(made.body["settings"]["outgoing"], outgoing);
        let changed = json!({"sender_name": "Acme", "paused": true, "incoming": {"folder": "Desk"}});
        let changed = owners(&stage, "PATCH", "/api/v1/mailboxes/help", changed).await;
        assert_eq!((changed.status.as_u16(), &changed.body["state"]), (200, &json!("paused")), "{changed:?}");
        assert_eq!(changed.body["settings"]["incoming"]["folder"], "Desk");
        let all = owners(&stage, "GET", "/api/v1/mailboxes", json!({})).await;
        assert!(!format!("{made:?} {changed:?} {all:?}").contains("hunter2"));
        let listed = stage.get("/api/v1/mailboxes").await;
        assert_eq!(listed.body["items"][0]["settings"], json!(null), "for owners alone");
        assert_eq!(listed.body["next"], json!(null));
        let gone = owners(&stage, "DELETE", "/api/v1/mailboxes/help", json!({})).await;
        assert_eq!(gone.status, 204);
        assert_eq!(stage.get("/api/v1/mailboxes").await.body["items"], json!([]));
    })
    .await;
}

#[tokio::test]
async fn a_mailbox_is_connected_once_under_its_idempotency_key_which_keeps_no_trace_of_a_secret() {
    on_each_database(async |stage| {
        let new = NewToken { name: "setup".to_owned(), role: Role::Owner, agent: None, expires_at: None };
        let token = token_with(&stage.desk, new).await;
        let post = async |body: Value| {
            let request = Request::builder().method("POST").uri("/api/v1/mailboxes");
            let request =
                request.header("authorization", format!("Bearer {token}")).header("idempotency-key", "setup-1");
            let request = request.header("content-type", "application/json");
            stage.send(request.body(Body::from(body.to_string())).unwrap()).await
        };
        let mut body = help();
        body["paused"] = json!(true);
        let first = post(body.clone()).await;
        assert_eq!((first.status.as_u16(), &first.body["state"]), (201, &json!("paused")), "{first:?}");
        let again = post(body.clone()).await;
        assert_eq!((again.status, &again.body), (first.status, &first.body));
        body["incoming"]["password"] = json!("hunter3");
        assert_eq!(post(body.clone()).await.status, 201, "only a digest of the secret could tell it from the first");
        body["name"] = json!("sales");
        let other = post(body).await;
        assert_eq!((other.status.as_u16(), &other.body["code"]), (422, &json!("key-used")), "{other:?}");
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_with_a_mailbox_is_named_and_agents_change_none() {
    on_each_database(async |stage| {
        let mut wrong = help();
        wrong["incoming"]["security"] = json!("none");
        wrong["team"] = json!(" ");
        wrong["name"] = json!("");
        let answer = owners(&stage, "POST", "/api/v1/mailboxes", wrong).await;
        assert_eq!(
            (answer.status.as_u16(), wrong_fields(&answer)),
            (422, vec!["name", "incoming.security"]),
            "{answer:?}"
        );
        assert_eq!(owners(&stage, "POST", "/api/v1/mailboxes", help()).await.status, 201);
        let elsewhere = json!({"incoming": {"host": "evil.example"}});
        let moved = owners(&stage, "PATCH", "/api/v1/mailboxes/help", elsewhere).await;
        assert_eq!((moved.status.as_u16(), wrong_fields(&moved)), (422, vec!["incoming.password"]));
        assert_eq!(stage.post("/api/v1/mailboxes", help()).await.status, 403);
        let path = "/api/v1/mailboxes/help";
        let remove = stage.request("DELETE", path).body(Body::empty()).unwrap();
        for refused in [stage.send(remove).await, stage.send(stage.json("PATCH", path, json!({}))).await] {
            assert_eq!(refused.status, 403);
        }
        let reported = stage.put(path, json!({"caught_up_until": "2026-11-17T08:00:00Z"})).await;
        assert_eq!((reported.status.as_u16(), &reported.body["code"]), (409, &json!("mailbox-is-fetched")));
    })
    .await;
}
