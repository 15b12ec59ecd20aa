//! A mailbox as texts under names: what a form or a change begins with.

use std::collections::BTreeMap;

use super::{After, Entry, Mailbox, OutgoingLogin};

impl Entry {
    /// What can be entered, as [`Entry::read`] calls it: what [`Mailbox::fields`] gives, the secrets, and whether old mail is brought in.
    pub const NAMES: [&str; 28] = [
        "name",
        "address",
        "sender_name",
        "team",
        "playbook",
        "tagged",
        "default",
        "everything",
        "sign_in",
        "incoming.host",
        "incoming.port",
        "incoming.security",
        "incoming.user",
        "incoming.password",
        "incoming.folder",
        "incoming.after",
        "incoming.after_folder",
        "outgoing.host",
        "outgoing.port",
        "outgoing.security",
        "outgoing.login",
        "outgoing.user",
        "outgoing.password",
        "grant.endpoint",
        "grant.client_id",
        "grant.client_secret",
        "grant.refresh_token",
        "grant.scope",
    ];
}

impl Mailbox {
    /// The mailbox as [`Entry::read`](super::Entry::read) reads it, without any secret: what a form begins with.
    pub fn fields(&self) -> BTreeMap<String, String> {
        let mut fields = BTreeMap::new();
        let mut put = |name: &str, value: &str| drop(fields.insert(name.to_owned(), value.to_owned()));
        let truth = |is: bool| if is { "true" } else { "" };
        put("name", &self.name);
        put("address", &self.address);
        put("sender_name", self.sender_name.as_deref().unwrap_or_default());
        put("team", self.team.as_deref().unwrap_or_default());
        put("playbook", self.playbook.as_deref().unwrap_or_default());
        put("tagged", truth(self.tagged));
        put("default", truth(self.is_default));
        put("sign_in", if self.grant.is_some() { "grant" } else { "password" });
        if let Some(incoming) = &self.incoming {
            put("incoming.host", &incoming.server.host);
            put("incoming.port", &incoming.server.port.to_string());
            put("incoming.security", incoming.server.security.as_str());
            put("incoming.user", &incoming.user);
            put("incoming.folder", &incoming.folder);
            put("incoming.after", incoming.after.as_str());
            if let After::Move(folder) = &incoming.after {
                put("incoming.after_folder", folder);
            }
        }
        if let Some(outgoing) = &self.outgoing {
            put("outgoing.host", &outgoing.server.host);
            put("outgoing.port", &outgoing.server.port.to_string());
            put("outgoing.security", outgoing.server.security.as_str());
            let (login, user) = match &outgoing.login {
                OutgoingLogin::Same => ("same", ""),
                OutgoingLogin::Nobody => ("none", ""),
                OutgoingLogin::Own { user, .. } => ("own", user.as_str()),
            };
            put("outgoing.login", login);
            put("outgoing.user", user);
        }
        if let Some(grant) = &self.grant {
            put("grant.endpoint", &grant.endpoint);
            put("grant.client_id", &grant.client_id);
            put("grant.scope", grant.scope.as_deref().unwrap_or_default());
        }
        fields
    }
}
