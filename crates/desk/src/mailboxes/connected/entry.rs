//! A mailbox as people enter it: on the page, through the API, at the command line. One reader for all of them, which names what
//! is wrong by its field.

use std::collections::BTreeMap;
use std::net::IpAddr;

use super::{After, FieldKind, Security, Server};
use crate::error::FieldError;
use crate::sealed::Secret;
use crate::{Error, Result};

/// The longest name of a mailbox, in characters.
const NAME_MAX: usize = 60;
/// The longest other text, in bytes.
const TEXT_MAX: usize = 1_000;
/// The longest secret, in bytes: refresh tokens can be long.
const SECRET_MAX: usize = 8_192;

/// A mailbox as it was entered. A secret that was not is kept as it was, where it still goes to the same server.
#[derive(Clone, Debug)]
pub struct Entry {
    /// What colleagues call it.
    pub name: String,
    /// Its mail address.
    pub address: String,
    /// The name that its mails are from.
    pub sender_name: Option<String>,
    /// The team of the tickets it opens.
    pub team: Option<String>,
    /// Their playbook.
    pub playbook: Option<String>,
    /// Whether its server takes mail for `name+anything@…`.
    pub tagged: bool,
    /// Where mail is fetched from.
    pub incoming: Option<IncomingEntry>,
    /// Where it is sent to.
    pub outgoing: Option<OutgoingEntry>,
    /// The grant that signs in instead of a password.
    pub grant: Option<GrantEntry>,
    /// Whether it becomes the default.
    pub is_default: bool,
    /// Whether what lies in the folder already is brought in too; counts when the mailbox is added.
    pub everything: bool,
}

/// Where mail is fetched from, as entered.
#[derive(Clone, Debug)]
pub struct IncomingEntry {
    /// The server.
    pub server: Server,
    /// Who signs in.
    pub login: LoginEntry,
    /// The folder.
    pub folder: String,
    /// What becomes of its mails.
    pub after: After,
}

/// Where mail is sent to, as entered.
#[derive(Clone, Debug)]
pub struct OutgoingEntry {
    /// The server.
    pub server: Server,
    /// Who signs in, when that is not the one who fetches; `None` for nobody.
    pub login: Option<LoginEntry>,
    /// Whether the one who fetches signs in.
    pub same: bool,
}

/// Who signs in, as entered.
#[derive(Clone, Debug)]
pub struct LoginEntry {
    /// The name.
    pub user: String,
    /// The password; `None` leaves it as it is.
    pub password: Option<Secret>,
}

/// A grant, as entered.
#[derive(Clone, Debug)]
pub struct GrantEntry {
    /// Where tokens are had.
    pub endpoint: String,
    /// The program's name there.
    pub client_id: String,
    /// Its password there; `None` leaves it as it is.
    pub client_secret: Option<Secret>,
    /// The grant; `None` leaves it as it is.
    pub refresh_token: Option<Secret>,
    /// What a token should be good for.
    pub scope: Option<String>,
}

impl Entry {
    /// Reads what was entered, under the names of [`Entry::FIELDS`]. Truth is `true`; what is empty was not entered.
    ///
    /// # Errors
    /// [`Kind::Invalid`](crate::error::Kind::Invalid) with every field that is wrong.
    pub fn read(fields: &BTreeMap<String, String>) -> Result<Self> {
        let mut reader = Reader { fields, wrong: Vec::new() };
        let entry = reader.entry();
        if reader.wrong.is_empty() { Ok(entry) } else { Err(Error::invalid_fields(reader.wrong)) }
    }
}

/// Reads fields and gathers what is wrong with them.
struct Reader<'f> {
    fields: &'f BTreeMap<String, String>,
    wrong: Vec<FieldError>,
}

impl Reader<'_> {
    fn entry(&mut self) -> Entry {
        let name = self.required("name");
        if name.chars().count() > NAME_MAX {
            self.refuse("name", "too-long", "a name has at most 60 characters");
        }
        let address = self.required("address");
        if !address.is_empty() && !mail::address::is_plausible(&address) {
            self.refuse("address", "not-an-address", "this is no mail address");
        }
        let by_grant = self.text("sign_in") == "grant";
        let incoming = self.is_given("incoming.host").then(|| self.incoming());
        let outgoing = self.is_given("outgoing.host").then(|| self.outgoing());
        if incoming.is_none() && outgoing.is_none() {
            self.refuse("incoming.host", "required", "name a server to fetch from, or one to send to");
        }
        if incoming.is_none() && outgoing.as_ref().is_some_and(|outgoing| outgoing.same) {
            self.refuse("outgoing.login", "nothing-fetched", "there is no login for fetching that could be the same");
        }
        let grant = by_grant.then(|| self.grant());
        Entry {
            name,
            address,
            sender_name: self.optional("sender_name"),
            team: self.optional("team"),
            playbook: self.optional("playbook"),
            tagged: self.is_true("tagged"),
            incoming,
            outgoing,
            grant,
            is_default: self.is_true("default"),
            everything: self.is_true("everything"),
        }
    }

    fn incoming(&mut self) -> IncomingEntry {
        let server = self.server("incoming", |security| if security == Security::Tls { 993 } else { 143 });
        let login = self.login("incoming");
        self.protect("incoming", &server);
        let folder = self.optional("incoming.folder").unwrap_or_else(|| "INBOX".to_owned());
        let after_folder = self.optional("incoming.after_folder");
        let named = self.optional("incoming.after").unwrap_or_else(|| "leave".to_owned());
        let after = match After::read(&named, after_folder) {
            Some(After::Move(target)) if target == folder => {
                self.refuse("incoming.after_folder", "same-folder", "mails are fetched from that folder");
                After::Leave
            }
            Some(after) => after,
            None if named == "move" => {
                self.refuse("incoming.after_folder", "required", "name the folder that mails go to");
                After::Leave
            }
            None => {
                self.refuse("incoming.after", "unknown", "leave, seen, move or delete");
                After::Leave
            }
        };
        IncomingEntry { server, login, folder, after }
    }

    fn outgoing(&mut self) -> OutgoingEntry {
        let usual = |security| match security {
            Security::Tls => 465,
            Security::Starttls => 587,
            Security::None => 25,
        };
        let server = self.server("outgoing", usual);
        let (login, same) = match self.text("outgoing.login") {
            "" | "same" => (None, true),
            "own" => (Some(self.login("outgoing")), false),
            "none" => (None, false),
            _ => {
                self.refuse("outgoing.login", "unknown", "same, own or none");
                (None, false)
            }
        };
        if same || login.is_some() {
            self.protect("outgoing", &server);
        }
        OutgoingEntry { server, login, same }
    }

    fn grant(&mut self) -> GrantEntry {
        let endpoint = self.required("grant.endpoint");
        if !endpoint.is_empty() && !endpoint.starts_with("https://") && !is_near_address(&endpoint) {
            self.refuse("grant.endpoint", "not-https", "an address that begins with https://");
        }
        GrantEntry {
            endpoint,
            client_id: self.required("grant.client_id"),
            client_secret: self.secret("grant.client_secret"),
            refresh_token: self.secret("grant.refresh_token"),
            scope: self.optional("grant.scope"),
        }
    }

    fn login(&mut self, way: &str) -> LoginEntry {
        LoginEntry { user: self.required(&format!("{way}.user")), password: self.secret(&format!("{way}.password")) }
    }

    fn server(&mut self, way: &str, usual_port: impl Fn(Security) -> u16) -> Server {
        let host_field = format!("{way}.host");
        let host = self.required(&host_field).trim_end_matches('.').to_owned();
        let is_strange =
            |c: char| c.is_whitespace() || c.is_control() || matches!(c, '/' | '@' | '?' | '#' | '[' | ']');
        // `host:port` in one is a slip; an IPv6 address has several colons.
        let has_port = host.matches(':').count() == 1;
        if host.len() > 253 || host.contains(is_strange) || has_port {
            self.refuse(&host_field, "not-a-host", "only the server's name, such as imap.acme.example");
        }
        let security = match self.text(&format!("{way}.security")) {
            "" => Security::Tls,
            text => text.parse().unwrap_or_else(|_| {
                self.refuse(&format!("{way}.security"), "unknown", "tls, starttls or none");
                Security::Tls
            }),
        };
        let port_field = format!("{way}.port");
        let port = match self.text(&port_field) {
            "" => usual_port(security),
            text => text.parse().ok().filter(|port| *port > 0).unwrap_or_else(|| {
                self.refuse(&port_field, "not-a-port", "a number from 1 to 65535");
                usual_port(security)
            }),
        };
        Server { host, port, security }
    }

    /// Nobody signs in unprotected, except to this machine.
    fn protect(&mut self, way: &str, server: &Server) {
        if server.security == Security::None && !is_near(&server.host) {
            self.refuse(&format!("{way}.security"), "unprotected", "a password may not travel unprotected");
        }
    }

    fn secret(&mut self, name: &str) -> Option<Secret> {
        debug_assert!(
            Entry::field(name).is_some_and(|field| field.kind == FieldKind::Secret),
            "{name} is listed as no secret"
        );
        let text = self.fields.get(name).map_or("", |text| text.trim_matches(['\r', '\n']));
        if text.len() > SECRET_MAX || text.contains(char::is_control) {
            self.refuse(name, "strange", "no line break or other invisible character may be in it");
        }
        (!text.is_empty()).then(|| Secret::new(text))
    }

    fn required(&mut self, name: &str) -> String {
        let text = self.optional(name).unwrap_or_default();
        if text.is_empty() {
            self.refuse(name, "required", "this is needed");
        }
        text
    }

    fn optional(&mut self, name: &str) -> Option<String> {
        let text = self.text(name).to_owned();
        if text.len() > TEXT_MAX || text.contains(char::is_control) {
            self.refuse(name, "strange", "too long, or with an invisible character in it");
        }
        (!text.is_empty()).then_some(text)
    }

    fn text(&self, name: &str) -> &str {
        debug_assert!(Entry::field(name).is_some(), "{name} is not in the list of fields");
        self.fields.get(name).map_or("", |text| text.trim())
    }

    fn is_given(&self, name: &str) -> bool {
        !self.text(name).is_empty()
    }

    fn is_true(&self, name: &str) -> bool {
        matches!(self.text(name), "true" | "on")
    }

    fn refuse(&mut self, name: &str, code: &str, message: &str) {
        if !self.wrong.iter().any(|wrong| wrong.field == name) {
            self.wrong.push(FieldError::new(name, code, message));
        }
    }
}

/// Whether a server is on this machine.
pub(crate) fn is_near(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost") || host.parse().is_ok_and(|ip: IpAddr| ip.is_loopback())
}

fn is_near_address(address: &str) -> bool {
    let rest = address.strip_prefix("http://").unwrap_or_default();
    let authority = rest.split('/').next().unwrap_or_default();
    is_near(authority.rsplit_once(':').map_or(authority, |(host, _)| host).trim_matches(['[', ']']))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(given: &[(&str, &str)]) -> BTreeMap<String, String> {
        let usual = [
            ("name", "Support"),
            ("address", "help@acme.example"),
            ("incoming.host", "imap.acme.example"),
            ("incoming.user", "help@acme.example"),
            ("incoming.password", "s3cret"),
            ("outgoing.host", "smtp.acme.example"),
        ];
        usual.iter().chain(given).map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    fn wrong(given: &[(&str, &str)]) -> Vec<String> {
        let error = Entry::read(&fields(given)).unwrap_err();
        assert!(!error.to_string().contains("s3cret"), "{error}");
        error.fields.into_iter().map(|wrong| format!("{}: {}", wrong.field, wrong.code)).collect()
    }

    #[test]
    fn what_is_left_out_is_the_usual() {
        let entry = Entry::read(&fields(&[])).unwrap();
        let incoming = entry.incoming.unwrap();
        assert_eq!((incoming.server.port, incoming.server.security), (993, Security::Tls));
        assert_eq!((incoming.folder.as_str(), incoming.after), ("INBOX", After::Leave));
        let outgoing = entry.outgoing.unwrap();
        assert_eq!((outgoing.server.port, outgoing.same, outgoing.login.is_none()), (465, true, true));
        let starttls =
            Entry::read(&fields(&[("outgoing.security", "starttls"), ("incoming.security", "starttls")])).unwrap();
        assert_eq!((starttls.outgoing.unwrap().server.port, starttls.incoming.unwrap().server.port), (587, 143));
    }

    #[test]
    fn everything_wrong_is_named_at_once() {
        let found = wrong(&[
            ("name", " "),
            ("address", "nobody"),
            ("incoming.host", "imap.acme.example:993"),
            ("incoming.port", "0"),
            ("incoming.after", "move"),
            ("outgoing.security", "some"),
            ("outgoing.login", "own"),
        ]);
        let expected = [
            "name: required",
            "address: not-an-address",
            "incoming.host: not-a-host",
            "incoming.port: not-a-port",
            "incoming.after_folder: required",
            "outgoing.security: unknown",
            "outgoing.user: required",
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn a_password_travels_protected_or_to_this_machine() {
        assert_eq!(wrong(&[("incoming.security", "none")]), ["incoming.security: unprotected"]);
        let near = [("incoming.security", "none"), ("incoming.host", "127.0.0.1")];
        assert!(Entry::read(&fields(&near)).is_ok());
        let relay = [("outgoing.security", "none"), ("outgoing.login", "none")];
        assert!(Entry::read(&fields(&relay)).is_ok(), "nobody signs in there");
        let grant = [("sign_in", "grant"), ("grant.client_id", "a"), ("grant.endpoint", "http://tokens.example/token")];
        assert_eq!(wrong(&grant), ["grant.endpoint: not-https"]);
    }

    #[test]
    fn a_mailbox_fetches_or_sends_or_both() {
        assert_eq!(wrong(&[("incoming.host", ""), ("outgoing.host", "")]), ["incoming.host: required"]);
        assert_eq!(wrong(&[("incoming.host", "")]), ["outgoing.login: nothing-fetched"]);
    }
}
