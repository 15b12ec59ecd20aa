//! Which mail server, as a URL names it.

use axum::http::Uri;
use desk::{Error, Result};
use percent_encoding::percent_decode_str;
use transport::{Login, Secret, Security, Server, Trust};

/// Reads `smtp://`, `smtps://` or `smtp+starttls://`, `[user:password@]host[:port]`; user and password percent-encoded.
pub(super) fn read(url: &str) -> Result<Server> {
    let wrong = |why: &str| {
        Error::invalid_field("smtp", "bad-url", format!("this is no address of a mail server: {why}"))
            .advise("Write smtp://host:25, smtp+starttls://user:password@host:587 or smtps://user:password@host:465.")
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
    let login = match authority.as_str().rsplit_once('@') {
        Some((user, _)) => Some(login(user).ok_or_else(|| wrong("user and password need a colon between them"))?),
        None => None,
    };
    let (security, usual_port) = match uri.scheme_str() {
        Some("smtp") => (Security::Plain, 25),
        Some("smtps") => (Security::Tls, 465),
        Some("smtp+starttls") => (Security::StartTls, 587),
        _ => return Err(wrong("it begins neither with smtp: nor with smtps: nor with smtp+starttls: as one does")),
    };
    let is_near = host == "localhost" || host.parse().is_ok_and(|ip: std::net::IpAddr| ip.is_loopback());
    if login.is_some() && security == Security::Plain && !is_near {
        return Err(wrong("a password may not travel unprotected; use smtps: or smtp+starttls:"));
    }
    let port = match (authority.port_u16(), authority.port()) {
        (Some(0), _) | (None, Some(_)) => return Err(wrong("its port is none")),
        (port, _) => port.unwrap_or(usual_port),
    };
    Ok(Server { host, port, security, trust: Trust::platform(), login })
}

fn login(text: &str) -> Option<Login> {
    let (user, password) = text.split_once(':')?;
    let decoded = |part: &str| percent_decode_str(part).decode_utf8().ok().map(String::from);
    Some(Login::Password { user: decoded(user)?, password: Secret::new(decoded(password)?) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_names_host_port_and_protection() {
        for (url, host, port, security) in [
            ("smtp://mail.acme.example", "mail.acme.example", 25, Security::Plain),
            ("smtp://127.0.0.1:2525/", "127.0.0.1", 2525, Security::Plain),
            ("smtps://u:p@mail.acme.example", "mail.acme.example", 465, Security::Tls),
            ("smtp+starttls://u:p@mail.acme.example:2587", "mail.acme.example", 2587, Security::StartTls),
            ("smtp://[::1]:25", "::1", 25, Security::Plain),
        ] {
            let server = read(url).unwrap();
            assert_eq!((server.host.as_str(), server.port, server.security), (host, port, security), "{url}");
        }
    }

    #[test]
    fn user_and_password_are_decoded_and_the_password_is_never_shown() {
        let server = read("smtps://desk%40acme.example:s%3Ahush@mail.acme.example").unwrap();
        assert!(!format!("{server:?}").contains("hush"));
        let password = Secret::new("s:hush");
        assert_eq!(server.login, Some(Login::Password { user: "desk@acme.example".to_owned(), password }));
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
            let error = read(url).unwrap_err();
            assert_eq!(error.fields[0].code, "bad-url", "{url}");
            assert!(!error.to_string().contains("user:secret"), "{error}");
        }
    }
}
