//! `deskhand agent …`: people of the desk from the command line, above all when nobody gets in any more.

use clap::Subcommand;
use desk::accounts::links::Purpose;
use desk::accounts::{self, Account};
use desk::agents::NewAgent;
use desk::handle::account::{Account as About, Done, MakeLink};
use desk::handle::{AddAgent, Command, Outcome};
use desk::{Actor, Desk, Error, Result, Role};
use store::Id;
use tokio::io::{AsyncBufReadExt, BufReader};

use crate::exit;
use crate::place::Place;

/// Adds people, and lets somebody in who is locked out.
#[derive(Subcommand)]
pub enum Agent {
    /// Adds somebody and prints the link with which they choose a password.
    Add {
        #[command(flatten)]
        place: Place,
        /// What they are called.
        #[arg(long)]
        name: String,
        /// The mail address that they sign in with.
        #[arg(long, value_name = "ADDRESS")]
        email: String,
        /// What they may do: owner, lead, agent or collaborator.
        #[arg(long, value_parser = read_role)]
        role: Role,
        /// A team that they belong to; may be given several times.
        #[arg(long = "team", value_name = "TEAM")]
        teams: Vec<String>,
        /// Reads their password from standard input, one line, and prints nothing.
        #[arg(long)]
        stdin: bool,
    },
    /// Prints a link with which somebody chooses a new password. It counts once and for 30 minutes.
    Password {
        #[command(flatten)]
        place: Place,
        /// The mail address that they sign in with.
        #[arg(long, value_name = "ADDRESS")]
        email: String,
        /// Reads their new password from standard input, one line, and prints nothing.
        #[arg(long)]
        stdin: bool,
    },
}

fn read_role(text: &str) -> Result<Role, String> {
    text.parse().map_err(|error: Error| error.to_string())
}

impl Agent {
    pub(super) async fn run(self) -> Result<u8> {
        let (desk, agent, purpose, stdin) = match self {
            Agent::Add { place, name, email, role, teams, stdin } => {
                let desk = place.open_existing("agent add").await?;
                let agent = add(&desk, NewAgent { name, address: email, role, teams }).await;
                (desk, agent, Purpose::Invitation, stdin)
            }
            Agent::Password { place, email, stdin } => {
                let desk = place.open_existing("agent password").await?;
                let agent = find(&desk, &email).await.map(|account| account.agent.id);
                (desk, agent, Purpose::Reset, stdin)
            }
        };
        let outcome = match agent {
            Ok(agent) if stdin => set_password(&desk, agent).await,
            Ok(agent) => print_link(&desk, agent, purpose).await,
            Err(error) => Err(error),
        };
        desk.close().await?;
        outcome.map(|()| exit::SUCCESS)
    }
}

async fn add(desk: &Desk, agent: NewAgent) -> Result<Id> {
    let handbook = desk.handbooks.current(&mut desk.read().await?).await?;
    if let Some(team) = agent.teams.iter().find(|team| !handbook.desk.teams.contains_key(*team)) {
        return Err(Error::invalid_field("team", "no-such-team", format!("the handbook has no team {team:?}")));
    }
    match desk.handle(&Actor::Desk, Command::AddAgent(AddAgent(agent))).await? {
        Outcome::Person(id) => Ok(id),
        _ => Err(Error::internal("adding an agent gave none")),
    }
}

async fn find(desk: &Desk, address: &str) -> Result<Account> {
    let found = accounts::find_by_address(&mut desk.read().await?, address).await?;
    found.ok_or_else(|| Error::not_found("agent").advise("Add them with deskhand agent add."))
}

async fn set_password(desk: &Desk, agent: Id) -> Result<()> {
    let mut line = String::new();
    let read = BufReader::new(tokio::io::stdin()).read_line(&mut line).await;
    read.map_err(|error| Error::invalid("no-password", format!("Standard input cannot be read: {error}.")))?;
    desk.set_password(agent, line.trim_end_matches(['\r', '\n'])).await
}

async fn print_link(desk: &Desk, agent: Id, purpose: Purpose) -> Result<()> {
    match desk.account(&Actor::Desk, About::MakeLink(MakeLink { agent, purpose })).await? {
        Done::Link(secret) => {
            super::output::link(desk, &format!("{}/{}", purpose.path(), secret.0));
            Ok(())
        }
        other => Err(Error::internal(format!("making a link came to {other:?}"))),
    }
}
