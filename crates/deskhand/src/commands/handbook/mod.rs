//! `deskhand handbook …`.

mod diff;
mod export;
mod learn;
mod moving;
mod revisions;
mod schema;

use std::path::{Path, PathBuf};

use clap::Subcommand;
use desk::handbook::{Published, tree};
use desk::handle::{Command, Outcome, PublishHandbook};
use desk::{Actor, Error, Result, Role};

use crate::exit;
use crate::place::{FirstStart, Place};

/// Exports a handbook, publishes one, lists those that were published, says what one changes, learns weights, or moves tickets to it.
#[derive(Subcommand)]
pub enum Handbook {
    /// Writes the built-in handbook, or one that was published, into a folder that does not exist yet.
    Export(export::Export),
    /// Makes a handbook today's. New tickets run it; those under way keep theirs. An unsound one is not published.
    Publish {
        /// The handbook's folder.
        dir: PathBuf,
        /// Why, for those who read it later.
        #[arg(long, default_value = "")]
        note: String,
        #[command(flatten)]
        place: Place,
    },
    /// Lists the handbooks that were published at a desk.
    Revisions(revisions::Revisions),
    /// Says what a handbook changes of one that was published at a desk, or of another folder.
    Diff(diff::Diff),
    /// Writes the JSON Schemas by which editors complete and check a handbook's files.
    Schema(schema::Schema),
    /// Learns from judged messages what is urgent, and writes the file of weights anew.
    Learn(learn::Learn),
    /// Moves the running tickets of a playbook to today's revision.
    Move(moving::Move),
}

impl Handbook {
    pub(super) async fn run(self) -> Result<u8> {
        match self {
            Handbook::Export(command) => command.run().await,
            Handbook::Publish { dir, note, place } => publish(&dir, note, &place).await,
            Handbook::Revisions(command) => command.run().await,
            Handbook::Diff(command) => command.run().await,
            Handbook::Schema(command) => command.run(),
            Handbook::Learn(command) => command.run(),
            Handbook::Move(command) => command.run().await,
        }
    }
}

/// Whoever may call the program on the desk's own machine may do everything.
fn owner(command: &str) -> Actor {
    Actor::Program { name: format!("deskhand {command}"), role: Role::Owner }
}

async fn publish(dir: &Path, note: String, place: &Place) -> Result<u8> {
    let files = tree::from_folder(dir)?;
    let desk = place.open("handbook publish", FirstStart::default()).await?;
    let owner = owner("handbook publish");
    let command = PublishHandbook { note, ..PublishHandbook::of(files.clone()) };
    let outcome = desk.handle(&owner, Command::PublishHandbook(command)).await;
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
