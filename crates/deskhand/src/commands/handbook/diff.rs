//! `deskhand handbook diff`.

use std::path::PathBuf;

use clap::Args;
use desk::editing::review::{has_state, renamed};
use desk::handbook::tree;
use desk::rights::Scope;
use desk::runs::moving::{self, Standing};
use desk::{Error, Result};
use playbook::{Change, Files, Handbook as Compiled};
use serde_json::{Value, json};

use super::{owner, revisions};
use crate::commands::output::{Format, print_json};
use crate::exit;
use crate::place::Place;

/// Says in words what a handbook changes: states, targets, timers, choices, replies, with file and line. Against a desk it also
/// counts the running tickets that stand in states which the handbook no longer has.
#[derive(Args)]
pub struct Diff {
    /// The handbook's folder; the built-in handbook without it.
    dir: Option<PathBuf>,
    /// Compares with the handbook of this folder, and not with one of a desk.
    #[arg(long, value_name = "DIR")]
    from: Option<PathBuf>,
    /// Compares with this revision of the desk; with the one that is today's without it. Then only the tickets that run it are
    /// counted.
    #[arg(long, value_name = "N", conflicts_with = "from")]
    revision: Option<i64>,
    #[command(flatten)]
    place: Place,
    /// The form of the answer.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// What a handbook is compared with.
struct Before {
    files: Files,
    /// The revision's number and where the desk's tickets stand, when it is a desk's.
    desk: Option<(i64, Vec<Standing>)>,
}

impl Diff {
    pub(super) async fn run(self) -> Result<u8> {
        let after = self.dir.as_deref().map_or_else(|| Ok(tree::built_in()), tree::from_folder)?;
        let before = self.before().await?;
        let (Some(old), Some(new)) = (compiled(&before.files), compiled(&after)) else { return Ok(exit::FAILURE) };
        let changes = playbook::changes((&old, &before.files), (&new, &after));
        let stranded: Vec<&Standing> = match &before.desk {
            Some((_, standing)) => standing.iter().filter(|row| !has_state(&new, row)).collect(),
            None => Vec::new(),
        };
        match self.format {
            Format::Json => print_json(&json!({
                "revision": before.desk.as_ref().map(|(revision, _)| revision),
                "changes": changes.iter().map(row).collect::<Vec<_>>(),
                "stranded": stranded,
            }))?,
            Format::Text => print(&changes, &stranded, &new),
        }
        Ok(exit::SUCCESS)
    }

    async fn before(&self) -> Result<Before> {
        if let Some(folder) = &self.from {
            return Ok(Before { files: tree::from_folder(folder)?, desk: None });
        }
        let desk = self.place.open_existing("handbook diff").await?;
        let read = async {
            let mut conn = desk.read().await?;
            let revision = self.revision.unwrap_or_else(|| desk.handbooks.current_number());
            let files = revisions::files(&desk, &mut conn, revision).await?;
            let mut standing = moving::standing(&mut conn, Scope::of(&owner("handbook diff"))?).await?;
            standing.retain(|row| self.revision.is_none_or(|revision| row.revision == revision));
            Ok::<_, Error>(Before { files, desk: Some((revision, standing)) })
        };
        let before = read.await;
        desk.close().await?;
        before
    }
}

/// A handbook compiled, or its findings on standard error: standard output is for the changes.
fn compiled(files: &Files) -> Option<Compiled> {
    let compiled = playbook::compile(files, &desk::runs::actions::registry());
    compiled.map_err(|findings| findings.iter().for_each(|finding| eprintln!("{}", finding.render(files)))).ok()
}

/// A change with places as the check writes them.
fn row(change: &Change) -> Value {
    let place = |place: &Option<playbook::Place>| {
        place.as_ref().map(|place| json!({"file": &*place.file, "line": place.line, "column": place.column}))
    };
    json!({
        "kind": change.kind, "what": change.what, "playbook": change.playbook, "state": change.state,
        "name": change.name, "message": change.message,
        "before": place(&change.before), "after": place(&change.after),
    })
}

fn print(changes: &[Change], stranded: &[&Standing], new: &Compiled) {
    for change in changes {
        println!("{}", change.render());
    }
    if changes.is_empty() {
        println!("Nothing is different.");
    }
    if stranded.is_empty() {
        return;
    }
    println!("\nRunning tickets in states that are no longer there:");
    for Standing { playbook, revision, state, tickets } in stranded {
        let advice = match (new.playbook(playbook), renamed(changes, playbook, state)) {
            (None, _) => "the playbook is gone".to_owned(),
            (Some(_), Some(name)) => format!("--map {state}={name}"),
            (Some(_), None) => format!("--map {state}=…"),
        };
        println!("  {tickets:>6}  {playbook}: {state}  (revision {revision}; {advice})");
    }
    println!("They keep their revision. `deskhand handbook move` moves them once the new one is published.");
}
