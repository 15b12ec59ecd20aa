//! Sizes, as a ratchet: what is large already is listed and may not grow; nothing else may become large.

use crate::source::{Source, end_of_item, is_word, line_of};
use crate::{Complaint, Tree};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

const LIST: &str = "crates/tidy/ratchet.toml";
const FILE_LINES: usize = 400;
const FUNCTION_LINES: usize = 70;
/// Endings of the files that people write by hand.
const WRITTEN: [&str; 6] = [".rs", ".js", ".mjs", ".css", ".html", ".sh"];

/// What is large already.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ratchet {
    /// Files of more than 400 lines.
    #[serde(default)]
    pub file: Vec<Large>,
    /// Functions of more than 70 lines.
    #[serde(default)]
    pub function: Vec<Large>,
}

/// One listed file or function.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Large {
    /// The file.
    pub path: String,
    /// The function's name, for functions; of several with one name in a file the longest counts.
    #[serde(default)]
    pub name: String,
    /// How many lines it may have.
    pub lines: usize,
    /// Why it is not split yet.
    pub reason: String,
}

impl Ratchet {
    /// Reads the list.
    ///
    /// # Errors
    /// When the text is not the TOML that is expected here, with the place.
    pub fn read(text: &str) -> Result<Self, toml::de::Error> {
        toml::from_str(text)
    }
}

/// Checks files and functions against the limits and the list.
pub fn check(tree: &Tree, ratchet: &Ratchet) -> Vec<Complaint> {
    let mut files = BTreeMap::new();
    let mut functions = BTreeMap::new();
    for (path, text) in tree.iter().filter(|(path, _)| WRITTEN.iter().any(|ending| path.ends_with(ending))) {
        files.insert((path.to_owned(), String::new()), (1, text.lines().count()));
        if path.ends_with(".rs") {
            for function in functions_of(&Source::scan(text).code) {
                let size = functions.entry((path.to_owned(), function.name)).or_insert((function.line, function.lines));
                if size.1 < function.lines {
                    *size = (function.line, function.lines);
                }
            }
        }
    }
    let mut complaints = against(&files, &ratchet.file, FILE_LINES, "the file");
    complaints.extend(against(&functions, &ratchet.function, FUNCTION_LINES, "the function"));
    complaints
}

/// (path, name) to (line, lines).
type Sizes = BTreeMap<(String, String), (usize, usize)>;

fn against(sizes: &Sizes, listed: &[Large], limit: usize, what: &str) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    let mut seen = BTreeSet::new();
    for large in listed {
        let key = (large.path.clone(), large.name.clone());
        let lines = sizes.get(&key).map_or(0, |size| size.1);
        let shown = format!("{} {}", large.path, large.name);
        if lines <= limit {
            complaints.push(Complaint::about(
                LIST,
                format!("{shown}has {lines} lines, which is small: take it out of the list"),
            ));
        }
        if large.reason.trim().is_empty() || !seen.insert(key) {
            complaints.push(Complaint::about(LIST, format!("{shown}needs one entry with a reason")));
        }
    }
    for ((path, name), &(line, lines)) in sizes.iter().filter(|(_, size)| size.1 > limit) {
        let allowed = listed.iter().find(|large| large.path == *path && large.name == *name).map(|large| large.lines);
        match allowed {
            Some(allowed) if lines <= allowed => {}
            Some(allowed) => {
                let advice =
                    format!("{what} {name} grew from {allowed} to {lines} lines: split it, the list only shrinks");
                complaints.push(Complaint::at(path, line, advice));
            }
            None => {
                let advice = format!(
                    "{what} {name} has {lines} lines, more than {limit}: split it (or list it with its reason in {LIST})"
                );
                complaints.push(Complaint::at(path, line, advice));
            }
        }
    }
    complaints
}

struct Function {
    name: String,
    line: usize,
    lines: usize,
}

/// Every `fn` with a body, found by its braces.
fn functions_of(code: &str) -> Vec<Function> {
    let mut found = Vec::new();
    for (at, _) in code.match_indices("fn ") {
        let rest = &code[at + 3..];
        let name: String = rest.trim_start_matches("r#").chars().take_while(|&c| is_word(c)).collect();
        if name.is_empty() || code[..at].ends_with(is_word) {
            continue;
        }
        let end = end_of_item(code, at);
        if code[..end].ends_with('}') {
            let line = line_of(code, at);
            found.push(Function { name, line, lines: line_of(code, end) - line + 1 });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn function(lines: usize) -> String {
        format!("pub fn long<const N: usize>(a: [u8; 3]) {{\n{}}}\n", "  let s = \"}\";\n".repeat(lines - 2))
    }

    fn complaints(text: &str, list: &str) -> Vec<String> {
        let ratchet = Ratchet::read(list).expect("the list is sound");
        check(&Tree::invented([("crates/x/src/a.rs", text)]), &ratchet).iter().map(ToString::to_string).collect()
    }

    const LISTED: &str = "[[function]]\npath=\"crates/x/src/a.rs\"\nname=\"long\"\nlines=80\nreason=\"one table\"\n";

    #[test]
    fn a_function_of_seventy_lines_is_small_and_one_more_is_not() {
        assert!(complaints(&function(70), "").is_empty());
        assert!(complaints(&function(71), "")[0].contains("the function long has 71 lines"));
    }

    #[test]
    fn what_is_listed_may_stay_but_not_grow() {
        assert!(complaints(&function(80), LISTED).is_empty());
        assert!(complaints(&function(81), LISTED)[0].contains("grew from 80 to 81"));
        assert!(complaints(&function(70), LISTED)[0].contains("take it out"));
        assert!(complaints("", LISTED)[0].contains("take it out"));
        assert!(complaints(&function(80), &LISTED.replace("one table", ""))[0].contains("with a reason"));
    }

    #[test]
    fn a_long_file_is_found() {
        assert!(complaints(&"// line\n".repeat(400), "").is_empty());
        assert!(complaints(&"// line\n".repeat(401), "")[0].contains("has 401 lines"));
    }

    #[test]
    fn only_functions_with_a_body_count() {
        let code = "trait T { fn a(&self);\n fn b(&self) -> [u8; 2] { [1, 2] } }\ntype F = fn(u8) -> u8;";
        let names: Vec<_> = functions_of(code).into_iter().map(|function| function.name).collect();
        assert_eq!(names, ["b"]);
    }
}
