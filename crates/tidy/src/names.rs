//! No room is named after its being a room: such names gather what belongs elsewhere.

use crate::source::{Source, is_word, line_of};
use crate::{Complaint, Tree};
use std::collections::BTreeSet;

const EMPTY: [&str; 9] = ["util", "utils", "helper", "helpers", "common", "commons", "manager", "managers", "misc"];

/// Checks the names of files, folders and modules.
pub fn check(tree: &Tree) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    let mut seen = BTreeSet::new();
    for (path, text) in tree.iter() {
        let mut end = 0;
        for part in path.split('/') {
            end += part.len();
            if says_nothing(part) && seen.insert(&path[..end]) {
                complaints.push(Complaint::about(&path[..end], advice(part)));
            }
            end += 1;
        }
        if path.ends_with(".rs") {
            let code = Source::scan(text).code;
            for (at, _) in code.match_indices("mod ") {
                let name = code[at + 4..].split(|c| !is_word(c)).next().unwrap_or_default();
                if !code[..at].ends_with(is_word) && says_nothing(name) {
                    complaints.push(Complaint::at(path, line_of(&code, at), advice(name)));
                }
            }
        }
    }
    complaints
}

fn says_nothing(name: &str) -> bool {
    name.to_lowercase().split(['.', '_', '-']).any(|word| EMPTY.contains(&word))
}

fn advice(name: &str) -> String {
    format!(
        "`{name}` says nothing about what is inside: name it after what it does, or move its parts to where they are used"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_names_are_found_once_each_and_others_are_not() {
        let tree = Tree::invented([
            ("crates/x/src/utils/a.rs", ""),
            ("crates/x/src/utils/b.rs", ""),
            ("e2e/test-helpers.mjs", ""),
            ("crates/x/src/lib.rs", "mod common { }\nmod utility_bills;"),
            ("docs/management.md", "a manager"),
        ]);
        let found: Vec<_> = check(&tree).into_iter().map(|complaint| (complaint.path, complaint.line)).collect();
        assert_eq!(
            found,
            [
                ("crates/x/src/lib.rs".to_owned(), 1),
                ("crates/x/src/utils".to_owned(), 0),
                ("e2e/test-helpers.mjs".to_owned(), 0)
            ]
        );
    }
}
