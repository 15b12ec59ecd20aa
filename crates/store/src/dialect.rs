//! The one seam between the two engines: everything that cannot be said alike in both.

pub mod words;

/// Which database this is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// The embedded database, in one folder.
    Sqlite,
    /// A PostgreSQL server, for many nodes.
    Postgres,
}

impl Engine {
    /// Fills the type names into a migration: `{integer}` (64 bits), `{boolean}`, `{bytes}`, and `{strict}` at the end of
    /// a table. TEXT is TEXT in both. `{sequence:NAME}`, alone on a line, makes a sequence that begins at 1,001, and
    /// `{words:NAME}` an index of words (see [`words`]).
    pub fn fill(self, migration: &str) -> String {
        let migration = migration.lines().map(|line| self.fill_line(line)).collect::<Vec<_>>().join("\n");
        let names: [(&str, &str); 4] = match self {
            Engine::Sqlite => {
                [("{integer}", "INTEGER"), ("{boolean}", "INTEGER"), ("{bytes}", "BLOB"), ("{strict}", " STRICT")]
            }
            Engine::Postgres => {
                [("{integer}", "BIGINT"), ("{boolean}", "BOOLEAN"), ("{bytes}", "BYTEA"), ("{strict}", "")]
            }
        };
        names.iter().fold(migration, |text, (name, value)| text.replace(name, value))
    }

    fn fill_line(self, line: &str) -> String {
        if let Some(index) = line.strip_prefix("{words:").and_then(|rest| rest.strip_suffix('}')) {
            return self.make_words(index);
        }
        match (line.strip_prefix("{sequence:").and_then(|rest| rest.strip_suffix('}')), self) {
            (None, _) => line.to_owned(),
            (Some(name), Engine::Sqlite) => {
                format!(
                    "CREATE TABLE {name} (value INTEGER NOT NULL) STRICT; INSERT INTO {name} (value) VALUES (1000);"
                )
            }
            (Some(name), Engine::Postgres) => format!("CREATE SEQUENCE {name} START WITH 1001;"),
        }
    }

    /// Takes the next number, as column `number`, from the sequence that a migration made as `{sequence:ticket_numbers}`. In
    /// PostgreSQL that waits for nobody and may leave gaps.
    pub fn next_ticket_number(self) -> &'static str {
        match self {
            Engine::Sqlite => "UPDATE ticket_numbers SET value = value + 1 RETURNING value AS number",
            Engine::Postgres => "SELECT nextval('ticket_numbers') AS number",
        }
    }

    /// What ends a SELECT whose rows the transaction is about to change. SQLite has one writer and needs nothing.
    /// `NO KEY` lets others go on adding rows that refer to the locked one.
    pub(crate) fn lock_rows(self) -> &'static str {
        match self {
            Engine::Sqlite => "",
            Engine::Postgres => " FOR NO KEY UPDATE",
        }
    }

    /// The same for a claim of work among many nodes: rows that another one has claimed are passed over.
    pub(crate) fn claim_rows(self) -> &'static str {
        match self {
            Engine::Sqlite => "",
            Engine::Postgres => " FOR NO KEY UPDATE SKIP LOCKED",
        }
    }
}
