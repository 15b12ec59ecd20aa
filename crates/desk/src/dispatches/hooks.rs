//! Addresses of Slack and Discord that notices are put to: somebody's own, or those of an audience, which owners keep. An address is a
//! secret, for whoever has it may write there: it is sealed, and can never be read again.

use jiff::Timestamp;
use store::{Conn, Id};

use super::queries;
use crate::notifications::Channel;
use crate::rights::{self, Verb};
use crate::sealed::{Sealed, Secret, Slot};
use crate::{Context, Error, Result};

/// The table of addresses.
pub const TABLE: &str = "notice_hooks";
/// The longest address, in characters.
const ADDRESS_MAX: usize = 2_000;
/// The longest name of a channel, in characters.
const NAME_MAX: usize = 100;
/// How many addresses somebody, and how many all audiences, may have.
const HOOKS_MAX: usize = 10;
const AUDIENCES_MAX: usize = 100;

/// Whose an address is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Of {
    /// Somebody's own: what they chose for it.
    Agent(Id),
    /// A team's: whatever the team is told.
    Team(String),
    /// A channel's, as playbooks name it.
    Channel(String),
    /// That of leads and owners: whatever roles are told.
    Roles,
}

impl Of {
    pub(super) fn audience(&self) -> Option<(&'static str, &str)> {
        match self {
            Of::Agent(_) => None,
            Of::Team(team) => Some(("team", team)),
            Of::Channel(channel) => Some(("channel", channel)),
            Of::Roles => Some(("role", "")),
        }
    }
}

/// An address as a list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hook {
    /// Its id.
    pub id: Id,
    /// Slack or Discord.
    pub channel: Channel,
    /// Whose it is.
    pub of: Of,
    /// The language of what is put there; for somebody's own theirs counts.
    pub language: String,
    /// The host that it is at.
    pub host: String,
    /// Why the last notice could not be put there.
    pub last_error: Option<String>,
    /// When it was kept.
    pub created_at: Timestamp,
}

/// An address to keep.
#[derive(Clone, Debug)]
pub struct NewHook {
    /// Slack or Discord.
    pub channel: Channel,
    /// Whose it is.
    pub of: Of,
    /// The language of what is put there.
    pub language: String,
    /// The address.
    pub address: Secret,
}

/// Refuses somebody who may not say what is put to this address: their own they may, those of audiences are for owners.
pub fn require(context: &Context<'_>, of: &Of) -> Result<()> {
    match of {
        Of::Agent(agent) if context.actor.agent_id() == Some(*agent) => Ok(()),
        Of::Agent(_) => Err(Error::not_found("address")),
        _ => rights::require(context.actor, Verb::KeepAgents),
    }
}

/// Keeps an address, sealed.
///
/// # Errors
/// `bad-address` for what is none, `too-many`; [`Kind::Conflict`](crate::error::Kind::Conflict) in a process without a master key.
pub async fn keep(context: &mut Context<'_>, new: &NewHook) -> Result<Id> {
    require(context, &new.of)?;
    let bad = |why: &str| Error::invalid_field("address", "bad-address", why);
    let address = new.address.reveal().trim();
    if !matches!(new.channel, Channel::Slack | Channel::Discord) {
        return Err(Error::invalid_field("channel", "no-channel", "addresses are of Slack or Discord"));
    }
    if matches!(&new.of, Of::Channel(name) if name.is_empty() || name.chars().count() > NAME_MAX) {
        return Err(Error::invalid_field("name", "bad-name", "a channel has a name"));
    }
    let host = host_of(address).ok_or_else(|| bad("this is no address that begins with https://"))?;
    if let Some(other) = is_of(host).filter(|known| *known != new.channel) {
        return Err(bad(&format!("this is an address of {}", other.as_str())));
    }
    let (kept, most) = match &new.of {
        Of::Agent(agent) => (queries::hooks_of(context.tx, *agent).await?.len(), HOOKS_MAX),
        _ => (queries::hooks_of_audiences(context.tx).await?.len(), AUDIENCES_MAX),
    };
    if kept >= most {
        return Err(
            Error::conflict("too-many", "There are as many addresses as there may be.").advise("Remove one first.")
        );
    }
    let id = context.ids.next();
    let row = id.to_string();
    let sealed = context.settings.seals.seal(context.chance, slot(&row), &Secret::new(address))?;
    queries::insert_hook(context.tx, id, new, (host, &sealed), context.now).await?;
    Ok(id)
}

/// Which of both an address at this host is of, where that is known; servers of a company's own take what Slack does.
fn is_of(host: &str) -> Option<Channel> {
    match host.to_ascii_lowercase().as_str() {
        "hooks.slack.com" => Some(Channel::Slack),
        "discord.com" | "discordapp.com" | "canary.discord.com" | "ptb.discord.com" => Some(Channel::Discord),
        _ => None,
    }
}

/// The host of an `https:` address; of an `http:` one on this machine too, which only a process that allows it posts to.
pub(super) fn host_of(address: &str) -> Option<&str> {
    let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://127.0.0.1"))?;
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let is_plain = address.len() <= ADDRESS_MAX && address.bytes().all(|byte| byte.is_ascii_graphic());
    let host = if address.starts_with("https://") { &rest[..end] } else { "127.0.0.1" };
    (is_plain && !host.is_empty() && !host.contains('@')).then_some(host)
}

/// Takes an address away.
pub async fn remove(context: &mut Context<'_>, id: Id) -> Result<()> {
    let hook = queries::hook(context.tx, id).await?.ok_or_else(|| Error::not_found("address"))?;
    require(context, &hook.of)?;
    queries::remove_hook(context.tx, id).await?;
    Ok(())
}

/// Somebody's own addresses.
pub async fn of_agent(conn: &mut Conn, agent: Id) -> Result<Vec<Hook>> {
    Ok(queries::hooks_of(conn, agent).await?)
}

/// The addresses of audiences.
pub async fn of_audiences(conn: &mut Conn) -> Result<Vec<Hook>> {
    Ok(queries::hooks_of_audiences(conn).await?)
}

/// The address with this id.
pub async fn find(conn: &mut Conn, id: Id) -> Result<Option<Hook>> {
    Ok(queries::hook(conn, id).await?)
}

/// Whether there is anything that only the master key opens.
pub async fn hold_secrets(conn: &mut Conn) -> Result<bool> {
    Ok(queries::has_hooks(conn).await?)
}

/// The address itself.
pub(super) async fn open(conn: &mut Conn, seals: &crate::sealed::Seals, id: Id) -> Result<Option<Secret>> {
    let Some(sealed) = queries::hook_address(conn, id).await? else { return Ok(None) };
    let row = id.to_string();
    seals.open(slot(&row), &Sealed::<Secret>::stored(sealed)).map(Some)
}

fn slot(row: &str) -> Slot<'_> {
    Slot { table: TABLE, row, column: "address" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_travels_protected_or_stays_here_is_an_address() {
        assert_eq!(host_of("https://hooks.slack.example/services/T0/B0/x"), Some("hooks.slack.example"));
        assert_eq!(host_of("http://127.0.0.1:8080/x"), Some("127.0.0.1"));
        for wrong in
            ["http://hooks.slack.example/x", "https://", "https://a@b/", "https://a/ b", "https:///x", "ftp://a"]
        {
            assert_eq!(host_of(wrong), None, "{wrong}");
        }
    }
}
