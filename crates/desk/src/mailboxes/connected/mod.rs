//! Mailboxes that the desk itself fetches from and sends through: where their servers are, who signs in, what becomes of what
//! was fetched. Secrets are sealed here and come out for those alone who speak to the servers ([`keys`]).

mod entry;
pub mod fetching;
mod fields;
mod keep;
pub mod keys;
mod queries;
pub mod ways;

use jiff::Timestamp;
use store::{Conn, Id, News};

pub use entry::{Entry, GrantEntry, IncomingEntry, LoginEntry, OutgoingEntry};
pub use fields::{Field, FieldKind};
pub use keep::keep;

use crate::rights::Scope;
use crate::sealed::{Sealed, Secret};
use crate::{Actor, Context, Error, Result, Settings};

/// A mailbox.
#[derive(Clone, Debug)]
pub struct Mailbox {
    /// Its id.
    pub id: Id,
    /// What colleagues call it; unique.
    pub name: String,
    /// Its mail address; unique.
    pub address: String,
    /// The name that its mails are from; the desk's where absent.
    pub sender_name: Option<String>,
    /// The team that tickets which it opens belong to; the playbook's own where absent.
    pub team: Option<String>,
    /// The playbook that they run; by the handbook's rules where absent.
    pub playbook: Option<String>,
    /// Whether its server takes mail for `name+anything@…` (RFC 5233), so that answers can carry their token there.
    pub tagged: bool,
    /// Where mail is fetched from.
    pub incoming: Option<Incoming>,
    /// Where mail is sent to.
    pub outgoing: Option<Outgoing>,
    /// The grant for tokens that sign in instead of a password.
    pub grant: Option<Grant>,
    /// Whether what came by no mailbox leaves through this one.
    pub is_default: bool,
    /// Whether it is not fetched from for now.
    pub paused: bool,
    /// What arrived before was left where it is; `None` where everything was brought in.
    pub since: Option<Timestamp>,
    /// Grows with every change.
    pub version: i64,
    /// When it was connected.
    pub created_at: Timestamp,
    /// What is wrong with fetching at present.
    pub trouble: Option<Trouble>,
    /// Why fetched mails stay as they were, where something else was chosen; fetching goes on.
    pub unsettled: Option<Trouble>,
}

/// A mail server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Server {
    /// Its name, or its address in numbers.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the way to it is protected.
    pub security: Security,
}

/// How a connection is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Security {
    /// By TLS from the first byte (RFC 8314).
    Tls,
    /// By TLS after STARTTLS (RFC 2595, RFC 3207).
    Starttls,
    /// Not at all: only for a server on the same machine, or one that nobody signs in to.
    None,
}

/// What becomes of a mail that is in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum After {
    /// It stays, as unread as it was.
    Leave,
    /// It is marked as read.
    Seen,
    /// It goes to this folder.
    Move(String),
    /// It is deleted.
    Delete,
}

/// Where mail is fetched from, by IMAP (RFC 9051).
#[derive(Clone, Debug)]
pub struct Incoming {
    /// The server.
    pub server: Server,
    /// Who signs in.
    pub user: String,
    /// Their password; absent where a grant is used.
    pub password: Option<Sealed<Secret>>,
    /// The folder.
    pub folder: String,
    /// What becomes of its mails.
    pub after: After,
}

/// Where mail is sent to, by SMTP (RFC 6409).
#[derive(Clone, Debug)]
pub struct Outgoing {
    /// The server.
    pub server: Server,
    /// Who signs in there.
    pub login: OutgoingLogin,
}

/// Who signs in to send.
#[derive(Clone, Debug)]
pub enum OutgoingLogin {
    /// The one who fetches.
    Same,
    /// Somebody else.
    Own {
        /// Who.
        user: String,
        /// Their password; absent where a grant is used.
        password: Option<Sealed<Secret>>,
    },
    /// Nobody.
    Nobody,
}

/// What a mailbox's owner granted for it (OAuth 2.0, RFC 6749).
#[derive(Clone, Debug)]
pub struct Grant {
    /// Where tokens are had.
    pub endpoint: String,
    /// The program's name there.
    pub client_id: String,
    /// The program's password there.
    pub client_secret: Option<Sealed<Secret>>,
    /// The grant.
    pub refresh_token: Sealed<Secret>,
    /// What the token should be good for.
    pub scope: Option<String>,
}

/// What is wrong with a mailbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// Since when.
    pub since: Timestamp,
    /// A stable name, such as `login-refused`.
    pub code: String,
    /// In words for people, without any secret.
    pub words: String,
}

impl Security {
    /// Its name.
    pub fn as_str(self) -> &'static str {
        match self {
            Security::Tls => "tls",
            Security::Starttls => "starttls",
            Security::None => "none",
        }
    }
}

impl std::str::FromStr for Security {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        [Security::Tls, Security::Starttls, Security::None]
            .into_iter()
            .find(|security| security.as_str() == text)
            .ok_or_else(|| {
                Error::invalid("no-such-security", format!("{text:?} is no protection: tls, starttls or none"))
            })
    }
}

impl After {
    /// Its name: `leave`, `seen`, `move`, `delete`.
    pub fn as_str(&self) -> &'static str {
        match self {
            After::Leave => "leave",
            After::Seen => "seen",
            After::Move(_) => "move",
            After::Delete => "delete",
        }
    }

    /// Reads its name, with the folder for `move`.
    pub fn read(name: &str, folder: Option<String>) -> Option<Self> {
        match (name, folder) {
            ("leave", _) => Some(After::Leave),
            ("seen", _) => Some(After::Seen),
            ("delete", _) => Some(After::Delete),
            ("move", Some(folder)) => Some(After::Move(folder)),
            _ => None,
        }
    }
}

impl Mailbox {
    /// Whom mails through it are from: its own name, else the desk's.
    pub fn sender(&self, desk: Option<&str>) -> mail::Address {
        mail::Address::new(self.sender_name.as_deref().or(desk), &self.address)
    }

    /// Whether it is to be fetched from now.
    pub fn is_fetched(&self) -> bool {
        self.incoming.is_some() && !self.paused
    }
}

/// Every mailbox, by name; for those who see every ticket.
pub async fn all(conn: &mut Conn, actor: &Actor) -> Result<Vec<Mailbox>> {
    if !Scope::of(actor)?.is_everything() {
        return Ok(Vec::new());
    }
    Ok(queries::all(conn).await?)
}

/// Whether any mailbox has a secret, sealed under the master key.
pub async fn hold_secrets(conn: &mut Conn) -> Result<bool> {
    Ok(queries::hold_secrets(conn).await?)
}

/// The mailbox with this id.
pub async fn find(conn: &mut Conn, id: Id) -> Result<Option<Mailbox>> {
    Ok(queries::find(conn, id).await?)
}

/// The mailbox of this name.
pub async fn find_by_name(conn: &mut Conn, name: &str) -> Result<Option<Mailbox>> {
    Ok(queries::find_by_name(conn, name).await?)
}

/// Whether an address, lower-cased, is the desk's own or that of one of its mailboxes.
pub async fn is_own_address(conn: &mut Conn, settings: &Settings, key: &str) -> Result<bool> {
    Ok(key == settings.address.key() || queries::is_own_address(conn, key).await?)
}

/// Fetches from a mailbox no longer for a while, or again. What waits for its mail goes on waiting.
pub async fn pause(context: &mut Context<'_>, id: Id, paused: bool) -> Result<()> {
    if !queries::pause(context.tx, id, paused).await? {
        return Err(Error::not_found("mailbox"));
    }
    changed(context, id);
    Ok(())
}

/// Takes a mailbox away, with how far it was fetched and which tickets came by it.
pub async fn remove(context: &mut Context<'_>, mailbox: &Mailbox) -> Result<()> {
    queries::remove(context.tx, mailbox.id).await?;
    queries::elect_default(context.tx).await?;
    changed(context, mailbox.id);
    Ok(())
}

/// Remembers the mailbox that a ticket came by.
pub async fn remember_ticket(context: &mut Context<'_>, ticket: Id, mailbox: Id) -> Result<()> {
    Ok(queries::remember_ticket(context.tx, ticket, mailbox).await?)
}

fn changed(context: &mut Context<'_>, id: Id) {
    context.tx.announce(News::of("mailbox", id, 0));
}
