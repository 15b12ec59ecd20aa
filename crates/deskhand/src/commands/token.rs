//! `deskhand token …`.

use clap::{Args, Subcommand, ValueEnum};
use desk::agents::tokens::{self, NewToken};
use desk::handle::{Command, CreateToken, Outcome, RevokeToken};
use desk::{Actor, Desk, Error, Result, Role, agents};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde_json::json;
use store::Id;

use super::output::{Format, print_json};
use crate::exit;
use crate::place::{FirstStart, Place};

/// How many tokens are read at a time.
const AT_ONCE: u32 = 200;

/// Makes, lists and takes away tokens.
#[derive(Subcommand)]
pub enum Token {
    /// Makes a token and prints it alone; it cannot be read again.
    Create(Create),
    /// Lists the tokens that there are: their names, what they may do, when they were last used.
    List {
        #[command(flatten)]
        place: Place,
        /// The form of the answer.
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
    /// Takes a token away: from now on nobody is known by it.
    Revoke {
        #[command(flatten)]
        place: Place,
        /// Its name.
        #[arg(long)]
        name: String,
    },
}

/// What token to make.
#[derive(Args)]
pub struct Create {
    #[command(flatten)]
    place: Place,
    /// What it is for; no two tokens have the same name.
    #[arg(long)]
    name: String,
    /// What it may do.
    #[arg(long, value_enum)]
    role: RoleName,
    /// The mail address of the agent that it acts as, and never may more than; without it, it acts as a program of its own.
    #[arg(long, value_name = "ADDRESS")]
    agent: Option<String>,
    /// When it ends: a day, on which it counts no more, or an instant with its zone (2027-01-31T12:00:00Z). Days are of UTC.
    #[arg(long, value_name = "WHEN", value_parser = instant)]
    expires: Option<Timestamp>,
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
        match self {
            Token::Create(create) => create.run().await,
            Token::List { place, format } => {
                let desk = place.open_existing("token list").await?;
                let listed = all(&desk).await;
                desk.close().await?;
                print(&listed?, format)
            }
            Token::Revoke { place, name } => {
                let desk = place.open_existing("token revoke").await?;
                let revoked = desk.handle(&Actor::Desk, Command::RevokeToken(RevokeToken { name })).await;
                desk.close().await?;
                revoked.map(|_| exit::SUCCESS)
            }
        }
    }
}

impl Create {
    async fn run(self) -> Result<u8> {
        let Create { place, name, role, agent, expires } = self;
        let desk = place.open("token create", FirstStart::default()).await?;
        let made = async {
            let agent = match agent {
                Some(address) => Some(agent_at(&desk, &address).await?),
                None => None,
            };
            let new = NewToken { name, role: role.into(), agent, expires_at: expires };
            desk.handle(&Actor::Desk, Command::CreateToken(CreateToken(new))).await
        };
        let made = made.await;
        desk.close().await?;
        match made? {
            Outcome::Token(token) => println!("{token}"),
            _ => return Err(Error::internal("making a token gave none")),
        }
        Ok(exit::SUCCESS)
    }
}

impl From<RoleName> for Role {
    fn from(name: RoleName) -> Self {
        match name {
            RoleName::Owner => Role::Owner,
            RoleName::Lead => Role::Lead,
            RoleName::Agent => Role::Agent,
        }
    }
}

fn instant(text: &str) -> Result<Timestamp, String> {
    let day = || text.parse::<Date>().ok()?.to_zoned(TimeZone::UTC).ok().map(|midnight| midnight.timestamp());
    text.parse().ok().or_else(day).ok_or_else(|| "is a day such as 2027-01-31, or an instant with its zone".to_owned())
}

async fn agent_at(desk: &Desk, address: &str) -> Result<Id> {
    let known = agents::all(&mut desk.read().await?).await?;
    let found = known.into_iter().find(|agent| agent.address.eq_ignore_ascii_case(address));
    Ok(found.ok_or_else(|| Error::not_found("agent"))?.id)
}

async fn all(desk: &Desk) -> Result<Vec<tokens::Token>> {
    let mut conn = desk.read().await?;
    let mut all: Vec<tokens::Token> = Vec::new();
    loop {
        let after = all.last().map(|token| token.name.clone());
        let more = tokens::list(&mut conn, after.as_deref(), AT_ONCE).await?;
        if more.is_empty() {
            return Ok(all);
        }
        all.extend(more);
    }
}

fn print(tokens: &[tokens::Token], format: Format) -> Result<u8> {
    match format {
        Format::Json => {
            let rows = tokens.iter().map(|token| {
                json!({
                    "name": token.name, "role": token.role.as_str(),
                    "agent": token.agent.as_ref().map(|(_, name)| name), "created_at": token.created_at,
                    "used_at": token.used_at, "expires_at": token.expires_at,
                })
            });
            print_json(&json!({ "tokens": rows.collect::<Vec<_>>() }))?;
        }
        Format::Text => tokens.iter().for_each(|token| println!("{}", line(token))),
    }
    Ok(exit::SUCCESS)
}

fn line(token: &tokens::Token) -> String {
    let acts_as = token.agent.as_ref().map(|(_, name)| format!(" as {name}")).unwrap_or_default();
    let used = token.used_at.map_or_else(|| "never used".to_owned(), |at| format!("used {at:.0}"));
    let ends = token.expires_at.map(|at| format!(", ends {at:.0}")).unwrap_or_default();
    format!("{}  {}{acts_as}  made {:.0}, {used}{ends}", token.name, token.role.as_str(), token.created_at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_ends_at_an_instant_or_when_a_day_begins() {
        assert_eq!(instant("2027-01-31").unwrap().to_string(), "2027-01-31T00:00:00Z");
        assert_eq!(instant("2027-01-31T12:00:00+01:00").unwrap().to_string(), "2027-01-31T11:00:00Z");
        for text in ["soon", "2027-13-01", "90d", ""] {
            assert!(instant(text).is_err(), "{text}");
        }
    }
}
