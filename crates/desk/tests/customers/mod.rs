//! A company's own customer database, on each kind of server that the environment names, and in an SQLite file.

#![allow(clippy::unwrap_used, reason = "a failed expectation is a failed test")]

use sqlx::{AssertSqlSafe, Connection, Executor, MySqlConnection, PgConnection};

const TABLES: &str = "
    CREATE TABLE organizations (
        id INTEGER PRIMARY KEY, name VARCHAR(100) NOT NULL, upstream_id INTEGER NOT NULL, plan VARCHAR(20)
    );
    CREATE TABLE people (id INTEGER PRIMARY KEY, email VARCHAR(200) NOT NULL, organization_id INTEGER NOT NULL);
    CREATE TABLE memberships (person_id INTEGER NOT NULL, organization_id INTEGER NOT NULL, role VARCHAR(20) NOT NULL);
    CREATE TABLE documents (id INTEGER PRIMARY KEY, organization_id INTEGER NOT NULL);
    INSERT INTO organizations VALUES
        (1, 'Delta', 1, 'Premium'), (2, 'Delta North', 1, NULL), (3, 'Cobalt', 3, 'Basic'), (4, 'Borealis', 4, 'Premium');
    INSERT INTO people VALUES
        (1, 'Lena@delta.example', 2), (2, 'tom@cobalt.example', 3), (3, 'rui@borealis.example', 4),
        (4, 'office@cobalt.example', 3), (5, 'OFFICE@cobalt.example', 4);
    INSERT INTO memberships VALUES (1, 1, 'Manager'), (3, 4, 'Admin');
    INSERT INTO documents VALUES (1, 4);
";

/// Makes a database on each server, tells `story` the address of each and an address of the same kind where nobody listens.
pub async fn on_each_server(name: &str, story: impl AsyncFn(&str, &str)) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("customers.db");
    rusqlite::Connection::open(&file).unwrap().execute_batch(TABLES).unwrap();
    let gone = folder.path().join("gone.db");
    story(&format!("sqlite://{}", file.display()), &format!("sqlite://{}", gone.display())).await;

    for variable in ["DESKHAND_TEST_POSTGRES", "DESKHAND_TEST_MARIADB"] {
        let Ok(server) = std::env::var(variable) else { continue };
        let database = format!("customers_{name}_{}", std::process::id());
        let address = format!("{}/{database}", server.rsplit_once('/').unwrap().0);
        run(&server, &format!("CREATE DATABASE {database}")).await;
        run(&address, TABLES).await;
        let scheme = address.split_once("://").unwrap().0;
        story(&address, &format!("{scheme}://desk:secret@127.0.0.1:1/customers")).await;
        let force = if scheme == "postgres" { " WITH (FORCE)" } else { "" };
        run(&server, &format!("DROP DATABASE {database}{force}")).await;
    }
}

async fn run(address: &str, sql: &str) {
    let statement = sqlx::raw_sql(AssertSqlSafe(sql.to_owned()));
    if address.starts_with("postgres") {
        PgConnection::connect(address).await.unwrap().execute(statement).await.unwrap();
    } else {
        MySqlConnection::connect(address).await.unwrap().execute(statement).await.unwrap();
    }
}
