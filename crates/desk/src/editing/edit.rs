//! Editing a draft: one file at a time, on the revision that it began with.

use std::collections::BTreeSet;

use playbook::Files;
use store::Error as StoreError;

use super::{DRAFT_MAX, Draft, FILE_MAX, FILES_MAX, LINES_MAX, check_path, differing, mark_of, queries};
use crate::handbook::{Handbooks, tree};
use crate::rights::{self, Verb};
use crate::{Context, Error, Result, drafts, messages};

/// What is done to a draft.
#[derive(Clone, Debug)]
pub enum Edit {
    /// A file has another text.
    Keep {
        /// The file.
        path: String,
        /// Its text.
        text: String,
        /// The mark of the text that it had when this one was begun; see [`mark_of`].
        was: String,
    },
    /// A file that is new.
    Add {
        /// The file.
        path: String,
        /// Its text.
        text: String,
    },
    /// A file is taken out.
    Remove(String),
    /// A file is as in the base again.
    Restore(String),
    /// Every file is as it was in this revision, in a draft that changes nothing yet.
    Again(i64),
    /// The draft is thrown away.
    Discard,
    /// It goes on from the newest revision.
    Rebase {
        /// Which one that is.
        onto: i64,
        /// The files that are to be as they are there, and not as in the draft.
        theirs: BTreeSet<String>,
    },
}

/// Edits the draft of whoever acts, which begins with `base` where there is none yet; says whether there is one afterwards.
///
/// # Errors
/// `draft-moved` when the draft stands on another base by now, `file-crossed` when a file was changed in another window, `bad-path`,
/// `too-large` and `too-many-files` beyond the bounds.
pub async fn edit(context: &mut Context<'_>, handbooks: &Handbooks, base: i64, edit: &Edit) -> Result<bool> {
    rights::require(context.actor, Verb::PublishHandbook)?;
    let writer = drafts::writer(context.actor)?;
    let known = queries::find(context.tx, &writer).await?;
    if known.as_ref().is_some_and(|draft| draft.base != base) {
        return Err(Error::conflict("draft-moved", "Your draft goes on from another revision by now.")
            .advise("Load the page again; what you wrote there is not lost while it is open."));
    }
    if matches!(edit, Edit::Discard) {
        queries::remove(context.tx, &writer).await?;
        return Ok(false);
    }
    let files = handbooks.files(context.tx, base).await?;
    let was = match known {
        Some(draft) => draft,
        None => begin(context, &writer, base, &files).await?,
    };
    let (now, onto) = match edit {
        Edit::Rebase { onto, theirs } => rebased(context, handbooks, &was, *onto, theirs).await?,
        Edit::Again(revision) => (as_in(context, handbooks, &was, &files, *revision).await?, files),
        _ => (edited(&was, &files, edit)?, files),
    };
    bounded(&now)?;
    let stored = (now.base, now.digest.as_str(), was.version);
    if !queries::touch(context.tx, &writer, stored, context.now).await? {
        return Err(context.tx.conflict().into());
    }
    store(context, &writer, &was, &now, &onto).await
}

async fn begin(context: &mut Context<'_>, writer: &str, base: i64, files: &Files) -> Result<Draft> {
    let digest = tree::write(files).1;
    match queries::begin(context.tx, writer, base, &digest, context.now).await {
        // Two windows began at once: the second looks again.
        Err(StoreError::Constraint(_)) => return Err(context.tx.conflict().into()),
        begun => begun?,
    }
    Ok(Draft { base, digest, version: 0, files: Default::default(), updated_at: context.now })
}

/// Writes what is otherwise by now. A draft that changes nothing goes.
async fn store(context: &mut Context<'_>, writer: &str, was: &Draft, now: &Draft, base: &Files) -> Result<bool> {
    let differs = |path: &String, text: &Option<String>| base.get(path) != text.as_deref();
    if !now.files.iter().any(|(path, text)| differs(path, text)) {
        queries::remove(context.tx, writer).await?;
        return Ok(false);
    }
    for path in was.files.keys().filter(|path| !now.files.contains_key(*path)) {
        queries::remove_file(context.tx, writer, path).await?;
    }
    for (path, text) in &now.files {
        if !differs(path, text) {
            queries::remove_file(context.tx, writer, path).await?;
        } else if was.files.get(path) != Some(text) {
            queries::keep_file(context.tx, writer, path, text.as_deref()).await?;
        }
    }
    Ok(true)
}

/// The draft after an edit of one file.
fn edited(was: &Draft, base: &Files, edit: &Edit) -> Result<Draft> {
    let mut now = was.clone();
    let present = was.laid_on(base);
    match edit {
        Edit::Keep { path, text, was: seen } => {
            let known = present.get(path).ok_or_else(|| Error::not_found("file"))?;
            let text = normal(text)?;
            if mark_of(known) != *seen && known != text {
                return Err(Error::conflict("file-crossed", "This file was changed in another window meanwhile.")
                    .advise("Compare both texts, then keep yours once more: it takes the place of the other."));
            }
            now.files.insert(path.clone(), Some(text));
        }
        Edit::Add { path, text } => {
            check_path(path)?;
            if present.get(path).is_some() {
                return Err(Error::invalid_field("path", "path-taken", "there is such a file already"));
            }
            now.files.insert(path.clone(), Some(normal(text)?));
        }
        Edit::Remove(path) => {
            present.get(path).ok_or_else(|| Error::not_found("file"))?;
            now.files.insert(path.clone(), None);
        }
        Edit::Restore(path) => drop(now.files.remove(path)),
        Edit::Discard | Edit::Again(_) | Edit::Rebase { .. } => {}
    }
    Ok(now)
}

/// A draft by which what it stands on becomes what a revision was.
async fn as_in(
    context: &mut Context<'_>,
    handbooks: &Handbooks,
    was: &Draft,
    base: &Files,
    revision: i64,
) -> Result<Draft> {
    if !was.files.is_empty() {
        return Err(Error::conflict("draft-begun", "Your draft changes something already.")
            .advise("Publish it or throw it away first."));
    }
    let then = handbooks.files(context.tx, revision).await?;
    let files = differing(base, &then).into_iter().map(|path| {
        let text = then.get(&path).map(str::to_owned);
        (path, text)
    });
    Ok(Draft { files: files.collect(), ..was.clone() })
}

/// The draft on the newest revision, which must be the one that was looked at.
async fn rebased(
    context: &mut Context<'_>,
    handbooks: &Handbooks,
    was: &Draft,
    onto: i64,
    theirs: &BTreeSet<String>,
) -> Result<(Draft, Files)> {
    let newest = crate::handbook::newest(context.tx).await?;
    if onto != newest {
        return Err(Error::conflict("handbook-crossed", format!("Revision {newest} was published meanwhile."))
            .advise("Look at what it changes first."));
    }
    let (base, files) = (handbooks.files(context.tx, was.base).await?, handbooks.files(context.tx, onto).await?);
    let digest = tree::write(&files).1;
    let mut now = Draft { base: onto, digest, ..was.clone() };
    now.files.retain(|path, _| !theirs.contains(path));
    for path in crossing(&now, &base, &files) {
        if let Some(text) = together(&now, &base, &files, &path) {
            now.files.insert(path, Some(text));
        }
    }
    Ok((now, files))
}

/// The files in which a draft and what was published since its base change the same lines, or of which one has nothing left.
pub(super) fn clashing(draft: &Draft, base: &Files, newest: &Files) -> BTreeSet<String> {
    let mut both = crossing(draft, base, newest);
    both.retain(|path| together(draft, base, newest, path).is_none());
    both
}

/// The files that both a draft and what was published since its base change.
fn crossing(draft: &Draft, base: &Files, newest: &Files) -> BTreeSet<String> {
    let mut theirs = differing(base, newest);
    theirs.retain(|path| draft.files.get(path).is_some_and(|text| newest.get(path) != text.as_deref()));
    theirs
}

/// A file with what the draft changes of it and what was published meanwhile, where those are different lines.
fn together(draft: &Draft, base: &Files, newest: &Files, path: &str) -> Option<String> {
    let (was, theirs, own) = (base.get(path)?, newest.get(path)?, draft.files.get(path)?.as_ref()?);
    diffy::merge(was, own, theirs).ok()
}

/// A text as it is stored: with plain line ends, and without characters that no file of a handbook has.
fn normal(text: &str) -> Result<String> {
    let text = messages::write::printable(text);
    if text.len() > FILE_MAX || text.lines().count() > LINES_MAX {
        return Err(Error {
            message: format!("A file of a draft has {LINES_MAX} lines and {FILE_MAX} bytes at most."),
            ..Error::too_large("file", FILE_MAX)
        }
        .advise("Divide it into several files."));
    }
    Ok(text)
}

fn bounded(draft: &Draft) -> Result<()> {
    if draft.files.len() > FILES_MAX {
        return Err(Error::invalid("too-many-files", format!("A draft changes {FILES_MAX} files at most."))
            .advise("Publish what it changes so far, or use the command line."));
    }
    let size: usize = draft.files.values().flatten().map(String::len).sum();
    if size > DRAFT_MAX { Err(Error::too_large("draft", DRAFT_MAX)) } else { Ok(()) }
}
