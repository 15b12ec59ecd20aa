//! How a mailbox looks to programs, and how they say what it is to be. No secret ever comes out.

use std::collections::BTreeMap;

use desk::mailboxes::connected::{After, Mailbox as Connected, OutgoingLogin, Server, Trouble};
use desk::mailboxes::watch::Watched;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

/// A mailbox.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct Mailbox {
    /// What it is called; unique.
    name: String,
    /// Its mail address; null for one that only a program reports.
    address: Option<String>,
    /// `reading`, `failing`, `paused`, `sending` (it is not fetched from), or `reported` (a program fetches from it).
    state: &'static str,
    /// Everything that arrived before is in.
    #[schema(value_type = Option<String>, format = DateTime)]
    read_until: Option<Timestamp>,
    /// What is wrong with it at present.
    last_error: Option<LastError>,
    /// Why fetched mail stays as it was on its server, where something else was chosen (`after`); fetching goes on.
    warning: Option<LastError>,
    /// How it is set up; null for those who may not change it, and for one that only a program reports.
    settings: Option<Settings>,
}

/// What is wrong with a mailbox.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct LastError {
    /// Since when.
    #[schema(value_type = String, format = DateTime)]
    since: Timestamp,
    /// A stable name, such as `login-refused`.
    code: String,
    /// In words.
    message: String,
}

/// How a mailbox is set up. Passwords and grants are taken in and never given out.
#[derive(Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(in crate::api) struct Settings {
    /// What it is called; at most 60 characters.
    name: Option<String>,
    /// Its mail address.
    address: Option<String>,
    /// The name that its mails are from; the desk's without it.
    sender_name: Option<String>,
    /// The team of the tickets that it opens.
    team: Option<String>,
    /// The playbook that they run.
    playbook: Option<String>,
    /// Whether its server takes mail for `name+anything@…`, so that answers find their ticket by it.
    tagged: Option<bool>,
    /// Whether what came by no mailbox leaves through this one.
    default: Option<bool>,
    /// Whether it rests.
    paused: Option<bool>,
    /// Whether what lies in its folder already is brought in; counts when it is connected.
    #[serde(skip_serializing)]
    everything: Option<bool>,
    /// Where mail is fetched from, by IMAP. An empty `host`: nowhere.
    incoming: Option<Incoming>,
    /// Where mail is sent to, by SMTP. An empty `host`: nowhere.
    outgoing: Option<Outgoing>,
    /// A grant that signs in instead of a password (XOAUTH2).
    grant: Option<Grant>,
}

/// Where mail is fetched from.
#[derive(Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(in crate::api) struct Incoming {
    /// The server's name.
    host: Option<String>,
    /// Its port; by `security` without it.
    port: Option<u16>,
    /// `tls`, `starttls`, or `none` for a server on the same machine.
    security: Option<String>,
    /// Who signs in.
    user: Option<String>,
    /// Their password.
    #[serde(skip_serializing)]
    password: Option<String>,
    /// The folder; `INBOX` without it.
    folder: Option<String>,
    /// What becomes of a mail that is in: `leave`, `seen`, `move` or `delete`.
    after: Option<String>,
    /// Where it goes, for `move`.
    after_folder: Option<String>,
}

/// Where mail is sent to.
#[derive(Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(in crate::api) struct Outgoing {
    /// The server's name.
    host: Option<String>,
    /// Its port; by `security` without it.
    port: Option<u16>,
    /// `tls`, `starttls`, or `none`.
    security: Option<String>,
    /// Who signs in: `same` (as for fetching), `own` or `none`.
    login: Option<String>,
    /// Who, for `own`.
    user: Option<String>,
    /// Their password.
    #[serde(skip_serializing)]
    password: Option<String>,
}

/// A grant.
#[derive(Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(in crate::api) struct Grant {
    /// Where tokens are had, an `https:` address.
    endpoint: Option<String>,
    /// The program's name there.
    client_id: Option<String>,
    /// Its password there.
    #[serde(skip_serializing)]
    client_secret: Option<String>,
    /// The grant.
    #[serde(skip_serializing)]
    refresh_token: Option<String>,
    /// What a token should be good for.
    scope: Option<String>,
}

impl Mailbox {
    /// A mailbox that the desk is connected to; `settings` are for those who may change it.
    pub(in crate::api) fn connected(mailbox: &Connected, read_until: Option<Timestamp>, with_settings: bool) -> Self {
        let state = match (&mailbox.incoming, mailbox.paused, &mailbox.trouble) {
            (None, _, _) => "sending",
            (Some(_), true, _) => "paused",
            (Some(_), false, Some(_)) => "failing",
            (Some(_), false, None) => "reading",
        };
        Self {
            name: mailbox.name.clone(),
            address: Some(mailbox.address.clone()),
            state,
            read_until,
            last_error: mailbox.trouble.as_ref().map(LastError::of),
            warning: mailbox.unsettled.as_ref().map(LastError::of),
            settings: with_settings.then(|| Settings::of(mailbox)),
        }
    }

    /// One that a program fetches from.
    pub(in crate::api) fn reported(watched: &Watched) -> Self {
        Self {
            name: watched.name.clone(),
            address: None,
            state: "reported",
            read_until: Some(watched.caught_up_until),
            last_error: None,
            warning: None,
            settings: None,
        }
    }
}

impl LastError {
    fn of(trouble: &Trouble) -> Self {
        Self { since: trouble.since, code: trouble.code.clone(), message: trouble.words.clone() }
    }
}

impl Settings {
    fn of(mailbox: &Connected) -> Self {
        let place =
            |server: &Server| (Some(server.host.clone()), Some(server.port), Some(server.security.as_str().to_owned()));
        let incoming = mailbox.incoming.as_ref().map(|incoming| {
            let (host, port, security) = place(&incoming.server);
            let after_folder = match &incoming.after {
                After::Move(folder) => Some(folder.clone()),
                _ => None,
            };
            let (user, after) = (Some(incoming.user.clone()), Some(incoming.after.as_str().to_owned()));
            let folder = Some(incoming.folder.clone());
            Incoming { host, port, security, user, password: None, folder, after, after_folder }
        });
        let outgoing = mailbox.outgoing.as_ref().map(|outgoing| {
            let (host, port, security) = place(&outgoing.server);
            let (login, user) = match &outgoing.login {
                OutgoingLogin::Same => ("same", None),
                OutgoingLogin::Nobody => ("none", None),
                OutgoingLogin::Own { user, .. } => ("own", Some(user.clone())),
            };
            Outgoing { host, port, security, login: Some(login.to_owned()), user, password: None }
        });
        let grant = mailbox.grant.as_ref().map(|grant| Grant {
            endpoint: Some(grant.endpoint.clone()),
            client_id: Some(grant.client_id.clone()),
            scope: grant.scope.clone(),
            ..Grant::default()
        });
        Self {
            name: Some(mailbox.name.clone()),
            address: Some(mailbox.address.clone()),
            sender_name: mailbox.sender_name.clone(),
            team: mailbox.team.clone(),
            playbook: mailbox.playbook.clone(),
            tagged: Some(mailbox.tagged),
            default: Some(mailbox.is_default),
            paused: Some(mailbox.paused),
            everything: None,
            incoming,
            outgoing,
            grant,
        }
    }

    /// Whether it is to rest, where that is said.
    pub(in crate::api) fn paused(&self) -> Option<bool> {
        self.paused
    }

    /// Whether anything is said but that.
    pub(in crate::api) fn says_more(&self) -> bool {
        !self.fields(BTreeMap::new()).is_empty()
    }

    /// What is said, over what was before, as the desk reads it.
    pub(in crate::api) fn fields(&self, mut before: BTreeMap<String, String>) -> BTreeMap<String, String> {
        let mut put = |name: &str, value: Option<String>| {
            if let Some(value) = value {
                before.insert(name.to_owned(), value);
            }
        };
        let truth = |value: Option<bool>| value.map(|is| if is { "true" } else { "" }.to_owned());
        put("name", self.name.clone());
        put("address", self.address.clone());
        put("sender_name", self.sender_name.clone());
        put("team", self.team.clone());
        put("playbook", self.playbook.clone());
        put("tagged", truth(self.tagged));
        put("default", truth(self.default));
        put("everything", truth(self.everything));
        if let Some(incoming) = &self.incoming {
            put("incoming.host", incoming.host.clone());
            put("incoming.port", incoming.port.map(|port| port.to_string()));
            put("incoming.security", incoming.security.clone());
            put("incoming.user", incoming.user.clone());
            put("incoming.password", incoming.password.clone());
            put("incoming.folder", incoming.folder.clone());
            put("incoming.after", incoming.after.clone());
            put("incoming.after_folder", incoming.after_folder.clone());
        }
        if let Some(outgoing) = &self.outgoing {
            put("outgoing.host", outgoing.host.clone());
            put("outgoing.port", outgoing.port.map(|port| port.to_string()));
            put("outgoing.security", outgoing.security.clone());
            put("outgoing.login", outgoing.login.clone());
            put("outgoing.user", outgoing.user.clone());
            put("outgoing.password", outgoing.password.clone());
        }
        if let Some(grant) = &self.grant {
            put("sign_in", Some("grant".to_owned()));
            put("grant.endpoint", grant.endpoint.clone());
            put("grant.client_id", grant.client_id.clone());
            put("grant.client_secret", grant.client_secret.clone());
            put("grant.refresh_token", grant.refresh_token.clone());
            put("grant.scope", grant.scope.clone());
        }
        before
    }
}

/// How a trial went.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct Trial {
    /// Whether all went well.
    pub(in crate::api) ok: bool,
    /// Fetching; null for a mailbox that is not fetched from.
    pub(in crate::api) incoming: Option<Tried>,
    /// Sending; null for one that sends nothing.
    pub(in crate::api) outgoing: Option<Tried>,
}

/// How one way went.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct Tried {
    /// Whether it went well.
    ok: bool,
    /// What is wrong, such as `login-refused`.
    code: Option<String>,
    /// The same in words.
    message: Option<String>,
    /// What to do about it.
    advice: Option<String>,
    /// The server's own words.
    said: Option<String>,
}

impl From<crate::mailing::trial::Way> for Tried {
    fn from(way: crate::mailing::trial::Way) -> Self {
        let wrong = way.wrong.as_ref();
        Self {
            ok: wrong.is_none(),
            code: wrong.map(|wrong| wrong.code.clone()),
            message: wrong.map(|wrong| wrong.words.clone()),
            advice: wrong.map(|wrong| wrong.advice.clone()).filter(|advice| !advice.is_empty()),
            said: wrong.and_then(|wrong| wrong.said.clone()),
        }
    }
}

/// Every mailbox, as [`super::list`] gives it.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct Mailboxes {
    /// The mailboxes, by name.
    pub(in crate::api) items: Vec<Mailbox>,
    /// Always null: there are few.
    #[schema(value_type = Option<String>)]
    pub(in crate::api) next: Option<Value>,
}
