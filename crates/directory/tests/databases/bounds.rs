//! A slow, endless, large or silent database costs no more than was allowed.

use std::time::Duration;

use directory::{Answer, Connection, Engine, Kind, Limits, ask};
use serde_json::{Map, json};

use crate::customers::question;
use crate::place::{failed, on_each_engine};

/// Rows without end, as they are made: whoever wanted all of them would wait for ever.
fn endless(engine: Engine) -> &'static str {
    match engine {
        Engine::Postgres => "SELECT generate_series(1, 9000000000000) AS n",
        Engine::MySql => "SELECT seq AS n FROM seq_1_to_9000000000000",
        Engine::Sqlite => {
            "WITH RECURSIVE all_of(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM all_of) SELECT n FROM all_of"
        }
    }
}

#[tokio::test]
async fn rows_are_read_up_to_the_bound_however_many_there_are() {
    on_each_engine("endless", async |place| {
        let query = question(endless(place.engine), "n", Kind::Integer);
        for (rows, expected) in [(20, 20), (1, 2)] {
            let limits = Limits { rows, ..Limits::default() };
            let answer = place.ask_within(&query, json!({}), &limits).await;
            assert_eq!(answer, Answer::Ambiguous(expected), "{:?}", place.engine);
        }
        assert!(matches!(place.who("maria@acme.example").await, Answer::Found(_)), "{:?}", place.engine);
    })
    .await;
}

#[tokio::test]
async fn a_slow_query_is_stopped_by_the_database_itself() {
    on_each_engine("slow", async |place| {
        let query =
            question(&format!("SELECT count(*) AS n FROM ({}) slow", endless(place.engine)), "n", Kind::Integer);
        let limits =
            Limits { statement: Duration::from_millis(200), whole: Duration::from_secs(60), ..Limits::default() };
        let (reason, again) = failed(place.ask_within(&query, json!({}), &limits).await);
        assert_eq!(reason, "the query was stopped, it took longer than 0.2 s", "{:?}", place.engine);
        assert!(again);
        assert!(matches!(place.who("maria@acme.example").await, Answer::Found(_)), "{:?}", place.engine);
    })
    .await;
}

#[tokio::test]
async fn the_whole_question_ends_in_its_time_and_frees_its_place() {
    on_each_engine("whole_time", async |place| {
        let query =
            question(&format!("SELECT count(*) AS n FROM ({}) slow", endless(place.engine)), "n", Kind::Integer);
        let limits = Limits { whole: Duration::from_millis(300), ..Limits::default() };
        // More questions than places: those that wait are bounded as well.
        let questions = (0..5).map(|_| place.ask_within(&query, json!({}), &limits));
        for answer in futures::future::join_all(questions).await {
            let (reason, again) = failed(answer);
            assert_eq!(
                (reason.as_str(), again),
                ("the database gave no answer within 0.3 s", true),
                "{:?}",
                place.engine
            );
        }
        assert!(matches!(place.who("maria@acme.example").await, Answer::Found(_)), "{:?}", place.engine);
    })
    .await;
}

#[tokio::test]
async fn a_value_that_is_too_large_is_refused_with_its_column() {
    on_each_engine("large", async |place| {
        let sql = match place.engine {
            Engine::Sqlite => "SELECT hex(zeroblob(50)) AS plan",
            _ => "SELECT repeat('x', 100) AS plan",
        };
        let limits = Limits { cell: 99, ..Limits::default() };
        let (reason, _) = failed(place.ask_within(&question(sql, "plan", Kind::Text), json!({}), &limits).await);
        assert_eq!(reason, "the column `plan` holds more than 99 bytes", "{:?}", place.engine);
        let limits = Limits { cell: 100, ..Limits::default() };
        let answer = place.ask_within(&question(sql, "plan", Kind::Text), json!({}), &limits).await;
        assert!(matches!(answer, Answer::Found(_)), "{:?}", place.engine);
    })
    .await;
}

#[tokio::test]
async fn a_file_that_is_locked_may_be_free_later() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("customers.db");
    let writer = rusqlite::Connection::open(&path).unwrap();
    writer.execute_batch("CREATE TABLE people (plan TEXT); BEGIN EXCLUSIVE").unwrap();
    let connection = Connection::open("customers", &format!("sqlite://{}", path.display())).unwrap();
    let query = question("SELECT plan FROM people", "plan", Kind::Text);
    let limits = Limits { statement: Duration::from_millis(200), ..Limits::default() };
    let (_, again) = failed(ask(&connection, &query, &Map::new(), &limits).await);
    assert!(again);
    writer.execute_batch("COMMIT").unwrap();
    assert_eq!(ask(&connection, &query, &Map::new(), &Limits::default()).await, Answer::Missing);
}

#[tokio::test]
async fn a_file_that_hangs_holds_up_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("customers.db");
    // Opening it waits for somebody who writes, as a network file system waits for its server.
    assert!(std::process::Command::new("mkfifo").arg(&path).status().unwrap().success());
    let connection = Connection::open("customers", &format!("sqlite://{}", path.display())).unwrap();
    let query = question("SELECT plan FROM people", "plan", Kind::Text);
    let limits =
        Limits { statement: Duration::from_millis(200), whole: Duration::from_millis(400), ..Limits::default() };
    for words in ["was stopped", "was stopped", "no answer within", "no answer within"] {
        let (reason, again) = failed(ask(&connection, &query, &Map::new(), &limits).await);
        assert!(reason.contains(words) && again, "{reason}");
    }
    drop(std::fs::OpenOptions::new().write(true).open(&path).unwrap());
}

#[tokio::test]
async fn a_server_that_takes_the_connection_and_says_nothing_is_given_up() {
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = silent.local_addr().unwrap().port();
    let holding = tokio::spawn(async move {
        let mut held = Vec::new();
        while let Ok((socket, _)) = silent.accept().await {
            held.push(socket);
        }
    });
    for scheme in ["postgres", "mysql"] {
        let connection = Connection::open("customers", &format!("{scheme}://desk@127.0.0.1:{port}/customers")).unwrap();
        let query = question("SELECT plan FROM organizations", "plan", Kind::Text);
        let limits = Limits { connect: Duration::from_millis(200), ..Limits::default() };
        let (reason, again) = failed(ask(&connection, &query, &Map::new(), &limits).await);
        assert_eq!((reason.as_str(), again), ("the database cannot be reached within 0.2 s", true), "{scheme}");
        let limits = Limits { whole: Duration::from_millis(200), ..Limits::default() };
        let (reason, again) = failed(ask(&connection, &query, &Map::new(), &limits).await);
        assert_eq!((reason.as_str(), again), ("the database gave no answer within 0.2 s", true), "{scheme}");
    }
    holding.abort();
}
