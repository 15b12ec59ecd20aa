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
    /// a table. TEXT is TEXT in both. `{sequence:NAME}`, alone on a line, makes a sequence that begins at 1,001, `{field:NAME}` is
    /// that text in the JSON object of the column `fields`, and
    /// `{words:NAME}` an index of words (see [`words`]).
    pub fn fill(self, migration: &str) -> String {
        let migration =
            migration.lines().map(|line| self.fill_field(&self.fill_line(line))).collect::<Vec<_>>().join("\n");
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

    fn fill_field(self, line: &str) -> String {
        let parts = line.split_once("{field:").and_then(|(before, rest)| Some((before, rest.split_once('}')?)));
        match (parts, self) {
            (None, _) => line.to_owned(),
            (Some((before, (name, after))), Engine::Sqlite) => {
                format!("{before}json_extract(fields, '$.{name}'){after}")
            }
            (Some((before, (name, after))), Engine::Postgres) => {
                format!("{before}CAST(fields AS JSONB) ->> '{name}'{after}")
            }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_migration_reads_a_text_out_of_the_fields_of_a_row_in_each_engines_way() {
        let step = "UPDATE tickets SET component = {field:component};\nALTER TABLE t ADD COLUMN n {integer};";
        assert_eq!(
            Engine::Sqlite.fill(step),
            "UPDATE tickets SET component = json_extract(fields, '$.component');\nALTER TABLE t ADD COLUMN n INTEGER;"
        );
        assert_eq!(
            Engine::Postgres.fill(step),
            "UPDATE tickets SET component = CAST(fields AS JSONB) ->> 'component';\nALTER TABLE t ADD COLUMN n BIGINT;"
        );
    }
}
