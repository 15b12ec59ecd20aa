//! How a mailbox looks to programs, and how they say what it is to be. No secret ever comes out.

use std::collections::BTreeMap;

use desk::mailboxes::connected::{Entry, FieldKind, Mailbox as Connected, Trouble};
use desk::mailboxes::watch::Watched;
use desk::{Error, Result};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
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
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(write_only)]
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
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(write_only)]
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
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(write_only)]
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
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(write_only)]
    client_secret: Option<String>,
    /// The grant.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(write_only)]
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
        let mut said = json!({"paused": mailbox.paused});
        for (name, text) in mailbox.fields() {
            let value = match Entry::field(&name).map(|field| field.kind) {
                Some(FieldKind::Text) if !text.is_empty() => Value::String(text),
                Some(FieldKind::Number) => text.parse::<u64>().map_or(Value::Null, Value::from),
                Some(FieldKind::Truth) => Value::Bool(!text.is_empty()),
                Some(FieldKind::Text | FieldKind::Secret | FieldKind::Part) | None => continue,
            };
            *within(&mut said, &name) = value;
        }
        serde_json::from_value(said).unwrap_or_else(|error| {
            tracing::error!(%error, "a field of mailboxes is unknown to the API");
            Self::default()
        })
    }

    /// Whether it is to rest, where that is said.
    pub(in crate::api) fn paused(&self) -> Option<bool> {
        self.paused
    }

    /// What is said, but whether it is to rest: over what was `before`, as the desk reads it.
    ///
    /// # Errors
    /// None but by a defect.
    pub(in crate::api) fn fields(&self, mut before: BTreeMap<String, String>) -> Result<BTreeMap<String, String>> {
        let mut said = serde_json::to_value(self).map_err(|_| Error::internal("settings of a mailbox are no JSON"))?;
        for field in &Entry::FIELDS {
            let text = match (field.kind, within(&mut said, field.name).take()) {
                (_, Value::String(text)) => text,
                (_, Value::Number(number)) => number.to_string(),
                (_, Value::Bool(is)) => if is { "true" } else { "" }.to_owned(),
                (FieldKind::Part, _) if self.grant.is_some() => "grant".to_owned(),
                _ => continue,
            };
            before.insert(field.name.to_owned(), text);
        }
        Ok(before)
    }
}

/// The place of a field: `incoming.host` stands in the part `incoming`.
fn within<'s>(said: &'s mut Value, name: &str) -> &'s mut Value {
    match name.split_once('.') {
        None => &mut said[name],
        Some((part, name)) => &mut said[part][name],
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
