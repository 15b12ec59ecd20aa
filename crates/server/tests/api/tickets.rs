use axum::body::Body;
use serde_json::json;

use crate::stage::{new_ticket, on_each_database, wrong_fields};

#[tokio::test]
async fn a_ticket_is_opened_answered_and_solved() {
    on_each_database(async |stage| {
        stage.people().await;
        let ticket = stage.ticket("The export stops").await;
        insta::assert_json_snapshot!("a_ticket", ticket, {
            ".id" => "[id]", ".requester.id" => "[id]", ".organization.id" => "[id]",
        });

        let path = format!("/api/v1/tickets/{}", ticket["id"].as_str().unwrap());
        let reply = stage.post(&format!("{path}/replies"), json!({"kind": "reply", "body": "We are *on* it."})).await;
        assert_eq!(reply.status, 201);
        insta::assert_json_snapshot!("a_reply", reply.body, { ".id" => "[id]", ".ticket_id" => "[id]" });
        let note =
            stage.post(&format!("{path}/replies"), json!({"kind": "note", "body": "Third time this week"})).await;
        assert_eq!((note.status.as_u16(), note.body["kind"].as_str()), (201, Some("note")));
        stage.settle().await;
        assert_eq!(stage.get(&path).await.body["state"], "waiting");

        let solved = stage.post(&format!("{path}/choices/solve"), json!({"note": "Fixed in the night"})).await;
        assert_eq!((solved.status.as_u16(), solved.body["status"].as_str()), (200, Some("solved")));

        let full = stage.get(&format!("{path}?include=messages,history,links")).await.body;
        let messages = full["messages"].as_array().unwrap();
        let kinds: Vec<_> = messages.iter().map(|message| message["kind"].as_str().unwrap()).collect();
        assert_eq!(kinds, ["incoming", "reply", "note", "note"]);
        let events: Vec<_> = full["history"].as_array().unwrap().iter().map(|e| e["event"].as_str().unwrap()).collect();
        assert_eq!(events, ["ticket.opened", "agent.replied", "choice.solve"]);
        assert_eq!(full["links"], json!([]));
        assert_eq!(full["history"][1]["by"]["name"], "importer");
    })
    .await;
}

#[tokio::test]
async fn a_repeated_request_counts_once_and_answers_the_same() {
    on_each_database(async |stage| {
        let repeated = |body: serde_json::Value, key: &'static str| {
            let mut request = stage.json("POST", "/api/v1/tickets", body);
            request.headers_mut().insert("idempotency-key", key.parse().unwrap());
            stage.send(request)
        };
        let first = repeated(new_ticket("Once"), "order-1").await;
        let again = repeated(new_ticket("Once"), "order-1").await;
        assert_eq!((first.status.as_u16(), again.status.as_u16()), (201, 201));
        assert_eq!(first.body["id"], again.body["id"]);

        let other = repeated(new_ticket("Twice"), "order-1").await;
        assert_eq!((other.status.as_u16(), other.body["code"].as_str()), (422, Some("key-used")));
        assert_ne!(repeated(new_ticket("Once"), "order-2").await.body["id"], first.body["id"]);

        // The same key of another caller is another key.
        let mut request = stage.json("POST", "/api/v1/tickets", new_ticket("Once"));
        request.headers_mut().insert("idempotency-key", "order-1".parse().unwrap());
        request.headers_mut().insert("authorization", format!("Bearer {}", stage.ana).parse().unwrap());
        assert_ne!(stage.send(request).await.body["id"], first.body["id"]);

        let bad = repeated(new_ticket("Once"), "").await;
        assert_eq!((bad.status.as_u16(), bad.body["code"].as_str()), (422, Some("bad-key")));
        stage.settle().await;
    })
    .await;
}

#[tokio::test]
async fn a_choice_that_is_not_offered_is_a_conflict_and_one_that_needs_more_says_what() {
    on_each_database(async |stage| {
        stage.people().await;
        let ticket = stage.ticket("Which plan?").await;
        let path = format!("/api/v1/tickets/{}/choices", ticket["id"].as_str().unwrap());
        let answer = stage.post(&format!("{path}/reopen"), json!({})).await;
        assert_eq!(answer.status, 409, "{answer:?}");
        assert_eq!(stage.post(&format!("{path}/nonsense"), json!({})).await.status, 409);

        let opened = json!({"playbook": "document-change", "subject": "Documents", "body": "One please",
            "requester": {"email": "nobody@unknown.example"}, "fields": {"documents": 1}});
        let opened = stage.post("/api/v1/tickets", opened).await.body;
        assert_eq!(opened["state"], "identifying", "{opened}");
        stage.settle().await;
        let hand = format!("/api/v1/tickets/{}/choices/hand", opened["id"].as_str().unwrap());
        let opened = stage.post(&hand, json!({})).await.body;
        assert_eq!(opened["state"], "by_hand", "{opened}");
        insta::assert_json_snapshot!("what_is_missing", opened["missing"]);
        let path = format!("/api/v1/tickets/{}/choices/checked", opened["id"].as_str().unwrap());
        let held_back = stage.post(&path, json!({"fields": {"held": 0}})).await;
        assert_eq!((held_back.status.as_u16(), held_back.body["code"].as_str()), (422, Some("choice-incomplete")));
        stage.settle().await;
    })
    .await;
}

#[tokio::test]
async fn a_choice_without_a_body_is_a_choice() {
    on_each_database(async |stage| {
        let ticket = stage.ticket("Solved already").await;
        let path = format!("/api/v1/tickets/{}/choices/solve", ticket["id"].as_str().unwrap());
        let answer = stage.send(stage.request("POST", &path).body(Body::empty()).unwrap()).await;
        assert_eq!((answer.status.as_u16(), answer.body["state"].as_str()), (200, Some("solved")));
        stage.settle().await;
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_with_a_ticket_is_named() {
    on_each_database(async |stage| {
        let named = async |body: serde_json::Value, field: &str| {
            let answer = stage.post("/api/v1/tickets", body).await;
            assert_eq!(answer.status, 422, "{answer:?}");
            assert_eq!(wrong_fields(&answer), [field], "{answer:?}");
        };
        let with = |name: &str, value: serde_json::Value| {
            let mut body = new_ticket("A ticket");
            body[name] = value;
            body
        };
        named(json!({"body": "x", "requester": {"email": "maria@acme.example"}}), "subject").await;
        named(with("subject", json!("  ")), "subject").await;
        named(with("body", json!("")), "body").await;
        named(with("requester", json!({"name": "Maria"})), "requester.email").await;
        named(with("requester", json!({"email": "maria"})), "email").await;
        named(with("priority", json!("whenever")), "priority").await;
        named(with("playbook", json!("no-such")), "playbook").await;
        named(with("fields", json!({"colour": "red"})), "fields.colour").await;
        named(with("tags", json!([7])), "tags[0]").await;
        named(with("prority", json!("low")), "prority").await;
        let listed = stage.get("/api/v1/tickets").await.body;
        assert_eq!(listed["items"], json!([]), "none of them left anything behind");
    })
    .await;
}

#[tokio::test]
async fn files_are_brought_first_and_go_along_with_the_reply_that_names_them() {
    on_each_database(async |stage| {
        stage.people().await;
        let id = stage.ticket("Files").await["id"].as_str().unwrap().to_owned();
        let bring = async |query: &str, bytes: Vec<u8>| {
            let request = stage.request("POST", &format!("/api/v1/tickets/{id}/attachments{query}"));
            stage.send(request.header("content-type", "text/plain").body(Body::from(bytes)).unwrap()).await
        };
        let plan = bring("?name=plan.txt", b"of plan".to_vec()).await;
        assert_eq!(plan.status, 201, "{plan:?}");
        assert_eq!(
            (&plan.body["name"], &plan.body["type"], &plan.body["size"]),
            (&json!("plan.txt"), &json!("text/plain"), &json!(7))
        );
        assert_eq!(bring("", b"x".to_vec()).await.status, 422);
        assert_eq!(bring("?name=x&kind=song", b"x".to_vec()).await.status, 422);
        assert_eq!(bring("?name=x", vec![0; 26 * 1024 * 1024]).await.status, 413);

        let replies = format!("/api/v1/tickets/{id}/replies");
        let reply = json!({"kind": "reply", "body": "Here", "attachments": [plan.body["id"]]});
        let sent = stage.post(&replies, reply.clone()).await;
        assert_eq!(sent.status, 201, "{sent:?}");
        assert_eq!(sent.body["attachments"][0]["name"], "plan.txt");
        assert_eq!(stage.post(&replies, reply).await.status, 409, "a file goes along once");
        assert_eq!(stage.post(&replies, json!({"kind": "note", "body": "x", "attachments": ["y"]})).await.status, 422);
        stage.settle().await;
    })
    .await;
}
