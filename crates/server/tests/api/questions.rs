use serde_json::{Value, json};

use crate::stage::{Answer, Stage, on_each_database, wrong_fields};

const PLAYBOOK: &str = "language: 1\nplaybook: general-request\ntitle: Request\nteam: support\nopens: [ mail, api ]\ninitial: asking\nstates:\n\
    \x20 asking: { entry: [ { ask: { as: colour, who: support, text: Which?, answers: [ red, blue ] } } ], on: { colour.red: drafting } }\n\
    \x20 drafting: { entry: [ { suggest: { reply: closing-for-now, send_in: 4h } } ], on: { agent.replied: waiting, reply.closing-for-now: waiting } }\n\
    \x20 waiting: { choices: { close: { label: Close, target: closed } } }\n  closed: { type: final }\n";

/// A handbook in which an ordinary request asks and suggests.
async fn asking(stage: &Stage) {
    stage.publish_general(PLAYBOOK).await;
}

/// What Ana asks of the desk.
async fn as_ana(stage: &Stage, method: &str, path: &str, body: Value) -> Answer {
    let mut request = stage.json(method, path, body);
    request.headers_mut().insert("authorization", format!("Bearer {}", stage.ana).parse().unwrap());
    stage.send(request).await
}

#[tokio::test]
async fn a_question_is_listed_for_those_who_are_asked_and_answered_once() {
    on_each_database(async |stage| {
        asking(&stage).await;
        stage.people().await;
        let ticket = stage.ticket("Which colour?").await;
        let question = &ticket["questions"][0];
        insta::assert_json_snapshot!("a_question", question, { ".id" => "[id]", ".ticket" => "[id]" });
        assert_eq!(stage.get("/api/v1/questions").await.body["items"], json!([]), "a program is in no team");
        let listed = as_ana(&stage, "GET", "/api/v1/questions", json!(null)).await.body;
        assert_eq!((listed["items"][0]["id"].clone(), listed["next"].clone()), (question["id"].clone(), json!(null)));

        let path = format!("/api/v1/questions/{}/answer", question["id"].as_str().unwrap());
        let refused = stage.post(&path, json!({"answer": "red"})).await;
        assert_eq!((refused.status.as_u16(), refused.body["code"].as_str()), (403, Some("forbidden")));
        let wrong = as_ana(&stage, "POST", &path, json!({"answer": "green"})).await;
        assert_eq!((wrong.status.as_u16(), wrong_fields(&wrong)), (422, vec!["answer"]));
        let answered = as_ana(&stage, "POST", &path, json!({"answer": "red", "note": "As ever"})).await;
        assert_eq!((answered.status.as_u16(), answered.body["state"].as_str()), (200, Some("drafting")));
        let given = &answered.body["questions"][0];
        assert_eq!(
            (given["state"].clone(), given["answer"].clone(), given["answered_by"].clone()),
            (json!("answered"), json!("red"), json!("Ana"))
        );
        let again = as_ana(&stage, "POST", &path, json!({"answer": "blue"})).await;
        assert_eq!((again.status.as_u16(), again.body["code"].as_str()), (409, Some("question-answered")));
        assert_eq!(as_ana(&stage, "POST", "/api/v1/questions/7/answer", json!({"answer": "red"})).await.status, 404);
    })
    .await;
}

#[tokio::test]
async fn a_suggestion_is_sent_as_a_reply_or_dismissed_and_then_it_is_gone() {
    on_each_database(async |stage| {
        asking(&stage).await;
        stage.people().await;
        let mut suggested = Vec::new();
        for subject in ["One", "Two"] {
            let ticket = stage.ticket(subject).await;
            let path = format!("/api/v1/questions/{}/answer", ticket["questions"][0]["id"].as_str().unwrap());
            suggested.push(as_ana(&stage, "POST", &path, json!({"answer": "red"})).await.body);
        }
        let (one, two) = (&suggested[0], &suggested[1]);
        insta::assert_json_snapshot!("a_suggestion", one["suggestion"], { ".id" => "[id]" });

        let replies = format!("/api/v1/tickets/{}/replies", one["id"].as_str().unwrap());
        let suggestion = one["suggestion"]["id"].clone();
        let note = stage.post(&replies, json!({"kind": "note", "body": "Mine", "suggestion": suggestion})).await;
        assert_eq!((note.status.as_u16(), wrong_fields(&note)), (422, vec!["suggestion"]));
        let sent = stage.post(&replies, json!({"kind": "reply", "body": "Mine", "suggestion": suggestion})).await;
        assert_eq!((sent.status.as_u16(), sent.body["text"].as_str()), (201, Some("Mine")));
        stage.settle().await;
        let after = stage.get(&format!("/api/v1/tickets/{}", one["id"].as_str().unwrap())).await.body;
        assert_eq!((after["state"].clone(), after["suggestion"].clone()), (json!("waiting"), json!(null)));
        let again = stage.post(&replies, json!({"kind": "reply", "body": "Mine", "suggestion": suggestion})).await;
        assert_eq!((again.status.as_u16(), again.body["code"].as_str()), (409, Some("suggestion-gone")));

        let (ticket, suggestion) = (two["id"].as_str().unwrap(), two["suggestion"]["id"].as_str().unwrap());
        let path = format!("/api/v1/tickets/{ticket}/suggestions/{suggestion}");
        let dismissed = stage.send(stage.json("DELETE", &path, json!(null))).await;
        assert_eq!((dismissed.status.as_u16(), dismissed.body["suggestion"].clone()), (200, json!(null)));
        assert_eq!(stage.send(stage.json("DELETE", &path, json!(null))).await.status, 409);
    })
    .await;
}
