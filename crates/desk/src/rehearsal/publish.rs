//! A new revision of the handbook in a story, and the tickets that go to it.

use std::collections::BTreeMap;

use playbook::{FileChange, Finding, StateMap};

use super::stage::Stage;
use crate::handbook::Published;
use crate::handle::{Command, MoveRuns, Outcome, PublishHandbook};
use crate::{Error, Result};

/// How many findings of an unsound handbook are told.
const TOLD: usize = 3;

/// Publishes today's handbook with these changes, and then moves the running tickets of these playbooks to it.
pub(super) async fn publish(stage: &Stage, changes: &[FileChange], moves: &BTreeMap<String, StateMap>) -> Result<()> {
    let handbooks = &stage.desk.handbooks;
    let files = handbooks.files(&mut stage.desk.read().await?, handbooks.current_number()).await?;
    let files = files.changed(changes).map_err(|findings| unsound("The changes do not fit the handbook", &findings))?;
    let command = Command::PublishHandbook(PublishHandbook::of(files));
    match stage.desk.handle(&Stage::onlooker(), command).await? {
        Outcome::Published(Published::Revision(_)) => {}
        Outcome::Published(Published::Unsound(findings)) => {
            return Err(unsound("The new handbook would not be sound", &findings));
        }
        Outcome::Published(Published::Unchanged(_)) => {
            return Err(Error::conflict("unchanged", "The handbook is the same after it: nothing was published."));
        }
        _ => return Err(Error::internal("publishing gave no answer")),
    }
    for (playbook, map) in moves {
        move_runs(stage, playbook, map).await?;
    }
    Ok(())
}

async fn move_runs(stage: &Stage, playbook: &str, map: &StateMap) -> Result<()> {
    let revision = stage.desk.handbooks.current_number();
    let mut after = None;
    loop {
        let command = MoveRuns { playbook: playbook.to_owned(), map: map.clone(), revision, after };
        match stage.desk.handle(&Stage::onlooker(), Command::MoveRuns(command)).await? {
            Outcome::Runs(moved) if moved.next.is_some() => after = moved.next,
            Outcome::Runs(_) => return Ok(()),
            _ => return Err(Error::internal("moving gave no answer")),
        }
    }
}

fn unsound(what: &str, findings: &[Finding]) -> Error {
    let mut told: Vec<String> = findings
        .iter()
        .take(TOLD)
        .map(|finding| {
            let help = finding.help.as_ref().map(|help| format!(" ({help})")).unwrap_or_default();
            format!("{}: {}{help}", finding.place, finding.message)
        })
        .collect();
    if findings.len() > TOLD {
        told.push(format!("and {} more", findings.len() - TOLD));
    }
    Error::invalid("unsound-handbook", format!("{what}: {}.", told.join("; ")))
}
