//! Where the servers are, and mailboxes on them.

use std::path::{Path, PathBuf};

use transport::imap::{Session, Since, Watch};
use transport::{Limits, Login, Secret, Security, Server, Trust};

/// Where a server is to be found.
#[derive(Clone, Copy, Debug)]
pub enum Door {
    ImapTls,
    ImapStartTls,
    ImapPlain,
    SubmissionTls,
    SubmissionStartTls,
}

impl Door {
    fn variable(self) -> &'static str {
        match self {
            Self::ImapTls => "DESKHAND_TEST_IMAPS",
            Self::ImapStartTls | Self::ImapPlain => "DESKHAND_TEST_IMAP",
            Self::SubmissionTls => "DESKHAND_TEST_SUBMISSIONS",
            Self::SubmissionStartTls => "DESKHAND_TEST_SUBMISSION",
        }
    }

    fn security(self) -> Security {
        match self {
            Self::ImapTls | Self::SubmissionTls => Security::Tls,
            Self::ImapStartTls | Self::SubmissionStartTls => Security::StartTls,
            Self::ImapPlain => Security::Plain,
        }
    }
}

/// What the script says; nothing, loudly, where there are no servers. In CI there have to be.
pub fn given(variable: &str) -> Option<String> {
    let value = std::env::var(variable).ok();
    if value.is_none() {
        assert!(std::env::var_os("CI").is_none(), "{variable} is not set: run the tests by scripts/with-mail-servers");
        eprintln!("SKIPPED: {variable} is not set, so there is no mail server to ask. See scripts/with-mail-servers.");
    }
    value
}

/// A server at a door, to which `user` signs in.
pub fn server(door: Door, user: &str) -> Option<Server> {
    let password = Secret::new(given("DESKHAND_TEST_MAIL_PASSWORD")?);
    let place = given(door.variable())?;
    let (host, port) = place.split_once(':').unwrap();
    Some(Server {
        host: host.to_owned(),
        port: port.parse().unwrap(),
        security: door.security(),
        trust: trust()?,
        login: Some(Login::Password { user: user.to_owned(), password }),
    })
}

/// The authority that vouches for the servers.
pub fn trust() -> Option<Trust> {
    let pem = std::fs::read(given("DESKHAND_TEST_MAIL_CA")?).unwrap();
    Some(Trust::platform_and(&pem).unwrap())
}

/// A session in the inbox of `user`.
pub async fn inbox(user: &str, since: Since) -> Option<Session> {
    let server = server(Door::ImapTls, user)?;
    let mut session = Session::open(&server, &Limits::default()).await.unwrap();
    session.enter(&Watch::default(), since).await.unwrap();
    Some(session)
}

/// The maildir of `user` (`name@domain`).
pub fn maildir(user: &str) -> Option<PathBuf> {
    let (name, domain) = user.split_once('@').unwrap();
    Some(Path::new(&given("DESKHAND_TEST_MAIL_BOXES")?).join(domain).join(name).join("Maildir"))
}

/// Puts a mail into the maildir of `user`, who has signed in before.
pub fn put(user: &str, name: &str, raw: &[u8]) {
    let maildir = maildir(user).unwrap();
    let waiting = maildir.join("tmp").join(name);
    std::fs::write(&waiting, raw).unwrap();
    std::fs::rename(waiting, maildir.join("new").join(name)).unwrap();
}
