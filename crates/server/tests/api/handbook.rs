//! `/api/v1/handbook`: revisions are read, checked, published and rehearsed; and the pages' ways in are the same.

use std::collections::BTreeMap;

use axum::body::Body;
use axum::http::Request;
use desk::Role;
use desk::agents::tokens::NewToken;
use serde_json::{Value, json};

use crate::stage::{Answer, Stage, on_each_database, token_with, wrong_fields};

async fn token(stage: &Stage, role: Role) -> String {
    let new = NewToken { name: format!("a {}", role.as_str()), role, agent: None, expires_at: None };
    token_with(&stage.desk, new).await
}

async fn ask(stage: &Stage, token: &str, method: &str, path: &str, body: Option<Value>) -> Answer {
    let request = Request::builder().method(method).uri(format!("/api/v1/handbook{path}"));
    let request = request.header("authorization", format!("Bearer {token}"));
    let request = request.header("content-type", "application/json");
    stage.send(request.body(Body::from(body.map(|body| body.to_string()).unwrap_or_default())).unwrap()).await
}

/// Today's files without their stories, which would take long to be read through.
async fn files(stage: &Stage, token: &str) -> BTreeMap<String, String> {
    let today = ask(stage, token, "GET", "", None).await.body;
    let files: BTreeMap<String, String> = serde_json::from_value(today["files"].clone()).unwrap();
    files.into_iter().filter(|(path, _)| !path.starts_with("scenarios/")).collect()
}

#[tokio::test]
async fn a_revision_is_published_on_the_one_it_was_made_from_and_read_again() {
    on_each_database(async |stage| {
        let lead = token(&stage, Role::Lead).await;
        let agent = token(&stage, Role::Agent).await;
        let mut files = files(&stage, &agent).await;
        files.insert("NOTES.md".to_owned(), "# Ours\n".to_owned());
        let new = |base: i64, files: &BTreeMap<String, String>| json!({"base": base, "note": "Why", "files": files});
        assert_eq!(ask(&stage, &agent, "POST", "/revisions", Some(new(1, &files))).await.status, 403);
        let published = ask(&stage, &lead, "POST", "/revisions", Some(new(1, &files))).await;
        assert_eq!(published.status, 201, "{published:?}");
        let told = |key: &str| published.body[key].clone();
        assert_eq!((told("number"), told("note"), told("today")), (json!(2), json!("Why"), json!(true)));
        assert_eq!(told("published_by"), "a lead");
        // The same again is the same revision, and anything else on the old base is refused.
        assert_eq!(ask(&stage, &lead, "POST", "/revisions", Some(new(1, &files))).await.body["number"], 2);
        files.insert("NOTES.md".to_owned(), "# Theirs\n".to_owned());
        let crossed = ask(&stage, &lead, "POST", "/revisions", Some(new(1, &files))).await;
        assert_eq!((crossed.status.as_u16(), &crossed.body["code"]), (409, &json!("handbook-crossed")));

        let first = ask(&stage, &agent, "GET", "/revisions/1", None).await.body;
        assert_eq!((&first["today"], &first["files"]["NOTES.md"]), (&json!(false), &Value::Null));
        assert_eq!(ask(&stage, &agent, "GET", "", None).await.body["files"]["NOTES.md"], "# Ours\n");
        for none in ["3", "0", "-1", "x", "99999999999999999999"] {
            assert_eq!(ask(&stage, &agent, "GET", &format!("/revisions/{none}"), None).await.status, 404, "{none}");
        }
        let page = ask(&stage, &agent, "GET", "/revisions?limit=1", None).await.body;
        assert_eq!((&page["items"][0]["number"], &page["next"]), (&json!(2), &json!("2")));
        let rest = ask(&stage, &agent, "GET", "/revisions?limit=1&after=2", None).await.body;
        assert_eq!((&rest["items"][0]["number"], &rest["next"]), (&json!(1), &Value::Null));
        let wrong = ask(&stage, &agent, "GET", "/revisions?after=x&limit=0&colour=red", None).await;
        assert_eq!((wrong.status.as_u16(), wrong_fields(&wrong)), (422, vec!["limit", "after", "colour"]));
    })
    .await;
}

#[tokio::test]
async fn what_is_not_sound_is_told_by_file_and_line_and_not_published() {
    on_each_database(async |stage| {
        let lead = token(&stage, Role::Lead).await;
        let mut files = files(&stage, &lead).await;
        files.get_mut("playbooks/general-request.yaml").unwrap().push_str("nonsense: 1\n");
        let found = ask(&stage, &lead, "POST", "/findings", Some(json!({"files": files}))).await.body;
        assert_eq!(found["sound"], false);
        let first = &found["findings"][0];
        assert_eq!((&first["severity"], &first["code"]), (&json!("error"), &json!("unknown-key")));
        assert_eq!(first["file"], "playbooks/general-request.yaml");
        let refused = ask(&stage, &lead, "POST", "/revisions", Some(json!({"base": 1, "files": files}))).await;
        assert_eq!((refused.status.as_u16(), &refused.body["code"]), (422, &json!("unsound-handbook")));
        let field = format!("files.playbooks/general-request.yaml:{}:1", first["line"]);
        assert_eq!(wrong_fields(&refused), [field.as_str()]);

        // A story that cannot be read stands in the way as well, and so does a file that no handbook has.
        files.remove("playbooks/general-request.yaml");
        let broken = json!({"base": 1, "files": {"scenarios/x.yaml": "scenario: x\n"}});
        assert_eq!(ask(&stage, &lead, "POST", "/revisions", Some(broken)).await.body["code"], "unsound-handbook");
        let outside = json!({"files": {"../desk.yaml": ""}});
        let refused = ask(&stage, &lead, "POST", "/findings", Some(outside)).await;
        assert_eq!((refused.status.as_u16(), wrong_fields(&refused)), (422, vec!["files.../desk.yaml"]));
        let bomb = format!("{}{}", "a: [".repeat(5_000), "]".repeat(5_000));
        let found = ask(&stage, &lead, "POST", "/findings", Some(json!({"files": {"desk.yaml": bomb}}))).await.body;
        assert_eq!(found["sound"], false);
        let aliases = "a: &a [x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b]\n";
        let found = ask(&stage, &lead, "POST", "/findings", Some(json!({"files": {"desk.yaml": aliases}}))).await.body;
        assert_eq!(found["findings"][0]["code"], "yaml-anchor", "nothing is multiplied by names");
        assert_eq!(ask(&stage, &lead, "GET", "", None).await.body["number"], 1);
    })
    .await;
}

#[tokio::test]
async fn a_scenario_is_played_on_a_stage_that_no_ticket_of_the_desk_is_on() {
    on_each_database(async |stage| {
        let lead = token(&stage, Role::Lead).await;
        let mut files = files(&stage, &lead).await;
        let all = ask(&stage, &lead, "GET", "", None).await.body["files"]["scenarios/general-request.yaml"].clone();
        let story = all.as_str().unwrap().split("\n---\n").next().unwrap().to_owned();
        files.insert("scenarios/one.yaml".to_owned(), story.replace("{ tickets: 1 }", "{ tickets: 7 }"));
        let name =
            story.lines().find_map(|line| line.strip_prefix("scenario: ")).unwrap().trim_matches('\'').to_owned();
        let before = stage.desk.now();
        let asked = json!({"scenario": name, "files": files});
        let played = ask(&stage, &lead, "POST", "/rehearsals", Some(asked)).await;
        assert_eq!(played.status, 200, "{played:?}");
        assert!(played.body["failed"][0]["message"].as_str().unwrap().contains("not 7"), "{played:?}");
        assert!(played.body["timeline"].as_array().unwrap().len() > 3);
        assert_eq!(played.body["mails"][0]["to"], "maria@acme.example");
        assert_eq!(stage.desk.now(), before);
        assert_eq!(ask_tickets(&stage).await, 0);
        let today = ask(&stage, &lead, "POST", "/rehearsals", Some(json!({"scenario": name}))).await;
        assert_eq!((today.status.as_u16(), &today.body["failed"]), (200, &json!([])));
        let none = ask(&stage, &lead, "POST", "/rehearsals", Some(json!({"scenario": "no such"}))).await;
        assert_eq!(none.status, 404);
    })
    .await;
}

async fn ask_tickets(stage: &Stage) -> usize {
    stage.get("/api/v1/tickets").await.body["items"].as_array().unwrap().len()
}
