//! A handbook's files: from the binary, from a folder, and as the canonical text that a revision stores.

use std::collections::BTreeMap;
use std::path::Path;

use playbook::Files;
use sha2::{Digest, Sha256};

use crate::{Error, Result};

/// The most that a handbook may hold, in bytes.
const SIZE_MAX: u64 = 32 * 1024 * 1024;
/// The files that belong to a handbook.
const ENDINGS: [&str; 5] = ["yaml", "yml", "md", "typ", "eml"];

#[derive(rust_embed::RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../../handbook"]
struct Built;

/// The handbook that the binary carries.
pub fn built_in() -> Files {
    Built::iter()
        .filter_map(|path| {
            let file = Built::get(&path)?;
            Some((path.into_owned(), String::from_utf8_lossy(&file.data).into_owned()))
        })
        .collect()
}

/// The handbook in `folder`. Files with other endings and hidden ones are not part of it.
pub fn from_folder(folder: &Path) -> Result<Files> {
    let mut files = Files::new();
    let mut size = 0;
    gather(folder, "", &mut files, &mut size)?;
    if files.is_empty() {
        return Err(Error::invalid("no-handbook", format!("{} holds no handbook.", folder.display()))
            .advise("Begin with the built-in one: deskhand handbook export DIR"));
    }
    Ok(files)
}

fn gather(folder: &Path, prefix: &str, files: &mut Files, size: &mut u64) -> Result<()> {
    let unreadable = |path: &Path, error: std::io::Error| {
        Error::invalid("unreadable", format!("{} cannot be read: {error}.", path.display()))
    };
    let entries = std::fs::read_dir(folder).map_err(|error| unreadable(folder, error))?;
    for entry in entries {
        let entry = entry.map_err(|error| unreadable(folder, error))?;
        let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
        let kind = entry.file_type().map_err(|error| unreadable(&path, error))?;
        if name.starts_with('.') || kind.is_symlink() {
            continue;
        }
        if kind.is_dir() {
            gather(&path, &format!("{prefix}{name}/"), files, size)?;
        } else if ENDINGS.iter().any(|ending| path.extension().is_some_and(|found| found == *ending)) {
            *size += entry.metadata().map_err(|error| unreadable(&path, error))?.len();
            if *size > SIZE_MAX {
                return Err(Error::too_large("handbook", SIZE_MAX as usize));
            }
            let bytes = std::fs::read(&path).map_err(|error| unreadable(&path, error))?;
            files.insert(format!("{prefix}{name}"), String::from_utf8_lossy(&bytes).into_owned());
        }
    }
    Ok(())
}

/// The canonical text of `files`, sorted by path, and its SHA-256 in hexadecimal.
pub fn write(files: &Files) -> (String, String) {
    let tree: BTreeMap<&str, &str> = files.iter().collect();
    let text = serde_json::to_string(&tree).unwrap_or_default();
    let digest = store::chance::hex(&Sha256::digest(text.as_bytes()));
    (text, digest)
}

/// Reads what [`write()`] wrote.
pub fn read(text: &str) -> Result<Files> {
    let tree: BTreeMap<String, String> = serde_json::from_str(text)?;
    Ok(tree.into_iter().collect())
}
