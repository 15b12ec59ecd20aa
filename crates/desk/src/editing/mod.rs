//! Drafts of handbooks: what somebody changes of a published revision and has not published yet, and what that would change.

mod edit;
pub mod lines;
mod paths;
mod queries;
pub mod review;

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use playbook::Files;
use sha2::{Digest, Sha256};
use store::Conn;

pub use edit::{Edit, edit};
pub use paths::{FOLDERS, check_path};

use crate::rights::{self, Verb};
use crate::{Actor, Context, Error, Result, drafts};

/// The longest text of one file of a draft, in bytes.
pub const FILE_MAX: usize = 256 * 1024;
/// The most lines of one file.
pub const LINES_MAX: usize = 10_000;
/// How much the files of a draft may hold together, in bytes.
pub const DRAFT_MAX: usize = 2 * 1024 * 1024;
/// How many files a draft may change.
pub const FILES_MAX: usize = 200;

/// What somebody changes of a published handbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The revision that it began with.
    pub base: i64,
    /// The digest of that revision.
    pub digest: String,
    /// Grows with each edit.
    pub version: i64,
    /// The files that are otherwise in it; without a text those that are taken out.
    pub files: BTreeMap<String, Option<String>>,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

impl Draft {
    /// The handbook that it would make of `base`.
    pub fn laid_on(&self, base: &Files) -> Files {
        let mut files = base.clone();
        for (path, text) in &self.files {
            match text {
                Some(text) => files.insert(path.clone(), text.clone()),
                None => drop(files.remove(path)),
            }
        }
        files
    }
}

/// The draft of `actor`, if there is one.
pub async fn of(conn: &mut Conn, actor: &Actor) -> Result<Option<Draft>> {
    rights::require(actor, Verb::PublishHandbook)?;
    Ok(queries::find(conn, &drafts::writer(actor)?).await?)
}

/// Takes away the draft of whoever acts, which is published with this event.
///
/// # Errors
/// `draft-changed` when it is not the one of that version any more.
pub async fn finish(context: &mut Context<'_>, version: i64) -> Result<()> {
    let writer = drafts::writer(context.actor)?;
    match queries::find(context.tx, &writer).await? {
        Some(draft) if draft.version == version => Ok(queries::remove(context.tx, &writer).await?),
        _ => Err(Error::conflict("draft-changed", "Your draft was changed in another window meanwhile.")
            .advise("Look at its differences again, then publish.")),
    }
}

/// The files that are not the same in two handbooks.
pub fn differing(one: &Files, other: &Files) -> BTreeSet<String> {
    let paths = one.iter().chain(other.iter()).map(|(path, _)| path);
    paths.filter(|path| one.get(path) != other.get(path)).map(str::to_owned).collect()
}

/// A short mark of a text, by which a window that shows it says which one it has seen.
pub fn mark_of(text: &str) -> String {
    let digest = store::chance::hex(&Sha256::digest(text.as_bytes()));
    digest.chars().take(16).collect()
}
