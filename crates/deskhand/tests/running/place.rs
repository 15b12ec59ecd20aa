//! Where a desk of a test is, and the people it begins with.

use std::path::PathBuf;
use std::process::Stdio;

use desk::agents::NewAgent;
use desk::agents::tokens::NewToken;
use desk::handle::{self, AddAgent, CreateToken, Outcome, UpsertContact, UpsertOrganization};
use desk::{Actor, Desk, Opening, Role, organizations};
use store::{Chance, Clock, Db, Location, sql};
use tempfile::TempDir;
use tokio::process::Command;

/// The desk's own mail address.
pub const ADDRESS: &str = "help@desk.example";

/// A folder for a desk, and a database of its own where it is not embedded.
pub struct Place {
    folder: TempDir,
    /// Where its data are, if not there.
    elsewhere: Option<PathBuf>,
    database: Option<Database>,
}

struct Database {
    server: Location,
    name: String,
    url: String,
}

impl Place {
    /// A desk with the embedded database.
    pub fn embedded() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), elsewhere: None, database: None }
    }

    /// A desk in a new database, called `name`, on the server that `DESKHAND_TEST_POSTGRES` names; `None` without one.
    pub async fn on_server(name: &str) -> Option<Self> {
        Some(Self::on(&std::env::var("DESKHAND_TEST_POSTGRES").ok()?, name).await)
    }

    /// A desk in a new database, called `name`, on the server at `url`.
    pub async fn on(url: &str, name: &str) -> Self {
        let name = format!("{name}_{}", std::process::id());
        let (server, _) = url.rsplit_once('/').unwrap();
        let database = Database {
            url: format!("{server}/{name}"),
            server: Location::Server { url: url.to_owned(), schema: None },
            name,
        };
        database.order(format!("CREATE DATABASE {}", database.name)).await;
        Self { folder: tempfile::tempdir().unwrap(), elsewhere: None, database: Some(database) }
    }

    /// A desk with the embedded database in `data`, whatever is there.
    pub fn in_folder(data: PathBuf) -> Self {
        Self { folder: tempfile::tempdir().unwrap(), elsewhere: Some(data), database: None }
    }

    /// The folder of attachments and, if it is embedded, of the database.
    pub fn data(&self) -> PathBuf {
        self.elsewhere.clone().unwrap_or_else(|| self.folder.path().join("data"))
    }

    /// Where the rows are.
    pub fn location(&self) -> Location {
        match &self.database {
            None => Location::File(self.data().join("desk.db")),
            Some(database) => Location::Server { url: database.url.clone(), schema: None },
        }
    }

    /// `deskhand`, with `arguments`, and without any setting of whoever runs the test.
    pub fn program(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_deskhand"));
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("DESKHAND_")) {
            command.env_remove(name);
        }
        command.args(arguments).stdin(Stdio::null()).stderr(self.log());
        command
    }

    /// `deskhand` on this desk.
    pub fn on_it(&self, arguments: &[&str]) -> Command {
        let mut command = self.program(arguments);
        command.arg("--data").arg(self.data());
        if let Some(database) = &self.database {
            command.args(["--database", &database.url]);
        }
        command
    }

    /// `deskhand serve` on this desk, at any free port, its mail going to `smtp`.
    pub fn serve(&self, smtp: &str) -> Command {
        self.on_it(&["serve", "--listen", "127.0.0.1:0", "--smtp", smtp, "--address", ADDRESS])
    }

    /// What its processes have said on standard error so far.
    pub fn said(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }

    fn log(&self) -> Stdio {
        let log = std::fs::OpenOptions::new().create(true).append(true).open(self.folder.path().join("log"));
        log.unwrap().into()
    }

    /// Opens the desk in this process, beside whatever else has it open.
    pub async fn open(&self, clock: Clock) -> Desk {
        std::fs::create_dir_all(self.data()).unwrap();
        let opening = Opening {
            location: self.location(),
            attachments: Some(self.data().join("attachments")),
            handbook: None,
            address: Some(ADDRESS.to_owned()),
            clock,
            chance: Chance::system(),
            holder: "test".to_owned(),
        };
        Desk::open(opening).await.unwrap()
    }

    /// Lets Ana, Bo and Cy in, and `clients` organizations with Maria as the admin of each. Gives a program's token.
    pub async fn prepare(&self, clients: usize) -> String {
        let desk = self.open(Clock::system()).await;
        for (name, team) in [("Ana", "support"), ("Bo", "customer-solutions"), ("Cy", "customer-solutions")] {
            let (address, teams) = (format!("{name}@desk.example").to_lowercase(), vec![team.to_owned()]);
            let agent = NewAgent { name: name.to_owned(), address, role: Role::Agent, teams };
            order(&desk, handle::Command::AddAgent(AddAgent(agent))).await;
        }
        for number in 0..clients {
            let change = organizations::Change { plan: Some("pro".to_owned()), ..Default::default() };
            let key = format!("client-{number}");
            let organization = Some(key.clone());
            order(&desk, handle::Command::UpsertOrganization(UpsertOrganization { key, change })).await;
            let (email, role) = (client(number), Some("admin".to_owned()));
            let maria = UpsertContact { email, organization, role, ..Default::default() };
            order(&desk, handle::Command::UpsertContact(maria)).await;
        }
        let token = CreateToken(NewToken { name: "test".to_owned(), role: Role::Agent, agent: None, expires_at: None });
        let Outcome::Token(token) = order(&desk, handle::Command::CreateToken(token)).await else { panic!("no token") };
        desk.close().await.unwrap();
        token
    }

    /// Takes the database away again, if it is on a server.
    pub async fn remove(self) {
        if let Some(database) = &self.database {
            database.order(format!("DROP DATABASE {} WITH (FORCE)", database.name)).await;
        }
    }
}

impl Database {
    /// Gives the server an order that stands in no transaction.
    async fn order(&self, order: String) {
        let db = Db::open(self.server.clone()).await.unwrap();
        sql(order).execute(&mut db.read().await.unwrap()).await.unwrap();
        db.close().await;
    }
}

/// The address of the admin of client `number`.
pub fn client(number: usize) -> String {
    format!("maria@client-{number}.example")
}

async fn order(desk: &Desk, command: handle::Command) -> Outcome {
    desk.handle(&Actor::Desk, command).await.unwrap()
}
