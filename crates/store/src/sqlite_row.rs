//! What SQLite answers: the texts of all rows lie in one piece of memory, and only what is asked for becomes a `String`.

use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rusqlite::Statement;
use rusqlite::types::ValueRef;

/// All rows of one statement.
#[derive(Clone)]
pub(crate) struct Answer {
    /// The names of the columns, one after the other in `bytes`.
    columns: Vec<Range<usize>>,
    /// Row by row.
    cells: Vec<Cell>,
    bytes: Vec<u8>,
    count: usize,
}

#[derive(Clone)]
enum Cell {
    Null,
    Integer(i64),
    Real(f64),
    Text(Range<usize>),
    Blob(Range<usize>),
}

impl Answer {
    /// No rows yet, of the columns that this statement has.
    pub(crate) fn of(statement: &Statement<'_>) -> Self {
        let mut answer = Self { columns: Vec::new(), cells: Vec::new(), bytes: Vec::new(), count: 0 };
        for name in statement.column_names() {
            let name = answer.keep(name.as_bytes());
            answer.columns.push(name);
        }
        answer
    }

    /// Copies the row that the statement stands at.
    pub(crate) fn take(&mut self, row: &rusqlite::Row<'_>) -> rusqlite::Result<()> {
        for column in 0..self.columns.len() {
            let cell = match row.get_ref(column)? {
                ValueRef::Null => Cell::Null,
                ValueRef::Integer(number) => Cell::Integer(number),
                ValueRef::Real(number) => Cell::Real(number),
                ValueRef::Text(text) => Cell::Text(self.keep(text)),
                ValueRef::Blob(blob) => Cell::Blob(self.keep(blob)),
            };
            self.cells.push(cell);
        }
        self.count += 1;
        Ok(())
    }

    fn keep(&mut self, bytes: &[u8]) -> Range<usize> {
        let start = self.bytes.len();
        self.bytes.extend_from_slice(bytes);
        start..self.bytes.len()
    }

    /// The rows, which share this answer.
    pub(crate) fn rows(self) -> Vec<SqliteRow> {
        let answer = Arc::new(self);
        (0..answer.count)
            .map(|number| SqliteRow { answer: Arc::clone(&answer), number, expected: AtomicUsize::new(0) })
            .collect()
    }
}

/// A row as SQLite gave it.
pub struct SqliteRow {
    answer: Arc<Answer>,
    number: usize,
    /// The column that is asked for next, if they are asked for in the statement's order.
    expected: AtomicUsize,
}

impl SqliteRow {
    /// The value of the column called `name`; says why there is none.
    pub(crate) fn get<T: FromSqlite>(&self, name: &str) -> Result<T, String> {
        let column = self.column(name).ok_or("there is no such column")?;
        let cell = self.answer.cells.get(self.number * self.answer.columns.len() + column);
        let cell = cell.ok_or("there is no such row")?;
        T::from_sqlite(self.seen(cell)).ok_or_else(|| format!("holds {}", kind(cell)))
    }

    fn column(&self, name: &str) -> Option<usize> {
        let columns = &self.answer.columns;
        let is_called = |range: &Range<usize>| self.answer.bytes.get(range.clone()) == Some(name.as_bytes());
        let expected = self.expected.load(Ordering::Relaxed);
        let column = match columns.get(expected) {
            Some(range) if is_called(range) => expected,
            _ => columns.iter().position(is_called)?,
        };
        self.expected.store(column + 1, Ordering::Relaxed);
        Some(column)
    }

    fn seen(&self, cell: &Cell) -> ValueRef<'_> {
        let bytes = |range: &Range<usize>| self.answer.bytes.get(range.clone()).unwrap_or_default();
        match cell {
            Cell::Null => ValueRef::Null,
            Cell::Integer(number) => ValueRef::Integer(*number),
            Cell::Real(number) => ValueRef::Real(*number),
            Cell::Text(range) => ValueRef::Text(bytes(range)),
            Cell::Blob(range) => ValueRef::Blob(bytes(range)),
        }
    }
}

fn kind(cell: &Cell) -> &'static str {
    match cell {
        Cell::Null => "nothing",
        Cell::Integer(_) => "a number",
        Cell::Real(_) => "a number with a fraction",
        Cell::Text(_) => "a text",
        Cell::Blob(_) => "bytes",
    }
}

/// A type that a value of SQLite can be read as.
pub(crate) trait FromSqlite: Sized {
    /// `None` when it is of another kind.
    fn from_sqlite(value: ValueRef<'_>) -> Option<Self>;
}

macro_rules! read {
    ($($type:ty, $kind:ident, $read:expr;)*) => {$(
        impl FromSqlite for $type {
            fn from_sqlite(value: ValueRef<'_>) -> Option<Self> {
                match value {
                    ValueRef::$kind(value) => $read(value),
                    _ => None,
                }
            }
        }
        impl FromSqlite for Option<$type> {
            fn from_sqlite(value: ValueRef<'_>) -> Option<Self> {
                match value {
                    ValueRef::Null => Some(None),
                    value => <$type>::from_sqlite(value).map(Some),
                }
            }
        }
    )*};
}

read! {
    i64, Integer, Some;
    bool, Integer, |value: i64| Some(value != 0);
    String, Text, |value: &[u8]| std::str::from_utf8(value).ok().map(str::to_owned);
    Vec<u8>, Blob, |value: &[u8]| Some(value.to_vec());
}
