//! Where the mailboxes of well-known providers are, and what has to be known about them. Facts from their own manuals, as of 2026.

use std::collections::BTreeMap;

/// A provider's servers.
struct Preset {
    /// What it is chosen by.
    provider: &'static str,
    /// The domains of its addresses.
    domains: &'static [&'static str],
    /// Where mail is fetched from, with TLS.
    imap: &'static str,
    /// Where it is sent to, the port, and how that is protected.
    smtp: (&'static str, &'static str, &'static str),
    /// Whether `name+anything@…` reaches `name@…`.
    tagged: bool,
    /// The text that says what has to be known.
    hint: &'static str,
    /// Where tokens are had, and what for, where no password is taken.
    grant: Option<(&'static str, &'static str)>,
}

const PRESETS: &[Preset] = &[
    Preset {
        provider: "google",
        domains: &["gmail.com", "googlemail.com"],
        imap: "imap.gmail.com",
        smtp: ("smtp.gmail.com", "465", "tls"),
        tagged: true,
        hint: "mailbox-hint-google",
        grant: None,
    },
    Preset {
        provider: "microsoft",
        domains: &["outlook.com", "hotmail.com", "live.com", "msn.com"],
        imap: "outlook.office365.com",
        smtp: ("smtp.office365.com", "587", "starttls"),
        tagged: true,
        hint: "mailbox-hint-microsoft",
        grant: Some((
            "https://login.microsoftonline.com/common/oauth2/v2.0/token",
            "https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/SMTP.Send offline_access",
        )),
    },
    Preset {
        provider: "icloud",
        domains: &["icloud.com", "me.com", "mac.com"],
        imap: "imap.mail.me.com",
        smtp: ("smtp.mail.me.com", "587", "starttls"),
        tagged: true,
        hint: "mailbox-hint-app-password",
        grant: None,
    },
    Preset {
        provider: "yahoo",
        domains: &["yahoo.com", "ymail.com"],
        imap: "imap.mail.yahoo.com",
        smtp: ("smtp.mail.yahoo.com", "465", "tls"),
        tagged: false,
        hint: "mailbox-hint-app-password",
        grant: None,
    },
    Preset {
        provider: "fastmail",
        domains: &["fastmail.com", "fastmail.fm"],
        imap: "imap.fastmail.com",
        smtp: ("smtp.fastmail.com", "465", "tls"),
        tagged: true,
        hint: "mailbox-hint-app-password",
        grant: None,
    },
];

/// What a form begins with for `address` at `provider`, and the text that says what has to be known about it. A provider that is
/// not known is taken to have servers named as most have.
pub(super) fn begin(address: &str, provider: &str) -> (BTreeMap<String, String>, &'static str) {
    let (local, domain) = address.rsplit_once('@').unwrap_or((address, ""));
    let domain = domain.to_lowercase();
    let known = PRESETS.iter().find(|preset| preset.provider == provider || preset.domains.contains(&domain.as_str()));
    let mut fields = BTreeMap::new();
    let mut put = |name: &str, value: &str| drop(fields.insert(name.to_owned(), value.to_owned()));
    put("name", local);
    put("address", address);
    put("incoming.user", address);
    put("incoming.security", "tls");
    put("incoming.after", "leave");
    put("incoming.folder", "INBOX");
    put("outgoing.login", "same");
    put("sign_in", "password");
    let Some(preset) = known else {
        put("incoming.host", &format!("imap.{domain}"));
        put("incoming.port", "993");
        put("outgoing.host", &format!("smtp.{domain}"));
        put("outgoing.port", "465");
        put("outgoing.security", "tls");
        return (fields, "mailbox-hint-other");
    };
    let (host, port, security) = preset.smtp;
    put("incoming.host", preset.imap);
    put("incoming.port", "993");
    put("outgoing.host", host);
    put("outgoing.port", port);
    put("outgoing.security", security);
    put("tagged", if preset.tagged { "true" } else { "" });
    if let Some((endpoint, scope)) = preset.grant {
        put("sign_in", "grant");
        put("grant.endpoint", endpoint);
        put("grant.scope", scope);
    }
    (fields, preset.hint)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_well_known_address_brings_its_servers_and_another_a_guess() {
        let of = |address: &str, provider: &str| {
            let (fields, hint) = begin(address, provider);
            (fields["incoming.host"].clone(), fields["outgoing.host"].clone(), fields["outgoing.port"].clone(), hint)
        };
        let google =
            ("imap.gmail.com".to_owned(), "smtp.gmail.com".to_owned(), "465".to_owned(), "mailbox-hint-google");
        assert_eq!(of("help@GMAIL.com", ""), google);
        assert_eq!(of("help@acme.example", "google"), google, "a company's own domain there");
        let guess =
            ("imap.acme.example".to_owned(), "smtp.acme.example".to_owned(), "465".to_owned(), "mailbox-hint-other");
        assert_eq!(of("help@acme.example", ""), guess);
    }
}
