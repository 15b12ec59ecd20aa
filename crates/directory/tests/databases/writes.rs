//! A look-up reads. With an account that may do everything, it is the database that refuses to write.

use directory::{Answer, Engine, Kind};
use serde_json::json;

use crate::customers::question;
use crate::place::{Place, failed, on_each_engine};

async fn documents(place: &Place) -> Answer {
    place.ask(&question("SELECT count(*) AS documents FROM documents", "documents", Kind::Integer), json!({})).await
}

#[tokio::test]
async fn a_query_that_writes_is_refused_by_the_database_and_leaves_nothing() {
    on_each_engine("writes", async |place| {
        let sql = match place.engine {
            Engine::Postgres => {
                "WITH gone AS (DELETE FROM documents RETURNING id) SELECT count(*) AS documents FROM gone"
            }
            Engine::MySql => {
                let forget = "CREATE FUNCTION forget() RETURNS INTEGER BEGIN DELETE FROM documents; RETURN 1; END";
                place.run(forget).await;
                "SELECT forget() AS documents"
            }
            Engine::Sqlite => {
                "WITH one AS (SELECT 99 AS id) INSERT INTO documents SELECT id, 1 FROM one RETURNING id AS documents"
            }
        };
        let (reason, again) = failed(place.ask(&question(sql, "documents", Kind::Integer), json!({})).await);
        assert!(reason.starts_with("the query writes") && !again, "{:?} {reason}", place.engine);
        let three = json!({"documents": 3});
        assert_eq!(documents(&place).await, Answer::Found(three.as_object().unwrap().clone()), "{:?}", place.engine);
    })
    .await;
}

#[tokio::test]
async fn what_does_not_ask_or_asks_twice_is_refused_before() {
    on_each_engine("statements", async |place| {
        for sql in [
            "DELETE FROM documents",
            "SELECT 1 AS documents; DELETE FROM documents",
            "COMMIT",
            "SET SESSION statement_timeout = 0",
            "ATTACH 'x' AS y",
        ] {
            let (_, again) = failed(place.ask(&question(sql, "documents", Kind::Integer), json!({})).await);
            assert!(!again, "{:?} {sql}", place.engine);
        }
        let three = json!({"documents": 3});
        assert_eq!(documents(&place).await, Answer::Found(three.as_object().unwrap().clone()), "{:?}", place.engine);
    })
    .await;
}
