//! The fields of a mailbox's form, with what was entered so far; secrets are never shown again.

use std::collections::BTreeMap;

use desk::error::FieldError;

use super::view::Part;
use crate::pages::field::{Field, FieldKind, FieldOption};
use crate::texts::Texts;

/// What the fields are filled from.
pub(super) struct Entered<'e> {
    /// The words.
    pub texts: &'static Texts,
    /// What was entered.
    pub fields: &'e BTreeMap<String, String>,
    /// What is wrong with it.
    pub errors: &'e [FieldError],
    /// Whether the mailbox is connected already, so that its secrets are known.
    pub known: bool,
    /// The handbook's teams.
    pub teams: Vec<String>,
    /// The handbook's playbooks, by name and title.
    pub playbooks: Vec<(String, String)>,
    /// The folders that a trial found.
    pub folders: Vec<String>,
}

impl Entered<'_> {
    /// Every part of the form.
    pub(super) fn parts(&self) -> Vec<Part> {
        vec![
            self.part("mailbox-part-about", None, self.about()),
            self.part("mailbox-part-incoming", Some("mailbox-part-incoming-intro"), self.incoming()),
            self.part("mailbox-part-outgoing", Some("mailbox-part-outgoing-intro"), self.outgoing()),
            self.part("mailbox-part-grant", Some("mailbox-part-grant-intro"), self.grant()),
            self.part("mailbox-part-tickets", None, self.tickets()),
        ]
    }

    fn part(&self, title: &str, intro: Option<&str>, fields: Vec<Field>) -> Part {
        Part { title: self.texts.get(title), intro: intro.map(|key| self.texts.get(key)), fields }
    }

    fn about(&self) -> Vec<Field> {
        let mut address = self.field("address", "mailbox-address", FieldKind::Email(self.value("address")));
        address.autocomplete = Some("off".to_owned());
        vec![
            self.text("name", "mailbox-name").helped(self.texts.get("mailbox-name-help")),
            address,
            self.text("sender_name", "mailbox-sender-name").optional(),
        ]
    }

    fn incoming(&self) -> Vec<Field> {
        let mut folder = self.text("incoming.folder", "mailbox-folder").optional();
        if !self.folders.is_empty() {
            let names = self.folders.iter().take(30).cloned().collect::<Vec<_>>().join(", ");
            folder = folder.helped(self.texts.with("mailbox-folders", &[("names", &names)]));
        }
        let after = [
            ("leave", "mailbox-after-leave"),
            ("seen", "mailbox-after-seen"),
            ("move", "mailbox-after-move"),
            ("delete", "mailbox-after-delete"),
        ];
        let mut fields = vec![
            self.text("incoming.host", "mailbox-host").helped(self.texts.get("mailbox-incoming-host-help")).optional(),
            self.security("incoming.security"),
            self.port("incoming.port"),
            self.text("incoming.user", "mailbox-user").optional(),
            self.secret("incoming.password", "mailbox-password"),
            folder,
            self.choice("incoming.after", "mailbox-after", &after),
            self.text("incoming.after_folder", "mailbox-after-folder").optional(),
        ];
        if !self.known {
            let everything = self.boolean("everything", "mailbox-everything");
            fields.push(everything.helped(self.texts.get("mailbox-everything-help")));
        }
        fields
    }

    fn outgoing(&self) -> Vec<Field> {
        let login = [("same", "mailbox-login-same"), ("own", "mailbox-login-own"), ("none", "mailbox-login-none")];
        vec![
            self.text("outgoing.host", "mailbox-host").helped(self.texts.get("mailbox-outgoing-host-help")).optional(),
            self.security("outgoing.security"),
            self.port("outgoing.port"),
            self.choice("outgoing.login", "mailbox-login", &login),
            self.text("outgoing.user", "mailbox-user").optional(),
            self.secret("outgoing.password", "mailbox-password"),
            self.boolean("tagged", "mailbox-tagged").helped(self.texts.get("mailbox-tagged-help")),
            self.boolean("default", "mailbox-default").helped(self.texts.get("mailbox-default-help")),
        ]
    }

    fn grant(&self) -> Vec<Field> {
        let ways = [("password", "mailbox-sign-in-password"), ("grant", "mailbox-sign-in-grant")];
        vec![
            self.choice("sign_in", "mailbox-sign-in", &ways),
            self.text("grant.endpoint", "mailbox-grant-endpoint").optional(),
            self.text("grant.client_id", "mailbox-grant-client").optional(),
            self.secret("grant.client_secret", "mailbox-grant-secret"),
            self.secret("grant.refresh_token", "mailbox-grant-token"),
            self.text("grant.scope", "mailbox-grant-scope").optional(),
        ]
    }

    fn tickets(&self) -> Vec<Field> {
        let option = |name: &str, value: String, label: String| {
            let chosen = self.value(name) == value;
            FieldOption { value, label, chosen }
        };
        let as_usual = |name: &str| option(name, String::new(), self.texts.get("mailbox-by-handbook"));
        let teams = self.teams.iter().map(|team| option("team", team.clone(), team.clone()));
        let playbooks = self.playbooks.iter().map(|(name, title)| option("playbook", name.clone(), title.clone()));
        let teams: Vec<_> = std::iter::once(as_usual("team")).chain(teams).collect();
        let playbooks: Vec<_> = std::iter::once(as_usual("playbook")).chain(playbooks).collect();
        vec![
            self.field("team", "mailbox-team", FieldKind::Choice(teams)).optional(),
            self.field("playbook", "mailbox-playbook", FieldKind::Choice(playbooks)).optional(),
        ]
    }

    fn text(&self, name: &str, label: &str) -> Field {
        self.field(name, label, FieldKind::Text(self.value(name)))
    }

    fn port(&self, name: &str) -> Field {
        let kind = FieldKind::Integer { value: self.value(name), min: Some(1), max: Some(65_535) };
        self.field(name, "mailbox-port", kind).optional()
    }

    fn secret(&self, name: &str, label: &str) -> Field {
        let mut field = self.field(name, label, FieldKind::Secret).optional();
        field.autocomplete = Some("off".to_owned());
        if self.known { field.helped(self.texts.get("mailbox-secret-kept")) } else { field }
    }

    fn security(&self, name: &str) -> Field {
        let ways = [
            ("tls", "mailbox-security-tls"),
            ("starttls", "mailbox-security-starttls"),
            ("none", "mailbox-security-none"),
        ];
        self.choice(name, "mailbox-security", &ways)
    }

    /// One of several that are never left out: the first, where nothing was chosen.
    fn choice(&self, name: &str, label: &str, ways: &[(&str, &str)]) -> Field {
        let value = self.value(name);
        let is_known = ways.iter().any(|(way, _)| *way == value);
        let options = ways.iter().enumerate().map(|(index, (way, key))| FieldOption {
            value: (*way).to_owned(),
            label: self.texts.get(key),
            chosen: *way == value || (!is_known && index == 0),
        });
        self.field(name, label, FieldKind::Choice(options.collect()))
    }

    fn boolean(&self, name: &str, label: &str) -> Field {
        self.field(name, label, FieldKind::Boolean(Some(matches!(self.value(name).as_str(), "true" | "on"))))
    }

    fn field(&self, name: &str, label: &str, kind: FieldKind) -> Field {
        let mut field = Field::new(name, self.texts.get(label), kind);
        field.error = self.errors.iter().find(|error| error.field == name).map(|error| self.wrong(error));
        field
    }

    fn wrong(&self, error: &FieldError) -> String {
        let key = match error.code.as_str() {
            "again" => "mailbox-wrong-secret",
            "required" => "field-required",
            "not-an-address" => "field-email",
            "taken" => "mailbox-wrong-taken",
            "too-long" => "mailbox-wrong-long",
            "not-a-host" => "mailbox-wrong-host",
            "not-a-port" => "mailbox-wrong-port",
            "unprotected" => "fault-unprotected",
            "not-https" => "fault-bad-endpoint",
            "same-folder" => "mailbox-wrong-folder",
            "nothing-fetched" => "mailbox-wrong-login",
            "strange" => "mailbox-wrong-strange",
            // Said in the viewer's words already.
            "tried" => return error.message.clone(),
            _ => return self.texts.with("field-wrong", &[("problem", &error.message)]),
        };
        self.texts.get(key)
    }

    fn value(&self, name: &str) -> String {
        self.fields.get(name).cloned().unwrap_or_default()
    }
}
