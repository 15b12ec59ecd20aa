//! The floor below the floor: the same statements on one bare connection of the driver, without `store`.

use std::str::FromStr;
use std::time::Duration;

use futures::TryStreamExt;
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqliteSynchronous};
use sqlx::{AssertSqlSafe, Connection, Database, Encode, Executor, IntoArguments, Type};
use store::recording::Statement;
use store::{Engine, Location, Value};

use crate::Result;
use crate::replay::{Script, Step};

/// A connection of the driver.
pub enum Bare {
    /// To a file, opened as `store` opens it.
    Sqlite(SqliteConnection),
    /// To a server.
    Postgres(PgConnection),
}

impl Bare {
    /// Connects to a database that is there already.
    pub async fn connect(location: &Location) -> Result<Self> {
        Ok(match location {
            Location::File(file) => {
                let options = SqliteConnectOptions::new()
                    .filename(file)
                    .journal_mode(SqliteJournalMode::Wal)
                    .synchronous(SqliteSynchronous::Full)
                    .foreign_keys(true)
                    .busy_timeout(Duration::from_secs(10))
                    .statement_cache_capacity(512);
                Bare::Sqlite(SqliteConnection::connect_with(&options).await?)
            }
            Location::Server { url, schema } => {
                let schema = schema.clone().unwrap_or_else(|| "public".to_owned());
                let options = PgConnectOptions::from_str(url)?
                    .statement_cache_capacity(512)
                    .options([("search_path", schema.as_str()), ("synchronous_commit", "on")]);
                Bare::Postgres(PgConnection::connect_with(&options).await?)
            }
            Location::Memory => return Err("a database in memory has one connection, and it is taken".into()),
        })
    }

    /// Asks for everything again, one transaction after the other.
    pub async fn replay(&mut self, script: &Script) -> Result<()> {
        for step in script.steps() {
            match (step, &mut *self) {
                (Step::Reading(statement), Bare::Sqlite(conn)) => ask(conn, Engine::Sqlite, statement).await?,
                (Step::Reading(statement), Bare::Postgres(conn)) => ask(conn, Engine::Postgres, statement).await?,
                (Step::Changing(statements), Bare::Sqlite(conn)) => {
                    sqlx::raw_sql("BEGIN IMMEDIATE").execute(&mut *conn).await?;
                    for statement in statements.iter() {
                        ask(conn, Engine::Sqlite, statement).await?;
                    }
                    sqlx::raw_sql("COMMIT").execute(&mut *conn).await?;
                }
                (Step::Changing(statements), Bare::Postgres(conn)) => {
                    sqlx::raw_sql("BEGIN").execute(&mut *conn).await?;
                    for statement in statements.iter() {
                        ask(conn, Engine::Postgres, statement).await?;
                    }
                    sqlx::raw_sql("COMMIT").execute(&mut *conn).await?;
                }
            }
        }
        Ok(())
    }
}

async fn ask<DB, C>(conn: &mut C, engine: Engine, statement: &Statement) -> Result<()>
where
    DB: Database,
    C: Connection<Database = DB>,
    for<'c> &'c mut C: Executor<'c, Database = DB>,
    DB::Arguments: IntoArguments<DB>,
    Option<i64>: for<'q> Encode<'q, DB> + Type<DB>,
    Option<String>: for<'q> Encode<'q, DB> + Type<DB>,
    Option<bool>: for<'q> Encode<'q, DB> + Type<DB>,
    Option<Vec<u8>>: for<'q> Encode<'q, DB> + Type<DB>,
{
    let text = statement.query.text_for(engine);
    let mut query = sqlx::query::<DB>(AssertSqlSafe(text.as_str().to_owned()));
    for value in statement.query.values().iter().cloned() {
        query = match value {
            Value::Integer(value) => query.bind(value),
            Value::Text(value) => query.bind(value),
            Value::Boolean(value) => query.bind(value),
            Value::Bytes(value) => query.bind(value),
        };
    }
    if statement.gives_rows {
        conn.fetch(query).try_collect::<Vec<_>>().await?;
    } else {
        conn.execute(query).await?;
    }
    Ok(())
}
