//! `deskhand backup`.

use std::path::{Path, PathBuf};

use clap::Args;
use desk::backup::{self, Head, Made, Manifest, Source};
use desk::{Error, Result};
use store::{Clock, Db};

use crate::exit;
use crate::place::Place;

/// Makes a backup of a desk while it works, or reads one again.
#[derive(Args)]
pub struct Backup {
    #[command(flatten)]
    place: Place,
    /// The backup's file, which is written over; or a folder, in which it is named after the moment.
    #[arg(long, value_name = "FILE|DIR", required_unless_present = "verify")]
    to: Option<PathBuf>,
    /// Puts the master key into it as well. Without that, restored secrets such as mailbox passwords can only be read where the key is
    /// kept otherwise; with it, whoever has the file has them all.
    #[arg(long)]
    with_master_key: bool,
    /// Makes none, but reads this one as a whole and says whether it is in order.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["to", "with_master_key"])]
    verify: Option<PathBuf>,
}

impl Backup {
    pub(super) async fn run(self) -> Result<u8> {
        if let Some(file) = &self.verify {
            let (head, manifest) = backup::verify(file)?;
            println!("{} is in order: {}", file.display(), contents(&head, &manifest));
            return Ok(exit::SUCCESS);
        }
        let Some(to) = &self.to else { return Err(Error::invalid("no-file", "Name a file with --to.")) };
        let clock = Clock::system();
        let now = clock.now();
        let to = if to.is_dir() {
            to.join(format!("deskhand-{}.tar.gz", now.strftime("%Y%m%dT%H%M%SZ")))
        } else {
            to.clone()
        };
        let master_key = if self.with_master_key { Some(master_key(&self.place)?) } else { None };
        // The desk is not opened, only its database: a backup changes nothing, not even the schema.
        let db = Db::open(self.place.existing().await?).await?;
        let shelf = self.place.shelf()?;
        let source = Source { db: &db, shelf: &shelf, now, program: env!("CARGO_PKG_VERSION"), master_key };
        let made = backup::make(&source, &to).await;
        db.close().await;
        say(&to, &made?, self.place.master_key_file().exists())
    }
}

fn say(to: &Path, made: &Made, has_key: bool) -> Result<u8> {
    println!("{} was made: {}", to.display(), contents(&made.head, &made.manifest));
    if has_key && made.manifest.master_key.is_none() {
        println!("The master key is not in it: keep it elsewhere, or use --with-master-key.");
    }
    if made.lost.is_empty() {
        return Ok(exit::SUCCESS);
    }
    eprintln!(
        "deskhand: {} attachments that messages name are not in the folder of attachments, the first is {}. The backup is without them.",
        made.lost.len(),
        made.lost.first().map_or("", String::as_str)
    );
    Ok(exit::FAILURE)
}

/// `14 tables with 1234 rows and 56 attachments (789 bytes), as of 2026-11-22T13:00:00Z`
pub(super) fn contents(head: &Head, manifest: &Manifest) -> String {
    let rows: u64 = manifest.tables.values().map(|count| count.rows).sum();
    format!(
        "{} tables with {rows} rows and {} attachments ({} bytes), as of {}{}",
        manifest.tables.len(),
        manifest.attachments.files,
        manifest.attachments.bytes,
        head.made_at,
        if manifest.master_key.is_some() { ", with the master key" } else { "" }
    )
}

fn master_key(place: &Place) -> Result<Vec<u8>> {
    let file = place.master_key_file();
    std::fs::read(&file).map_err(|error| {
        Error::invalid("no-master-key", format!("The master key {} cannot be read: {error}.", file.display()))
    })
}
