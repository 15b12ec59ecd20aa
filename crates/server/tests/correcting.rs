//! What a procedure knows of a ticket is corrected by whoever works on it, and what cannot be done to one ticket is said in one sentence.

#![expect(clippy::unwrap_used, reason = "a failed expectation is a failed test")]

mod stage;

use axum::body::Body;
use axum::http::Request;
use serde_json::{Value, json};
use stage::{Answer, Stage, on_each_database, wrong_fields};

const TOKEN: &str = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

const PLANNED: &str = "language: 1\nplaybook: general-request\ntitle: Request\nteam: support\nopens: [ mail, api, hand ]\ninitial: work\n\
    fields:\n  until: { type: date, label: { en: Ready by, pt: Pronto até } }\n  budget: { type: integer, min: 1, max: 900 }\n\
    \x20 agreed: { type: boolean }\nstates:\n\
    \x20 work: { choices: { plan: { label: Planned, target: planned, require: [ budget, until ] } } }\n\
    \x20 planned: { choices: { stop: { label: Stop, target: over } } }\n  over: { type: final }\n";

/// A page of Ana's, or the answer to a form of hers.
async fn page(stage: &Stage, path: &str, language: &str, form: Option<&str>) -> (u16, String) {
    let cookies = format!("deskhand_session={}; deskhand_csrf={TOKEN}", stage.session);
    let method = if form.is_some() { "POST" } else { "GET" };
    let request =
        Request::builder().method(method).uri(path).header("host", "127.0.0.1:8080").header("cookie", cookies);
    let request = request.header("accept", "text/html").header("accept-language", language);
    let request = request.header("content-type", "application/x-www-form-urlencoded");
    let body = form.map(|form| format!("csrf={TOKEN}&{form}")).unwrap_or_default();
    let Answer { status, body, .. } = stage.send(request.body(Body::from(body)).unwrap()).await;
    (status.as_u16(), body.as_str().map_or_else(|| body.to_string(), str::to_owned))
}

#[tokio::test]
async fn a_field_that_is_known_is_corrected_and_history_says_what_it_was() {
    on_each_database(async |stage| {
        stage.publish_general(PLANNED).await;
        let ticket = stage.ticket("A budget").await;
        let id = ticket["id"].as_str().unwrap();
        let (path, at) = (format!("/api/v1/tickets/{id}"), format!("/tickets/{id}"));
        let chosen = json!({"fields": {"budget": 5, "until": "2026-12-31"}});
        assert_eq!(stage.post(&format!("{path}/choices/plan"), chosen).await.status, 200);

        let patch = async |fields: Value| stage.send(stage.json("PATCH", &path, json!({"fields": fields}))).await;
        let corrected = patch(json!({"budget": 50})).await;
        assert_eq!(
            (corrected.status.as_u16(), &corrected.body["fields"]["budget"]),
            (200, &json!(50)),
            "{corrected:?}"
        );
        assert_eq!(corrected.body["fields"]["until"], "2026-12-31");
        let refused = patch(json!({"budget": 5000, "until": "soon", "colour": "red"})).await;
        assert_eq!(refused.status, 422);
        let mut wrong = wrong_fields(&refused);
        wrong.sort_unstable();
        assert_eq!(wrong, ["budget", "colour", "until"]);

        // The page has them in the playbook's order, each with the control of its type.
        let (_, html) = page(&stage, &at, "en", None).await;
        assert!(html.contains("Ana") && html.contains("corrected Budget: 50 instead of 5"), "{html}");
        assert!(html.contains("<dd dir=\"auto\">31 Dec 2026</dd>"), "a day as people write it");
        let place = |words: &str| html.find(words).unwrap();
        assert!(
            place("<dt>Ready by</dt>") < place("<dt>Budget</dt>")
                && place("<dt>Budget</dt>") < place("<dt>Agreed</dt>")
        );
        assert!(html.contains("type=\"date\" value=\"2026-12-31\""), "{html}");

        let form = "fields.until=2027-01-31&was.until=%222026-12-31%22&fields.budget=50&was.budget=50&was.agreed=null";
        assert_eq!(page(&stage, &format!("{at}/fields"), "en", Some(form)).await.0, 303);
        let now = stage.get(&path).await.body;
        assert_eq!(now["fields"], json!({"until": "2027-01-31", "budget": 50, "agreed": null}));
        // Whoever had not seen that corrects nothing; what does not fit is said in the reader's language.
        assert_eq!(page(&stage, &format!("{at}/fields"), "en", Some(&form.replace("31&", "30&"))).await.0, 409);
        let (status, html) =
            page(&stage, &format!("{at}/fields"), "pt", Some("fields.budget=many&was.budget=50")).await;
        assert!(status == 422 && html.contains("É preciso um número inteiro de 1 a 900."), "{status} {html}");
        assert_eq!(stage.get(&path).await.body["fields"], now["fields"]);
        stage.settle().await;
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_done_to_one_ticket_is_said_in_one_sentence() {
    on_each_database(async |stage| {
        let ticket = stage.ticket("Later").await;
        let form = format!("ticket={}&do=snooze:at&until=2020-01-01T09:00&answer=json", ticket["id"].as_str().unwrap());
        for (language, words) in [
            ("en", "Choose a time that is still to come, within a year."),
            ("pt", "Escolha uma hora que ainda venha, dentro de um ano."),
        ] {
            let (_, said) = page(&stage, "/tickets/bulk", language, Some(&form)).await;
            let said: Value = serde_json::from_str(&said).unwrap();
            assert_eq!((&said["words"], &said["refused"]), (&json!(words), &json!([])));
        }
    })
    .await;
}
