//! `deskhand handbook …`.

mod diff;
mod moving;
mod schema;

use std::path::{Path, PathBuf};

use clap::Subcommand;
use desk::handbook::{Published, tree};
use desk::handle::{Command, Outcome, PublishHandbook};
use desk::{Actor, Error, Result, Role};

use crate::exit;
use crate::place::{FirstStart, Place};

/// Exports the built-in handbook, publishes one, says what it changes, describes it to editors, or moves tickets to it.
#[derive(Subcommand)]
pub enum Handbook {
    /// Writes the built-in handbook, with schemas for editors, into a folder that does not exist yet, to begin one's own
    /// with.
    Export {
        /// The folder.
        dir: PathBuf,
    },
    /// Makes a handbook today's. New tickets run it; those under way keep theirs. An unsound one is not published.
    Publish {
        /// The handbook's folder.
        dir: PathBuf,
        #[command(flatten)]
        place: Place,
    },
    /// Says what a handbook changes of the one that is today's at a desk, or of another folder.
    Diff(diff::Diff),
    /// Writes the JSON Schemas by which editors complete and check a handbook's files.
    Schema(schema::Schema),
    /// Moves the running tickets of a playbook to today's revision.
    Move(moving::Move),
}

impl Handbook {
    pub(super) async fn run(self) -> Result<u8> {
        match self {
            Handbook::Export { dir } => export(&dir),
            Handbook::Publish { dir, place } => publish(&dir, &place).await,
            Handbook::Diff(command) => command.run().await,
            Handbook::Schema(command) => command.run(),
            Handbook::Move(command) => command.run().await,
        }
    }
}

fn export(dir: &Path) -> Result<u8> {
    if dir.exists() {
        return Err(Error::conflict("exists", format!("{} exists already.", dir.display()))
            .advise("Name a folder that does not, so that nothing is written over."));
    }
    let files = tree::built_in();
    for (path, text) in files.iter() {
        let file = dir.join(path);
        let written = file.parent().map_or(Ok(()), std::fs::create_dir_all).and_then(|()| std::fs::write(&file, text));
        written.map_err(|error| schema::unwritable(&file, &error))?;
    }
    schema::write_beside(dir)?;
    println!("{} files are in {}", files.len(), dir.display());
    Ok(exit::SUCCESS)
}

/// Whoever may call the program on the desk's own machine may do everything.
fn owner(command: &str) -> Actor {
    Actor::Program { name: format!("deskhand {command}"), role: Role::Owner }
}

async fn publish(dir: &Path, place: &Place) -> Result<u8> {
    let files = tree::from_folder(dir)?;
    let desk = place.open("handbook publish", FirstStart::default()).await?;
    let owner = owner("handbook publish");
    let outcome = desk.handle(&owner, Command::PublishHandbook(PublishHandbook(files.clone()))).await;
    desk.close().await?;
    match outcome? {
        Outcome::Published(Published::Revision(number)) => println!("Revision {number} is today's."),
        Outcome::Published(Published::Unchanged(number)) => {
            println!("Revision {number} is the same; nothing was published.")
        }
        Outcome::Published(Published::Unsound(findings)) => {
            findings.iter().for_each(|finding| println!("{}\n", finding.render(&files)));
            println!("The handbook is not sound; nothing was published.");
            return Ok(exit::FAILURE);
        }
        _ => return Err(Error::internal("publishing gave no answer")),
    }
    Ok(exit::SUCCESS)
}
