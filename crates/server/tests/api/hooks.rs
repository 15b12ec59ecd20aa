use axum::body::Body;
use axum::http::Request;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use desk::Actor;
use desk::Role;
use desk::agents::tokens::NewToken;
use desk::handle::{Command, Outcome, PublishHandbook};
use desk::notifications;
use desk::rights::Scope;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;

use crate::stage::{Answer, Stage, on_each_database, token_with, without_stories};

const HOOK: &str = "/api/v1/hooks/typeform/document-survey";

/// The document survey as it is filled in on Typeform too.
const FROM: &str = "from:\n- typeform:\n    form_id: lT4Z3j\n    email: { email: contact }\n    name: { text: your_name }\n    map:\n\
    \x20     documents: { number: how_many }\n      details: { text: what }\n      test_first: { boolean: try_it }\n";

/// A desk whose survey stands on Typeform, the owner's token, and the hook's secret.
async fn hooked(stage: &Stage) -> (String, String) {
    let mut files = without_stories();
    let survey = format!("{}{FROM}", files.get("forms/document-survey.yaml").unwrap());
    files.insert("forms/document-survey.yaml", survey);
    let published =
        stage.desk.handle(&Actor::Desk, Command::PublishHandbook(PublishHandbook::of(files))).await.unwrap();
    assert!(matches!(published, Outcome::Published(desk::handbook::Published::Revision(_))), "{published:?}");
    let owner = NewToken { name: "owner".to_owned(), role: Role::Owner, agent: None, expires_at: None };
    let owner = token_with(&stage.desk, owner).await;
    let made = as_owner(stage, &owner, "PUT", HOOK).await;
    assert_eq!((made.status.as_u16(), made.body["path"].as_str()), (200, Some(HOOK)), "{made:?}");
    (owner, made.body["secret"].as_str().unwrap().to_owned())
}

async fn as_owner(stage: &Stage, token: &str, method: &str, path: &str) -> Answer {
    let request = Request::builder().method(method).uri(path).header("authorization", format!("Bearer {token}"));
    stage.send(request.body(Body::empty()).unwrap()).await
}

fn signature(secret: &str, body: &[u8]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(body);
    format!("sha256={}", STANDARD.encode(mac.finalize().into_bytes()))
}

async fn deliver_raw(stage: &Stage, signature: Option<&str>, body: &str) -> Answer {
    let request = Request::builder().method("POST").uri(HOOK).header("content-type", "application/json");
    let request = signature.into_iter().fold(request, |request, value| request.header("Typeform-Signature", value));
    stage.send(request.body(Body::from(body.to_owned())).unwrap()).await
}

async fn deliver(stage: &Stage, secret: &str, body: &Value) -> Answer {
    let body = body.to_string();
    deliver_raw(stage, Some(&signature(secret, body.as_bytes())), &body).await
}

/// What Typeform's webhook sends for this event, with these answers.
fn delivery(event: &str, answers: Value) -> Value {
    let field = |id: &str, kind: &str, reference: &str, title: &str| json!({"id": id, "type": kind, "ref": reference, "title": title, "properties": {}});
    json!({
        "event_id": event, "event_type": "form_response",
        "form_response": {
            "form_id": "lT4Z3j", "token": "a3a12ec67a1365927098a606107fac15",
            "landed_at": "2026-11-17T08:57:02Z", "submitted_at": "2026-11-17T08:59:30Z",
            "calculated": {"score": 0},
            "definition": {"id": "lT4Z3j", "title": "Documents", "fields": [
                field("DlXFaesGBpoF", "number", "how_many", "How many documents?"),
                field("SMEUb7VJz92Q", "long_text", "what", "What should change?"),
                field("gFFf3xAkJKsr", "yes_no", "try_it", "Try it first?"),
                field("k6TP9oLGgHjl", "email", "contact", "Your address"),
                field("JwWggjAKtOkA", "short_text", "your_name", "Your name"),
                field("RUqkXSeXBXSd", "file_upload", "sample", "A sample"),
            ]},
            "answers": answers,
            "ending": {"id": "dN5FLyFpCMFo", "ref": "01GRC8GR2017M6WW347T86VV39"},
        },
    })
}

fn answer(kind: &str, reference: &str, value: Value) -> Value {
    json!({"type": kind, kind: value, "field": {"id": format!("of-{reference}"), "type": "x", "ref": reference}})
}

fn maria(number: &str, documents: Value) -> Value {
    delivery(
        number,
        json!([
            answer("number", "how_many", documents),
            answer("text", "what", json!("New logo")),
            answer("boolean", "try_it", json!(true)),
            answer("email", "contact", json!("Maria@Acme.example")),
            answer("text", "your_name", json!("Maria")),
            answer("file_url", "sample", json!("https://files.typeform.example/logo.png")),
        ]),
    )
}

async fn shown(stage: &Stage, answer: &Answer) -> Value {
    assert_eq!(answer.status, 200, "{answer:?}");
    let id = answer.body["ticket"].as_str().unwrap();
    stage.get(&format!("/api/v1/tickets/{id}?include=messages,links")).await.body
}

#[tokio::test]
async fn d1_a_form_of_typeform_opens_the_same_ticket_once() {
    on_each_database(async |stage| {
        stage.people().await;
        let (_, secret) = hooked(&stage).await;
        let first = deliver(&stage, &secret, &maria("01J1", json!(1))).await;
        stage.settle().await;
        let ticket = shown(&stage, &first).await;
        assert_eq!(ticket["subject"], "Document Survey: Acme");
        assert_eq!(ticket["playbook"], "document-change");
        assert_eq!((&ticket["fields"]["documents"], &ticket["fields"]["test_first"]), (&json!(1), &json!(true)));
        assert_eq!(
            (&ticket["requester"]["email"], &ticket["organization"]["key"]),
            (&json!("maria@acme.example"), &json!("acme"))
        );
        assert_eq!(ticket["links"][0]["alias"], "config", "handed to customer solutions");
        let text = ticket["messages"][0]["text"].as_str().unwrap();
        assert!(
            text.contains("New logo") && text.ends_with("sample\nhttps://files.typeform.example/logo.png"),
            "{text}"
        );

        // Typeform tries again when it hears nothing, and the time in it may be another.
        let mut again = maria("01J1", json!(1));
        again["form_response"]["landed_at"] = json!("2026-11-17T08:57:03Z");
        assert_eq!(deliver(&stage, &secret, &again).await.body, first.body);
        let tickets = stage.get("/api/v1/tickets?playbook=document-change").await.body;
        assert_eq!(tickets["items"].as_array().unwrap().len(), 1);
        assert_ne!(
            deliver(&stage, &secret, &maria("01J2", json!(1))).await.body,
            first.body,
            "another event is another"
        );
        stage.settle().await;
    })
    .await;
}

#[tokio::test]
async fn what_does_not_make_the_form_whole_is_an_ordinary_ticket_that_says_all_of_it() {
    on_each_database(async |stage| {
        stage.people().await;
        let (_, secret) = hooked(&stage).await;
        let mut other = maria("01J4", json!(1));
        other["form_response"]["form_id"] = json!("other");
        let nobody =
            delivery("01J5", json!([answer("number", "how_many", json!(1)), answer("email", "contact", json!("me"))]));
        let cases = [
            (maria("01J3", json!(0)), Some("maria@acme.example"), "How many documents? is needed", "how_many\n0"),
            (other, Some("maria@acme.example"), "says nothing of the Typeform \"other\"", "New logo"),
            (nobody, None, "this is no mail address", "contact\nme"),
            (
                json!({"event_id": "01J6", "event_type": "form_response_partial"}),
                None,
                "no response",
                "form_response_partial",
            ),
        ];
        let ana = desk::agents::find_by_name(&mut stage.desk.read().await.unwrap(), "Ana").await.unwrap().unwrap();
        let scope = Scope::of(&ana.as_actor()).unwrap();
        for (body, email, why, said) in cases {
            let ticket = shown(&stage, &deliver(&stage, &secret, &body).await).await;
            assert_eq!(ticket["playbook"], "general-request", "{ticket}");
            assert_eq!(ticket["requester"]["email"].as_str(), email, "{ticket}");
            assert!(ticket["messages"][0]["text"].as_str().unwrap().contains(said), "{ticket}");
            let id = ticket["id"].as_str().unwrap().parse().unwrap();
            let told = notifications::of_ticket(&mut stage.desk.read().await.unwrap(), scope, id, 9).await.unwrap();
            assert!(told.iter().any(|notice| notice.text.contains(why)), "{why}: {told:?}");
        }
        let items = stage.get("/api/v1/tickets").await.body["items"].as_array().unwrap().len();
        assert_eq!(items, 4);
        stage.settle().await;
    })
    .await;
}

#[tokio::test]
async fn only_what_is_signed_byte_for_byte_with_the_present_secret_is_taken() {
    on_each_database(async |stage| {
        let (owner, secret) = hooked(&stage).await;
        let body = maria("01J7", json!(1)).to_string();
        let good = signature(&secret, body.as_bytes());
        let refused = deliver_raw(&stage, None, &body).await;
        assert_eq!((refused.status.as_u16(), refused.body["code"].as_str()), (403, Some("bad-signature")));
        let bare = good.trim_start_matches("sha256=");
        for wrong in ["", "sha256=", bare, "sha256=!!!", &good.to_uppercase(), &signature("", body.as_bytes())] {
            assert_eq!(deliver_raw(&stage, Some(wrong), &body).await.body, refused.body, "{wrong}");
        }
        assert_eq!(deliver_raw(&stage, Some(&good), &format!("{body} ")).await.body, refused.body, "one byte more");

        let renewed = as_owner(&stage, &owner, "PUT", HOOK).await.body["secret"].as_str().unwrap().to_owned();
        assert_eq!(deliver_raw(&stage, Some(&good), &body).await.body, refused.body, "of the former secret");
        let renewed = signature(&renewed, body.as_bytes());
        assert_eq!(deliver_raw(&stage, Some(&renewed), &body).await.status, 200);
        let listed = as_owner(&stage, &owner, "GET", "/api/v1/hooks").await.body;
        insta::assert_json_snapshot!("hooks", listed);
        assert_eq!(as_owner(&stage, &owner, "DELETE", HOOK).await.status, 204);
        assert_eq!(as_owner(&stage, &owner, "DELETE", HOOK).await.status, 404);
        assert_eq!(deliver_raw(&stage, Some(&renewed), &body).await.body, refused.body, "of a hook that is gone");
        assert_eq!(deliver_raw(&stage, Some(&signature("", body.as_bytes())), &body).await.body, refused.body);
        assert_eq!(stage.get("/api/v1/tickets").await.body["items"].as_array().unwrap().len(), 1);
        stage.settle().await;
    })
    .await;
}

#[tokio::test]
async fn what_is_signed_and_cannot_be_read_is_refused_as_what_it_is() {
    on_each_database(async |stage| {
        let (_, secret) = hooked(&stage).await;
        let nonsense = deliver_raw(&stage, Some(&signature(&secret, b"{")), "{").await;
        assert_eq!((nonsense.status.as_u16(), nonsense.body["code"].as_str()), (422, Some("malformed-json")));
        let large = "x".repeat(1024 * 1024 + 1);
        let large = deliver_raw(&stage, Some(&signature(&secret, large.as_bytes())), &large).await;
        assert_eq!(large.status, 413);
        assert_eq!(stage.get("/api/v1/tickets").await.body["items"], json!([]));
    })
    .await;
}

#[tokio::test]
async fn a_hook_is_for_a_form_that_names_a_typeform_and_owners_make_it() {
    on_each_database(async |stage| {
        let owner = NewToken { name: "owner".to_owned(), role: Role::Owner, agent: None, expires_at: None };
        let owner = token_with(&stage.desk, owner).await;
        let refused = as_owner(&stage, &owner, "PUT", HOOK).await;
        assert_eq!((refused.status.as_u16(), refused.body["code"].as_str()), (409, Some("no-typeform")));
        assert_eq!(as_owner(&stage, &owner, "PUT", "/api/v1/hooks/typeform/nothing").await.status, 404);
        for (method, path) in [("PUT", HOOK), ("DELETE", HOOK), ("GET", "/api/v1/hooks")] {
            assert_eq!(as_owner(&stage, &stage.token, method, path).await.status, 403, "{method} {path}");
        }
    })
    .await;
}
