//! `deskhand token …`.

use clap::{Subcommand, ValueEnum};
use desk::handle::{Command, CreateToken, Outcome};
use desk::{Actor, Error, Result, Role, agents};

use crate::exit;
use crate::place::{FirstStart, Place};

/// Makes tokens.
#[derive(Subcommand)]
pub enum Token {
    /// Makes a token and prints it alone; it cannot be read again.
    Create {
        #[command(flatten)]
        place: Place,
        /// What it is for.
        #[arg(long)]
        name: String,
        /// What it may do.
        #[arg(long, value_enum)]
        role: RoleName,
        /// The mail address of the agent that it acts as; without it, it acts as a program of its own.
        #[arg(long, value_name = "ADDRESS")]
        agent: Option<String>,
    },
}

/// A role, as the command line names it.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum RoleName {
    /// Everything.
    Owner,
    /// Tickets and handbooks.
    Lead,
    /// Tickets.
    Agent,
}

impl Token {
    pub(super) async fn run(self) -> Result<u8> {
        let Token::Create { place, name, role, agent } = self;
        let desk = place.open("token create", FirstStart::default()).await?;
        let agent = match agent {
            Some(address) => {
                let known = agents::all(&mut desk.read().await?).await?;
                let found = known.into_iter().find(|agent| agent.address.eq_ignore_ascii_case(&address));
                Some(found.ok_or_else(|| Error::not_found("agent"))?.id)
            }
            None => None,
        };
        let role = match role {
            RoleName::Owner => Role::Owner,
            RoleName::Lead => Role::Lead,
            RoleName::Agent => Role::Agent,
        };
        let outcome = desk.handle(&Actor::Desk, Command::CreateToken(CreateToken { name, role, agent })).await;
        desk.close().await?;
        match outcome? {
            Outcome::Token(token) => println!("{token}"),
            _ => return Err(Error::internal("making a token gave none")),
        }
        Ok(exit::SUCCESS)
    }
}
