//! The floor below the floor: the same statements on one bare connection of the driver, without `store`.

use std::str::FromStr;
use std::time::Duration;

use futures::TryStreamExt;
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{AssertSqlSafe, Connection, Executor};
use store::recording::Statement;
use store::{Engine, Location, Value};

use crate::Result;
use crate::replay::{Script, Step};

/// A connection of the driver.
pub enum Bare {
    /// To a file, opened as `store` opens it.
    Sqlite(rusqlite::Connection),
    /// To a server.
    Postgres(PgConnection),
}

impl Bare {
    /// Connects to a database that is there already.
    pub async fn connect(location: &Location) -> Result<Self> {
        Ok(match location {
            Location::File(file) => {
                let conn = rusqlite::Connection::open(file)?;
                conn.busy_timeout(Duration::from_secs(10))?;
                conn.set_prepared_statement_cache_capacity(512);
                conn.pragma_update(None, "foreign_keys", true)?;
                conn.pragma_update(None, "synchronous", "FULL")?;
                Bare::Sqlite(conn)
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

    /// Lets the planner know what there is; PostgreSQL also does at once what it would do by itself in the minutes after much was
    /// written, while something is measured.
    pub async fn analyze(&mut self) -> Result<()> {
        match self {
            Bare::Sqlite(conn) => conn.execute_batch("ANALYZE")?,
            Bare::Postgres(conn) => {
                sqlx::raw_sql("VACUUM (ANALYZE)").execute(&mut *conn).await?;
            }
        }
        Ok(())
    }

    /// Asks for everything again, one transaction after the other.
    pub async fn replay(&mut self, script: &Script) -> Result<()> {
        for step in script.steps() {
            match (step, &mut *self) {
                (Step::Reading(statement), Bare::Sqlite(conn)) => ask_sqlite(conn, statement)?,
                (Step::Reading(statement), Bare::Postgres(conn)) => ask_postgres(conn, statement).await?,
                (Step::Changing(statements), Bare::Sqlite(conn)) => {
                    conn.execute_batch("BEGIN IMMEDIATE")?;
                    statements.iter().try_for_each(|statement| ask_sqlite(conn, statement))?;
                    conn.execute_batch("COMMIT")?;
                }
                (Step::Changing(statements), Bare::Postgres(conn)) => {
                    sqlx::raw_sql("BEGIN").execute(&mut *conn).await?;
                    for statement in statements.iter() {
                        ask_postgres(conn, statement).await?;
                    }
                    sqlx::raw_sql("COMMIT").execute(&mut *conn).await?;
                }
            }
        }
        Ok(())
    }
}

/// Asks, and reads every column of what comes.
fn ask_sqlite(conn: &rusqlite::Connection, statement: &Statement) -> Result<()> {
    let text = statement.query.text_for(Engine::Sqlite);
    let mut prepared = conn.prepare_cached(text.as_str())?;
    for place in 1..=prepared.parameter_count() {
        let number = prepared.parameter_name(place).and_then(|name| name.strip_prefix('$')?.parse::<usize>().ok());
        let value = number.and_then(|number| statement.query.values().get(number.checked_sub(1)?));
        prepared.raw_bind_parameter(place, value.ok_or("a parameter without a value")?)?;
    }
    let columns = prepared.column_count();
    let mut rows = prepared.raw_query();
    while let Some(row) = rows.next()? {
        for column in 0..columns {
            std::hint::black_box(row.get_ref(column)?);
        }
    }
    Ok(())
}

async fn ask_postgres(conn: &mut PgConnection, statement: &Statement) -> Result<()> {
    let text = statement.query.text_for(Engine::Postgres);
    let mut query = sqlx::query(AssertSqlSafe(text.as_str().to_owned()));
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
