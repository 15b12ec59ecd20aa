//! What can be wrong between a mail server and us, in words that somebody can act on.

use std::fmt;

use crate::words;

/// What was being done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The server's name was looked up.
    Find,
    /// The server was called.
    Connect,
    /// The connection was protected by TLS.
    Protect,
    /// The server was greeted and asked what it can do.
    Greet,
    /// Somebody signed in.
    SignIn,
    /// A folder was opened.
    Folder,
    /// Mails were fetched, or news waited for.
    Fetch,
    /// A fetched mail was marked, moved or deleted.
    Settle,
    /// The sender of a mail was named.
    Sender,
    /// The recipients of a mail were named.
    Recipient,
    /// A mail was handed over.
    HandOver,
    /// A token was asked for.
    Token,
    /// Something was told over the web.
    Tell,
}

impl Stage {
    /// A name for catalogues of texts: `sign-in`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Find => "find",
            Self::Connect => "connect",
            Self::Protect => "protect",
            Self::Greet => "greet",
            Self::SignIn => "sign-in",
            Self::Folder => "folder",
            Self::Fetch => "fetch",
            Self::Settle => "settle",
            Self::Sender => "sender",
            Self::Recipient => "recipient",
            Self::HandOver => "hand-over",
            Self::Token => "token",
            Self::Tell => "tell",
        }
    }
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// No server has the name.
    NameUnknown,
    /// The server is there and nobody listens at the port.
    NobodyListens,
    /// There is no way to the server.
    Unreachable,
    /// The server did not say anything in time.
    Silent,
    /// The server closed the connection.
    Dropped,
    /// What listens at the port speaks no TLS, or not at once.
    NoTls,
    /// The server offers no `STARTTLS`.
    NoStartTls,
    /// The certificate is for other names: these.
    WrongName(Vec<String>),
    /// The certificate has expired.
    Expired,
    /// The certificate is not valid yet.
    NotYetValid,
    /// Nobody who is believed vouches for the certificate: it is self-signed, or an authority of the company's own signed it.
    NotVouchedFor,
    /// The certificate is not in order in another way.
    BadCertificate(String),
    /// TLS did not come about.
    Tls(String),
    /// A password or token would travel unprotected.
    Unprotected,
    /// The server offers no way to sign in that we know and that is asked for.
    NoMechanism,
    /// The server does not take the name and password, or the token.
    LoginRefused,
    /// There is no such folder, or it cannot be opened.
    NoFolder,
    /// The folder can be read and not changed.
    ReadOnly,
    /// The login may not send as that address.
    SenderRefused,
    /// The server does not take mail for a recipient.
    RecipientRefused,
    /// The server refuses what was asked, for good.
    Refused,
    /// The server does not do what was asked now.
    NotNow,
    /// The server cannot take the mail as it is: this is missing.
    Unfit(&'static str),
    /// What the server says cannot be understood.
    Garbled,
    /// The server says more than can be borne.
    Endless,
    /// The grant behind a token is no longer good.
    GrantRefused,
    /// The address of the place that gives tokens is none.
    BadEndpoint,
    /// The address leads to this machine or to a network of its own.
    NotPublic,
}

/// What was wrong, and with what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What was being done.
    pub stage: Stage,
    /// What is wrong.
    pub kind: Kind,
    /// The server's own words, in one line of at most 300 characters. They may repeat an address.
    pub said: Option<String>,
}

/// The most characters of a server's words that are kept.
const SAID_MAX: usize = 300;

impl Fault {
    pub(crate) fn new(stage: Stage, kind: Kind) -> Self {
        Self { stage, kind, said: None }
    }

    /// With the server's words.
    pub(crate) fn saying(stage: Stage, kind: Kind, said: &[u8]) -> Self {
        let line = String::from_utf8_lossy(said);
        let words = line.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
        let words: String = words.collect::<Vec<_>>().join(" ").chars().take(SAID_MAX).collect();
        Self { stage, kind, said: Some(words).filter(|words| !words.is_empty()) }
    }

    /// A name for catalogues of texts: `login-refused`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        words::of(&self.kind).code
    }

    /// What somebody can do about it, in a sentence or two.
    #[must_use]
    pub fn advice(&self) -> &'static str {
        words::of(&self.kind).advice
    }

    /// Whether it stays so until somebody mends something: a name, a password, a folder. What passes by itself is tried again.
    #[must_use]
    pub fn lasts(&self) -> bool {
        !matches!(
            self.kind,
            Kind::NobodyListens
                | Kind::Unreachable
                | Kind::Silent
                | Kind::Dropped
                | Kind::NotNow
                | Kind::Garbled
                | Kind::Endless
        )
    }

    /// Whether the session or connection on which it came is of no more use.
    #[must_use]
    pub fn ends_session(&self) -> bool {
        let is_answer = matches!(
            self.kind,
            Kind::Refused
                | Kind::NotNow
                | Kind::NoFolder
                | Kind::ReadOnly
                | Kind::SenderRefused
                | Kind::RecipientRefused
                | Kind::Unfit(_)
        );
        !is_answer
    }
}

/// What is wrong in one line, the server's words at its end.
impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(words::of(&self.kind).sentence)?;
        match &self.kind {
            Kind::WrongName(names) if !names.is_empty() => write!(f, ": {}", names.join(", "))?,
            Kind::BadCertificate(detail) | Kind::Tls(detail) => write!(f, ": {detail}")?,
            Kind::Unfit(detail) => write!(f, ": {detail}")?,
            _ => {}
        }
        match &self.said {
            Some(said) => write!(f, " (it says: {said})"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Fault {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_servers_words_become_one_bounded_line() {
        let said = format!("NO  go\r\n away \u{7}{}", "x".repeat(1000));
        let fault = Fault::saying(Stage::SignIn, Kind::LoginRefused, said.as_bytes());
        let said = fault.said.clone().unwrap();
        assert!(said.starts_with("NO go away x") && said.chars().count() == 300, "{said}");
        assert!(fault.to_string().contains("(it says: NO go away"), "{fault}");
    }

    #[test]
    fn what_is_wrong_is_one_line_with_its_details() {
        let names = Kind::WrongName(vec!["mx.acme.example".to_owned(), "mail.acme.example".to_owned()]);
        assert_eq!(
            Fault::new(Stage::Protect, names).to_string(),
            "the server's certificate is for another name: mx.acme.example, mail.acme.example"
        );
    }
}
