//! Who may see whom inside `server`, and where SQL may stand.

use crate::references::{module_of, to_the_root};
use crate::source::{Source, is_test_path};
use crate::sql::is_sql;
use crate::{Complaint, Tree};

const SERVER: &str = "crates/server/src/";

/// `pages` and `api` never see each other: both call the same verbs of `desk`.
pub fn apart(tree: &Tree) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    for (path, text) in tree.rust(SERVER) {
        let module = module_of(&path[SERVER.len()..]);
        let other = match module.first() {
            Some(&"pages") => "api",
            Some(&"api") => "pages",
            _ => continue,
        };
        for reference in to_the_root(&Source::scan(text).code, module.len()) {
            if reference.path[0] == other {
                let advice = format!(
                    "{} and {other} do not see each other: move what both need into desk, or beside them in server",
                    module[0]
                );
                complaints.push(Complaint::at(path, reference.line, advice));
            }
        }
    }
    complaints
}

/// SQL stands in `queries.rs` of a feature of `desk`, in `store` and in migrations, nowhere else.
pub fn sql_at_home(tree: &Tree) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    for (path, _) in tree.iter().filter(|(path, _)| path.ends_with(".sql")) {
        if !path.starts_with("crates/store/") && !path.contains("/migrations/") && !path.starts_with("bench/") {
            complaints.push(Complaint::about(path, "SQL files stand in crates/store or in a folder named migrations"));
        }
    }
    for (path, text) in tree.rust("crates/") {
        if is_home_of_sql(path) || is_test_path(path) {
            continue;
        }
        for literal in Source::scan(text).without_tests().literals.iter().filter(|literal| is_sql(&literal.text)) {
            let advice =
                "SQL outside a queries.rs: give the feature in crates/desk a function in its queries.rs and call that";
            complaints.push(Complaint::at(path, literal.line, advice));
        }
    }
    complaints
}

/// `server` has no queries of its own; `tidy` holds SQL only to recognise it.
fn is_home_of_sql(path: &str) -> bool {
    let named = path.ends_with("/queries.rs") && !path.starts_with(SERVER);
    named || path.starts_with("crates/store/") || path.starts_with("crates/tidy/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_and_api_are_kept_apart_both_ways() {
        let tree = Tree::invented([
            ("crates/server/src/pages/tickets/show.rs", "use crate::api::shape;"),
            ("crates/server/src/api/mod.rs", "use super::pages;"),
            ("crates/server/src/pages/mod.rs", "use crate::assets; // crate::api"),
            ("crates/server/src/routes.rs", "use crate::{api, pages};"),
        ]);
        let found = apart(&tree);
        assert_eq!(found.len(), 2, "{found:?}");
    }

    #[test]
    fn sql_is_found_outside_its_home_and_left_alone_within() {
        let sql = "const Q: &str = \"SELECT id FROM tickets\";";
        let tree = Tree::invented([
            ("crates/server/src/pages/list.rs", sql),
            ("crates/server/src/pages/queries.rs", sql),
            ("crates/desk/src/tickets/queries.rs", sql),
            (
                "crates/desk/src/tickets/verbs.rs",
                "#[cfg(test)] mod tests { const Q: &str = \"SELECT id FROM tickets\"; }",
            ),
            ("crates/store/src/writer.rs", sql),
            ("crates/desk/src/x.sql", "SELECT 1"),
        ]);
        let found: Vec<_> = sql_at_home(&tree).into_iter().map(|complaint| complaint.path).collect();
        assert_eq!(
            found,
            ["crates/desk/src/x.sql", "crates/server/src/pages/list.rs", "crates/server/src/pages/queries.rs"]
        );
    }
}
