//! Where the master key is that a desk's secrets are sealed under.

use std::io::{ErrorKind, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use clap::Args;
use desk::sealed::{Seals, Secret};
use desk::{Desk, Error, Result, settings};

use crate::place::Place;

/// The variable that may hold the key itself. There is no option for it: options can be read by everybody on the machine.
const VARIABLE: &str = "DESKHAND_MASTER_KEY";

/// Where the master key is.
#[derive(Args, Clone, Debug)]
pub struct KeyPlace {
    /// The file of the master key that secrets are sealed under, such as the passwords of mailboxes. Without it DATA/master.key,
    /// which the first start makes; or the key itself in DESKHAND_MASTER_KEY.
    #[arg(long, value_name = "FILE", env = "DESKHAND_MASTER_KEY_FILE")]
    master_key_file: Option<PathBuf>,
    /// Begins anew under this master key where the former one is lost: what was sealed must be entered again.
    #[arg(long)]
    forget_master_key: bool,
}

impl KeyPlace {
    /// Gives `desk` its master key, and makes one for a desk that never had any.
    ///
    /// # Errors
    /// When the key is not there, is another one than the desk's, or can be read by others on this machine.
    pub async fn unlock(&self, desk: Desk, place: &Place) -> Result<Desk> {
        let had = settings::master_key_digest(&mut desk.read().await?).await?.is_some();
        let may_make = !had || self.forget_master_key;
        let seals = self.seals(place, &desk, may_make)?;
        desk.sealing(seals, self.forget_master_key).await
    }

    fn seals(&self, place: &Place, desk: &Desk, may_make: bool) -> Result<Seals> {
        if let (None, Ok(key)) = (&self.master_key_file, std::env::var(VARIABLE)) {
            return Seals::read(Secret::new(key).reveal());
        }
        let usual = place.data.join("master.key");
        let file = self.master_key_file.as_deref().unwrap_or(&usual);
        match read(file)? {
            Some(seals) => Ok(seals),
            // A file that somebody names is theirs to make.
            None if may_make && self.master_key_file.is_none() => {
                make(file, &Seals::make(&desk.ground.chance)?)?;
                read(file)?.ok_or_else(|| missing(file))
            }
            None => Err(missing(file)),
        }
    }
}

/// Reads a key's file; `None` where there is none.
fn read(file: &Path) -> Result<Option<Seals>> {
    let unreadable = |error: std::io::Error| {
        Error::invalid("unreadable", format!("The master key {} cannot be read: {error}.", file.display()))
    };
    let metadata = match std::fs::metadata(file) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        metadata => metadata.map_err(unreadable)?,
    };
    if metadata.mode() & 0o077 != 0 {
        let message = format!("The master key {} can be read by others on this machine.", file.display());
        return Err(
            Error::invalid("open-master-key", message).advise(format!("Take that away: chmod 600 {}", file.display()))
        );
    }
    let text = Secret::new(std::fs::read_to_string(file).map_err(unreadable)?);
    Seals::read(text.reveal()).map(Some)
}

/// Writes a key's file, whole or not at all, unless another process just did.
fn make(file: &Path, key: &Secret) -> Result<()> {
    let fresh = file.with_extension(format!("key.{}", std::process::id()));
    let written =
        std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&fresh).and_then(|mut open| {
            open.write_all(key.reveal().as_bytes())?;
            open.sync_all()
        });
    let placed = written.and_then(|()| std::fs::hard_link(&fresh, file));
    let _ = std::fs::remove_file(&fresh);
    match placed {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => {
            Err(Error::unavailable(format!("The master key {} cannot be written: {error}.", file.display())))
        }
        _ => Ok(()),
    }
}

fn missing(file: &Path) -> Error {
    Error::conflict(
        "no-master-key",
        format!("There is no master key in {}, and this desk has secrets under one.", file.display()),
    )
    .advise(
        "Copy it from where the desk ran before, or name it with --master-key-file. If it is lost, start once with \
             --forget-master-key, and enter the secrets again.",
    )
}
