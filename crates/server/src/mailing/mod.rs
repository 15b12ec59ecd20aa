//! Speaking to the servers of the desk's mailboxes: fetching, carrying, and trying whether both would go.
//!
//! The desk says where its servers are and opens their secrets; the crate `transport` speaks to them. What is between stands here.

pub(crate) mod carriers;
pub(crate) mod fetch;
mod stuck;
mod tokens;
pub mod trial;

use std::fmt;
use std::sync::Arc;

use desk::mailboxes::connected::{self, After, keys};
use desk::{Desk, Error};
use store::Id;
use transport::imap::Watch;
use transport::{Fault, Login, Security, Server};
pub use transport::{Limits, Reach, Trust};

use tokens::Tokens;

use crate::messenger::Web;

/// How this process speaks to mail servers, and to the web. Cheap to clone; the clones share the tokens that they were given.
#[derive(Clone, Default)]
pub struct Post {
    trust: Trust,
    limits: Limits,
    tokens: Arc<Tokens>,
    web: Web,
}

/// Why a mailbox cannot be spoken to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Hindrance {
    /// Something is wrong with its servers or its login.
    Fault(Box<Fault>),
    /// The desk itself cannot.
    Desk(String),
}

impl Post {
    /// A process that believes `trust`, and bears with servers as `limits` say.
    #[must_use]
    pub fn new(trust: Trust, limits: Limits) -> Self {
        Self { trust: trust.clone(), limits, tokens: Arc::default(), web: Web::new(trust, Reach::Internet) }
    }

    /// The same, which puts notices to addresses of networks of its own too.
    #[must_use]
    pub fn reaching(mut self, reach: Reach) -> Self {
        self.web = Web::new(self.trust.clone(), reach);
        self
    }

    /// How notices are put to addresses of the web.
    pub(crate) fn web(&self) -> &Web {
        &self.web
    }

    /// Where mail is fetched from, signed in, and what becomes of it; `None` for a mailbox that is not fetched from.
    async fn incoming(
        &self,
        desk: &Desk,
        id: Option<Id>,
        opened: &keys::Opened,
    ) -> Result<Option<(Server, Watch)>, Hindrance> {
        let Some((server, login, folder, after)) = &opened.incoming else { return Ok(None) };
        let login = self.login(desk, id, login).await?;
        let after = match after {
            After::Leave => transport::imap::After::Leave,
            After::Seen => transport::imap::After::Seen,
            After::Move(folder) => transport::imap::After::Move { folder: folder.clone() },
            After::Delete => transport::imap::After::Delete,
        };
        Ok(Some((self.server(server, Some(login)), Watch { folder: folder.clone(), after })))
    }

    /// Where mail is sent to, signed in; `None` for a mailbox that sends nothing.
    async fn outgoing(&self, desk: &Desk, id: Option<Id>, opened: &keys::Opened) -> Result<Option<Server>, Hindrance> {
        let Some((server, login)) = &opened.outgoing else { return Ok(None) };
        let login = match login {
            Some(login) => Some(self.login(desk, id, login).await?),
            None => None,
        };
        Ok(Some(self.server(server, login)))
    }

    fn server(&self, server: &connected::Server, login: Option<Login>) -> Server {
        let security = match server.security {
            connected::Security::Tls => Security::Tls,
            connected::Security::Starttls => Security::StartTls,
            connected::Security::None => Security::Plain,
        };
        Server { host: server.host.clone(), port: server.port, security, trust: self.trust.clone(), login }
    }

    async fn login(&self, desk: &Desk, id: Option<Id>, login: &keys::Login) -> Result<Login, Hindrance> {
        match login {
            keys::Login::Password { user, password } => {
                Ok(Login::Password { user: user.clone(), password: transport::Secret::new(password.reveal()) })
            }
            keys::Login::Grant { user, grant } => {
                let access_token = self.tokens.of(self, desk, id, grant).await?;
                Ok(Login::OAuth2 { user: user.clone(), access_token })
            }
        }
    }
}

impl fmt::Debug for Post {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Post").field("trust", &self.trust).field("limits", &self.limits).finish_non_exhaustive()
    }
}

impl Hindrance {
    /// A stable name, such as `login-refused`.
    pub(crate) fn code(&self) -> &str {
        match self {
            Self::Fault(fault) => fault.code(),
            Self::Desk(_) => "desk",
        }
    }
}

impl From<Fault> for Hindrance {
    fn from(fault: Fault) -> Self {
        Self::Fault(Box::new(fault))
    }
}

impl From<Error> for Hindrance {
    fn from(error: Error) -> Self {
        Self::Desk(error.to_string())
    }
}

impl fmt::Display for Hindrance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fault(fault) => fault.fmt(f),
            Self::Desk(words) => f.write_str(words),
        }
    }
}
