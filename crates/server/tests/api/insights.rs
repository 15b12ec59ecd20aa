//! `/api/v1/insights`, and the same figures as a page and as files.

use axum::body::Body;
use axum::http::Request;
use desk::agents;
use desk::agents::NewAgent;
use desk::agents::tokens::NewToken;
use desk::handle::{AddAgent, Command};
use desk::{Actor, Role};
use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::stage::{Answer, Stage, on_each_database, session_of, token_with, wrong_fields};

async fn asked(stage: &Stage, token: &str, query: &str) -> Answer {
    let path = format!("/api/v1/insights{query}");
    let request = Request::builder().uri(path).header("authorization", format!("Bearer {token}"));
    stage.send(request.body(Body::empty()).unwrap()).await
}

async fn lead(stage: &Stage) -> String {
    let new = NewToken { name: "figures".to_owned(), role: Role::Lead, agent: None, expires_at: None };
    token_with(&stage.desk, new).await
}

/// One ticket of Acme's, answered after two hours; an hour later it is looked at.
async fn one_ticket(stage: &Stage) {
    stage.people().await;
    let ticket = stage.ticket("A question").await;
    stage.settle().await;
    stage.desk.ground.clock.advance(SignedDuration::from_hours(2));
    let path = format!("/api/v1/tickets/{}/replies", ticket["id"].as_str().unwrap());
    assert_eq!(stage.post(&path, json!({"kind": "reply", "body": "Yes."})).await.status, 201);
    stage.settle().await;
    stage.desk.ground.clock.advance(SignedDuration::from_hours(1));
}

#[tokio::test]
async fn figures_are_told_in_all_by_day_and_by_what_tickets_are_cut_by() {
    on_each_database(async |stage| {
        one_ticket(&stage).await;
        let token = lead(&stage).await;
        let told = asked(&stage, &token, "?from=2026-11-16&to=2026-11-17&zone=UTC").await;
        assert_eq!(told.status, 200, "{told:?}");
        let figures = json!({
            "opened": 1, "closed": 0, "reopened": 0, "open": 1, "answered": 1,
            "first_answer": {"median": 7200, "ninetieth": 7200}, "waited_us": 7200, "waited_them": 3600,
        });
        assert_eq!(told.body["total"]["now"], figures);
        assert_eq!(told.body["total"]["before"]["first_answer"], Value::Null);
        assert_eq!(told.body["before"], json!({"from": "2026-11-14", "to": "2026-11-15"}));
        let day = |day: &str, opened, open| json!({"from": day, "to": day, "opened": opened, "closed": 0, "reopened": 0, "open": open});
        assert_eq!(told.body["parts"], json!([day("2026-11-16", 0, 0), day("2026-11-17", 1, 1)]));
        assert_eq!((&told.body["grain"], &told.body["partial"], &told.body["zone"]), (&json!("day"), &json!(false), &json!("UTC")));
        let line = |cut: &str| told.body[cut][0].clone();
        assert_eq!((&line("playbooks")["playbook"], &line("teams")["team"]), (&json!("general-request"), &json!("support")));
        assert_eq!((&line("organizations")["organization"]["name"], &line("organizations")["now"]), (&json!("Acme"), &figures));

        let usual = asked(&stage, &token, "?organization=acme&team=support").await.body;
        assert_eq!((&usual["from"], &usual["to"]), (&json!("2026-10-21"), &json!("2026-11-17")));
        assert_eq!(usual["total"]["now"], figures);
        assert_eq!(asked(&stage, &token, "?playbook=document-change").await.body["teams"], json!([]));
        assert_eq!(asked(&stage, &token, "?span=12m").await.body["grain"], "month");
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_asked_is_refused_with_each_field_and_figures_are_for_leads_and_owners() {
    on_each_database(async |stage| {
        let token = lead(&stage).await;
        for (query, fields) in [
            (
                "?span=ever&zone=Mars/Olympus&organization=nobody&colour=red",
                vec!["zone", "span", "organization", "colour"],
            ),
            ("?span=7d&from=2026-11-01", vec!["span"]),
            ("?from=2026-11-01", vec!["to"]),
            ("?from=2010-01-01&to=2026-11-01", vec!["to"]),
            ("?from=-9999-01-01&to=2026-11-01", vec!["from"]),
        ] {
            let refused = asked(&stage, &token, query).await;
            assert_eq!((refused.status.as_u16(), wrong_fields(&refused)), (422, fields), "{query}");
        }
        assert_eq!(asked(&stage, &stage.token, "").await.status, 403);
    })
    .await;
}

async fn page(stage: &Stage, session: &str, path: &str) -> Answer {
    let request = Request::builder().uri(path).header("cookie", format!("deskhand_session={session}"));
    stage.send(request.body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn the_page_and_its_files_are_for_leads_and_a_name_that_would_be_a_formula_is_text() {
    on_each_database(async |stage| {
        one_ticket(&stage).await;
        let renamed = stage.put("/api/v1/organizations/acme", json!({"name": "=HYPERLINK(\"x\")"})).await;
        assert_eq!(renamed.status, 200);
        let lea =
            NewAgent { name: "Lea".into(), address: "lea@desk.example".into(), role: Role::Lead, teams: Vec::new() };
        stage.desk.handle(&Actor::Desk, Command::AddAgent(AddAgent(lea))).await.unwrap();
        let lea = agents::find_by_name(&mut stage.desk.read().await.unwrap(), "Lea").await.unwrap().unwrap();
        let session = session_of(&stage.desk, lea.id).await;
        let days = "?from=2026-11-17&to=2026-11-17";
        assert_eq!(page(&stage, &session, &format!("/insights{days}")).await.status, 200);
        assert_eq!(page(&stage, &stage.session, "/insights").await.status, 403, "Ana is no lead");
        assert_eq!(page(&stage, &session, "/insights?span=ever").await.status, 422);
        for (days, words) in [
            ("from=2026-02-01&to=2026-01-01", "The last day is before the first one"),
            ("from=2010-02-01&to=2026-01-01", "more than five years"),
            ("from=2026-02-01", "Name two days"),
        ] {
            let wrong = page(&stage, &session, &format!("/insights?{days}")).await;
            assert_eq!(wrong.status, 422);
            let html = wrong.body.as_str().unwrap();
            let first = days.split(['=', '&']).nth(1).unwrap();
            assert!(
                html.contains(words) && html.contains(&format!("value=\"{first}\"")),
                "{days}: what was written is kept"
            );
        }
        let csv = async |file: &str| {
            let answer = page(&stage, &session, &format!("/insights/{file}{days}")).await;
            (answer.status.as_u16(), answer.body.as_str().unwrap_or_default().to_owned())
        };
        let volume = "\u{feff}from,to,opened,closed,reopened,open\r\n2026-11-17,2026-11-17,1,0,0,1\r\n";
        assert_eq!(csv("volume.csv").await, (200, volume.to_owned()));
        let (status, organizations) = csv("organizations.csv").await;
        let line = organizations.lines().nth(1).unwrap();
        assert!(status == 200 && line.contains(",\"'=HYPERLINK(\"\"x\"\")\",1,0,0,1,7200,7200,7200,3600,"), "{line}");
        assert_eq!(
            (csv("teams.csv").await.0, csv("playbooks.csv").await.0, csv("people.csv").await.0),
            (200, 200, 404)
        );
        for file in ["volume.csv", "organizations.csv"] {
            assert_eq!(page(&stage, &stage.session, &format!("/insights/{file}")).await.status, 403);
        }
    })
    .await;
}
