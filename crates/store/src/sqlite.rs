//! SQLite: write-ahead log, full synchronisation, foreign keys, one writer.
//!
//! A statement is carried out where it is asked for, without a thread in between: the answer of an embedded database takes less
//! time than waking somebody to fetch it. So whatever is asked outside of the writer has an index and a page.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, ErrorCode, OpenFlags, Statement, ToSql};

use crate::lending::{Lendable, Lender, Lent};
use crate::sqlite_row::{Answer, SqliteRow};
use crate::{Error, Result, Value};

/// How long to wait for another process that is writing.
const BUSY: Duration = Duration::from_secs(10);
/// Connections that only read.
const READERS: u32 = 4;
/// Statements that a connection keeps prepared.
const PREPARED: usize = 512;

/// The one writer and the readers.
pub(crate) struct Pools {
    pub(crate) write: Pool,
    pub(crate) read: Pool,
}

/// Opens the database in `file`, making it when it is not there.
pub(crate) fn open(file: &Path) -> Result<Pools> {
    let writer = connect(file, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)?;
    writer.pragma_update(None, "journal_mode", "WAL")?;
    writer.pragma_update(None, "synchronous", "FULL")?;
    Ok(Pools { write: Pool::holding(writer), read: Pool::of_readers(file) })
}

/// The most pages (of 4 KiB) of a database in memory: 128 MiB. A rehearsal without end is out of room before its machine is.
const MEMORY_PAGES: u32 = 32_768;

/// Opens a database that lives in memory and on one connection: for rehearsals.
pub(crate) fn open_in_memory() -> Result<Pools> {
    let only = Connection::open_in_memory()?;
    prepare(&only)?;
    only.pragma_update(None, "max_page_count", MEMORY_PAGES)?;
    let write = Pool::holding(only);
    Ok(Pools { read: write.clone(), write })
}

fn connect(file: &Path, flags: OpenFlags) -> Result<Connection> {
    let connection = Connection::open_with_flags(file, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    prepare(&connection)?;
    Ok(connection)
}

fn prepare(connection: &Connection) -> Result<()> {
    connection.busy_timeout(BUSY)?;
    connection.set_prepared_statement_cache_capacity(PREPARED);
    connection.pragma_update(None, "foreign_keys", true)?;
    // A statement keeps the plan that it was prepared with. Without this SQLite, built with statistics of values, prepares
    // it anew whenever a value is bound that its plan may depend on: a fifth of the time that a form took.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(())
}

/// Connections to one file, or the one that there is. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Pool {
    lender: Lender<Connection>,
    /// Where more are opened, for readers.
    file: Option<Arc<PathBuf>>,
}

impl Pool {
    fn holding(connection: Connection) -> Self {
        Self { lender: Lender::new(1, vec![connection]), file: None }
    }

    fn of_readers(file: &Path) -> Self {
        Self { lender: Lender::new(READERS, Vec::new()), file: Some(Arc::new(file.to_owned())) }
    }

    /// Waits for a connection.
    pub(crate) async fn acquire(&self) -> Result<Lent<Connection>> {
        let permit = self.lender.permit().await?;
        let connection = match (self.lender.take(), &self.file) {
            (Some(connection), _) => connection,
            (None, Some(file)) => connect(file, OpenFlags::SQLITE_OPEN_READ_ONLY)?,
            (None, None) => return Err(Error::Closed),
        };
        Ok(self.lender.lend(connection, permit))
    }

    /// Waits for those that are lent out and closes every connection.
    pub(crate) async fn close(&self) {
        drop(self.lender.close().await);
    }
}

impl Lendable for Connection {
    fn comes_back(&mut self) -> bool {
        true
    }
}

impl Lent<Connection> {
    /// Carries a statement out and gives its rows.
    pub(crate) fn fetch(&self, text: &str, values: &[Value]) -> Result<Vec<SqliteRow>> {
        let mut statement = self.connection()?.prepare_cached(text)?;
        bind(&mut statement, values)?;
        let mut answer = Answer::of(&statement);
        let mut rows = statement.raw_query();
        while let Some(row) = rows.next()? {
            answer.take(row)?;
        }
        Ok(answer.rows())
    }

    /// Carries a statement out and gives its rows one by one to `take`.
    pub(crate) fn fetch_each<E: From<Error>>(
        &self,
        text: &str,
        values: &[Value],
        mut take: impl FnMut(SqliteRow) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut statement = self.connection()?.prepare_cached(text).map_err(Error::from)?;
        bind(&mut statement, values)?;
        let columns = Answer::of(&statement);
        let mut rows = statement.raw_query();
        while let Some(row) = rows.next().map_err(Error::from)? {
            let mut answer = columns.clone();
            answer.take(row).map_err(Error::from)?;
            answer.rows().into_iter().try_for_each(&mut take)?;
        }
        Ok(())
    }

    /// Carries a statement out and says how many rows it changed.
    pub(crate) fn execute(&self, text: &str, values: &[Value]) -> Result<u64> {
        let connection = self.connection()?;
        let mut statement = connection.prepare_cached(text)?;
        bind(&mut statement, values)?;
        let mut rows = statement.raw_query();
        while rows.next()?.is_some() {}
        Ok(connection.changes())
    }

    /// Carries out statements without parameters, separated by semicolons.
    pub(crate) fn script(&self, script: &str) -> Result<()> {
        Ok(self.connection()?.execute_batch(script)?)
    }
}

/// Binds `$1`, `$2`, … each to its value: to SQLite these are names, numbered as they first come up.
fn bind(statement: &mut Statement<'_>, values: &[Value]) -> Result<()> {
    for place in 1..=statement.parameter_count() {
        let number = statement.parameter_name(place).and_then(|name| name.strip_prefix('$')?.parse::<usize>().ok());
        let value = number.and_then(|number| values.get(number.checked_sub(1)?));
        let value = value.ok_or_else(|| Error::Statement(format!("parameter {place} of a statement has no value")))?;
        statement.raw_bind_parameter(place, value)?;
    }
    Ok(())
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Value::Integer(Some(number)) => ValueRef::Integer(*number),
            Value::Boolean(Some(truth)) => ValueRef::Integer(i64::from(*truth)),
            Value::Text(Some(text)) => ValueRef::Text(text.as_bytes()),
            Value::Bytes(Some(bytes)) => ValueRef::Blob(bytes),
            Value::Integer(None) | Value::Boolean(None) | Value::Text(None) | Value::Bytes(None) => ValueRef::Null,
        }))
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        let rusqlite::Error::SqliteFailure(failure, text) = &error else {
            return Error::Statement(error.to_string());
        };
        let text = text.clone().unwrap_or_else(|| failure.to_string());
        match failure.code {
            ErrorCode::ConstraintViolation => Error::Constraint(text),
            ErrorCode::DatabaseBusy => Error::Conflict,
            ErrorCode::DiskFull | ErrorCode::CannotOpen | ErrorCode::ReadOnly | ErrorCode::SystemIoFailure => {
                Error::Unavailable(text)
            }
            _ => Error::Statement(format!("{text} ({})", failure.extended_code)),
        }
    }
}
