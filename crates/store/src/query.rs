//! Statements: one SQL text for both engines, `$1` parameters, typed values.

use std::borrow::Cow;

use futures::TryStreamExt;
use sqlx::{AssertSqlSafe, SqlSafeStr, SqlStr};
use sqlx::{Executor, Postgres};

use crate::connection::Wire;
use crate::lending::Lent;
use crate::postgres::Line;
use crate::{Conn, Engine, Error, FromColumn, Result, Row, Value, ledger};

/// A statement and its parameters.
#[derive(Clone, Debug)]
pub struct Query {
    text: Cow<'static, str>,
    values: Vec<Value>,
    limit: Option<u32>,
    ending: fn(Engine) -> &'static str,
}

/// Begins a statement. Texts are constants of a feature's `queries.rs`, or put together there from constants alone:
/// whatever comes from outside is bound, never written into the text.
pub fn sql(text: impl Into<Cow<'static, str>>) -> Query {
    Query { text: text.into(), values: Vec::new(), limit: None, ending: |_| "" }
}

impl Query {
    /// Binds the next parameter.
    #[must_use]
    pub fn bind(mut self, value: impl Into<Value>) -> Self {
        self.values.push(value.into());
        self
    }

    /// Takes so many rows at the most. The number is written into the text: PostgreSQL takes a limit that is bound for a tenth of
    /// the table, and then plans the statement anew each time that it is carried out.
    #[must_use]
    pub fn limit(mut self, rows: u32) -> Self {
        self.limit = Some(rows);
        self
    }

    /// Locks the rows found until the transaction ends.
    #[must_use]
    pub fn locking(mut self) -> Self {
        self.ending = Engine::lock_rows;
        self
    }

    /// Locks the rows found and passes over those that another transaction has locked.
    #[must_use]
    pub fn claiming(mut self) -> Self {
        self.ending = Engine::claim_rows;
        self
    }

    /// Its text as `engine` is given it.
    pub fn text_for(&self, engine: Engine) -> SqlStr {
        let ending = (self.ending)(engine);
        match (&self.text, self.limit, ending) {
            (Cow::Borrowed(text), None, "") => (*text).into_sql_str(),
            (text, None, ending) => AssertSqlSafe(format!("{text}{ending}")).into_sql_str(),
            (text, Some(rows), ending) => AssertSqlSafe(format!("{text} LIMIT {rows}{ending}")).into_sql_str(),
        }
    }

    /// Its parameters, in order.
    pub fn values(&self) -> &[Value] {
        &self.values
    }

    /// All rows.
    pub async fn all(self, conn: &mut Conn) -> Result<Vec<Row>> {
        conn.heard.hear(&self, true);
        let text = self.text_for(conn.engine());
        ledger::note(conn.engine(), text.as_str());
        let rows = match &mut conn.wire {
            Wire::Sqlite(wire) => {
                wire.fetch(text.as_str(), &self.values).map(|rows| rows.into_iter().map(Row::Sqlite).collect())
            }
            Wire::Postgres(wire) => {
                let query = bound(text, self.values)?;
                let rows = wire.asking()?.fetch(query).map_ok(Row::Postgres).try_collect::<Vec<_>>().await;
                answered(wire, rows)
            }
        };
        rows.map_err(|error| conn.noted(error))
    }

    /// Gives the rows one by one to `take`, as they come: never all of them are in memory.
    ///
    /// # Errors
    /// What `take` says, and what the database says.
    pub async fn each<E: From<Error>>(
        self,
        conn: &mut Conn,
        mut take: impl FnMut(Row) -> Result<(), E>,
    ) -> Result<(), E> {
        conn.heard.hear(&self, true);
        let text = self.text_for(conn.engine());
        ledger::note(conn.engine(), text.as_str());
        match &mut conn.wire {
            Wire::Sqlite(wire) => wire.fetch_each(text.as_str(), &self.values, |row| take(Row::Sqlite(row))),
            Wire::Postgres(wire) => {
                let mut rows = wire.asking()?.fetch(bound(text, self.values)?);
                while let Some(row) = rows.try_next().await.map_err(Error::from)? {
                    take(Row::Postgres(row))?;
                }
                drop(rows);
                wire.answered();
                Ok(())
            }
        }
    }

    /// The first row, if there is one.
    pub async fn optional(self, conn: &mut Conn) -> Result<Option<Row>> {
        Ok(self.all(conn).await?.into_iter().next())
    }

    /// The first row; [`Error::Missing`] when there is none.
    pub async fn one(self, conn: &mut Conn) -> Result<Row> {
        self.optional(conn).await?.ok_or(Error::Missing)
    }

    /// One column of the first row, if there is one.
    pub async fn scalar<T: FromColumn>(self, conn: &mut Conn, column: &str) -> Result<Option<T>> {
        self.optional(conn).await?.map(|row| row.get(column)).transpose()
    }

    /// Carries the statement out and says how many rows it changed.
    pub async fn execute(self, conn: &mut Conn) -> Result<u64> {
        conn.heard.hear(&self, false);
        let text = self.text_for(conn.engine());
        ledger::note(conn.engine(), text.as_str());
        let done = match &mut conn.wire {
            Wire::Sqlite(wire) => wire.execute(text.as_str(), &self.values),
            Wire::Postgres(wire) => {
                let query = bound(text, self.values)?;
                let done = wire.asking()?.execute(query).await.map(|done| done.rows_affected());
                answered(wire, done)
            }
        };
        done.map_err(|error| conn.noted(error))
    }
}

/// Carries out statements that are no query: a migration, `BEGIN`. Several may be separated by semicolons.
pub(crate) async fn run_script(conn: &mut Conn, script: String) -> Result<()> {
    let done = match &mut conn.wire {
        Wire::Sqlite(wire) => wire.script(&script),
        Wire::Postgres(wire) => {
            let done = sqlx::raw_sql(AssertSqlSafe(script)).execute(wire.asking()?).await.map(drop);
            answered(wire, done)
        }
    };
    done.map_err(|error| conn.noted(error))
}

/// Notes that an answer was read to its end. After an error the connection is tried before it is lent again.
fn answered<T>(wire: &mut Lent<Line>, answer: Result<T, sqlx::Error>) -> Result<T> {
    if answer.is_ok() {
        wire.answered();
    }
    answer.map_err(Error::from)
}

type Bound = sqlx::query::Query<'static, Postgres, <Postgres as sqlx::Database>::Arguments>;

fn bound(text: SqlStr, values: Vec<Value>) -> Result<Bound> {
    let mut query = sqlx::query(text);
    for value in values {
        match value {
            Value::Integer(value) => query.try_bind(value),
            Value::Text(value) => query.try_bind(value),
            Value::Boolean(value) => query.try_bind(value),
            Value::Bytes(value) => query.try_bind(value),
        }
        .map_err(|error| Error::Statement(error.to_string()))?;
    }
    Ok(query)
}
