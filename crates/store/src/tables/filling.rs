//! Filling an empty database with whole tables, all of it or nothing.

use std::ops::{Deref, DerefMut};

use super::catalog::quoted;
use super::{Column, Kind, Layout, Table};
use crate::connection::Wire;
use crate::query::run_script;
use crate::{Clock, Conn, Db, Engine, Error, Result, Tx, Value, migrate, sql};

/// How many parameters a statement may have; both engines take many more.
const PARAMETERS_MAX: usize = 900;

const FOREIGN_KEYS: &str = "SELECT CAST(con.conname AS TEXT) AS name, CAST(c.relname AS TEXT) AS on_table,
    pg_get_constraintdef(con.oid) AS rule FROM pg_constraint con JOIN pg_class c ON c.oid = con.conrelid
    WHERE con.contype = 'f' AND con.connamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema())
    ORDER BY con.conname";

/// A transaction in which an empty database gets a schema and its rows. Nothing of it is seen before [`Filling::keep`], and nothing
/// is left of one that is dropped. It holds SQLite's writer, so it is not for a desk at work.
pub struct Filling {
    tx: Tx,
    layout: Layout,
    /// References between tables, taken off while rows come in any order: the table, the name and the rule.
    taken_off: Vec<(String, String, String)>,
    is_over: bool,
}

impl Filling {
    /// Begins: takes the steps of `layout` on a database that has none, and empties what they filled.
    ///
    /// # Errors
    /// [`Error::Schema`] when there is a schema already.
    pub async fn of(db: &Db, clock: &Clock, layout: Layout) -> Result<Self> {
        let mut conn = db.writing().await?;
        match &mut conn.wire {
            // No transaction may be under way where this is said.
            Wire::Sqlite(wire) => wire.script("PRAGMA foreign_keys = OFF; BEGIN IMMEDIATE")?,
            Wire::Postgres(wire) => {
                wire.close_on_return(true);
                run_script(&mut conn, "BEGIN".to_owned()).await?;
            }
        }
        let mut filling = Self { tx: Tx::new(conn), layout, taken_off: Vec::new(), is_over: false };
        migrate::take_all(&mut filling.tx, clock.now(), layout.steps).await?;
        filling.take_references_off().await?;
        for table in layout.tables(&mut filling.tx).await? {
            sql(format!("DELETE FROM {}", quoted(&table.name))).execute(&mut filling.tx).await?;
        }
        Ok(filling)
    }

    async fn take_references_off(&mut self) -> Result<()> {
        if self.tx.engine() == Engine::Sqlite {
            return Ok(());
        }
        for row in sql(FOREIGN_KEYS).all(&mut self.tx).await? {
            let (table, name): (String, String) = (row.get("on_table")?, row.get("name")?);
            let taking = format!("ALTER TABLE {} DROP CONSTRAINT {}", quoted(&table), quoted(&name));
            run_script(&mut self.tx, taking).await?;
            self.taken_off.push((table, name, row.get("rule")?));
        }
        Ok(())
    }

    /// Adds rows to a table, each with a value for every column, in the table's order.
    ///
    /// # Errors
    /// [`Error::Constraint`] when one of them breaks a rule of the table.
    pub async fn put(&mut self, table: &Table, rows: Vec<Vec<Value>>) -> Result<()> {
        let names: Vec<String> = table.columns.iter().map(|column| quoted(&column.name)).collect();
        let beginning = format!("INSERT INTO {} ({}) VALUES ", quoted(&table.name), names.join(", "));
        let at_once = (PARAMETERS_MAX / names.len().max(1)).max(1);
        let mut rows = rows.into_iter().peekable();
        while rows.peek().is_some() {
            let some: Vec<Vec<Value>> = rows.by_ref().take(at_once).collect();
            let places: Vec<String> = (0..some.len()).map(|row| places(row * names.len(), names.len())).collect();
            let mut statement = sql(format!("{beginning}{}", places.join(", ")));
            for row in some {
                if row.len() != names.len() {
                    return Err(Error::Schema(format!("a row of {} has {} values", table.name, row.len())));
                }
                for (column, value) in table.columns.iter().zip(row) {
                    statement = statement.bind(fitting(&table.name, column, value)?);
                }
            }
            statement.execute(&mut self.tx).await?;
        }
        Ok(())
    }

    /// Lets a sequence go on after `value`.
    pub async fn set_sequence(&mut self, sequence: &'static str, value: i64) -> Result<()> {
        match self.tx.engine() {
            Engine::Sqlite => {
                sql(format!("UPDATE {sequence} SET value = $1")).bind(value).execute(&mut self.tx).await?
            }
            Engine::Postgres => {
                sql(format!("SELECT setval('{sequence}', $1) AS value")).bind(value).all(&mut self.tx).await?;
                1
            }
        };
        Ok(())
    }

    /// The tables to be filled.
    pub async fn tables(&mut self) -> Result<Vec<Table>> {
        self.layout.tables(&mut self.tx).await
    }

    /// The transaction, for what a feature has to change before everything is kept.
    pub fn transaction(&mut self) -> &mut Tx {
        &mut self.tx
    }

    /// Puts the references on again, which looks at every row, and keeps everything.
    ///
    /// # Errors
    /// [`Error::Constraint`] when a row refers to one that is not there; then nothing is kept.
    pub async fn keep(mut self) -> Result<()> {
        for (table, name, rule) in std::mem::take(&mut self.taken_off) {
            let putting = format!("ALTER TABLE {} ADD CONSTRAINT {} {rule}", quoted(&table), quoted(&name));
            run_script(&mut self.tx, putting).await?;
        }
        if self.tx.engine() == Engine::Sqlite {
            let lost =
                sql("SELECT \"table\" AS on_table, parent FROM pragma_foreign_key_check").all(&mut self.tx).await?;
            if let Some(row) = lost.first() {
                let (table, parent): (String, String) = (row.get("on_table")?, row.get("parent")?);
                return Err(Error::Constraint(format!("a row of {table} refers to one of {parent} that is not there")));
            }
        }
        run_script(&mut self.tx, "COMMIT".to_owned()).await?;
        self.is_over = true;
        Ok(())
    }
}

impl Deref for Filling {
    type Target = Conn;

    fn deref(&self) -> &Conn {
        &self.tx
    }
}

impl DerefMut for Filling {
    fn deref_mut(&mut self) -> &mut Conn {
        &mut self.tx
    }
}

impl Drop for Filling {
    fn drop(&mut self) {
        // PostgreSQL's connection is closed, which rolls back.
        if let Wire::Sqlite(wire) = &self.tx.wire {
            let ending = if self.is_over { "PRAGMA foreign_keys = ON" } else { "ROLLBACK; PRAGMA foreign_keys = ON" };
            if let Err(error) = wire.script(ending) {
                tracing::debug!(%error, "a filling had ended already");
            }
        }
    }
}

/// `($4, $5, $6)`
fn places(before: usize, count: usize) -> String {
    let places: Vec<String> = (before + 1..=before + count).map(|place| format!("${place}")).collect();
    format!("({})", places.join(", "))
}

/// The value as this engine's column takes it.
fn fitting(table: &str, column: &Column, value: Value) -> Result<Value> {
    let wrong = || Error::Schema(format!("column {} of {table} holds {}", column.name, column.kind.as_str()));
    match (column.kind, value) {
        (Kind::Integer, Value::Integer(number)) if column.truth => Ok(Value::Boolean(number.map(|number| number != 0))),
        (Kind::Integer, value @ Value::Integer(_)) | (Kind::Bytes, value @ Value::Bytes(_)) => Ok(value),
        (Kind::Text, value @ Value::Text(_)) => Ok(value),
        _ => Err(wrong()),
    }
}
