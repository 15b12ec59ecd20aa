//! Where people reach the desk: what links in mails begin with. Never taken from a request, whose sender may say anything.

use crate::{Error, Result};

/// The address under which browsers reach the desk: `https://desk.acme.example`, with a port where it has one, without a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl {
    origin: String,
}

impl PublicUrl {
    /// Reads `text`. A slash at its end is left out.
    ///
    /// # Errors
    /// When it is no `http` or `https` address, or has a path, a query or a password.
    pub fn read(text: &str) -> Result<Self> {
        let origin = text.trim().trim_end_matches('/').to_ascii_lowercase();
        let host = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"));
        let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | ':' | '[' | ']');
        match host {
            Some(host) if !host.is_empty() && host.len() <= 255 && host.chars().all(fits) => Ok(Self { origin }),
            _ => Err(Error::invalid_field("public_url", "no-public-url", format!("{text:?} is no address of a desk"))
                .advise("Give the address that browsers open, such as https://desk.acme.example, without a path.")),
        }
    }

    /// Scheme, host and port, as browsers send them in `Origin` (RFC 6454, section 6.2).
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Whether browsers reach it by TLS, so that cookies are for TLS alone.
    pub fn is_secure(&self) -> bool {
        self.origin.starts_with("https://")
    }

    /// The whole address of `path`, which begins with a slash.
    pub fn of(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_scheme_host_and_port_and_nothing_else() {
        assert_eq!(PublicUrl::read("https://Desk.Acme.example/").unwrap().origin(), "https://desk.acme.example");
        assert_eq!(PublicUrl::read("http://127.0.0.1:8080").unwrap().of("/sign-in"), "http://127.0.0.1:8080/sign-in");
        assert!(PublicUrl::read("https://desk.acme.example").unwrap().is_secure());
        for wrong in [
            "desk.acme.example",
            "ftp://desk.example",
            "https://",
            "https://a@desk.example",
            "https://desk.example/x",
            "https://a b",
        ] {
            assert!(PublicUrl::read(wrong).is_err(), "{wrong}");
        }
    }
}
