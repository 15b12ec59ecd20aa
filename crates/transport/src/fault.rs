//! What can be wrong between a mail server and us, in words that somebody can act on.

use std::fmt;

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
        self.words().0
    }

    /// What somebody can do about it, in a sentence or two.
    #[must_use]
    pub fn advice(&self) -> &'static str {
        self.words().2
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

    /// Code, sentence and advice.
    fn words(&self) -> (&'static str, &'static str, &'static str) {
        match self.kind {
            Kind::NameUnknown => (
                "name-unknown",
                "no server has this name",
                "Look for a mistake in the name; your provider's help says what it is, often imap. or smtp. and the domain.",
            ),
            Kind::NobodyListens => (
                "nobody-listens",
                "the server is there, but nobody listens at this port",
                "Look at the port: mail is fetched at 993 (TLS) or 143 (STARTTLS) and sent at 465 (TLS) or 587 (STARTTLS).",
            ),
            Kind::Unreachable => (
                "unreachable",
                "there is no way to the server",
                "Look whether this machine is online and whether a firewall stands between.",
            ),
            Kind::Silent => (
                "silent",
                "the server did not answer in time",
                "The port may be closed by a firewall, or be one for the other kind of protection: TLS at 993 and 465, STARTTLS at 143 and 587.",
            ),
            Kind::Dropped => (
                "dropped",
                "the server closed the connection",
                "It may be restarting, or have too many connections from here; it is tried again.",
            ),
            Kind::NoTls => (
                "no-tls",
                "what answers at this port does not begin with TLS",
                "Choose STARTTLS, or the port for TLS: 993 to fetch, 465 to send.",
            ),
            Kind::NoStartTls => (
                "no-starttls",
                "the server offers no STARTTLS, so the connection would stay unprotected",
                "Choose TLS and its port (993 to fetch, 465 to send), or have STARTTLS switched on at the server.",
            ),
            Kind::WrongName(_) => (
                "wrong-name",
                "the server's certificate is for another name",
                "Write the server's name as its certificate has it.",
            ),
            Kind::Expired => (
                "certificate-expired",
                "the server's certificate has expired",
                "Whoever runs the server has to renew it. Look at this machine's clock as well.",
            ),
            Kind::NotYetValid => (
                "certificate-not-yet-valid",
                "the server's certificate is not valid yet",
                "Look at this machine's clock.",
            ),
            Kind::NotVouchedFor => (
                "certificate-not-vouched-for",
                "nobody whom this machine believes vouches for the server's certificate: it is self-signed, or signed by a company's own authority",
                "If the server is your company's, give the desk the certificate of its authority (a PEM file).",
            ),
            Kind::BadCertificate(_) => (
                "certificate-bad",
                "the server's certificate is not in order",
                "Whoever runs the server has to replace it.",
            ),
            Kind::Tls(_) => (
                "tls-failed",
                "server and desk found no way to protect the connection",
                "The server needs TLS 1.2 or later; if this machine believes no certificate at all, install ca-certificates.",
            ),
            Kind::Unprotected => (
                "unprotected",
                "a password would travel unprotected",
                "Choose TLS or STARTTLS. Only a server on this machine is signed in to without.",
            ),
            Kind::NoMechanism => (
                "no-mechanism",
                "the server offers no way to sign in that fits",
                "Look whether it wants a password or OAuth, and whether sign-in is switched on at this port.",
            ),
            Kind::LoginRefused => (
                "login-refused",
                "the server does not take this name and password, or this token",
                "Many providers want a password made for this program (an app password), and fetching by IMAP switched on first.",
            ),
            Kind::NoFolder => ("no-folder", "there is no such folder", "Choose one that is there; capitals count."),
            Kind::ReadOnly => (
                "read-only",
                "the folder can be read, but not changed",
                "Leave its mails as they are, or have this login given the right to change them.",
            ),
            Kind::SenderRefused => (
                "sender-refused",
                "the server does not let this login send as that address",
                "Sign in as the address, or have the login allowed to send as it.",
            ),
            Kind::RecipientRefused => (
                "recipient-refused",
                "the server does not take mail for the recipient",
                "Look for a mistake in the address; the server's words say more.",
            ),
            Kind::Refused => ("refused", "the server refuses this", "The server's words say why."),
            Kind::NotNow => ("not-now", "the server does not do this now", "It is tried again by itself."),
            Kind::Unfit(_) => (
                "unfit",
                "the server cannot take this mail as it is",
                "Have the server's limits raised, or send through another one.",
            ),
            Kind::Garbled => (
                "garbled",
                "what the server says cannot be understood",
                "Look whether it is a mail server that listens at this port, and whether of the right kind.",
            ),
            Kind::Endless => (
                "endless",
                "the server says more than can be borne",
                "Look whether it is a mail server that listens at this port; if it is, it is not well.",
            ),
            Kind::GrantRefused => (
                "grant-refused",
                "the permission to use the mailbox has ended",
                "Sign in to the mailbox again to renew it.",
            ),
            Kind::BadEndpoint => {
                ("bad-endpoint", "the address for tokens is none", "Write an address that begins with https://.")
            }
        }
    }
}

/// What is wrong in one line, the server's words at its end.
impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.words().1)?;
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
