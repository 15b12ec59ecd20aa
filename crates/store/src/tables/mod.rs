//! Whole tables: read as they stood at one moment, and put into an empty database again, the same on both engines. What a backup
//! is made of.
//!
//! Which tables there are, and which columns they have, is asked of the database itself, so that none can be forgotten. What the
//! engines say differently is said alike: a row is made of numbers, texts and bytes, a truth value is 1 or 0, and rows come in
//! the order of their key, by bytes.

mod catalog;
mod filling;
mod snapshot;

use std::collections::BTreeSet;

pub use filling::Filling;
pub use snapshot::Snapshot;

use crate::{Conn, Engine, Error, Migration, Result, Row, Value, sql};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A whole number, an instant, an id, or a truth value as 1 or 0.
    Integer,
    /// A text.
    Text,
    /// Bytes.
    Bytes,
}

impl Kind {
    /// Its name in a backup.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Integer => "integer",
            Kind::Text => "text",
            Kind::Bytes => "bytes",
        }
    }

    /// Reads its name in a backup.
    pub fn read(name: &str) -> Option<Self> {
        [Kind::Integer, Kind::Text, Kind::Bytes].into_iter().find(|kind| kind.as_str() == name)
    }

    /// Nothing, of this kind.
    pub fn null(self) -> Value {
        match self {
            Kind::Integer => Value::Integer(None),
            Kind::Text => Value::Text(None),
            Kind::Bytes => Value::Bytes(None),
        }
    }
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub kind: Kind,
    /// Whether this engine has a type of its own for truth values and keeps one here.
    pub(crate) truth: bool,
}

/// A table, as this engine has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// Its columns, in the order in which migrations made them.
    pub columns: Vec<Column>,
    /// The columns of its primary key, in order.
    pub(crate) key: Vec<String>,
}

/// Which tables belong to a schema, by the steps that made them.
#[derive(Clone, Copy, Debug)]
pub struct Layout {
    /// The steps that were taken.
    pub steps: &'static [Migration],
    /// Tables that can be made anew from others, such as an index for searching. They are neither read nor filled.
    pub derived: &'static [&'static str],
}

impl Layout {
    /// The tables that a backup holds, by name. Not among them: what is derived, sequences, and what belongs to processes and to the
    /// schema itself. Virtual tables and what stands behind them are derived always.
    ///
    /// # Errors
    /// [`Error::Schema`] when a column is of a type, or a table without a key, that this module does not know.
    pub async fn tables(&self, conn: &mut Conn) -> Result<Vec<Table>> {
        let made = made_by(self.steps);
        let sequences = self.sequences();
        let mut tables = Vec::new();
        for name in catalog::table_names(conn).await? {
            let is_ours = made.contains(name.as_str()) && !sequences.contains(&name.as_str());
            if is_ours && !self.derived.contains(&name.as_str()) {
                tables.push(catalog::table(conn, name).await?);
            }
        }
        Ok(tables)
    }

    /// The names of the sequences.
    pub fn sequences(&self) -> Vec<&'static str> {
        let lines = self.steps.iter().flat_map(|step| step.sql.lines());
        lines.filter_map(|line| line.strip_prefix("{sequence:")?.strip_suffix('}')).collect()
    }
}

/// The names that steps give to tables.
fn made_by(steps: &'static [Migration]) -> BTreeSet<&'static str> {
    let mut made = BTreeSet::new();
    for step in steps {
        let words: Vec<&str> = step
            .sql
            .split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))
            .filter(|word| !word.is_empty())
            .collect();
        for (at, pair) in words.windows(2).enumerate() {
            let name = match pair {
                ["CREATE", "TABLE"] if words.get(at + 2) == Some(&"IF") => words.get(at + 5),
                ["CREATE", "TABLE"] | ["RENAME", "TO"] => words.get(at + 2),
                _ => None,
            };
            made.extend(name);
        }
    }
    made
}

/// Gives the rows of a table, one by one and in the order of its key, to `take`: never more than a few are in memory.
///
/// # Errors
/// What `take` says, and what the database says.
pub async fn each_row<E: From<Error>>(
    conn: &mut Conn,
    table: &Table,
    mut take: impl FnMut(Vec<Value>) -> Result<(), E>,
) -> Result<(), E> {
    let statement = sql(catalog::select(conn.engine(), table));
    statement.each(conn, |row| take(values(table, &row)?)).await
}

/// The last number that a sequence gave out.
pub async fn sequence_value(conn: &mut Conn, sequence: &'static str) -> Result<i64> {
    let text = match conn.engine() {
        Engine::Sqlite => format!("SELECT value FROM {sequence}"),
        Engine::Postgres => {
            format!("SELECT CASE WHEN is_called THEN last_value ELSE last_value - 1 END AS value FROM {sequence}")
        }
    };
    sql(text).one(conn).await?.get("value")
}

fn values(table: &Table, row: &Row) -> Result<Vec<Value>> {
    let value = |column: &Column| {
        Ok(match column.kind {
            Kind::Integer => Value::Integer(row.get(&column.name)?),
            Kind::Text => Value::Text(row.get(&column.name)?),
            Kind::Bytes => Value::Bytes(row.get(&column.name)?),
        })
    };
    table.columns.iter().map(value).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const STEPS: &[Migration] = &[
        Migration {
            number: 1,
            name: "one",
            sql: "CREATE TABLE things (id {integer} PRIMARY KEY){strict};\n{sequence:thing_numbers}\nCREATE VIRTUAL TABLE words USING fts5 (text);",
        },
        Migration { number: 2, name: "two", sql: "CREATE TABLE IF NOT EXISTS more(\n id {integer} PRIMARY KEY)" },
        Migration { number: 3, name: "three", sql: "ALTER TABLE more RENAME TO others" },
    ];

    #[test]
    fn what_the_steps_make_is_known_by_name_and_what_is_virtual_is_not() {
        let layout = Layout { steps: STEPS, derived: &[] };
        assert_eq!(made_by(STEPS).into_iter().collect::<Vec<_>>(), ["more", "others", "things"]);
        assert_eq!(layout.sequences(), ["thing_numbers"]);
    }
}
