//! `deskhand handbook export`.

use std::path::{Component, Path, PathBuf};

use clap::Args;
use desk::handbook::tree;
use desk::{Error, Result};
use playbook::Files;

use crate::exit;
use crate::place::Place;

/// Writes a handbook, with schemas for editors, into a folder that does not exist yet: the built-in one, to begin one's own with,
/// or one that was published at a desk.
#[derive(Args)]
pub struct Export {
    /// The folder.
    dir: PathBuf,
    /// The revision of a desk that is meant; the built-in handbook without it.
    #[arg(long, value_name = "N")]
    revision: Option<i64>,
    #[command(flatten)]
    place: Place,
}

impl Export {
    pub(super) async fn run(self) -> Result<u8> {
        let dir = &self.dir;
        if dir.exists() {
            return Err(Error::conflict("exists", format!("{} exists already.", dir.display()))
                .advise("Name a folder that does not, so that nothing is written over."));
        }
        let files = match self.revision {
            None => tree::built_in(),
            Some(number) => published(&self.place, number).await?,
        };
        for (path, text) in files.iter() {
            write(dir, path, text)?;
        }
        super::schema::write_beside(dir)?;
        println!("{} files are in {}", files.len(), dir.display());
        Ok(exit::SUCCESS)
    }
}

async fn published(place: &Place, number: i64) -> Result<Files> {
    let desk = place.open_existing("handbook export").await?;
    let read = async { super::revisions::files(&desk, &mut desk.read().await?, number).await };
    let files = read.await;
    desk.close().await?;
    files
}

fn write(dir: &Path, path: &str, text: &str) -> Result<()> {
    // Whatever a database says, nothing is written outside of the folder.
    if !Path::new(path).components().all(|part| matches!(part, Component::Normal(_))) {
        return Err(Error::invalid("bad-path", format!("{path:?} is no file of a handbook.")));
    }
    let file = dir.join(path);
    let written = file.parent().map_or(Ok(()), std::fs::create_dir_all).and_then(|()| std::fs::write(&file, text));
    written.map_err(|error| super::schema::unwritable(&file, &error))
}
