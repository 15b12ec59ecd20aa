//! Which server, how the way to it is protected, and who signs in.

use std::time::Duration;

use crate::{Secret, Trust};

/// A mail server.
#[derive(Clone, Debug)]
pub struct Server {
    /// Its name, or its address in numbers. With TLS the certificate has to be for it.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the way to it is protected.
    pub security: Security,
    /// Whose certificates are believed.
    pub trust: Trust,
    /// Who signs in; nobody when absent.
    pub login: Option<Login>,
}

/// How a connection is protected. What is asked for happens or nothing does: there is no falling back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Security {
    /// By TLS from the first byte (RFC 8314): ports 993 and 465.
    Tls,
    /// By TLS after `STARTTLS` (RFC 2595, RFC 3207): ports 143 and 587.
    StartTls,
    /// Not at all. Nobody signs in this way, unless the server is on this machine.
    Plain,
}

/// Who signs in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Login {
    /// By a password: SASL PLAIN (RFC 4616) or what the server has instead (`LOGIN`).
    Password {
        /// The name to sign in with, often the address.
        user: String,
        /// The password.
        password: Secret,
    },
    /// By a token that somebody gave for the mailbox: SASL XOAUTH2.
    OAuth2 {
        /// The mailbox's address.
        user: String,
        /// The token; [`crate::oauth::refresh`] gets one.
        access_token: Secret,
    },
}

impl Login {
    /// The name that signs in.
    #[must_use]
    pub fn user(&self) -> &str {
        match self {
            Self::Password { user, .. } | Self::OAuth2 { user, .. } => user,
        }
    }
}

/// What a server may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// How long finding the server and connecting to it may take.
    pub connect: Duration,
    /// How long the server may say nothing when it is its turn.
    pub step: Duration,
    /// How long one command may take, however often the server says a bit of its answer.
    pub command: Duration,
    /// How many bytes a fetched mail may have; of a larger one only the header is fetched.
    pub mail: u64,
}

impl Default for Limits {
    /// 15 s to connect, 30 s of silence, ten minutes a command, 36 MiB a mail.
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(15),
            step: Duration::from_secs(30),
            command: Duration::from_secs(600),
            mail: 36 << 20,
        }
    }
}
