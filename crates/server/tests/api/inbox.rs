use axum::body::Body;
use axum::http::Request;
use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::stage::{Answer, Stage, on_each_database, wrong_fields};

/// A request by the token that acts as Ana.
async fn ana(stage: &Stage, method: &str, path: &str, body: Option<Value>) -> Answer {
    let request = Request::builder().method(method).uri(path).header("authorization", format!("Bearer {}", stage.ana));
    let request = match &body {
        Some(_) => request.header("content-type", "application/json"),
        None => request,
    };
    stage.send(request.body(Body::from(body.map(|body| body.to_string()).unwrap_or_default())).unwrap()).await
}

fn ids(answer: &Answer) -> Vec<&str> {
    answer.body["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap()).collect()
}

fn id(ticket: &Value) -> &str {
    ticket["id"].as_str().unwrap()
}

async fn minute(stage: &Stage) {
    stage.desk.ground.clock.advance(SignedDuration::from_mins(1));
}

#[tokio::test]
async fn priority_tags_and_snooze_are_changed_together_or_not_at_all() {
    on_each_database(async |stage| {
        let ticket = stage.ticket("One").await;
        let path = format!("/api/v1/tickets/{}", id(&ticket));
        let patch = async |body: Value| stage.send(stage.json("PATCH", &path, body)).await;
        let changed =
            patch(json!({"priority": "high", "tags": ["logo", "brand"], "snoozed_until": "2026-11-18T09:00:00Z"}))
                .await;
        assert_eq!(changed.status, 200, "{changed:?}");
        assert_eq!((&changed.body["priority"], &changed.body["tags"]), (&json!("high"), &json!(["brand", "logo"])));
        assert_eq!(changed.body["snoozed_until"], "2026-11-18T09:00:00Z");
        assert_eq!(ids(&stage.get("/api/v1/tickets?tag=logo&priority=high&snoozed=yes").await), [id(&ticket)]);
        assert_eq!(ids(&stage.get("/api/v1/tickets?snoozed=no").await), [] as [&str; 0]);

        let refused = patch(json!({"priority": "low", "snoozed_until": "2020-01-01T00:00:00Z"})).await;
        assert_eq!((refused.status.as_u16(), wrong_fields(&refused)), (422, vec!["snoozed_until"]));
        assert_eq!(stage.get(&path).await.body["priority"], "high");
        for body in [json!({"priority": "mild"}), json!({"tags": [""]}), json!({"snoozed_until": "soon"})] {
            assert_eq!(patch(body).await.status, 422);
        }
        assert_eq!(patch(json!({"colour": "red"})).await.status, 422);
        let woken = patch(json!({"snoozed_until": null})).await;
        assert_eq!((&woken.body["snoozed_until"], &woken.body["priority"]), (&Value::Null, &json!("high")));
        stage.settle().await;
    })
    .await;
}

#[tokio::test]
async fn views_are_kept_counted_and_listed_by() {
    on_each_database(async |stage| {
        let (one, two) = (stage.ticket("One").await, stage.ticket("Two").await);
        stage.send(stage.json("PATCH", &format!("/api/v1/tickets/{}", id(&two)), json!({"tags": ["vip"]}))).await;
        let new = json!({"name": "VIP", "cut": {"tag": "vip", "status": "unfinished"}, "sort": "priority"});
        let kept = ana(&stage, "POST", "/api/v1/views", Some(new)).await;
        assert_eq!((kept.status.as_u16(), &kept.body["count"]), (201, &json!(1)), "{kept:?}");
        let view = id(&kept.body).to_owned();
        let listed = ana(&stage, "GET", &format!("/api/v1/tickets?view={view}"), None).await;
        assert_eq!(ids(&listed), [id(&two)]);

        let views = ana(&stage, "GET", "/api/v1/views", None).await;
        let names = ids(&views);
        assert_eq!(names[..8], ["mine", "unassigned", "teams", "us", "due", "snoozed", "solved", "all"]);
        assert_eq!(names[8..], [view.as_str()]);
        assert_eq!(views.body["items"][1]["count"], 2);
        assert!(!ids(&stage.get("/api/v1/views").await).contains(&"mine"), "a program is nobody");
        let others = stage.get(&format!("/api/v1/tickets?view={view}")).await;
        assert_eq!((others.status.as_u16(), wrong_fields(&others)), (422, vec!["view"]));
        assert_eq!(ids(&stage.get("/api/v1/tickets?view=unassigned&sort=oldest").await), [id(&one), id(&two)]);

        let change = json!({"name": "Mine", "cut": {"assignee": "me"}});
        let changed = ana(&stage, "PUT", &format!("/api/v1/views/{view}"), Some(change)).await;
        assert_eq!((&changed.body["name"], &changed.body["cut"]), (&json!("Mine"), &json!({"assignee": "me"})));
        for (body, field) in [
            (json!({"name": ""}), "name"),
            (json!({"name": "x", "cut": {"colour": "red"}}), "colour"),
            (json!({"name": "x", "sort": "size"}), "sort"),
        ] {
            let refused = ana(&stage, "POST", "/api/v1/views", Some(body)).await;
            assert_eq!((refused.status.as_u16(), wrong_fields(&refused)), (422, vec![field]));
        }
        let shared = json!({"name": "Ours", "team": "support"});
        assert_eq!(ana(&stage, "POST", "/api/v1/views", Some(shared)).await.status, 403);
        assert_eq!(ana(&stage, "DELETE", &format!("/api/v1/views/{view}"), None).await.status, 204);
        assert_eq!(ana(&stage, "DELETE", &format!("/api/v1/views/{view}"), None).await.status, 404);
        stage.settle().await;
    })
    .await;
}

#[tokio::test]
async fn an_agents_token_says_what_is_unread() {
    on_each_database(async |stage| {
        minute(&stage).await;
        let ticket = stage.ticket("One").await;
        let path = format!("/api/v1/tickets/{}", id(&ticket));
        let unread = async || ana(&stage, "GET", &path, None).await.body["unread"].clone();
        assert_eq!(unread().await, true);
        let read = json!({"deed": "read", "tickets": [id(&ticket)]});
        assert_eq!(ana(&stage, "POST", "/api/v1/bulk", Some(read)).await.body["changed"], json!([id(&ticket)]));
        assert_eq!(unread().await, false);
        assert_eq!(ana(&stage, "GET", "/api/v1/tickets", None).await.body["items"][0]["unread"], false);
        assert!(stage.get(&path).await.body.get("unread").is_none(), "a program reads nothing");
        stage.settle().await;
    })
    .await;
}

#[tokio::test]
async fn a_bulk_change_says_what_came_of_each_and_is_undone_but_for_what_changed_since() {
    on_each_database(async |stage| {
        let (one, two) = (stage.ticket("One").await, stage.ticket("Two").await);
        let all = json!([id(&one), id(&two), "77"]);
        let done = stage.post("/api/v1/bulk", json!({"deed": "priority", "priority": "urgent", "tickets": all})).await;
        assert_eq!(done.status, 200, "{done:?}");
        assert_eq!(done.body["changed"], json!([id(&one), id(&two)]));
        assert_eq!(
            (&done.body["refused"][0]["ticket"], &done.body["refused"][0]["code"]),
            (&json!("77"), &json!("not-found"))
        );
        minute(&stage).await;
        stage.send(stage.json("PATCH", &format!("/api/v1/tickets/{}", id(&two)), json!({"tags": ["x"]}))).await;
        let undo = format!("/api/v1/bulk/{}/undo", done.body["id"].as_str().unwrap());
        let undone = stage.post(&undo, json!({})).await;
        assert_eq!(undone.body["changed"], json!([id(&one)]));
        assert_eq!(undone.body["refused"][0]["code"], "changed-since");
        assert_eq!(stage.get(&format!("/api/v1/tickets/{}", id(&one))).await.body["priority"], "normal");

        let cut = json!({"status": "unfinished", "assignee": "none"});
        let snoozed =
            stage.post("/api/v1/bulk", json!({"deed": "snooze", "until": "2026-11-20T09:00:00Z", "cut": cut})).await;
        assert_eq!((snoozed.body["changed"].as_array().unwrap().len(), &snoozed.body["more"]), (2, &json!(false)));
        let closed =
            stage.post("/api/v1/bulk", json!({"deed": "choose", "choice": "close", "tickets": [id(&one)]})).await;
        assert_eq!(
            (&closed.body["id"], &closed.body["changed"]),
            (&Value::Null, &json!([id(&one)])),
            "no undo for a choice"
        );
        let none = stage.post("/api/v1/bulk", json!({"deed": "read", "cut": {"tag": "nothing has this"}})).await;
        assert_eq!(none.body["changed"], json!([]));
        for (body, field) in [
            (json!({"deed": "paint", "tickets": [id(&one)]}), "deed"),
            (json!({"deed": "priority", "tickets": [id(&one)]}), "priority"),
            (json!({"deed": "tag", "tickets": [id(&one)]}), "tags"),
            (json!({"deed": "read"}), "tickets"),
            (json!({"deed": "snooze", "until": "later", "tickets": [id(&one)]}), "until"),
        ] {
            let refused = stage.post("/api/v1/bulk", body).await;
            assert_eq!((refused.status.as_u16(), wrong_fields(&refused)), (422, vec![field]));
        }
        assert_eq!(stage.post("/api/v1/bulk/5/undo", json!({})).await.status, 404);
        stage.settle().await;
    })
    .await;
}
