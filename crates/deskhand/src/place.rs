//! Where a desk is: the options that every command which opens one shares.

use std::os::unix::fs::DirBuilderExt;
use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use desk::attachments::Shelf;
use desk::error::Kind;
use desk::{Desk, Error, Opening, Result};
use playbook::Files;
use store::{Chance, Clock, Location};

/// How long it may take to learn that a server is away, for whoever hands a mail over, and for people.
const KNOCK_MAX: Duration = Duration::from_millis(1_500);
const ANSWER_MAX: Duration = Duration::from_secs(5);

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
        self.existing().await?;
        self.open(holder, FirstStart::default()).await
    }

    /// Where the rows of a desk are that is there already.
    ///
    /// # Errors
    /// When there are none, or when their server cannot be asked.
    pub async fn existing(&self) -> Result<Location> {
        self.existing_within(ANSWER_MAX).await
    }

    async fn existing_within(&self, within: Duration) -> Result<Location> {
        self.check_database()?;
        let location = self.location();
        if location.knock(within).await.map_err(unusable)? {
            return Ok(location);
        }
        let place = match self.database {
            None => self.data.display().to_string(),
            Some(_) => "The database that --database names".to_owned(),
        };
        Err(Error::invalid("no-desk", format!("{place} holds no desk."))
            .advise("Name its folder with --data, or its server with --database."))
    }

    /// The shelf of attachments.
    pub fn shelf(&self) -> Result<Shelf> {
        Shelf::in_folder(&self.data.join("attachments"), Chance::system())
    }

    /// The file of the key that the desk's secrets are sealed under, where nobody named another.
    pub fn master_key_file(&self) -> PathBuf {
        std::env::var_os("DESKHAND_MASTER_KEY_FILE").map_or_else(|| self.data.join("master.key"), PathBuf::from)
    }

    /// Opens a desk that is there already, unless its server is away: then it says so within two seconds, and does not wait for one
    /// that starts.
    pub async fn open_at_once(&self, holder: &str) -> Result<Desk> {
        self.existing_within(KNOCK_MAX).await?;
        self.open(holder, FirstStart::default()).await
    }

    /// Where the rows are, or are to be.
    pub fn location(&self) -> Location {
        match &self.database {
            Some(url) => Location::Server { url: url.clone(), schema: None },
            None => Location::File(self.data.join("desk.db")),
        }
    }

    /// Opens the desk, and makes it where there is none. `holder` says what for.
    pub async fn open(&self, holder: &str, first: FirstStart) -> Result<Desk> {
        self.check_database()?;
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
        let opened = if walks { Desk::open_walking(opening).await } else { Desk::open(opening).await };
        match opened {
            Err(error) if matches!(error.kind, Kind::Unavailable | Kind::Internal) => Err(self.why_not(error).await),
            opened => opened,
        }
    }

    /// What a server says of itself, where that is why a desk could not be opened. Whoever types a command may read it; who asks over
    /// HTTP is never told.
    async fn why_not(&self, error: Error) -> Error {
        match self.location().knock(ANSWER_MAX).await {
            Err(reason) => unusable(reason),
            Ok(_) => error,
        }
    }

    /// Other servers than PostgreSQL speak of something else when they are spoken to.
    pub fn check_database(&self) -> Result<()> {
        match &self.database {
            Some(url) if !url.starts_with("postgres://") && !url.starts_with("postgresql://") => {
                Err(Error::invalid("not-postgresql", "What --database names is no PostgreSQL server.")
                    .advise("Write postgres://user:password@host/name."))
            }
            _ => Ok(()),
        }
    }

    /// Makes the folder, which only the desk's own user may look into.
    pub fn make_folder(&self) -> Result<()> {
        std::fs::DirBuilder::new().recursive(true).mode(0o700).create(&self.data).map_err(|error| {
            Error::invalid("no-folder", format!("{} cannot be made: {error}.", self.data.display()))
                .advise("Choose another one with --data.")
        })
    }
}

/// Why a server cannot be used, in its own words, which hold no password.
fn unusable(reason: store::Error) -> Error {
    match reason {
        store::Error::Unavailable(why) | store::Error::Statement(why) => {
            Error::unavailable(format!("The database that --database names cannot be used: {why}."))
                .advise("Look at its address, its password, and whether it runs.")
        }
        other => other.into(),
    }
}
