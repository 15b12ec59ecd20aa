//! Files of people by the API: brought, looked at, mapped, carried out, undone; taken along; and somebody who is erased.

use axum::body::Body;
use desk::Role;
use desk::agents::tokens::NewToken;
use serde_json::{Value, json};
use store::recording::Asked;

use crate::stage::{Answer, Stage, on_each_database, token_with, wrong_fields};

async fn bring(stage: &Stage, query: &str, file: &str) -> Answer {
    let request = stage.request("POST", &format!("/api/v1/imports?{query}")).header("content-type", "text/csv");
    stage.send(request.body(Body::from(file.to_owned())).unwrap()).await
}

async fn step(stage: &Stage, method: &str, path: &str) -> Answer {
    stage.send(stage.request(method, path).body(Body::empty()).unwrap()).await
}

fn counts(answer: &Answer) -> [i64; 4] {
    ["new", "changed", "unchanged", "refused"].map(|outcome| answer.body["rows"][outcome].as_i64().unwrap())
}

#[tokio::test]
async fn a_file_is_looked_at_mapped_carried_out_and_undone() {
    on_each_database(async |stage| {
        stage.people().await;
        let file = "Correio;Name;Shoe\nmaria@acme.example;Maria Quintela;38\nrui@acme.example;Rui;44\nnobody;x;1\n";
        let brought = bring(&stage, "kind=contacts&name=people.csv", file).await;
        assert_eq!((brought.status.as_u16(), counts(&brought)), (201, [0, 0, 0, 3]), "{brought:?}");
        assert_eq!((&brought.body["state"], &brought.body["file"]), (&json!("looked_at"), &json!("people.csv")));
        assert_eq!(brought.body["columns"][0], json!({"title": "Correio", "taken_for": null}));
        let path = format!("/api/v1/imports/{}", brought.body["id"].as_str().unwrap());
        let refused = stage.put(&format!("{path}/columns"), json!({"columns": ["email"]})).await;
        assert_eq!((refused.status.as_u16(), wrong_fields(&refused)), (422, vec!["columns"]));
        let mapped = stage.put(&format!("{path}/columns"), json!({"columns": ["email", "name", null]})).await;
        assert_eq!((mapped.status.as_u16(), counts(&mapped)), (200, [1, 1, 0, 1]), "{mapped:?}");
        assert_eq!(stage.get("/api/v1/contacts/rui@acme.example").await.status, 404, "nothing is changed before");

        let page = stage.get(&format!("{path}/rows?limit=2")).await.body;
        let why = json!([{"field": "name", "code": "changes", "message": "Maria Quintela"}]);
        assert_eq!((&page["items"][0]["outcome"], &page["items"][0]["why"]), (&json!("changed"), &why));
        let next = page["next"].as_str().unwrap();
        let rest = stage.get(&format!("{path}/rows?limit=2&after={next}")).await.body;
        assert_eq!((&rest["items"][0]["why"][0]["field"], &rest["next"]), (&json!("email"), &json!(null)));
        let refused = stage.get(&format!("{path}/rows?outcome=refused")).await.body;
        assert_eq!(refused["items"], rest["items"]);

        let carried = step(&stage, "POST", &format!("{path}/carrying")).await;
        assert_eq!((carried.status.as_u16(), &carried.body["state"]), (200, &json!("done")), "{carried:?}");
        let rui = stage.get("/api/v1/contacts/rui@acme.example").await.body;
        let made = stage.get(&format!("{path}/rows?outcome=new")).await.body["items"][0].clone();
        assert_eq!((&made["person"], &made["carried"]), (&rui["id"], &json!(true)));
        let late = stage.put(&format!("{path}/columns"), json!({"columns": ["email", null, null]})).await;
        assert_eq!((late.status.as_u16(), &late.body["code"]), (409, &json!("import-moved-on")));

        let exported = stage.get("/api/v1/exports/contacts?q=rui").await;
        assert_eq!(exported.body, "\u{feff}email,name,organization,role,language\r\nrui@acme.example,Rui,,,\r\n");
        let again = bring(&stage, "kind=contacts", exported.body.as_str().unwrap()).await;
        assert_eq!(counts(&again), [0, 0, 1, 0], "an import knows what an export wrote");
        let undone = step(&stage, "POST", &format!("{path}/undoing")).await;
        assert_eq!(undone.body["undone"], json!({"put_back": 1, "removed": 1}));
        assert_eq!(stage.get("/api/v1/contacts/maria@acme.example").await.body["name"], "Maria");
        let listed = stage.get("/api/v1/imports?kind=contacts&limit=1").await.body;
        assert_eq!(listed["items"][0]["id"], again.body["id"]);
        let next = listed["next"].as_str().unwrap();
        let rest = stage.get(&format!("/api/v1/imports?kind=contacts&after={next}")).await.body;
        assert_eq!((&rest["items"], &rest["next"]), (&json!([undone.body]), &json!(null)));
    })
    .await;
}

#[tokio::test]
async fn organizations_come_and_go_as_a_workbook_and_what_is_no_table_is_refused() {
    on_each_database(async |stage| {
        stage.people().await;
        let request = stage.request("GET", "/api/v1/exports/organizations?format=xlsx&plan=pro");
        let response = server::serve::router(stage.app.clone());
        let response = tower::ServiceExt::oneshot(response, request.body(Body::empty()).unwrap()).await.unwrap();
        assert_eq!(response.headers()["content-disposition"], "attachment; filename=\"organizations.xlsx\"");
        let book = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
        let request = stage.request("POST", "/api/v1/imports?kind=organizations");
        let again = stage.send(request.body(Body::from(book)).unwrap()).await;
        assert_eq!((again.status.as_u16(), counts(&again)), (201, [0, 0, 1, 0]), "{again:?}");

        for (query, file, fields) in [
            ("kind=contacts", "", vec!["file"]),
            ("kind=contacts", "PK\u{3}\u{4} no workbook", vec!["file"]),
            ("kind=shoes&x=1", "email\n", vec!["kind", "x"]),
            ("", "email\n", vec!["kind"]),
        ] {
            let refused = bring(&stage, query, file).await;
            let mut wrong = wrong_fields(&refused);
            wrong.sort_unstable();
            assert_eq!((refused.status.as_u16(), wrong), (422, fields), "{query}");
        }
        let large = bring(&stage, "kind=contacts", &"x".repeat(desk::imports::FILE_MAX + 1)).await;
        assert_eq!(large.status.as_u16(), 413);
        assert_eq!(stage.get("/api/v1/imports/9").await.status, 404);
        assert_eq!(stage.get("/api/v1/imports/x/rows").await.status, 404);
        let wrong = stage.get("/api/v1/exports/contacts?format=pdf&organization=nowhere").await;
        let mut fields = wrong_fields(&wrong);
        fields.sort_unstable();
        assert_eq!(fields, ["format", "organization"]);
    })
    .await;
}

#[tokio::test]
async fn all_that_is_known_of_somebody_is_taken_along_and_an_owner_erases_them() {
    on_each_database(async |stage| {
        stage.people().await;
        let ticket = stage.ticket("A periwinkle logo").await;
        let path = "/api/v1/contacts/maria@acme.example";
        let data = stage.get(&format!("{path}/data")).await;
        assert_eq!((data.status.as_u16(), data.headers["content-type"].to_str().unwrap()), (200, "application/zip"));
        assert_eq!(stage.get("/api/v1/contacts/nobody@acme.example/data").await.status, 404);
        assert_eq!(step(&stage, "DELETE", path).await.status, 403, "an agent's program does not");
        let new = NewToken { name: "an owner's".to_owned(), role: Role::Owner, agent: None, expires_at: None };
        let owner = token_with(&stage.desk, new).await;
        let erase = async || {
            let request = axum::http::Request::builder().method("DELETE").uri(path);
            let request = request.header("authorization", format!("Bearer {owner}"));
            stage.send(request.body(Body::empty()).unwrap()).await.status.as_u16()
        };
        assert_eq!((erase().await, erase().await), (204, 404));
        let erased = stage.get(&format!("/api/v1/tickets/{}?include=messages", ticket["id"].as_str().unwrap())).await;
        assert_eq!(erased.body["number"], ticket["number"]);
        assert!(!erased.body.to_string().contains("periwinkle") && !erased.body.to_string().contains("Maria"));
        stage.settle().await;
    })
    .await;
}

/// How many statements answering a request takes.
async fn statements(stage: &Stage, path: &str) -> (usize, Value) {
    let recording = stage.desk.ground.db.record();
    recording.take();
    let answer = stage.get(path).await;
    let counted = |asked: &Asked| match asked {
        Asked::Alone(_) => 1,
        Asked::Together(statements) => statements.len(),
    };
    (recording.take().iter().map(counted).sum(), answer.body)
}

#[tokio::test]
async fn a_long_page_of_contacts_takes_no_more_statements_than_a_short_one() {
    on_each_database(async |stage| {
        stage.people().await;
        for n in 0..12 {
            let who = json!({"name": format!("P{n}"), "organization": "acme", "may": ["pay"]});
            assert_eq!(stage.put(&format!("/api/v1/contacts/p{n}@acme.example"), who).await.status, 200);
        }
        stage.get("/api/v1/contacts").await;
        let (short, _) = statements(&stage, "/api/v1/contacts?limit=1").await;
        let (long, body) = statements(&stage, "/api/v1/contacts?limit=13").await;
        assert_eq!((body["items"].as_array().unwrap().len(), long), (13, short));
        let p7 = stage.get("/api/v1/contacts/p7@acme.example").await.body;
        assert!(body["items"].as_array().unwrap().contains(&p7), "each as it is told alone");
        assert_eq!((&p7["may"], &p7["organization"]), (&json!(["pay"]), &json!("acme")));
    })
    .await;
}
