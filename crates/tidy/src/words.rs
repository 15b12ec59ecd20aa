//! Words that must not appear anywhere, kept as digests so that they do not appear here either.
//!
//! `forbidden.txt` holds one entry a line: the first 12 hexadecimal digits of the SHA-256 of a small-lettered
//! word, or of two words with the one character that joins them, or of a word with a dot before it.
//! To add one: `printf %s WORD | sha256sum | cut -c1-12`.

use crate::source::line_of;
use crate::{Complaint, House, Tree};
use sha2::{Digest, Sha256};
use std::collections::HashSet;

const DIGITS: usize = 12;
/// Parts of a joined name (`nameClient`) shorter than this are not looked at alone.
const PART: usize = 5;

/// The digests of what must not appear.
#[derive(Debug, Clone, Default)]
pub struct Forbidden(HashSet<String>);

impl Forbidden {
    /// Reads the list; empty lines and lines that begin with `#` are passed over.
    pub fn read(list: &str) -> Self {
        let lines = list.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        Self(lines.map(str::to_owned).collect())
    }

    /// Whether every entry has the form of a digest, and there is at least one.
    pub fn is_sound(&self) -> bool {
        let digest = |entry: &String| entry.len() == DIGITS && entry.bytes().all(|byte| byte.is_ascii_hexdigit());
        !self.0.is_empty() && self.0.iter().all(digest)
    }

    fn holds(&self, word: &str, known: &mut HashSet<String>) -> bool {
        if known.contains(word) {
            return false;
        }
        if self.0.contains(&digest_of(word)) {
            return true;
        }
        known.insert(word.to_owned());
        false
    }
}

/// The digest under which a word is kept.
pub fn digest_of(word: &str) -> String {
    let full = Sha256::digest(word.to_lowercase().as_bytes());
    full.iter().take(DIGITS / 2).map(|byte| format!("{byte:02x}")).collect()
}

/// Looks at every word of every file, and of every path.
pub fn check(tree: &Tree, house: &House, forbidden: &Forbidden) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    let mut known = HashSet::new();
    for (path, text) in tree.iter() {
        if house.unread.iter().any(|unread| path.ends_with(&unread.ending)) {
            continue;
        }
        for (_, word) in candidates(path) {
            if forbidden.holds(&word, &mut known) {
                complaints.push(Complaint::about(path, advice(&word)));
            }
        }
        for (at, word) in candidates(text) {
            if forbidden.holds(&word, &mut known) {
                complaints.push(Complaint::at(path, line_of(text, at), advice(&word)));
            }
        }
    }
    complaints
}

fn advice(word: &str) -> String {
    format!(
        "the word `{word}` must not appear in this project: use a role, an invented name, or a path of this repository"
    )
}

/// Every word with its place: alone, with what joins it to the next, and with the dot before it.
fn candidates(text: &str) -> Vec<(usize, String)> {
    let words = words_of(text);
    let mut found = Vec::new();
    for (index, &(at, word)) in words.iter().enumerate() {
        let low = word.to_lowercase();
        if text[..at].ends_with('.') {
            found.push((at, format!(".{low}")));
        }
        if let Some(&(next_at, next)) = words.get(index + 1) {
            let between = &text[at + word.len()..next_at];
            if between.chars().count() == 1 && !between.starts_with('\n') {
                found.push((at, format!("{low}{between}{}", next.to_lowercase())));
            }
        }
        found.extend(humps_of(word).into_iter().map(|part| (at, part)));
        found.push((at, low));
    }
    found
}

fn words_of(text: &str) -> Vec<(usize, &str)> {
    let mut words = Vec::new();
    let mut from = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (c.is_alphanumeric(), from) {
            (true, None) => from = Some(at),
            (false, Some(start)) => {
                words.push((start, &text[start..at]));
                from = None;
            }
            _ => {}
        }
    }
    words
}

/// The parts of a name in CamelCase, in small letters.
fn humps_of(word: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut small = false;
    for c in word.chars() {
        if small && c.is_uppercase() {
            parts.push(String::new());
        }
        small = c.is_lowercase();
        if let Some(part) = parts.last_mut() {
            part.extend(c.to_lowercase());
        }
    }
    if parts.len() < 2 {
        return Vec::new();
    }
    parts.retain(|part| part.chars().count() >= PART);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULES: &str = "[directions]\n[ranks]\nbase=[]\npeople=[]\ntickets=[]\nruns=[]\nrooms=[]\ntop=[]\n[[unread]]\nending=\".lock\"\nreason=\"names of others\"\n";

    fn found(path: &str, text: &str) -> Vec<usize> {
        let list = ["grumbleco", "éclairina", "attic/room", ".cellar", "tool-shed"].map(digest_of).join("\n");
        let house = House::read(RULES).expect("the rules are sound");
        let tree = Tree::invented([(path, text)]);
        check(&tree, &house, &Forbidden::read(&list)).into_iter().map(|complaint| complaint.line).collect()
    }

    #[test]
    fn words_are_found_however_they_are_written() {
        for text in [
            "GrumbleCo",
            "mail@grumbleco.example",
            "let grumbleco_key",
            "<b>GRUMBLECO's</b>",
            "Éclairina!",
            "new GrumblecoClient()",
        ] {
            assert_eq!(found("a.md", text), [1], "{text}");
        }
        assert_eq!(found("grumbleco/a.md", ""), [0]);
    }

    #[test]
    fn paths_are_found_with_what_joins_them() {
        assert_eq!(found("a.md", "one\n../attic/room/x\nthe tool-shed\n/home/.cellar/y"), [2, 3, 4]);
        assert!(found("a.md", "the attic room, a tool shed, a cellar").is_empty());
    }

    #[test]
    fn other_words_and_unread_files_are_quiet() {
        assert!(found("a.md", "grumble co, grumblecos").is_empty());
        assert!(found("a.lock", "grumbleco").is_empty());
    }

    #[test]
    fn a_list_that_is_no_list_of_digests_is_not_sound() {
        assert!(Forbidden::read("# note\n0123456789ab\n").is_sound());
        assert!(!Forbidden::read("").is_sound());
        assert!(!Forbidden::read("grumbleco").is_sound());
    }
}
