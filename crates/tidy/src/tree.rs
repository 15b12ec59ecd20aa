//! The repository's text files.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Folders that hold nothing of ours, for when git cannot be asked.
const NOT_OURS: [&str; 7] = [".git", "target", "node_modules", "vendor", "dist", "results", "data"];

/// Path (with `/`, from the root) to text. Files that are not UTF-8 text are left out.
#[derive(Debug, Default, Clone)]
pub struct Tree {
    files: BTreeMap<String, String>,
}

impl Tree {
    /// Reads the repository that this crate stands in: what git tracks or would track, else a walk.
    ///
    /// # Errors
    /// When the root cannot be read.
    pub fn of_this_repository() -> std::io::Result<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize()?;
        let paths = match listed_by_git(&root) {
            Some(paths) => paths,
            None => walked(&root)?,
        };
        let mut tree = Self::default();
        for path in paths {
            let Ok(bytes) = std::fs::read(root.join(&path)) else { continue };
            if let Ok(text) = String::from_utf8(bytes)
                && !text.contains('\0')
            {
                tree.files.insert(path, text);
            }
        }
        Ok(tree)
    }

    /// An invented tree.
    pub fn invented<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        Self { files: files.into_iter().map(|(path, text)| (path.into(), text.into())).collect() }
    }

    /// The text of one file.
    pub fn get(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    /// All files, by path.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// The files below `folder` (written with its closing `/`).
    pub fn under<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.iter().filter(move |(path, _)| path.starts_with(folder))
    }

    /// Rust sources below `folder`.
    pub fn rust<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.under(folder).filter(|(path, _)| path.ends_with(".rs"))
    }

    /// Whether a file or folder of that name is there.
    pub fn has(&self, path: &str) -> bool {
        let folder = format!("{}/", path.trim_end_matches('/'));
        self.files.contains_key(path) || self.under(&folder).next().is_some()
    }

    /// The names directly below `folder`, folders and files alike, without an ending `.rs`.
    pub fn children(&self, folder: &str) -> Vec<String> {
        let mut names: Vec<String> = self
            .under(folder)
            .filter_map(|(path, _)| path.strip_prefix(folder)?.split('/').next())
            .map(|name| name.trim_end_matches(".rs").to_owned())
            .collect();
        names.dedup();
        names.sort();
        names.dedup();
        names
    }
}

fn listed_by_git(root: &Path) -> Option<Vec<String>> {
    let asked = Command::new("git")
        .current_dir(root)
        .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate"])
        .output()
        .ok()?;
    if !asked.status.success() {
        return None;
    }
    let listed = String::from_utf8(asked.stdout).ok()?;
    Some(listed.split('\0').filter(|path| !path.is_empty()).map(str::to_owned).collect())
}

fn walked(root: &Path) -> std::io::Result<Vec<String>> {
    let mut found = Vec::new();
    let mut folders = vec![PathBuf::new()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(root.join(&folder))? {
            let entry = entry?;
            let name = entry.file_name();
            if NOT_OURS.iter().any(|other| name == *other) {
                continue;
            }
            let path = folder.join(&name);
            if entry.file_type()?.is_dir() {
                folders.push(path);
            } else if let Some(path) = path.to_str() {
                found.push(path.to_owned());
            }
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_walk_finds_what_git_finds_of_this_crate() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let found = walked(root).expect("the crate's own folder can be read");
        assert!(found.contains(&"src/tree.rs".to_owned()));
        assert!(found.contains(&"Cargo.toml".to_owned()));
    }

    #[test]
    fn children_are_named_once_whether_file_or_folder() {
        let tree = Tree::invented([("a/x.rs", ""), ("a/x/y.rs", ""), ("a/z/q.rs", ""), ("b/w.rs", "")]);
        assert_eq!(tree.children("a/"), ["x", "z"]);
        assert!(tree.has("a/x") && tree.has("a/x.rs") && !tree.has("a/q"));
    }
}
