//! ARCHITECTURE.md: it names every room that is there, and every path it names is there.

use crate::source::line_of;
use crate::{Complaint, Tree};

const MAP: &str = "ARCHITECTURE.md";

/// Checks the map against the tree, both ways.
pub fn check(tree: &Tree) -> Vec<Complaint> {
    let Some(map) = tree.get(MAP) else {
        return vec![Complaint::about(
            MAP,
            "there is no map: write one that names every crate and every feature of desk",
        )];
    };
    let mut complaints = Vec::new();
    let crates = tree.children("crates/").into_iter().map(|name| ("the crate", name));
    let features = tree
        .children("crates/desk/src/")
        .into_iter()
        .filter(|name| is_folder(tree, name))
        .map(|name| ("the feature of desk", name));
    for (kind, name) in crates.chain(features) {
        if !names(map, &name) {
            complaints
                .push(Complaint::about(MAP, format!("does not name {kind} `{name}`: say in one line what it is")));
        }
    }
    for (at, path) in paths_of(map) {
        if looks_like_a_path(tree, path) && !tree.has(path.trim_end_matches('/')) {
            complaints.push(Complaint::at(MAP, line_of(map, at), format!("`{path}` is not there: mend the map")));
        }
    }
    complaints
}

fn is_folder(tree: &Tree, feature: &str) -> bool {
    tree.under(&format!("crates/desk/src/{feature}/")).next().is_some()
}

fn names(map: &str, name: &str) -> bool {
    let part = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    map.match_indices(name).any(|(at, _)| !map[..at].ends_with(part) && !map[at + name.len()..].starts_with(part))
}

/// What stands in single backticks, outside fences.
fn paths_of(map: &str) -> Vec<(usize, &str)> {
    let (mut found, mut fenced, mut start) = (Vec::new(), false, 0);
    for line in map.split_inclusive('\n') {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        } else if !fenced {
            let mut at = start;
            for (index, piece) in line.split('`').enumerate() {
                if index % 2 == 1 {
                    found.push((at, piece));
                }
                at += piece.len() + 1;
            }
        }
        start += line.len();
    }
    found
}

/// A path is relative, has a `/`, no placeholder, and begins here or ends like a file or folder.
fn looks_like_a_path(tree: &Tree, text: &str) -> bool {
    let plain = text.chars().all(|c| c.is_ascii_alphanumeric() || "/._-".contains(c));
    if !plain || !text.contains('/') || text.starts_with('/') {
        return false;
    }
    let first = text.split('/').next().unwrap_or_default();
    let last = text.rsplit('/').next().unwrap_or_default();
    tree.has(first) || last.is_empty() || last.contains('.')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn complaints(map: &str) -> Vec<String> {
        let tree = Tree::invented([
            (MAP, map),
            ("crates/desk/src/tickets/mod.rs", ""),
            ("crates/desk/src/error.rs", ""),
            ("crates/mail/src/lib.rs", ""),
        ]);
        check(&tree).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_true_map_is_quiet() {
        let map = "`crates/mail/` reads, crates/desk has tickets. `text/html`, `/health`, `pages/<x>/`\n```\nattic/x.rs\n```\n";
        assert!(complaints(map).is_empty(), "{:?}", complaints(map));
    }

    #[test]
    fn a_room_without_a_name_and_a_name_without_a_room_are_found() {
        let found = complaints("mail, desks\n`crates/attic`, `cellar/x.rs`\n");
        assert_eq!(found.len(), 4, "{found:?}");
        assert!(found[2].starts_with("ARCHITECTURE.md:2: `crates/attic` is not there"));
    }

    #[test]
    fn no_map_at_all_is_found() {
        assert_eq!(check(&Tree::invented([("crates/x/a.rs", "")])).len(), 1);
    }
}
