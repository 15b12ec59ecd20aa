//! One connection to a mail server and what is said on it.

use std::fmt;
use std::future::Future;
use std::time::Duration;

use desk::mailboxes::outgoing::Ready;
use desk::outbox::Refusal;
use lettre::Address;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::DEFAULT_MECHANISMS;
use lettre::transport::smtp::client::AsyncSmtpConnection;
use lettre::transport::smtp::commands::{Data, Mail, Rcpt, Rset};
use lettre::transport::smtp::extension::{ClientId, Extension, MailBodyParameter, MailParameter};

use super::server::{Security, Server};

/// A connection that has said hello. Dropping it closes it, whatever was being said.
pub(super) struct Conversation {
    connection: AsyncSmtpConnection,
    step_max: Duration,
}

/// Why a step was not taken.
pub(super) enum Failure {
    /// The server answered no; the connection is in order.
    Refused(Refusal),
    /// There was no answer that could be understood; the connection is of no more use.
    Broken(String),
}

impl Conversation {
    /// Connects, protects the connection and signs in as `server` says. Whatever fails here says nothing about a mail, so the mail
    /// is tried again later.
    pub(super) async fn open(server: &Server, step_max: Duration) -> Result<Self, Refusal> {
        let hello = ClientId::default();
        let place = (server.host.as_str(), server.port);
        let later = |error: &dyn fmt::Display| Refusal::Later(format!("no connection to the mail server: {error}"));
        let tls = match &server.security {
            Security::Tls(tls) => Some(tls.clone()),
            Security::None | Security::StartTls(_) => None,
        };
        let opening = async {
            let mut connection = AsyncSmtpConnection::connect_tokio1(place, Some(step_max), &hello, tls, None).await?;
            if let Security::StartTls(tls) = &server.security {
                connection.starttls(tls.clone(), &hello).await?;
            }
            if let Some(credentials) = &server.credentials {
                connection.auth(DEFAULT_MECHANISMS, credentials).await?;
            }
            Ok::<_, Error>(connection)
        };
        match tokio::time::timeout(step_max, opening).await {
            Ok(Ok(connection)) => Ok(Self { connection, step_max }),
            Ok(Err(error)) => Err(later(&error)),
            Err(_) => Err(later(&"it did not answer in time")),
        }
    }

    /// Names the sender: the first step of each mail.
    pub(super) async fn begin(&mut self, mail: &Ready) -> Result<(), Failure> {
        let sender = address(&mail.sender)?;
        let mut parameters = Vec::new();
        if !mail.sender.is_ascii() || mail.recipients.iter().any(|recipient| !recipient.is_ascii()) {
            self.require(Extension::SmtpUtfEight, "an address is not ASCII and the server knows no SMTPUTF8")?;
            parameters.push(MailParameter::SmtpUtfEight);
        }
        if !mail.raw.is_ascii() {
            self.require(Extension::EightBitMime, "the mail is not ASCII and the server knows no 8BITMIME")?;
            parameters.push(MailParameter::Body(MailBodyParameter::EightBitMime));
        }
        self.say(Mail::new(Some(sender), parameters)).await
    }

    /// Names the recipients and gives the mail over. `Ok` means that the server has taken responsibility for it (RFC 5321,
    /// section 6.1).
    pub(super) async fn hand_over(&mut self, mail: &Ready) -> Result<(), Failure> {
        for recipient in &mail.recipients {
            self.say(Rcpt::new(address(recipient)?, Vec::new())).await?;
        }
        self.say(Data).await?;
        // The library closes every mail with a line break and a dot; the mail's own last line break is that one.
        let raw = mail.raw.strip_suffix(b"\r\n").unwrap_or(&mail.raw);
        within(self.step_max, self.connection.message(raw)).await
    }

    /// Makes the connection ready for another mail; says whether it is.
    pub(super) async fn reset(&mut self) -> bool {
        self.say(Rset).await.is_ok()
    }

    async fn say(&mut self, command: impl fmt::Display) -> Result<(), Failure> {
        within(self.step_max, self.connection.command(command)).await
    }

    fn require(&self, extension: Extension, otherwise: &str) -> Result<(), Failure> {
        if self.connection.server_info().supports_feature(extension) {
            return Ok(());
        }
        Err(Failure::Refused(Refusal::Never(otherwise.to_owned())))
    }
}

fn address(text: &str) -> Result<Address, Failure> {
    text.parse().map_err(|_| Failure::Refused(Refusal::Never("an address of the mail is none".to_owned())))
}

async fn within<T>(step_max: Duration, step: impl Future<Output = Result<T, Error>>) -> Result<(), Failure> {
    match tokio::time::timeout(step_max, step).await {
        Ok(Ok(_)) => Ok(()),
        Ok(Err(error)) => Err(failure(&error)),
        Err(_) => Err(Failure::Broken("the mail server did not answer in time".to_owned())),
    }
}

/// What an answer means for the mail (RFC 5321, section 4.2.1).
fn failure(error: &Error) -> Failure {
    let Some(code) = error.status().map(u16::from) else { return Failure::Broken(error.to_string()) };
    match code {
        // It closes the connection.
        421 => Failure::Broken(error.to_string()),
        // It wants us to sign in, or does not take our password: the desk's configuration is wrong, not the mail.
        530 | 534 | 535 | 538 => Failure::Refused(Refusal::Later(error.to_string())),
        500..=599 => Failure::Refused(Refusal::Never(error.to_string())),
        _ => Failure::Refused(Refusal::Later(error.to_string())),
    }
}
