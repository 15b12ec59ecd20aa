//! Whether every statement of the project has run on both engines: the end of a test run is held against the sources.

use std::collections::{BTreeMap, BTreeSet};

use crate::source::{Source, is_test_path};
use crate::sql::is_sql;
use crate::{Complaint, Tree};

/// The engines that a statement must have run on, as the ledger names them.
const ENGINES: [&str; 2] = ["sqlite", "postgres"];

/// What ran: the texts of each engine, each on one line.
#[derive(Debug, Default)]
pub struct Ledger {
    ran: BTreeMap<String, BTreeSet<String>>,
}

impl Ledger {
    /// Reads lines of `engine TAB statement`; others are passed over.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let mut ledger = Self::default();
        for (engine, statement) in text.lines().filter_map(|line| line.split_once('\t')) {
            ledger.ran.entry(engine.to_owned()).or_default().insert(statement.to_owned());
        }
        ledger
    }

    /// Whether `engine` ran the statement, with or without what the dialect adds at its end.
    fn has(&self, engine: &str, statement: &str) -> bool {
        let Some(ran) = self.ran.get(engine) else { return false };
        ran.range(statement.to_owned()..).next().is_some_and(|found| found.starts_with(statement))
    }
}

/// Complains about each statement of a `queries.rs` that some engine has not run. Texts that are put together from parts are judged
/// by their tests, not here: a part is no statement.
#[must_use]
pub fn check(tree: &Tree, ledger: &Ledger) -> Vec<Complaint> {
    let queries = tree.rust("crates").filter(|(path, _)| path.ends_with("/queries.rs") && !is_test_path(path));
    queries.flat_map(|(path, text)| missing(path, text, ledger)).collect()
}

fn missing(path: &str, text: &str, ledger: &Ledger) -> Vec<Complaint> {
    let source = Source::scan(text).without_tests();
    let whole = source.literals.iter().filter(|literal| is_sql(&literal.text) && is_whole(&literal.text, text));
    let mut complaints = Vec::new();
    for literal in whole {
        let statement = literal.text.split_whitespace().collect::<Vec<_>>().join(" ");
        let absent: Vec<&str> = ENGINES.into_iter().filter(|engine| !ledger.has(engine, &statement)).collect();
        if !absent.is_empty() {
            let advice = format!("no test runs this statement on {}: {statement}", absent.join(" and "));
            complaints.push(Complaint::at(path, literal.line, advice));
        }
    }
    complaints
}

/// Whether a literal is a statement of its own: it holds no hole to be filled, and is no constant that another text is made with.
fn is_whole(literal: &str, file: &str) -> bool {
    let name = file.find(literal).and_then(|at| {
        let before = file[..at].rsplit_once("const ").map(|(_, rest)| rest)?;
        let name = before.split(':').next()?;
        (before.contains('=') && !before.contains(';')).then(|| name.trim().to_owned())
    });
    !literal.contains('{') && !name.is_some_and(|name| file.contains(&format!("{{{name}}}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    const QUERIES: &str = "const PART: &str = \"SELECT id FROM t WHERE \";\n\
        fn a() { sql(\"SELECT id\n    FROM t\") }\nfn b() { sql(\"DELETE FROM t\") }\nfn c() { sql(format!(\"{PART} x = $1\")) }\n";

    fn complaints(ledger: &str) -> Vec<String> {
        let tree = Tree::invented([("crates/desk/src/t/queries.rs", QUERIES)]);
        check(&tree, &Ledger::read(ledger)).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn what_ran_on_both_engines_is_in_order() {
        let ran = "sqlite\tSELECT id FROM t\npostgres\tSELECT id FROM t FOR NO KEY UPDATE\nsqlite\tDELETE FROM t\npostgres\tDELETE FROM t\n";
        assert_eq!(complaints(ran), [""; 0]);
    }

    #[test]
    fn what_ran_on_one_engine_or_none_is_named_with_its_place() {
        let found = complaints("sqlite\tSELECT id FROM t\n");
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].contains("queries.rs:2") && found[0].contains("on postgres:"), "{found:?}");
        assert!(found[1].contains("sqlite and postgres: DELETE FROM t"), "{found:?}");
    }
}
