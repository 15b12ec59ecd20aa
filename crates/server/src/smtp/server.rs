//! Which mail server, and how to be sure that it is the one.

use std::fmt;

use axum::http::Uri;
use desk::{Error, Result};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::TlsParameters;
use percent_encoding::percent_decode_str;

/// A mail server, as a URL names it.
#[derive(Clone)]
pub struct Server {
    pub(super) host: String,
    pub(super) port: u16,
    pub(super) security: Security,
    pub(super) credentials: Option<Credentials>,
}

/// How the connection is protected.
#[derive(Clone)]
pub(super) enum Security {
    /// Not at all.
    None,
    /// By TLS from its first byte (RFC 8314).
    Tls(TlsParameters),
    /// By TLS after `STARTTLS` (RFC 3207); without it nothing is said.
    StartTls(TlsParameters),
}

impl Server {
    /// Reads `smtp://`, `smtps://` or `smtp+starttls://`, `[user:password@]host[:port]`; user and password percent-encoded.
    pub fn read(url: &str) -> Result<Self> {
        let wrong = |why: &str| {
            Error::invalid_field("smtp", "bad-url", format!("this is no address of a mail server: {why}")).advise(
                "Write smtp://host:25, smtp+starttls://user:password@host:587 or smtps://user:password@host:465.",
            )
        };
        let uri: Uri = url.trim().parse().map_err(|_| wrong("it cannot be read"))?;
        let authority = uri.authority().ok_or_else(|| wrong("it names no host"))?;
        if uri.path_and_query().is_some_and(|rest| !matches!(rest.as_str(), "" | "/")) {
            return Err(wrong("nothing may follow the host and port"));
        }
        let host = authority.host().trim_matches(['[', ']']).to_owned();
        if host.is_empty() {
            return Err(wrong("it names no host"));
        }
        let credentials = match authority.as_str().rsplit_once('@') {
            Some((user, _)) => {
                Some(credentials(user).ok_or_else(|| wrong("user and password need a colon between them"))?)
            }
            None => None,
        };
        let tls = || TlsParameters::new(host.clone()).map_err(|error| wrong(&error.to_string()));
        let (security, usual_port) = match uri.scheme_str() {
            Some("smtp") => (Security::None, 25),
            Some("smtps") => (Security::Tls(tls()?), 465),
            Some("smtp+starttls") => (Security::StartTls(tls()?), 587),
            _ => return Err(wrong("it begins with none of smtp:, smtps: and smtp+starttls:")),
        };
        let is_near = host == "localhost" || host.parse().is_ok_and(|ip: std::net::IpAddr| ip.is_loopback());
        if credentials.is_some() && matches!(security, Security::None) && !is_near {
            return Err(wrong("a password may not travel unprotected; use smtps: or smtp+starttls:"));
        }
        let port = match (authority.port_u16(), authority.port()) {
            (Some(0), _) | (None, Some(_)) => return Err(wrong("its port is none")),
            (port, _) => port.unwrap_or(usual_port),
        };
        Ok(Self { host, port, security, credentials })
    }
}

fn credentials(text: &str) -> Option<Credentials> {
    let (user, password) = text.split_once(':')?;
    let decoded = |part: &str| percent_decode_str(part).decode_utf8().ok().map(String::from);
    Some(Credentials::new(decoded(user)?, decoded(password)?))
}

/// Shows where it is and never who signs in.
impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = match self.security {
            Security::None => "smtp",
            Security::Tls(_) => "smtps",
            Security::StartTls(_) => "smtp+starttls",
        };
        write!(f, "{scheme}://{}:{}", self.host, self.port)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(url: &str) -> String {
        format!("{:?}", Server::read(url).unwrap())
    }

    #[test]
    fn a_url_names_host_port_and_protection() {
        assert_eq!(shown("smtp://mail.acme.example"), "smtp://mail.acme.example:25");
        assert_eq!(shown("smtp://127.0.0.1:2525/"), "smtp://127.0.0.1:2525");
        assert_eq!(shown("smtps://u:p@mail.acme.example"), "smtps://mail.acme.example:465");
        assert_eq!(shown("smtp+starttls://u:p@mail.acme.example:2587"), "smtp+starttls://mail.acme.example:2587");
        assert_eq!(shown("smtp://[::1]:25"), "smtp://::1:25");
    }

    #[test]
    fn user_and_password_are_decoded_and_never_shown() {
        let server = Server::read("smtps://desk%40acme.example:s%3Acret@mail.acme.example").unwrap();
        let expected = Credentials::new("desk@acme.example".into(), "s:cret".into());
        assert!(server.credentials.as_ref() == Some(&expected));
        assert!(!format!("{server:?}").contains("cret"));
    }

    #[test]
    fn what_is_wrong_with_a_url_is_said_without_repeating_it() {
        let wrong = [
            "mail.acme.example",
            "http://mail.acme.example",
            "smtp://",
            "smtp://mail.acme.example/inbox",
            "smtp://user:secret@mail.acme.example",
            "smtps://user@mail.acme.example",
            "smtp://mail.acme.example:0",
        ];
        for url in wrong {
            let error = Server::read(url).unwrap_err();
            assert_eq!(error.fields[0].code, "bad-url", "{url}");
            assert!(!error.to_string().contains("user:secret"), "{error}");
        }
    }
}
