use axum::body::Body;
use desk::outbox::catcher;
use desk::page::Page;
use desk::{Actor, Role};
use serde_json::Value;

use crate::stage::{Stage, on_each_database};

const FIRST: &str = "From: Maria <maria@acme.example>\nTo: help@desk.example\nSubject: Cannot sign in\n\
    Message-ID: <first@acme.example>\nDate: Tue, 17 Nov 2026 08:59:00 +0000\n\nIt says no.\n";

#[tokio::test]
async fn a_mail_opens_a_ticket_and_the_answer_to_our_answer_joins_it() {
    on_each_database(async |stage| {
        let opened = stage.mail(FIRST).await;
        assert_eq!((opened.status.as_u16(), opened.body["outcome"].as_str()), (202, Some("opened")), "{opened:?}");
        assert_eq!(opened.body["ticket"]["subject"], "Cannot sign in");
        let id = opened.body["ticket"]["id"].as_str().unwrap().to_owned();

        let repeated = stage.mail(FIRST).await;
        assert_eq!(repeated.body["ticket"]["id"], Value::from(id.clone()), "the same bytes are the same mail");

        let reply = serde_json::json!({"kind": "reply", "body": "Try again, please."});
        stage.post(&format!("/api/v1/tickets/{id}/replies"), reply).await;
        stage.settle().await;
        let ours = last_caught(&stage).await;
        let answer = format!(
            "From: maria@acme.example\nTo: help@desk.example\nSubject: Re: Cannot sign in\n\
             Message-ID: <second@acme.example>\nIn-Reply-To: <{0}>\nReferences: <{0}>\n\nIt works now.\n",
            ours.message_id.unwrap(),
        );
        let joined = stage.mail(&answer).await;
        assert_eq!(joined.body["outcome"], "appended", "{joined:?}");
        assert_eq!(joined.body["ticket"]["id"], Value::from(id.clone()));
        assert_eq!(joined.body["ticket"]["state"], "open");

        let shown = stage.get(&format!("/api/v1/tickets/{id}?include=messages")).await.body;
        let texts = shown["messages"].as_array().unwrap().iter().map(|m| m["text"].as_str().unwrap().trim().to_owned());
        assert_eq!(texts.collect::<Vec<_>>(), ["It says no.", "Try again, please.", "It works now."]);
        stage.settle().await;
    })
    .await;
}

#[tokio::test]
async fn the_same_mail_under_two_keys_is_taken_in_twice_and_is_one_request() {
    on_each_database(async |stage| {
        let deliver = |key: &'static str| {
            let request = stage.request("POST", "/api/v1/inbound/mail").header("content-type", "message/rfc822");
            let request = request.header("idempotency-key", key);
            stage.send(request.body(Body::from(FIRST.replace('\n', "\r\n"))).unwrap())
        };
        let (one, two, again) = (deliver("1").await, deliver("2").await, deliver("1").await);
        assert_eq!((one.body["outcome"].as_str(), two.body["outcome"].as_str()), (Some("opened"), Some("filed")));
        assert_eq!(one.body["ticket"]["id"], two.body["ticket"]["id"], "it went to two addresses of the desk");
        assert_eq!((one.body["outcome"].as_str(), again.body["outcome"].as_str()), (Some("opened"), Some("opened")));
        stage.settle().await;
    })
    .await;
}

#[tokio::test]
async fn mail_that_a_program_wrote_is_filed_and_nonsense_is_set_aside() {
    on_each_database(async |stage| {
        let vacation =
            "From: bo@other.example\nTo: help@desk.example\nSubject: Away\nAuto-Submitted: auto-replied\n\nAway.\n";
        let filed = stage.mail(vacation).await;
        assert_eq!((filed.status.as_u16(), filed.body["outcome"].as_str()), (202, Some("filed")));
        assert_eq!(filed.body["ticket"], Value::Null);
        let aside = stage.mail("this is no mail").await;
        assert_eq!((aside.status.as_u16(), aside.body["outcome"].as_str()), (202, Some("set_aside")));
    })
    .await;
}

#[tokio::test]
async fn a_mail_must_be_called_one_and_may_not_be_larger_than_the_limit() {
    on_each_database(async |stage| {
        let as_json = stage.request("POST", "/api/v1/inbound/mail").header("content-type", "application/json");
        assert_eq!(stage.send(as_json.body(Body::from("{}")).unwrap()).await.status, 415);

        let large = || stage.request("POST", "/api/v1/inbound/mail").header("content-type", "message/rfc822");
        let length = (desk::mailboxes::MAIL_MAX + 1).to_string();
        let announced = large().header("content-length", length).body(Body::empty()).unwrap();
        let answer = stage.send(announced).await;
        assert_eq!((answer.status.as_u16(), answer.body["code"].as_str()), (413, Some("too-large")));
        let sent = large().body(Body::from(vec![b'x'; desk::mailboxes::MAIL_MAX + 1])).unwrap();
        assert_eq!(stage.send(sent).await.status, 413);
    })
    .await;
}

async fn last_caught(stage: &Stage) -> ::mail::Incoming {
    let reader = Actor::Program { name: "test".to_owned(), role: Role::Owner };
    let mut conn = stage.desk.read().await.unwrap();
    let newest = catcher::list(&mut conn, &reader, Page::default()).await.unwrap().items.remove(0);
    let (_, raw) = catcher::show(&mut conn, &reader, newest.id).await.unwrap();
    ::mail::parse(&raw)
}
