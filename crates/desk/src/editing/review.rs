//! What publishing a draft would mean: what it changes, what is wrong with it, and which running tickets stand where it has no state.

use std::sync::Arc;

use playbook::{Change, ChangeKind, Files, Finding, Handbook, Registry, Severity};
use store::Conn;

use super::lines::{self, Difference};
use super::{Draft, edit};
use crate::handbook::Handbooks;
use crate::rights::Scope;
use crate::runs::moving::{self, Standing};
use crate::{Error, Result};

/// What publishing some files in the place of others would mean.
#[derive(Clone, Debug, Default)]
pub struct Review {
    /// What is otherwise, line by line.
    pub files: Vec<Difference>,
    /// What that changes, in words; nothing where either does not compile.
    pub changes: Vec<Change>,
    /// What is to be said of the new handbook, its scenarios included, errors first.
    pub findings: Vec<Finding>,
    /// Where running tickets stand whose state the new handbook does not have, with what it is called now, where that is known.
    pub stranded: Vec<(Standing, Option<String>)>,
    /// How many tickets run with an older handbook.
    pub running: i64,
}

impl Review {
    /// Whether something stands in the way of publishing.
    pub fn is_sound(&self) -> bool {
        self.findings.iter().all(|finding| finding.severity != Severity::Error)
    }
}

/// Everything that is to be said of a handbook, scenarios included, errors first. Every path is walked, which takes its time.
pub fn findings(files: &Files, registry: &Registry) -> Vec<Finding> {
    let mut findings = playbook::check(files, registry);
    if let Err(more) = playbook::scenarios(files) {
        findings.extend(more);
    }
    findings.sort_by_key(|finding| finding.severity != Severity::Error);
    findings
}

/// Whether a handbook has the state that tickets stand in.
pub fn has_state(handbook: &Handbook, row: &Standing) -> bool {
    handbook.playbook(&row.playbook).is_some_and(|playbook| playbook.standing(&row.state).is_some())
}

/// What a state of a playbook is called after these changes, where it only got another name.
pub fn renamed<'c>(changes: &'c [Change], playbook: &str, state: &str) -> Option<&'c str> {
    let is_meant = |change: &&Change| {
        change.kind == ChangeKind::Renamed
            && change.playbook.as_deref() == Some(playbook)
            && change.message.contains(&format!("`{state}`"))
    };
    changes.iter().find(is_meant).map(|change| change.name.as_str())
}

/// What publishing `after` in the place of `before` would mean. Takes long; done away from whoever else asks something.
pub fn review(before: &Files, after: &Files, standing: Vec<Standing>, registry: &Registry) -> Review {
    let (old, new) = (playbook::compile(before, registry), playbook::compile(after, registry));
    let mut review = Review { files: lines::differences(before, after), ..Review::default() };
    review.findings = findings(after, registry);
    review.running = standing.iter().map(|row| row.tickets).sum();
    if let (Ok(old), Ok(new)) = (&old, &new) {
        review.changes = playbook::changes((old, before), (new, after));
        let lost = standing.into_iter().filter(|row| !has_state(new, row));
        let called = |row: &Standing| renamed(&review.changes, &row.playbook, &row.state).map(str::to_owned);
        review.stranded = lost.map(|row| (row.clone(), called(&row))).collect();
    }
    review
}

/// Where all running tickets stand, for whoever may see all of them.
pub async fn standing(conn: &mut Conn, scope: Scope) -> Result<Vec<Standing>> {
    moving::standing(conn, scope).await
}

/// What was published since a draft's base.
#[derive(Clone, Debug)]
pub struct Crossed {
    /// The newest revision.
    pub newest: i64,
    /// What it changes of the draft's base.
    pub files: Vec<Difference>,
    /// The files of which the draft changes the same lines, otherwise.
    pub both: Vec<String>,
}

/// What crossed a draft: nothing while its base is the newest revision.
pub async fn crossed(conn: &mut Conn, handbooks: &Arc<Handbooks>, draft: &Draft) -> Result<Option<Crossed>> {
    let newest = crate::handbook::newest(conn).await?;
    if newest == draft.base {
        return Ok(None);
    }
    let (base, theirs) = (handbooks.files(conn, draft.base).await?, handbooks.files(conn, newest).await?);
    let both = edit::clashing(draft, &base, &theirs).into_iter().collect();
    let comparing = tokio::task::spawn_blocking(move || lines::differences(&base, &theirs));
    let files = comparing.await.map_err(|error| Error::internal(error.to_string()))?;
    Ok(Some(Crossed { newest, files, both }))
}
