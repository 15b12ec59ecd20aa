//! Which modules of its own crate a Rust file refers to.

use crate::source::{is_word, line_of};

/// A path as it stands in the code, seen from the crate's root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// Line from 1.
    pub line: usize,
    /// Its segments; `*` and `self` may be the last.
    pub path: Vec<String>,
    /// The name it goes by here.
    pub name: String,
}

/// The modules of a file below `src/`: `tickets/queries.rs` is `[tickets, queries]`, `lib.rs` is `[]`.
pub fn module_of(path_in_src: &str) -> Vec<&str> {
    let mut parts: Vec<&str> = path_in_src.trim_end_matches(".rs").split('/').collect();
    if matches!(parts.last(), Some(&"mod" | &"lib" | &"main")) {
        parts.pop();
    }
    parts
}

/// Every `crate::…`, and every `super::…` that climbs to the root from a module `depth` deep.
pub fn to_the_root(code: &str, depth: usize) -> Vec<Reference> {
    let mut found = Vec::new();
    for (start, _) in code.match_indices("crate::") {
        if !code[..start].ends_with(is_word) {
            found.extend(expand(&code[start + "crate::".len()..], line_of(code, start)));
        }
    }
    let climb = "super::".repeat(depth);
    if depth > 0 {
        for (start, _) in code.match_indices(&climb) {
            let rest = &code[start + climb.len()..];
            if !code[..start].ends_with(|c| is_word(c) || c == ':') && !rest.starts_with("super::") {
                found.extend(expand(rest, line_of(code, start)));
            }
        }
    }
    found
}

/// What a crate's root gives out under another path: its `pub use`.
pub fn given_out(code: &str) -> Vec<Reference> {
    let mut found = Vec::new();
    for (start, _) in code.match_indices("pub use ") {
        let path = code[start + "pub use ".len()..].trim_start();
        let path = path.strip_prefix("self::").or_else(|| path.strip_prefix("crate::")).unwrap_or(path);
        found.extend(expand(path, line_of(code, start)));
    }
    found
}

/// The paths of a use tree (`a::{b, c::d as e}`) or of a plain path, up to where it ends.
fn expand(text: &str, line: usize) -> Vec<Reference> {
    let text = text.trim_start();
    let end = text.find(|c: char| !(is_word(c) || c == ':' || c == '#' || c == '*')).unwrap_or(text.len());
    let prefix: Vec<String> = text[..end]
        .split("::")
        .map(|part| part.trim_start_matches("r#").to_owned())
        .filter(|part| !part.is_empty())
        .collect();
    if text[end..].starts_with('{') && (end == 0 || text[..end].ends_with("::")) {
        let mut found = Vec::new();
        for part in parts_of(&text[end + 1..]) {
            for mut reference in expand(part, line) {
                let mut path = prefix.clone();
                path.append(&mut reference.path);
                found.push(named(path, Some(reference.name), line));
            }
        }
        return found;
    }
    if prefix.is_empty() {
        return Vec::new();
    }
    let alias = text[end..].trim_start().strip_prefix("as ").map(|rest| {
        let rest = rest.trim_start();
        rest[..rest.find(|c: char| !is_word(c)).unwrap_or(rest.len())].to_owned()
    });
    vec![named(prefix, alias, line)]
}

fn named(path: Vec<String>, alias: Option<String>, line: usize) -> Reference {
    let own = match path.as_slice() {
        [.., before, last] if last == "self" => before.clone(),
        [.., last] => last.clone(),
        [] => String::new(),
    };
    let name = alias.filter(|alias| alias != "self").unwrap_or(own);
    Reference { line, path, name }
}

/// Splits the inside of a brace at its own commas, up to its closing brace.
fn parts_of(inside: &str) -> Vec<&str> {
    let (mut depth, mut from, mut parts) = (0_usize, 0, Vec::new());
    for (at, c) in inside.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => {
                parts.push(&inside[from..at]);
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(&inside[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn firsts(code: &str, depth: usize) -> Vec<String> {
        to_the_root(code, depth).into_iter().map(|reference| reference.path[0].clone()).collect()
    }

    #[test]
    fn plain_paths_and_groups_are_followed() {
        assert_eq!(firsts("use crate::tickets::Ticket; crate::runs::go();", 1), ["tickets", "runs"]);
        assert_eq!(
            firsts("use crate::{\n  agents::{self, Agent},\n  teams,\n r#type::X };", 1),
            ["agents", "agents", "teams", "type"]
        );
        assert!(firsts("mycrate::runs::go()", 1).is_empty());
    }

    #[test]
    fn climbing_to_the_root_counts_and_climbing_less_does_not() {
        assert_eq!(firsts("super::super::runs::go()", 2), ["runs"]);
        assert!(firsts("super::queries::all()", 2).is_empty());
        assert_eq!(firsts("use super::{runs, teams::X};", 1), ["runs", "teams"]);
    }

    #[test]
    fn what_the_root_gives_out_keeps_its_origin() {
        let given = given_out("pub use runs::{Run, step::{Step as One}};\npub use self::error::*;\n");
        let pairs: Vec<_> = given.iter().map(|r| (r.name.as_str(), r.path[0].as_str())).collect();
        assert_eq!(pairs, [("Run", "runs"), ("One", "runs"), ("*", "error")]);
    }

    #[test]
    fn a_file_is_the_module_that_its_path_says() {
        assert_eq!(module_of("tickets/queries.rs"), ["tickets", "queries"]);
        assert_eq!(module_of("tickets/mod.rs"), ["tickets"]);
        assert!(module_of("lib.rs").is_empty());
    }
}
