//! Publishing a revision.

use std::sync::Arc;

use jiff::Timestamp;
use playbook::{Files, Finding, Severity};
use store::Error as StoreError;

use super::{Handbooks, queries, tree};
use crate::messages::write::printable;
use crate::rights::{self, Verb};
use crate::{Context, Error, Result, recounts};

/// A handbook that was published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// Its number; they count from 1.
    pub number: i64,
    /// The digest of its files: SHA-256 in hexadecimal.
    pub digest: String,
    /// Who published it.
    pub published_by: String,
    /// When.
    pub published_at: Timestamp,
    /// Why, as they said; empty when they did not.
    pub note: String,
}

/// The longest note on why a handbook is published, in characters.
pub const NOTE_MAX: usize = 1_000;

/// How a handbook is published.
#[derive(Clone, Copy, Debug, Default)]
pub struct Publishing<'p> {
    /// The revision that it was made from, where that must still be the newest.
    pub base: Option<i64>,
    /// Why.
    pub note: &'p str,
}

/// What came of publishing.
#[derive(Clone, Debug)]
pub enum Published {
    /// The new revision's number.
    Revision(i64),
    /// The newest revision is just the same; nothing was stored.
    Unchanged(i64),
    /// It is not sound and was not stored.
    Unsound(Vec<Finding>),
}

/// What is wrong with a handbook, every path walked; `None` when it is sound. Done away from whoever else asks something, since there
/// may be many paths.
pub async fn unsound(handbooks: &Arc<Handbooks>, files: Files) -> Result<Option<Vec<Finding>>> {
    let handbooks = Arc::clone(handbooks);
    let checking = tokio::task::spawn_blocking(move || playbook::check(&files, handbooks.registry()));
    let findings = checking.await.map_err(|error| Error::internal(error.to_string()))?;
    let is_unsound = findings.iter().any(|finding| finding.severity == Severity::Error);
    Ok(is_unsound.then_some(findings))
}

/// Stores `files` as the next revision if they are sound and differ from the newest. The caller refreshes its [`Handbooks`] after
/// the commit; every other process hears of it.
///
/// # Errors
/// `handbook-crossed` when another one was published since the base.
pub async fn publish(
    context: &mut Context<'_>,
    handbooks: &Handbooks,
    files: &Files,
    publishing: Publishing<'_>,
) -> Result<Published> {
    rights::require(context.actor, Verb::PublishHandbook)?;
    let note = noted(publishing.note)?;
    let newest = queries::newest(context.tx).await?;
    let handbook = match playbook::compile(files, handbooks.registry()) {
        Ok(handbook) => handbook,
        Err(findings) => return Ok(Published::Unsound(findings)),
    };
    let (text, digest) = tree::write(files);
    let counts_otherwise = match &newest {
        // One that was made for another version of the desk cannot be compared.
        Some((number, _)) => {
            let before = handbooks.revision(context.tx, *number).await;
            before.map_or(true, |before| recounts::differ(&before, &handbook))
        }
        None => false,
    };
    handbooks.keep_published(&text, handbook);
    let number = match newest {
        Some((number, known)) if known == digest => return Ok(Published::Unchanged(number)),
        Some((number, _)) => {
            not_crossed(publishing.base, number)?;
            number + 1
        }
        None => 1,
    };
    let revision =
        Revision { number, digest, published_by: context.actor.name().to_owned(), published_at: context.now, note };
    match queries::insert(context.tx, &revision, &text).await {
        // Two processes published at once: the second looks again.
        Err(StoreError::Constraint(_)) => Err(context.tx.conflict().into()),
        outcome => {
            outcome?;
            if counts_otherwise {
                recounts::begin_all(context, number).await?;
            }
            context.tx.announce(super::news_of(number));
            Ok(Published::Revision(number))
        }
    }
}

fn noted(note: &str) -> Result<String> {
    let note = note.trim();
    if note.chars().count() > NOTE_MAX {
        return Err(Error::invalid_field("note", "too-long", format!("has {NOTE_MAX} characters at most")));
    }
    Ok(printable(note))
}

fn not_crossed(base: Option<i64>, newest: i64) -> Result<()> {
    if base.is_none_or(|base| base == newest) {
        return Ok(());
    }
    Err(Error::conflict("handbook-crossed", format!("Revision {newest} was published meanwhile."))
        .advise("Look at what it changes, go on from it, and publish then."))
}
