//! Opening SQLite: write-ahead log, full synchronisation, foreign keys, one writer.

use std::path::Path;
use std::time::Duration;

use sqlx::pool::PoolOptions;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{Sqlite, SqlitePool};

use crate::Result;

/// How long to wait for another process that is writing.
const BUSY: Duration = Duration::from_secs(10);
/// Rows that a statement may be ahead of its reader: the longest page of a list and one more, so that the thread that reads the
/// file hands a page over without waiting for whoever asked.
const ROWS_AHEAD: usize = 256;
/// Connections that only read.
const READERS: u32 = 4;

/// The pool of the one writer and that of the readers.
pub(crate) struct Pools {
    pub(crate) write: SqlitePool,
    pub(crate) read: SqlitePool,
}

/// A connection to a file does not break while nobody looks, so it is not tried before each use.
fn pool() -> PoolOptions<Sqlite> {
    PoolOptions::new().test_before_acquire(false)
}

/// Opens the database in `file`, making it when it is not there.
pub(crate) async fn open(file: &Path) -> Result<Pools> {
    let options = SqliteConnectOptions::new()
        .filename(file)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(BUSY)
        .row_buffer_size(ROWS_AHEAD)
        .statement_cache_capacity(512);
    let write = pool().max_connections(1).idle_timeout(None).max_lifetime(None).connect_with(options.clone()).await?;
    let read = pool()
        .max_connections(READERS)
        .min_connections(0)
        .connect_with(options.read_only(true).create_if_missing(false))
        .await?;
    Ok(Pools { write, read })
}

/// Opens a database that lives in memory and on one connection: for rehearsals.
pub(crate) async fn open_in_memory() -> Result<Pools> {
    let options = SqliteConnectOptions::new()
        .in_memory(true)
        .foreign_keys(true)
        .row_buffer_size(ROWS_AHEAD)
        .statement_cache_capacity(512);
    let write = pool()
        .max_connections(1)
        .min_connections(1)
        .idle_timeout(None)
        .max_lifetime(None)
        .connect_with(options)
        .await?;
    Ok(Pools { read: write.clone(), write })
}
