//! What opens a playbook.

use super::actions::check_constant;
use super::body::Reader;
use super::header::check_known;
use super::scheduled::Scheduled;
use crate::expression::{Expression, Wanted};
use crate::finding::Finding;
use crate::grammar;
use crate::source::Place;
use crate::spelling;
use crate::text::Template;
use crate::yaml::{Entries, Node, word};

/// One way that tickets of a playbook are opened.
#[derive(Clone, Debug)]
pub struct Opens {
    /// What does it.
    pub by: OpensBy,
    /// Where it is declared.
    pub place: Place,
    /// Whether the ticket is for the organization upstream of the requester's own, where there is one.
    pub for_upstream: bool,
    /// The fields that a colleague who opens it by hand is asked for, in order.
    pub asked: Vec<AskedField>,
    /// For mail: whether this one is meant. Without it, every mail that no other playbook wants.
    pub(crate) when: Option<Expression>,
    pub(crate) subject: Option<Template>,
    pub(crate) set: Vec<(String, Expression)>,
    pub(crate) scheduled: Option<Scheduled>,
}

/// A field of the playbook that is asked for when a ticket is opened by hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskedField {
    /// The field's name.
    pub name: String,
    /// Whether no ticket is opened without it.
    pub required: bool,
}

/// What opens a ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OpensBy {
    /// The form of that name.
    Form(String),
    /// A mail; those with a `when` are asked in this order, smallest first.
    Mail {
        /// The order.
        order: i64,
    },
    /// A chat.
    Chat,
    /// A call of the API.
    Api,
    /// Another ticket's `open`.
    Linked,
    /// A colleague.
    Hand,
    /// Time, see [`Opens::scheduled`].
    Schedule,
}

/// The words that say what opens a ticket.
pub(crate) const OPENINGS: [&str; 8] = ["agreed", "api", "chat", "form", "hand", "linked", "mail", "schedule"];

/// Whose a ticket may be: that of the requester's own organization, or of the one upstream.
pub(crate) const ORGANIZATIONS: [&str; 2] = ["own", "upstream"];

impl Opens {
    /// When and for whom, of an opening by a schedule.
    #[must_use]
    pub fn scheduled(&self) -> Option<&Scheduled> {
        self.scheduled.as_ref()
    }
}

/// Reads the `opens` of a playbook.
pub(super) fn read(reader: &mut Reader<'_>, node: Option<&Node>) -> Vec<Opens> {
    let Some(node) = node else {
        let place = reader.header.place.clone();
        reader.findings.push(
            Finding::error("missing-key", place, "a playbook needs the key `opens`")
                .with_help(format!("what opens its tickets: {}", OPENINGS.join(", "))),
        );
        return Vec::new();
    };
    let Some(members) = node.list() else {
        reader.findings.push(Finding::error(
            "wrong-type",
            node.place.clone(),
            "`opens` is a list, for example `[ mail, api ]`",
        ));
        return Vec::new();
    };
    members.iter().filter_map(|member| reader.opening(member)).collect()
}

impl Reader<'_> {
    fn opening(&mut self, node: &Node) -> Option<Opens> {
        let place = node.place.clone();
        if let Some(kind) = node.text() {
            let by = self.kind_of_opening(kind, None, &place)?;
            let (asked, when, subject, set, scheduled) = (Vec::new(), None, None, Vec::new(), None);
            return Some(Opens { by, place, for_upstream: false, asked, when, subject, set, scheduled });
        }
        let mut entries = Entries::of(node, &grammar::OPENING, &mut self.findings)?;
        let found = OPENINGS.into_iter().find_map(|kind| Some((kind, entries.get(kind)?)));
        let Some((kind, value)) = found else {
            entries.close(&mut self.findings);
            self.findings.push(
                Finding::error("missing-key", place, "an opening says what opens the ticket")
                    .with_help(format!("one of {}", OPENINGS.join(", "))),
            );
            return None;
        };
        let by = self.kind_of_opening(kind, Some(value), &value.place);
        let when = match kind {
            "mail" => value.mapping().and_then(|keys| keys.iter().find(|(key, _)| key.text == "when")),
            _ => None,
        };
        let facts = self.names.facts_scope();
        let when = when.and_then(|(_, node)| {
            let mut expression = Expression::read(node, &mut self.findings)?;
            expression.check(&facts, Wanted::Condition, &mut self.findings);
            Some(expression)
        });
        let subject = entries.get("subject").and_then(|node| {
            let template = Template::read(node, &self.names.desk.languages, &mut self.findings)?;
            template.check(&self.scope, &mut self.findings);
            Some(template)
        });
        let set = entries.get("set").map(|node| self.opening_set(node)).unwrap_or_default();
        let by_schedule = by == Some(OpensBy::Schedule);
        let for_upstream = !by_schedule && entries.get("organization").is_some_and(|node| self.is_upstream(node));
        let asked = if by == Some(OpensBy::Hand) { self.asked_fields(&mut entries) } else { Vec::new() };
        let scheduled = if by_schedule { self.scheduled(&mut entries, &place) } else { None };
        entries.close(&mut self.findings);
        if by_schedule && scheduled.is_none() {
            return None;
        }
        Some(Opens { by: by?, place, for_upstream, asked, when, subject, set, scheduled })
    }

    /// `ask: [ area, details ], require: area`: what is only required is asked last.
    fn asked_fields(&mut self, entries: &mut Entries<'_>) -> Vec<AskedField> {
        let mut asked: Vec<AskedField> = Vec::new();
        for (key, required) in [("ask", false), ("require", true)] {
            for (name, place) in entries.words(key, &mut self.findings) {
                let known = self.header.fields.keys().map(String::as_str);
                if !check_known("field", name, &place, known, &mut self.findings) {
                    continue;
                }
                match asked.iter_mut().find(|field| field.name == name) {
                    Some(field) => field.required |= required,
                    None => asked.push(AskedField { name: name.to_owned(), required }),
                }
            }
        }
        asked
    }

    /// `organization: own | upstream`: whom the ticket is for.
    fn is_upstream(&mut self, node: &Node) -> bool {
        let chosen = word(node, "organization", &mut self.findings);
        if let Some(other) = chosen.filter(|chosen| !ORGANIZATIONS.contains(chosen)) {
            let message = format!(
                "a ticket is for the requester's `own` organization or the one `upstream` of it, not `{other}`"
            );
            let finding = Finding::error("unknown-word", node.place.clone(), message);
            self.findings.push(finding.with_help(spelling::suggest(other, ORGANIZATIONS)));
        }
        chosen == Some("upstream")
    }

    fn kind_of_opening(&mut self, kind: &str, value: Option<&Node>, place: &Place) -> Option<OpensBy> {
        match kind {
            "form" => {
                let Some(node) = value else {
                    self.findings.push(
                        Finding::error("missing-key", place.clone(), "a form has a name")
                            .with_help("write `- form: NAME`"),
                    );
                    return None;
                };
                let name = word(node, "form", &mut self.findings)?;
                self.check_form(name, &node.place);
                Some(OpensBy::Form(name.to_owned()))
            }
            "mail" => {
                let order = match value {
                    Some(node) if node.text().is_none() => {
                        let mut entries = Entries::of(node, &grammar::MAIL_OPENING, &mut self.findings)?;
                        let order = entries.integer("order", &mut self.findings).unwrap_or(0);
                        entries.require("when", &mut self.findings);
                        entries.close(&mut self.findings);
                        order
                    }
                    _ => 0,
                };
                Some(OpensBy::Mail { order })
            }
            "chat" => Some(OpensBy::Chat),
            "api" => Some(OpensBy::Api),
            "linked" => Some(OpensBy::Linked),
            "hand" => Some(OpensBy::Hand),
            "schedule" | "agreed" if value.is_some() => Some(OpensBy::Schedule),
            "schedule" | "agreed" => {
                let finding = Finding::error("missing-key", place.clone(), "a schedule says when");
                self.findings.push(finding.with_help("write for example `- schedule: day 8 09:00`"));
                None
            }
            other => {
                let message = format!("nothing called `{other}` opens tickets");
                let finding = Finding::error("unknown-opening", place.clone(), message);
                self.findings.push(finding.with_help(spelling::suggest(other, OPENINGS)));
                None
            }
        }
    }

    /// The form exists, and what it fills in are fields of the same type.
    fn check_form(&mut self, name: &str, place: &Place) {
        let known = self.names.forms.keys().map(String::as_str);
        if !check_known("form", name, place, known, &mut self.findings) {
            return;
        }
        let fields = self.names.forms.get(name).map(|form| form.fields.as_slice()).unwrap_or_default();
        for form_field in fields {
            let known = self.header.fields.keys().map(String::as_str);
            if !check_known("field", &form_field.into, &form_field.field.place, known, &mut self.findings) {
                continue;
            }
            let (given, wanted) = (form_field.field.kind.word(), self.header.fields[&form_field.into].kind.word());
            if given != wanted {
                self.findings.push(Finding::error(
                    "wrong-type",
                    form_field.field.place.clone(),
                    format!("the form gives a {given}, `{}` of `{}` is a {wanted}", form_field.into, self.header.name),
                ));
            }
        }
    }

    fn opening_set(&mut self, node: &Node) -> Vec<(String, Expression)> {
        let mut set = Vec::new();
        let header = self.header;
        let wanted = |name: &str| header.fields.get(name).map_or(Wanted::Value, Wanted::Field);
        for (key, expression) in self.assignments(node, wanted) {
            let known = self.header.fields.keys().map(String::as_str);
            if check_known("field", &key.text, &key.place, known, &mut self.findings)
                && let Some(field) = self.header.fields.get(&key.text)
            {
                check_constant(field, &expression, &mut self.findings);
                set.push((key.text.clone(), expression));
            }
        }
        set
    }
}
