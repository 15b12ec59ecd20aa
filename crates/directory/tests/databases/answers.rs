//! One row, none, several; every kind of value.

use directory::{Answer, Engine, Kind, Query};
use serde_json::json;

use crate::place::on_each_engine;

#[tokio::test]
async fn a_customer_is_found_with_organization_upstream_plan_role_and_documents() {
    on_each_engine("found", async |place| {
        let expected = json!({
            "organization": "Acme Lisboa", "upstream": "Acme", "plan": "premium", "role": "admin", "documents": 2,
        });
        assert_eq!(place.who("maria@acme.example").await, Answer::Found(expected.as_object().unwrap().clone()));
    })
    .await;
}

#[tokio::test]
async fn nobody_is_missing_and_two_are_ambiguous() {
    on_each_engine("none_and_two", async |place| {
        assert_eq!(place.who("bo@acme.example").await, Answer::Missing, "{:?}", place.engine);
        assert_eq!(place.who("ana@acme.example").await, Answer::Ambiguous(2), "{:?}", place.engine);
        // And the connection serves on.
        assert!(matches!(place.who("maria@acme.example").await, Answer::Found(_)), "{:?}", place.engine);
    })
    .await;
}

#[tokio::test]
async fn every_kind_of_value_goes_there_and_comes_back() {
    on_each_engine("kinds", async |place| {
        let (instant, stored) = match place.engine {
            Engine::Postgres => ("TIMESTAMPTZ", "'2026-12-25T10:30:00.5+01:00'"),
            Engine::MySql => ("DATETIME(6)", "'2026-12-25 09:30:00.5'"),
            Engine::Sqlite => ("TEXT", "'2026-12-25 09:30:00.5'"),
        };
        place
            .run(&format!(
                "CREATE TABLE kinds (a TEXT, b BIGINT, c DECIMAL(20, 2), d BOOLEAN, e DATE, f {instant});
                 INSERT INTO kinds VALUES ('Zoë \u{1F388}', -9007199254740993, 12.25, true, '2026-12-25', {stored})"
            ))
            .await;
        let columns = ["a", "b", "c", "d", "e", "f"].map(str::to_owned).into_iter().zip(Kind::ALL).collect::<Vec<_>>();
        let query = Query {
            sql: "SELECT * FROM kinds WHERE a = :a AND b = :b AND c = :c AND d = :d AND e = :e AND f = :f".to_owned(),
            parameters: columns.clone(),
            columns,
        };
        let row = json!({
            "a": "Zoë \u{1F388}", "b": -9_007_199_254_740_993_i64, "c": "12.25", "d": true, "e": "2026-12-25",
            "f": "2026-12-25T09:30:00.5Z",
        });
        let found = place.ask(&query, row.clone()).await;
        assert_eq!(found, Answer::Found(row.as_object().unwrap().clone()), "{:?}", place.engine);
    })
    .await;
}

#[tokio::test]
async fn nothing_stays_nothing_whatever_kind_the_column_is() {
    on_each_engine("nothing", async |place| {
        place
            .run("CREATE TABLE blanks (a TEXT, b BIGINT, c DECIMAL(20, 2), d BOOLEAN, e DATE, f TIMESTAMP NULL)")
            .await;
        place.run("INSERT INTO blanks VALUES (NULL, NULL, NULL, NULL, NULL, NULL)").await;
        let columns = ["a", "b", "c", "d", "e", "f"].map(str::to_owned).into_iter().zip(Kind::ALL).collect();
        let query = Query { sql: "SELECT * FROM blanks".to_owned(), parameters: Vec::new(), columns };
        let row = json!({ "a": null, "b": null, "c": null, "d": null, "e": null, "f": null });
        let found = place.ask(&query, json!({})).await;
        assert_eq!(found, Answer::Found(row.as_object().unwrap().clone()), "{:?}", place.engine);
    })
    .await;
}

#[tokio::test]
async fn a_name_in_any_script_arrives_whole() {
    on_each_engine("scripts", async |place| {
        let Answer::Found(row) = place.who("zoë@moller.example").await else { panic!("not found") };
        assert_eq!(row["upstream"], "Møller & Söhne 株式会社", "{:?}", place.engine);
    })
    .await;
}

#[tokio::test]
async fn a_connection_that_was_cut_is_made_anew() {
    on_each_engine("cut", async |place| {
        assert!(matches!(place.who("maria@acme.example").await, Answer::Found(_)));
        match place.engine {
            Engine::Postgres => {
                let others = "datname = current_database() AND pid <> pg_backend_pid()";
                place.run(&format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}")).await;
            }
            Engine::MySql => {
                let others = "db = database() AND id <> connection_id()";
                let id = format!("SELECT id INTO @other FROM information_schema.processlist WHERE {others}");
                place.run(&format!("{id}; EXECUTE IMMEDIATE concat('KILL ', @other)")).await;
            }
            // Nothing rests there.
            Engine::Sqlite => {}
        }
        assert!(matches!(place.who("maria@acme.example").await, Answer::Found(_)), "{:?}", place.engine);
    })
    .await;
}
