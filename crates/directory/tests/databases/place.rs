//! The databases that the tests ask: a fresh one for each story.

use std::path::PathBuf;

use directory::{Answer, Connection, Engine, Limits, Query, ask};
use serde_json::{Map, Value};
use sqlx::{AssertSqlSafe, Connection as _, Executor, MySqlConnection, PgConnection};

use crate::customers;

/// A database with invented customers in it.
pub struct Place {
    pub engine: Engine,
    pub url: String,
    pub connection: Connection,
}

/// Tells `story` on every engine there is.
pub async fn on_each_engine(name: &str, story: impl AsyncFn(Place)) {
    let folder = tempfile::tempdir().unwrap();
    let database = format!("directory_{name}_{}", std::process::id());
    let mut urls = vec![(Engine::Sqlite, format!("sqlite://{}?mode=ro", folder.path().join("c.db").display()))];
    for (engine, variable) in [(Engine::Postgres, "DESKHAND_TEST_POSTGRES"), (Engine::MySql, "DESKHAND_TEST_MARIADB")] {
        if let Ok(url) = std::env::var(variable) {
            run(engine, &url, &format!("CREATE DATABASE {database}")).await;
            urls.push((engine, format!("{}/{database}", url.rsplit_once('/').unwrap().0)));
        }
    }
    for (engine, url) in urls {
        run(engine, &url, customers::TABLES).await;
        run(engine, &url, customers::ROWS).await;
        let connection = Connection::open("customers", &url).unwrap();
        story(Place { engine, url, connection }).await;
    }
}

impl Place {
    /// Asks within the usual limits.
    pub async fn ask(&self, query: &Query, given: Value) -> Answer {
        self.ask_within(query, given, &Limits::default()).await
    }

    /// Asks within `limits`.
    pub async fn ask_within(&self, query: &Query, given: Value, limits: &Limits) -> Answer {
        let given: Map<String, Value> = given.as_object().unwrap().clone();
        ask(&self.connection, query, &given, limits).await
    }

    /// Asks who has that address.
    pub async fn who(&self, address: &str) -> Answer {
        self.ask(&customers::requester(self.engine), serde_json::json!({"email": address})).await
    }

    /// Does something to the database that is not for look-ups.
    pub async fn run(&self, sql: &str) {
        run(self.engine, &self.url, sql).await;
    }
}

/// Why there is no answer, and whether to try again.
pub fn failed(answer: Answer) -> (String, bool) {
    match answer {
        Answer::Failed { reason, again } => (reason, again),
        other => panic!("it did not fail: {other:?}"),
    }
}

async fn run(engine: Engine, url: &str, sql: &str) {
    let statement = || sqlx::raw_sql(AssertSqlSafe(sql.to_owned()));
    match engine {
        Engine::Postgres => {
            PgConnection::connect(url).await.unwrap().execute(statement()).await.unwrap();
        }
        Engine::MySql => {
            MySqlConnection::connect(url).await.unwrap().execute(statement()).await.unwrap();
        }
        Engine::Sqlite => {
            let path = PathBuf::from(url.trim_start_matches("sqlite://").trim_end_matches("?mode=ro"));
            rusqlite::Connection::open(path).unwrap().execute_batch(sql).unwrap();
        }
    }
}
