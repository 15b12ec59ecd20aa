//! Whatever goes wrong is told, with what to mend and without what was asked.

use directory::{Connection, Engine, Kind, Limits, Query, ask};
use serde_json::{Map, json};

use crate::customers::{question, requester};
use crate::place::{failed, on_each_engine};

#[tokio::test]
async fn an_unknown_table_is_named() {
    on_each_engine("unknown_table", async |place| {
        let (reason, again) =
            failed(place.ask(&question("SELECT plan FROM nowhere", "plan", Kind::Text), json!({})).await);
        assert!(reason.contains("nowhere") && !again, "{:?} {reason}", place.engine);
    })
    .await;
}

#[tokio::test]
async fn a_column_that_is_absent_is_named_even_when_nobody_is_found() {
    on_each_engine("columns", async |place| {
        for id in [1, 99] {
            let query = question(&format!("SELECT plan FROM organizations WHERE id = {id}"), "price", Kind::Text);
            let (reason, again) = failed(place.ask(&query, json!({})).await);
            assert_eq!((reason.as_str(), again), ("the answer has no column `price`", false), "{:?}", place.engine);
        }
    })
    .await;
}

#[tokio::test]
async fn a_value_of_another_kind_is_named_with_its_column() {
    on_each_engine("values", async |place| {
        let asked = async |sql: &str, kind| failed(place.ask(&question(sql, "plan", kind), json!({})).await);
        let (reason, again) = asked("SELECT plan FROM organizations WHERE id = 1", Kind::Integer).await;
        assert_eq!(reason, "the column `plan` holds a text, and is declared as integer", "{:?}", place.engine);
        assert!(!again);
    })
    .await;
}

#[tokio::test]
async fn a_wrong_password_is_refused_and_not_tried_again() {
    on_each_engine("password", async |place| {
        if place.engine == Engine::Sqlite {
            return;
        }
        let (before, after) = place.url.rsplit_once('@').unwrap();
        let wrong = format!("{}:hunter2@{after}", before.rsplit_once(':').unwrap().0);
        let connection = Connection::open("customers", &wrong).unwrap();
        let query = question("SELECT plan FROM organizations", "plan", Kind::Text);
        let (reason, again) = failed(ask(&connection, &query, &Map::new(), &Limits::default()).await);
        assert!(reason.starts_with("the database refuses this user or password"), "{:?} {reason}", place.engine);
        assert!(!again && !reason.contains("hunter2"));
    })
    .await;
}

#[tokio::test]
async fn a_server_without_tls_is_not_spoken_to_when_tls_is_asked_for() {
    on_each_engine("tls", async |place| {
        let setting = match place.engine {
            Engine::Postgres => "sslmode=require",
            Engine::MySql => "ssl-mode=REQUIRED",
            Engine::Sqlite => return,
        };
        let connection = Connection::open("customers", &format!("{}?{setting}", place.url)).unwrap();
        let query = question("SELECT plan FROM organizations", "plan", Kind::Text);
        let (reason, again) = failed(ask(&connection, &query, &Map::new(), &Limits::default()).await);
        assert!(reason.starts_with("no safe way to the database") && !again, "{:?} {reason}", place.engine);
    })
    .await;
}

#[tokio::test]
async fn a_server_that_is_down_and_a_file_that_is_not_there_may_be_there_later() {
    let closed = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = closed.local_addr().unwrap().port();
    drop(closed);
    for url in [
        format!("postgres://desk:hunter2@127.0.0.1:{port}/customers"),
        format!("mysql://desk:hunter2@127.0.0.1:{port}/customers"),
        "sqlite:///nowhere/customers.db?mode=ro".to_owned(),
    ] {
        let connection = Connection::open("customers", &url).unwrap();
        let query = question("SELECT plan FROM organizations", "plan", Kind::Text);
        let (reason, again) = failed(ask(&connection, &query, &Map::new(), &Limits::default()).await);
        assert!(again && reason.contains("cannot be re") && !reason.contains("hunter2"), "{url} {reason}");
    }
}

#[tokio::test]
async fn a_file_that_is_no_database_stays_none() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("customers.db");
    std::fs::write(&path, "email,plan\n".repeat(1000)).unwrap();
    let connection = Connection::open("customers", &format!("sqlite://{}", path.display())).unwrap();
    let query = question("SELECT plan FROM organizations", "plan", Kind::Text);
    let (reason, again) = failed(ask(&connection, &query, &Map::new(), &Limits::default()).await);
    assert_eq!((reason.as_str(), again), ("the file is no SQLite database", false));
}

#[tokio::test]
async fn parameters_are_checked_before_anybody_is_asked() {
    on_each_engine("parameters", async |place| {
        for (given, words) in [
            (json!({}), "the parameter `email` is not given"),
            (json!({"email": 7}), "the parameter `email` is no text"),
            (json!({"email": "a", "mail": "b"}), "`mail` is given and is no parameter of the query"),
        ] {
            assert_eq!(failed(place.ask(&requester(place.engine), given).await), (words.to_owned(), false));
        }
        let unknown = Query { parameters: Vec::new(), ..requester(place.engine) };
        let (reason, _) = failed(place.ask(&unknown, json!({})).await);
        assert_eq!(reason, "`:email` stands in the query and is no declared parameter");
    })
    .await;
}

#[tokio::test]
async fn no_failure_repeats_what_was_asked_for() {
    on_each_engine("silence", async |place| {
        // Each engine stumbles over the value itself, and would say so with the value in its words.
        let sql = match place.engine {
            Engine::Postgres => "SELECT CAST(:secret AS uuid)::text AS plan",
            Engine::MySql => "SELECT extractvalue('<a/>', :secret) AS plan",
            Engine::Sqlite => "SELECT json_extract('{}', :secret) AS plan",
        };
        let query = Query { parameters: vec![("secret".to_owned(), Kind::Text)], ..question(sql, "plan", Kind::Text) };
        let (reason, again) = failed(place.ask(&query, json!({"secret": "hunter2("})).await);
        assert!(!reason.contains("hunter2") && !again, "{:?} {reason}", place.engine);
    })
    .await;
}
