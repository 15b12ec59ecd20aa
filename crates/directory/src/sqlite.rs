//! SQLite files that somebody else writes.
//!
//! The file may be large, locked or on a slow disk, so it is asked on a thread that may wait. It is opened for each question:
//! an export that is put in the place of the last one is seen at once.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rusqlite::ffi;
use rusqlite::limits::Limit;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, ErrorCode, OpenFlags, ToSql};
use tokio::sync::Semaphore;

use crate::cell::Cell;
use crate::failure::Failure;
use crate::given::{Given, civil};
use crate::reading::Reading;
use crate::server::PLACES;
use crate::statement::Statement;
use crate::{Answer, Limits, Query};

/// After how many instructions of its machine SQLite asks whether to go on: a fraction of a millisecond.
const INSTRUCTIONS: i32 = 1000;

/// A file, and who may ask it now.
pub(crate) struct File {
    path: PathBuf,
    free: Arc<Semaphore>,
}

impl File {
    pub(crate) fn new(path: PathBuf) -> Self {
        Self { path, free: Arc::new(Semaphore::new(PLACES)) }
    }

    /// Puts a question.
    pub(crate) async fn ask(
        &self,
        statement: &Statement,
        values: Vec<Given>,
        query: &Query,
        limits: &Limits,
    ) -> Result<Answer, Failure> {
        let free = Arc::clone(&self.free);
        let place = free.acquire_owned().await.map_err(|_| Failure::passing("the connection is closed"))?;
        let stop = Stop(Arc::new(AtomicBool::new(false)));
        let stopped = Arc::clone(&stop.0);
        let (path, statement, query, within) = (self.path.clone(), statement.clone(), query.clone(), limits.clone());
        let work = tokio::task::spawn_blocking(move || {
            // A thread that hangs in the disk keeps its place, so that no more than a few ever do.
            let _place = place;
            read(&path, &statement, &values, &query, &within, stopped)
        });
        match tokio::time::timeout(limits.statement, work).await {
            Ok(Ok(answer)) => answer,
            Ok(Err(_)) => Err(Failure::passing("the thread that asked was ended")),
            Err(_) => Err(Failure::stopped(limits.statement)),
        }
    }
}

/// Tells the thread to stop as soon as nobody waits for it.
struct Stop(Arc<AtomicBool>);

impl Drop for Stop {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

fn read(
    path: &std::path::Path,
    statement: &Statement,
    values: &[Given],
    query: &Query,
    limits: &Limits,
    stopped: Arc<AtomicBool>,
) -> Result<Answer, Failure> {
    let said = |error| failure(&error, limits);
    let connection = open(path, limits, stopped).map_err(said)?;
    // No value is bound yet, so none can be in the words.
    let mut prepared = connection.prepare(&statement.text).map_err(|error| unprepared(&error, limits))?;
    for (at, place) in statement.places.iter().enumerate() {
        prepared.raw_bind_parameter(at + 1, values.get(*place)).map_err(said)?;
    }
    let names: Vec<String> = prepared.column_names().map(str::to_owned).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut reading = Reading::new(query, limits);
    reading.check_columns(&names)?;
    let mut rows = prepared.raw_query();
    while let Some(row) = rows.next().map_err(said)? {
        if !reading.take(&names, |column| row.get_ref(column).map_or(Cell::Other("nothing".to_owned()), cell))? {
            break;
        }
    }
    Ok(reading.answer())
}

fn open(path: &std::path::Path, limits: &Limits, stopped: Arc<AtomicBool>) -> rusqlite::Result<Connection> {
    let mut connection =
        Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.progress_handler(INSTRUCTIONS, Some(move || stopped.load(Ordering::Relaxed)))?;
    connection.busy_timeout(limits.statement)?;
    // Twice, so that one value over its bound is told from a question that needs much in between.
    let longest = i32::try_from(limits.cell.saturating_mul(2).max(1 << 20)).unwrap_or(i32::MAX);
    connection.set_limit(Limit::SQLITE_LIMIT_LENGTH, longest)?;
    connection.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 0)?;
    connection.pragma_update(None, "query_only", true)?;
    // What is defined in the file's own schema is somebody else's work.
    connection.pragma_update(None, "trusted_schema", false)?;
    Ok(connection)
}

impl ToSql for Given {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Given::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
            Given::Integer(number) => ToSqlOutput::Borrowed(ValueRef::Integer(*number)),
            // It has no exact decimals: compared with a number, this is one.
            Given::Decimal(text) => {
                ToSqlOutput::Owned(text.parse().map_or_else(|_| text.clone().into(), rusqlite::types::Value::Real))
            }
            Given::Boolean(truth) => ToSqlOutput::Borrowed(ValueRef::Integer((*truth).into())),
            Given::Date(date) => ToSqlOutput::Owned(date.to_string().into()),
            // As its own functions write it.
            Given::Timestamp(at) => ToSqlOutput::Owned(civil(*at).strftime("%Y-%m-%d %H:%M:%S%.f").to_string().into()),
        })
    }
}

fn cell(value: ValueRef<'_>) -> Cell {
    match value {
        ValueRef::Null => Cell::Null,
        ValueRef::Integer(number) => Cell::Integer(number),
        ValueRef::Real(number) => Cell::Real(number),
        ValueRef::Text(bytes) => std::str::from_utf8(bytes)
            .map_or_else(|_| Cell::Other("a text that is not UTF-8".to_owned()), |text| Cell::Untyped(text.to_owned())),
        ValueRef::Blob(_) => Cell::Other("bytes".to_owned()),
    }
}

/// Why a statement was not even understood, in SQLite's words.
fn unprepared(error: &rusqlite::Error, limits: &Limits) -> Failure {
    match error {
        rusqlite::Error::SqliteFailure(ffi::Error { extended_code: ffi::SQLITE_ERROR, .. }, Some(words))
        | rusqlite::Error::SqlInputError { msg: words, .. } => {
            Failure::lasting(format!("the query is not understood: {words}"))
        }
        _ => failure(error, limits),
    }
}

fn failure(error: &rusqlite::Error, limits: &Limits) -> Failure {
    let rusqlite::Error::SqliteFailure(error, _) = error else {
        return Failure::lasting("the database's answer cannot be understood");
    };
    match error.code {
        ErrorCode::OperationInterrupted => Failure::stopped(limits.statement),
        ErrorCode::ReadOnly => Failure::writes(),
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => {
            Failure::passing("the database is locked by somebody who writes")
        }
        ErrorCode::CannotOpen | ErrorCode::SystemIoFailure | ErrorCode::PermissionDenied => {
            Failure::passing(format!("the database's file cannot be read ({})", error.extended_code))
        }
        ErrorCode::NotADatabase => Failure::lasting("the file is no SQLite database"),
        ErrorCode::TooBig => Failure::lasting("the query makes a value that is too large"),
        _ => Failure::lasting(format!("the database cannot carry the query out ({})", error.extended_code)),
    }
}
