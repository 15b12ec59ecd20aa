//! Where a desk is: the options that every command which opens one shares.

use std::os::unix::fs::DirBuilderExt;
use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use desk::attachments::Shelf;
use desk::{Desk, Error, Opening, Result};
use playbook::Files;
use store::{Chance, Clock, Location};

/// How long it may take to learn that a server is away.
const KNOCK_MAX: Duration = Duration::from_millis(1_500);

/// Where the desk is.
#[derive(Args, Clone, Debug)]
pub struct Place {
    /// The folder that holds the embedded database and the attachments.
    #[arg(long, value_name = "DIR", env = "DESKHAND_DATA", default_value = "data")]
    pub data: PathBuf,
    /// A PostgreSQL server instead of the embedded database: postgres://user:password@host/name
    #[arg(long, value_name = "URL", env = "DESKHAND_DATABASE", hide_env_values = true)]
    pub database: Option<String>,
}

/// What is only of use on the first start.
#[derive(Clone, Debug, Default)]
pub struct FirstStart {
    /// The handbook; the built-in one when `None`.
    pub handbook: Option<Files>,
    /// The desk's own mail address.
    pub address: Option<String>,
}

impl Place {
    /// Opens a desk that is there already. `holder` says what for.
    ///
    /// # Errors
    /// Also when there is none, which [`open`](Self::open) would make.
    pub async fn open_existing(&self, holder: &str) -> Result<Desk> {
        self.existing()?;
        self.open(holder, FirstStart::default()).await
    }

    /// Where the rows of a desk are that is there already.
    ///
    /// # Errors
    /// When the folder holds none; whether a server does is not asked.
    pub fn existing(&self) -> Result<Location> {
        if self.database.is_none() && !self.data.join("desk.db").exists() {
            return Err(Error::invalid("no-desk", format!("{} holds no desk.", self.data.display()))
                .advise("Name its folder with --data, or its server with --database."));
        }
        Ok(self.location())
    }

    /// The shelf of attachments.
    pub fn shelf(&self) -> Result<Shelf> {
        Shelf::in_folder(&self.data.join("attachments"), Chance::system())
    }

    /// The file of the key that the desk's secrets are sealed under.
    pub fn master_key_file(&self) -> PathBuf {
        self.data.join("master.key")
    }

    /// Opens the desk unless its server is away: then it says so within two seconds, and does not wait for one that starts.
    pub async fn open_at_once(&self, holder: &str) -> Result<Desk> {
        self.location().knock(KNOCK_MAX).await?;
        self.open(holder, FirstStart::default()).await
    }

    /// Where the rows are, or are to be.
    pub fn location(&self) -> Location {
        match &self.database {
            Some(url) => Location::Server { url: url.clone(), schema: None },
            None => Location::File(self.data.join("desk.db")),
        }
    }

    /// Opens the desk. `holder` says what for.
    pub async fn open(&self, holder: &str, first: FirstStart) -> Result<Desk> {
        self.make_folder()?;
        let location = self.location();
        let walks = first.handbook.is_some();
        let opening = Opening {
            location,
            attachments: Some(self.data.join("attachments")),
            handbook: first.handbook,
            address: first.address,
            clock: Clock::system(),
            chance: Chance::system(),
            holder: format!("{holder} ({})", std::process::id()),
        };
        if walks { Desk::open_walking(opening).await } else { Desk::open(opening).await }
    }

    /// Makes the folder, which only the desk's own user may look into.
    pub fn make_folder(&self) -> Result<()> {
        std::fs::DirBuilder::new().recursive(true).mode(0o700).create(&self.data).map_err(|error| {
            Error::invalid("no-folder", format!("{} cannot be made: {error}.", self.data.display()))
                .advise("Choose another one with --data.")
        })
    }
}
