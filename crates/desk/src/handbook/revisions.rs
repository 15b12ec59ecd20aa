//! Publishing a revision.

use std::sync::Arc;

use jiff::Timestamp;
use playbook::{Files, Finding, Severity};
use store::Error as StoreError;

use super::{Handbooks, queries, tree};
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
pub async fn publish(context: &mut Context<'_>, handbooks: &Handbooks, files: &Files) -> Result<Published> {
    rights::require(context.actor, Verb::PublishHandbook)?;
    let handbook = match playbook::compile(files, handbooks.registry()) {
        Ok(handbook) => handbook,
        Err(findings) => return Ok(Published::Unsound(findings)),
    };
    let (text, digest) = tree::write(files);
    let newest = queries::newest(context.tx).await?;
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
        Some((number, _)) => number + 1,
        None => 1,
    };
    match queries::insert(context.tx, number, &digest, &text, context.actor.name(), context.now).await {
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
