//! The database as it stood at one moment.

use std::ops::{Deref, DerefMut};

use crate::connection::Wire;
use crate::query::run_script;
use crate::{Conn, Db, Engine, Result, sql};

/// A connection that sees the database as it stood when this began, whatever others write meanwhile. It holds up nobody; on SQLite
/// the write-ahead log grows for as long as it lasts.
pub struct Snapshot {
    conn: Conn,
}

impl Snapshot {
    /// Begins one.
    pub async fn of(db: &Db) -> Result<Self> {
        let mut conn = db.read().await?;
        // Whatever becomes of it, nobody finds the connection within its transaction.
        if let Wire::Postgres(wire) = &mut conn.wire {
            wire.close_on_return(true);
        }
        let begin = match conn.engine() {
            Engine::Sqlite => "BEGIN",
            Engine::Postgres => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        };
        run_script(&mut conn, begin.to_owned()).await?;
        let mut snapshot = Self { conn };
        // The moment is that of the first reading.
        sql("SELECT COUNT(*) AS steps FROM schema_steps").one(&mut snapshot).await?;
        Ok(snapshot)
    }
}

impl Deref for Snapshot {
    type Target = Conn;

    fn deref(&self) -> &Conn {
        &self.conn
    }
}

impl DerefMut for Snapshot {
    fn deref_mut(&mut self) -> &mut Conn {
        &mut self.conn
    }
}

impl Drop for Snapshot {
    fn drop(&mut self) {
        if let Wire::Sqlite(wire) = &self.conn.wire
            && let Err(error) = wire.script("ROLLBACK")
        {
            tracing::debug!(%error, "a snapshot had ended already");
        }
    }
}
