//! The one list of what a mailbox is set up with: as texts under names, which forms, the API and the command line share.

use std::collections::BTreeMap;

use super::{After, Entry, Mailbox, OutgoingLogin, Server};

/// Something that a mailbox is set up with.
#[derive(Clone, Copy)]
pub struct Field {
    /// What [`Entry::read`] calls it; before a dot stands the part that it belongs to.
    pub name: &'static str,
    /// What kind of text it is.
    pub kind: FieldKind,
    /// What it is of a mailbox; `None` where that has no such part.
    of: fn(&Mailbox) -> Option<String>,
}

/// What kind of text a field is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// Any.
    Text,
    /// A number.
    Number,
    /// `true`, or empty.
    Truth,
    /// A secret: it is taken in and never given out, nor kept beside the seal.
    Secret,
    /// Which of the other parts count; the API says so by naming the part.
    Part,
}

impl Field {
    const fn new(name: &'static str, kind: FieldKind, of: fn(&Mailbox) -> Option<String>) -> Self {
        Self { name, kind, of }
    }

    const fn secret(name: &'static str) -> Self {
        Self::new(name, FieldKind::Secret, |_| None)
    }
}

impl Entry {
    /// What can be entered, in the order in which it is listed.
    pub const FIELDS: [Field; 28] = [
        Field::new("name", FieldKind::Text, |it| Some(it.name.clone())),
        Field::new("address", FieldKind::Text, |it| Some(it.address.clone())),
        Field::new("sender_name", FieldKind::Text, |it| Some(it.sender_name.clone().unwrap_or_default())),
        Field::new("team", FieldKind::Text, |it| Some(it.team.clone().unwrap_or_default())),
        Field::new("playbook", FieldKind::Text, |it| Some(it.playbook.clone().unwrap_or_default())),
        Field::new("tagged", FieldKind::Truth, |it| Some(truth(it.tagged))),
        Field::new("default", FieldKind::Truth, |it| Some(truth(it.is_default))),
        // Counts when it is connected, and is not remembered.
        Field::new("everything", FieldKind::Truth, |_| None),
        Field::new("sign_in", FieldKind::Part, |it| {
            Some(if it.grant.is_some() { "grant" } else { "password" }.to_owned())
        }),
        Field::new("incoming.host", FieldKind::Text, |it| incoming(it).map(|server| server.host.clone())),
        Field::new("incoming.port", FieldKind::Number, |it| incoming(it).map(|server| server.port.to_string())),
        Field::new("incoming.security", FieldKind::Text, |it| incoming(it).map(security)),
        Field::new("incoming.user", FieldKind::Text, |it| it.incoming.as_ref().map(|way| way.user.clone())),
        Field::secret("incoming.password"),
        Field::new("incoming.folder", FieldKind::Text, |it| it.incoming.as_ref().map(|way| way.folder.clone())),
        Field::new("incoming.after", FieldKind::Text, |it| {
            it.incoming.as_ref().map(|way| way.after.as_str().to_owned())
        }),
        Field::new("incoming.after_folder", FieldKind::Text, |it| match &it.incoming.as_ref()?.after {
            After::Move(folder) => Some(folder.clone()),
            After::Leave | After::Seen | After::Delete => None,
        }),
        Field::new("outgoing.host", FieldKind::Text, |it| outgoing(it).map(|server| server.host.clone())),
        Field::new("outgoing.port", FieldKind::Number, |it| outgoing(it).map(|server| server.port.to_string())),
        Field::new("outgoing.security", FieldKind::Text, |it| outgoing(it).map(security)),
        Field::new("outgoing.login", FieldKind::Text, |it| {
            let login = match it.outgoing.as_ref()?.login {
                OutgoingLogin::Same => "same",
                OutgoingLogin::Nobody => "none",
                OutgoingLogin::Own { .. } => "own",
            };
            Some(login.to_owned())
        }),
        Field::new("outgoing.user", FieldKind::Text, |it| match &it.outgoing.as_ref()?.login {
            OutgoingLogin::Own { user, .. } => Some(user.clone()),
            OutgoingLogin::Same | OutgoingLogin::Nobody => Some(String::new()),
        }),
        Field::secret("outgoing.password"),
        Field::new("grant.endpoint", FieldKind::Text, |it| it.grant.as_ref().map(|grant| grant.endpoint.clone())),
        Field::new("grant.client_id", FieldKind::Text, |it| it.grant.as_ref().map(|grant| grant.client_id.clone())),
        Field::secret("grant.client_secret"),
        Field::secret("grant.refresh_token"),
        Field::new("grant.scope", FieldKind::Text, |it| {
            it.grant.as_ref().map(|grant| grant.scope.clone().unwrap_or_default())
        }),
    ];

    /// The field of this name.
    pub fn field(name: &str) -> Option<&'static Field> {
        const { &Self::FIELDS }.iter().find(|field| field.name == name)
    }
}

impl Mailbox {
    /// The mailbox as [`Entry::read`] reads it, without any secret: what a form begins with.
    pub fn fields(&self) -> BTreeMap<String, String> {
        let of = |field: &Field| Some((field.name.to_owned(), (field.of)(self)?));
        Entry::FIELDS.iter().filter_map(of).collect()
    }
}

fn truth(is: bool) -> String {
    if is { "true" } else { "" }.to_owned()
}

fn security(server: &Server) -> String {
    server.security.as_str().to_owned()
}

fn incoming(mailbox: &Mailbox) -> Option<&Server> {
    mailbox.incoming.as_ref().map(|way| &way.server)
}

fn outgoing(mailbox: &Mailbox) -> Option<&Server> {
    mailbox.outgoing.as_ref().map(|way| &way.server)
}
