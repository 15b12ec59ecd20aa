//! Time and chance are given to SQL as parameters; the database has no clock and no dice of its own.

use crate::source::{Source, line_of};
use crate::sql::is_sql;
use crate::{Complaint, Tree};

/// Functions and words of both engines that ask the machine for the time or for chance.
const ASKED_OF_THE_MACHINE: [&str; 19] = [
    "now(",
    "current_timestamp",
    "current_date",
    "current_time",
    "localtimestamp",
    "localtime",
    "clock_timestamp(",
    "statement_timestamp(",
    "transaction_timestamp(",
    "timeofday(",
    "'now'",
    "unixepoch()",
    "random(",
    "randomblob(",
    "random_normal(",
    "gen_random_uuid",
    "uuid_generate_",
    "gen_random_bytes",
    "setseed(",
];

/// Checks every SQL file, every literal of `store` and of a `queries.rs`, and whatever else is SQL. Tests too.
pub fn check(tree: &Tree) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    for (path, text) in tree.iter().filter(|(path, _)| path.ends_with(".sql")) {
        complaints.extend(found_in(text).into_iter().map(|(line, what)| complaint(path, line, &what)));
    }
    for (path, text) in tree.rust("").filter(|(path, _)| !path.starts_with("crates/tidy/")) {
        for literal in Source::scan(text).literals.iter().filter(|literal| is_sql(&literal.text)) {
            let found = found_in(&literal.text);
            complaints.extend(found.into_iter().map(|(line, what)| complaint(path, literal.line + line - 1, &what)));
        }
    }
    complaints
}

fn complaint(path: &str, line: usize, what: &str) -> Complaint {
    let advice = format!(
        "`{what}` asks the database for time or chance: pass the value from store's Clock or Chance as a parameter"
    );
    Complaint::at(path, line, advice)
}

fn found_in(sql: &str) -> Vec<(usize, String)> {
    let sql: String =
        sql.lines().map(|line| line.split("--").next().unwrap_or_default()).collect::<Vec<_>>().join("\n");
    let low = sql.to_lowercase();
    let mut found = Vec::new();
    for word in ASKED_OF_THE_MACHINE {
        for (at, _) in low.match_indices(word) {
            let begins = !low[..at].ends_with(crate::source::is_word);
            let ends = word.ends_with(['(', '\'', '_']) || !low[at + word.len()..].starts_with(crate::source::is_word);
            if begins && ends {
                found.push((line_of(&low, at), word.to_owned()));
            }
        }
    }
    for (at, _) in low.match_indices("default") {
        let rest = low[at + "default".len()..].trim_start();
        let function =
            rest.find(|c: char| !crate::source::is_word(c)).is_some_and(|end| end > 0 && rest[end..].starts_with('('));
        if rest.starts_with('(') || function {
            found.push((line_of(&low, at), "DEFAULT with a function".to_owned()));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clocks_and_dice_are_found_in_every_spelling() {
        for sql in [
            "SELECT NOW()",
            "UPDATE t SET a = CURRENT_TIMESTAMP",
            "SELECT * FROM t ORDER BY random()",
            "INSERT INTO t SELECT gen_random_uuid() FROM u",
            "CREATE TABLE t (a BIGINT DEFAULT (strftime('%s')))",
            "CREATE TABLE t (a BIGINT DEFAULT nextvalue('x'))",
            "SELECT datetime('now') FROM t",
        ] {
            assert!(!found_in(sql).is_empty(), "{sql}");
        }
    }

    #[test]
    fn parameters_columns_and_plain_defaults_are_quiet() {
        for sql in [
            "SELECT known(a) FROM t WHERE due <= $1",
            "CREATE TABLE t (a BIGINT NOT NULL DEFAULT 0, b TEXT DEFAULT 'x')",
            "INSERT INTO t DEFAULT VALUES",
            "SELECT current_timestamps FROM t -- now()",
        ] {
            assert!(found_in(sql).is_empty(), "{sql}: {:?}", found_in(sql));
        }
    }

    #[test]
    fn migrations_and_queries_are_both_read() {
        let tree = Tree::invented([
            ("crates/store/migrations/1.sql", "-- first\nSELECT now();"),
            ("crates/desk/src/tickets/queries.rs", "const Q: &str = \"\n SELECT random() FROM t\";"),
            ("crates/desk/src/clock.rs", "fn f() { now(); }"),
        ]);
        let lines: Vec<_> = check(&tree).into_iter().map(|complaint| complaint.line).collect();
        assert_eq!(lines, [2, 2]);
    }
}
