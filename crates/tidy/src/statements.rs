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

/// Complains about each statement of a `queries.rs` that some engine has not run. A text whose holes are constants is the statement that
/// these make of it; texts that are put together from other parts are judged by their tests, not here: a part is no statement.
#[must_use]
pub fn check(tree: &Tree, ledger: &Ledger) -> Vec<Complaint> {
    let queries = || tree.rust("crates").filter(|(path, _)| path.ends_with("/queries.rs") && !is_test_path(path));
    let mut constants = Constants::default();
    for (path, text) in queries() {
        constants.take(path, text);
    }
    queries().flat_map(|(path, text)| missing(path, text, &constants, ledger)).collect()
}

fn missing(path: &str, text: &str, constants: &Constants, ledger: &Ledger) -> Vec<Complaint> {
    let source = Source::scan(text).without_tests();
    let mut complaints = Vec::new();
    for literal in source.literals.iter().filter(|literal| is_sql(&literal.text) && !is_part(&literal.text, text)) {
        let Some(whole) = constants.statement(path, &literal.text) else { continue };
        let statement = whole.split_whitespace().collect::<Vec<_>>().join(" ");
        let absent: Vec<&str> = ENGINES.into_iter().filter(|engine| !ledger.has(engine, &statement)).collect();
        if !absent.is_empty() {
            let advice = format!("no test runs this statement on {}: {statement}", absent.join(" and "));
            complaints.push(Complaint::at(path, literal.line, advice));
        }
    }
    complaints
}

/// Whether a literal is a constant that another text of its file is made with.
fn is_part(literal: &str, file: &str) -> bool {
    name_of(literal, file).is_some_and(|name| file.contains(&format!("{{{name}}}")))
}

/// The name of the constant that a literal is.
fn name_of(literal: &str, file: &str) -> Option<String> {
    let before = file[..file.find(&format!("\"{literal}\""))?].trim_end().strip_suffix('=')?;
    let (_, declared) = before.rsplit_once("const ")?;
    Some(declared.split(':').next()?.trim().to_owned()).filter(|_| !declared.contains(';'))
}

/// The texts of constants, by name and then by file.
#[derive(Default)]
struct Constants {
    texts: BTreeMap<String, BTreeMap<String, String>>,
}

impl Constants {
    fn take(&mut self, path: &str, text: &str) {
        for literal in Source::scan(text).without_tests().literals {
            if let Some(name) = name_of(&literal.text, text) {
                self.texts.entry(name).or_default().insert(path.to_owned(), literal.text);
            }
        }
    }

    /// The constant that a file means by a name: its own, or the only one of that name.
    fn of(&self, path: &str, name: &str) -> Option<&String> {
        let known = self.texts.get(name)?;
        known.get(path).or_else(|| known.values().next().filter(|_| known.len() == 1))
    }

    /// The statement that a text is; `None` where it holds a hole that is no constant, or is a part of a statement with holes.
    fn statement(&self, path: &str, text: &str) -> Option<String> {
        let begins =
            ["SELECT", "INSERT", "UPDATE", "DELETE", "WITH"].iter().any(|verb| text.trim_start().starts_with(verb));
        let filled = self.fill(path, text)?;
        (begins || !text.contains('{')).then_some(filled)
    }

    /// A text with its holes filled.
    fn fill(&self, path: &str, text: &str) -> Option<String> {
        let Some((before, rest)) = text.split_once('{') else { return Some(text.to_owned()) };
        let (name, after) = rest.split_once('}')?;
        let filled = self.of(path, name)?;
        Some(format!("{before}{}{}", self.fill(path, filled)?, self.fill(path, after)?))
    }
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
    fn a_text_that_constants_complete_is_a_statement_too_also_by_those_of_another_file() {
        let columns = "pub const COLUMNS: &str = \"id,\n    name\";\n";
        let queries = "fn a() { sql(format!(\"SELECT {COLUMNS} FROM t\")) }\nfn b(x: &str) { sql(format!(\"SELECT {x} FROM t\")) }\n";
        let tree = Tree::invented([("crates/desk/src/queries.rs", columns), ("crates/desk/src/t/queries.rs", queries)]);
        let found: Vec<String> = check(&tree, &Ledger::default()).iter().map(ToString::to_string).collect();
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].ends_with("on sqlite and postgres: SELECT id, name FROM t"), "{found:?}");
    }

    #[test]
    fn what_ran_on_one_engine_or_none_is_named_with_its_place() {
        let found = complaints("sqlite\tSELECT id FROM t\n");
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].contains("queries.rs:2") && found[0].contains("on postgres:"), "{found:?}");
        assert!(found[1].contains("sqlite and postgres: DELETE FROM t"), "{found:?}");
    }
}
