//! How many rows a statement gives is written into its text: PostgreSQL plans a limit that is bound anew each time.

use crate::source::{Source, is_test_path, line_of};
use crate::sql::is_sql;
use crate::{Complaint, Tree};

/// Complains about each limit that is bound as a parameter.
#[must_use]
pub fn check(tree: &Tree) -> Vec<Complaint> {
    let rust = tree.rust("crates").filter(|(path, _)| !is_test_path(path) && !path.starts_with("crates/tidy/"));
    rust.flat_map(|(path, text)| bound_in(path, text)).collect()
}

fn bound_in(path: &str, text: &str) -> Vec<Complaint> {
    let source = Source::scan(text).without_tests();
    let statements = source.literals.iter().filter(|literal| is_sql(&literal.text));
    let limits = statements.flat_map(|literal| {
        let found = literal.text.match_indices("LIMIT $");
        found.map(|(at, _)| literal.line + line_of(&literal.text, at) - 1).collect::<Vec<_>>()
    });
    let advice = "a bound limit is planned anew each time: say it by `.limit(rows)`";
    limits.map(|line| Complaint::at(path, line, advice)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_that_is_bound_is_named_with_its_line_and_one_that_is_written_is_not() {
        let queries = "fn a() { sql(\"SELECT id FROM t\n    ORDER BY id LIMIT $1\") }\nfn b() { sql(\"SELECT id FROM t LIMIT 20\") }\n\
            fn c() { say(\"the LIMIT $5 offer\") }\n";
        let tree = Tree::invented([("crates/desk/src/t/queries.rs", queries)]);
        let found: Vec<String> = check(&tree).iter().map(ToString::to_string).collect();
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].contains("queries.rs:2"), "{found:?}");
    }
}
