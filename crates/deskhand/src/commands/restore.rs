//! `deskhand restore`.

use std::fs::File;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use clap::Args;
use desk::backup::{self, Restored, Target};
use desk::{Error, Result, claims};
use store::{Clock, Db, Location};

use super::backup::contents;
use crate::exit;
use crate::place::{FirstStart, Place};

/// Restores a backup into a place that holds no desk. It may be of the other database: that is how a desk moves to PostgreSQL.
#[derive(Args)]
pub struct Restore {
    #[command(flatten)]
    place: Place,
    /// The backup.
    file: PathBuf,
    /// Sends the mails that waited when the backup was made. Without it they are held, because they may have gone out since: see
    /// `deskhand outbox`.
    #[arg(long)]
    send: bool,
    /// Has the restored desk fetch and send mail as soon as it is served: for a desk that moves. Without it, it rests until an owner
    /// says on the page of the mailboxes, or `deskhand go-live` says, that it is the one that goes on.
    #[arg(long)]
    go_live: bool,
}

impl Restore {
    pub(super) async fn run(self) -> Result<u8> {
        self.place.check_database()?;
        self.place.make_folder()?;
        let restored = match self.place.location() {
            Location::File(file) => self.fill_file(&file).await?,
            location => self.fill(location).await?,
        };
        if let Some(key) = &restored.master_key {
            keep_master_key(&self.place.master_key_file(), key)?;
        }
        // Brings the schema up to date, compiles the handbook, and shows that the desk can be opened.
        let desk = self.place.open("restore", FirstStart::default()).await?;
        // Whoever was at something when the backup was made is at another desk.
        claims::release(&desk.ground, claims::Which::All).await?;
        desk.close().await?;
        println!("Restored: {}", contents(&restored.head, &restored.manifest));
        if restored.held > 0 {
            println!(
                "{} mails that waited then are held, because they may have gone out since. deskhand outbox release sends them, \
                 deskhand outbox drop takes them for sent.",
                restored.held
            );
        }
        if !self.go_live {
            println!(
                "It rests: it neither fetches nor sends mail, because the desk that the backup was made of may work still. \
                 deskhand go-live has it do both."
            );
        }
        Ok(exit::SUCCESS)
    }

    /// Fills a file beside and puts it into its place when it is whole.
    async fn fill_file(&self, file: &Path) -> Result<Restored> {
        for ending in ["", "-wal", "-shm"] {
            let there = PathBuf::from(format!("{}{ending}", file.display()));
            if there.exists() {
                return Err(Error::conflict("occupied", format!("{} is there already.", there.display()))
                    .advise("Restore into an empty folder."));
            }
        }
        let beside = file.with_extension("db.restoring");
        remove(&beside)?;
        let restored = self.fill(Location::File(beside.clone())).await;
        let placed = restored.and_then(|restored| {
            File::open(&beside).and_then(|file| file.sync_all()).map_err(unwritten)?;
            std::fs::rename(&beside, file).map_err(unwritten)?;
            File::open(&self.place.data).and_then(|folder| folder.sync_all()).map_err(unwritten)?;
            Ok(restored)
        });
        if placed.is_err() {
            remove(&beside)?;
        }
        placed
    }

    async fn fill(&self, location: Location) -> Result<Restored> {
        let db = Db::open(location).await?;
        let (clock, shelf) = (Clock::system(), self.place.shelf()?);
        let target = Target { db: &db, clock: &clock, shelf: &shelf, sends: self.send, goes_live: self.go_live };
        let restored = backup::restore(&self.file, &target).await;
        db.close().await;
        restored.map_err(|error| match error.code {
            "damaged-backup" => error.advise("Take another one. Nothing was restored."),
            _ => error,
        })
    }
}

/// Removes a database that a broken-off restore left, with what belongs to it.
fn remove(file: &Path) -> Result<()> {
    for ending in ["", "-wal", "-shm"] {
        match std::fs::remove_file(format!("{}{ending}", file.display())) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(unwritten(error)),
            _ => {}
        }
    }
    Ok(())
}

/// Puts the key where it was, unless one is there.
fn keep_master_key(file: &Path, key: &[u8]) -> Result<()> {
    let written = File::options().write(true).create_new(true).mode(0o600).open(file).and_then(|mut open| {
        open.write_all(key)?;
        open.sync_all()
    });
    match written {
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            if std::fs::read(file).map_err(unwritten)? != key {
                eprintln!("deskhand: {} holds another master key, and was left as it is.", file.display());
            }
            Ok(())
        }
        written => written.map_err(unwritten),
    }
}

fn unwritten(error: std::io::Error) -> Error {
    Error::unavailable(format!("The desk cannot be written: {error}."))
}
