//! Where the desks that are measured live: each on a fresh database, with the same people, at the same instant, from the same
//! seed, so that one that was recorded can be asked again on another.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use clap::ValueEnum;
use desk::agents::NewAgent;
use desk::handle::{AddAgent, Command, UpsertContact, UpsertOrganization};
use desk::{Actor, Desk, Opening, Role, organizations};
use store::{Chance, Clock, Location, sql};
use tempfile::TempDir;

use crate::meter::{self, Meter};
use crate::{Failure, Result};

/// Which database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Database {
    /// The embedded one, in a file.
    Sqlite,
    /// The server in DESKHAND_TEST_POSTGRES.
    Postgres,
}

/// When everything happens, on the desks' virtual clock.
pub const NOW: &str = "2026-11-17T09:00:00Z";
/// How many organizations write, each by one contact.
pub const CLIENTS: usize = 64;

/// Where desks are opened.
pub struct Place {
    database: Database,
    folder: TempDir,
    url: Option<String>,
    opened: AtomicU32,
}

/// A desk of its own.
pub struct Opened {
    /// The desk.
    pub desk: Desk,
    /// Where its rows are.
    pub location: Location,
}

impl Place {
    /// A place on `database`; embedded ones in `folder`, or in the system's for temporary files.
    pub fn new(database: Database, folder: Option<PathBuf>) -> Result<Self> {
        let url = match database {
            Database::Sqlite => None,
            Database::Postgres => Some(
                std::env::var("DESKHAND_TEST_POSTGRES")
                    .map_err(|_| "DESKHAND_TEST_POSTGRES names no server: run this by scripts/with-postgres")?,
            ),
        };
        let folder = match folder {
            Some(folder) => TempDir::new_in(folder)?,
            None => TempDir::new()?,
        };
        Ok(Self { database, folder, url, opened: AtomicU32::new(0) })
    }

    /// What people call the database.
    pub fn name(&self) -> &'static str {
        match self.database {
            Database::Sqlite => "SQLite",
            Database::Postgres => "PostgreSQL",
        }
    }

    /// Whether the database is the embedded one.
    pub fn is_embedded(&self) -> bool {
        self.database == Database::Sqlite
    }

    /// An empty place for a database.
    pub fn location(&self) -> Location {
        let number = self.opened.fetch_add(1, Ordering::SeqCst);
        match &self.url {
            None => Location::File(self.folder.path().join(format!("{number}.db"))),
            Some(url) => {
                let schema = format!("bench_{}_{number}", std::process::id());
                Location::Server { url: url.clone(), schema: Some(schema) }
            }
        }
    }

    /// An empty folder.
    pub fn folder(&self) -> Result<PathBuf> {
        let number = self.opened.fetch_add(1, Ordering::SeqCst);
        let folder = self.folder.path().join(format!("folder-{number}"));
        std::fs::create_dir(&folder)?;
        Ok(folder)
    }

    /// A fresh desk with its people.
    pub async fn desk(&self) -> Result<Opened> {
        self.open(self.location(), None, Clock::standing_at(NOW.parse()?)).await
    }

    /// The same by the machine's clock, which a server of its own goes by that opens it afterwards: an embedded one in `folder`.
    pub async fn desk_to_serve(&self, folder: &Path) -> Result<Opened> {
        let location = if self.is_embedded() { Location::File(folder.join("desk.db")) } else { self.location() };
        self.open(location, Some(folder.join("attachments")), Clock::system()).await
    }

    async fn open(&self, location: Location, attachments: Option<PathBuf>, clock: Clock) -> Result<Opened> {
        let desk = Desk::open(Opening {
            location: location.clone(),
            attachments,
            handbook: None,
            address: Some("help@desk.example".to_owned()),
            clock,
            chance: Chance::seeded(3),
            holder: "bench".to_owned(),
        })
        .await?;
        people(&desk).await?;
        Ok(Opened { desk, location })
    }
}

impl Opened {
    /// A meter for this process and, on PostgreSQL, the server's.
    pub async fn meter(&self) -> Result<Meter> {
        self.meter_of(std::process::id()).await
    }

    /// A meter for another process and, on PostgreSQL, the server's.
    pub async fn meter_of(&self, process: u32) -> Result<Meter> {
        if self.desk.ground.db.engine() == store::Engine::Sqlite {
            return Ok(Meter::new(process, None));
        }
        let mut conn = self.desk.read().await?;
        let backend: i64 = sql("SELECT CAST(pg_backend_pid() AS BIGINT) AS pid").one(&mut conn).await?.get("pid")?;
        let parent = meter::parent_of(u32::try_from(backend)?);
        Ok(Meter::new(process, Some(parent.ok_or("the database server does not run on this machine")?)))
    }

    /// Takes the desk down with all its rows.
    pub async fn remove(self) -> Result<()> {
        self.desk.ground.db.erase().await?;
        self.desk.ground.db.close().await;
        if let Location::File(file) = &self.location {
            for ending in ["", "-wal", "-shm"] {
                let _ = std::fs::remove_file(format!("{}{ending}", file.display()));
            }
        }
        Ok::<_, Failure>(())
    }
}

/// Eight agents in two teams, and a contact at each of the clients.
async fn people(desk: &Desk) -> Result<()> {
    for number in 0..8 {
        let team = if number % 2 == 0 { "support" } else { "customer-solutions" };
        let agent = NewAgent {
            name: format!("Agent {number}"),
            address: format!("agent{number}@desk.example"),
            role: Role::Agent,
            teams: vec![team.to_owned()],
        };
        desk.handle(&Actor::Desk, Command::AddAgent(AddAgent(agent))).await?;
    }
    for number in 0..CLIENTS {
        let change = organizations::Change {
            name: Some(format!("Client {number}")),
            plan: Some("pro".to_owned()),
            ..Default::default()
        };
        let organization = UpsertOrganization { key: format!("client-{number}"), change };
        desk.handle(&Actor::Desk, Command::UpsertOrganization(organization)).await?;
        let contact = UpsertContact {
            email: address(number),
            name: Some(format!("Maria {number}")),
            organization: Some(format!("client-{number}")),
            role: Some("admin".to_owned()),
            ..Default::default()
        };
        desk.handle(&Actor::Desk, Command::UpsertContact(contact)).await?;
    }
    Ok(())
}

/// The address of the contact of a client.
pub fn address(number: usize) -> String {
    format!("maria@client-{}.example", number % CLIENTS)
}
