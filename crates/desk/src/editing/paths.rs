//! Which files a handbook may have.

use crate::{Error, Result};

/// The folders of a handbook, in the order in which people look at them, each with the ending of its files.
pub const FOLDERS: [(&str, &str); 8] = [
    ("playbooks", ".yaml"),
    ("forms", ".yaml"),
    ("replies", ".md"),
    ("calendars", ".yaml"),
    ("impacts", ".yaml"),
    ("lookups", ".yaml"),
    ("segments", ".yaml"),
    ("scenarios", ".yaml"),
];
/// The longest name of a file, in bytes.
const NAME_MAX: usize = 80;

/// Refuses a path that is none of a handbook's.
///
/// # Errors
/// `bad-path` on the field `path`.
pub fn check_path(path: &str) -> Result<()> {
    let is_known = match path.split_once('/') {
        None => path == "desk.yaml" || named(path, ".md"),
        Some(("scenarios", name)) => named(name, ".yaml") || named(name.strip_prefix("mails/").unwrap_or(name), ".eml"),
        Some((folder, name)) => FOLDERS.iter().any(|(known, ending)| folder == *known && named(name, ending)),
    };
    if is_known {
        return Ok(());
    }
    Err(Error::invalid_field(
        "path",
        "bad-path",
        "is no file of a handbook: write FOLDER/NAME.yaml, or replies/NAME.md, with letters, digits, `-`, `_` and `.`",
    ))
}

fn named(name: &str, ending: &str) -> bool {
    let stem = name.strip_suffix(ending).unwrap_or_default();
    !stem.is_empty()
        && name.len() <= NAME_MAX
        && !name.starts_with('.')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_that_a_handbook_has_can_be_made() {
        for path in [
            "desk.yaml",
            "README.md",
            "playbooks/a-b.yaml",
            "replies/hello.pt.md",
            "scenarios/x.eml",
            "scenarios/mails/x.eml",
            "scenarios/D1.yaml",
        ] {
            assert!(check_path(path).is_ok(), "{path}");
        }
        let long = format!("playbooks/{}.yaml", "x".repeat(80));
        for path in [
            "",
            "playbooks/",
            "playbooks/.yaml",
            "playbooks/a.md",
            "../x.yaml",
            "playbooks/../desk.yaml",
            "other/x.yaml",
            "playbooks/a/b.yaml",
            "scenarios/other/x.eml",
            "replies/x.yaml",
            "playbooks/ä.yaml",
            "playbooks/a b.yaml",
            "/desk.yaml",
            ".md",
            &long,
        ] {
            assert!(check_path(path).is_err(), "{path}");
        }
    }
}
