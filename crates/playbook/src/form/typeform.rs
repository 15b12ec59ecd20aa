//! `from: [ { typeform: … } ]`: a form of Typeform whose answers fill this form in.

use std::collections::BTreeMap;

use super::{Form, Required};
use crate::definition::{check_identifier, check_known};
use crate::fields::FieldKind;
use crate::finding::Finding;
use crate::grammar;
use crate::source::Place;
use crate::yaml::{self, Entries, Node};

/// A form of Typeform, and which of its answers fills which field.
#[derive(Clone, Debug)]
pub struct Typeform {
    /// Its id there.
    pub form_id: String,
    /// Where the address of whoever filled it in stands.
    pub email: Source,
    /// Where their name stands.
    pub name: Option<Source>,
    /// The answers, by the names of this form's fields.
    pub map: BTreeMap<String, Source>,
}

/// Something that comes with a response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// What kind of answer it is.
    pub kind: AnswerKind,
    /// The reference or id of the question there; the name of a hidden field.
    pub of: String,
}

/// A kind of answer, as Typeform's webhook names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is what its word says")]
pub enum AnswerKind {
    Text,
    Email,
    Choice,
    Choices,
    Boolean,
    Number,
    Date,
    /// The address of a file, which nobody here fetches.
    File,
    Phone,
    Url,
    /// No answer: what the form's address carries, a text.
    Hidden,
}

impl AnswerKind {
    /// Every kind, with its word in a handbook and the type that Typeform's webhook gives it.
    pub const ALL: [(AnswerKind, &'static str, &'static str); 11] = [
        (Self::Text, "text", "text"),
        (Self::Email, "email", "email"),
        (Self::Choice, "choice", "choice"),
        (Self::Choices, "choices", "choices"),
        (Self::Boolean, "boolean", "boolean"),
        (Self::Number, "number", "number"),
        (Self::Date, "date", "date"),
        (Self::File, "file", "file_url"),
        (Self::Phone, "phone", "phone_number"),
        (Self::Url, "url", "url"),
        (Self::Hidden, "hidden", ""),
    ];

    /// The word for it in a handbook.
    #[must_use]
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(kind, ..)| *kind == self).map_or("", |(_, word, _)| word)
    }

    /// Whether a field of that type can take it.
    #[must_use]
    pub fn suits(self, field: &FieldKind) -> bool {
        match field {
            FieldKind::Text { .. } => self != Self::Boolean,
            FieldKind::List => !matches!(self, Self::Boolean | Self::Number | Self::Date),
            FieldKind::Integer { .. } => matches!(self, Self::Number | Self::Hidden),
            FieldKind::Boolean => matches!(self, Self::Boolean | Self::Hidden),
            FieldKind::Choice { .. } => matches!(self, Self::Choice | Self::Text | Self::Hidden),
            FieldKind::Date => matches!(self, Self::Date | Self::Hidden),
        }
    }
}

/// Reads what stands under `from`, and holds it against the form.
pub(super) fn read(node: &Node, form: &Form, findings: &mut Vec<Finding>) -> Vec<Typeform> {
    let Some(members) = node.list() else {
        let message = format!("`from` is a list, here stands {}", node.kind());
        let finding = Finding::error("wrong-type", node.place.clone(), message);
        findings.push(finding.with_help("write `- typeform: { form_id: ID, email: …, map: … }`"));
        return Vec::new();
    };
    let mut all: Vec<Typeform> = Vec::new();
    for member in members {
        let Some(mut entries) = Entries::of(member, &grammar::FORM_SOURCE, findings) else { continue };
        let typeform = entries.require("typeform", findings).map(|node| (node, one(node, form, findings)));
        entries.close(findings);
        let Some((node, Some(typeform))) = typeform else { continue };
        if all.iter().any(|other| other.form_id == typeform.form_id) {
            let message = format!("the Typeform `{}` stands here a second time", typeform.form_id);
            findings.push(Finding::error("duplicate-key", node.place.clone(), message));
        }
        all.push(typeform);
    }
    all
}

fn one(node: &Node, form: &Form, findings: &mut Vec<Finding>) -> Option<Typeform> {
    let mut entries = Entries::of(node, &grammar::TYPEFORM, findings)?;
    let form_id = entries.required_word("form_id", findings).map(str::to_owned);
    let email = entries.require("email", findings).and_then(|node| source(node, findings));
    let name = entries.get("name").and_then(|node| source(node, findings));
    let mapped = entries.require("map", findings);
    entries.close(findings);
    let mut map = BTreeMap::new();
    for (key, node) in yaml::mapping(mapped, "map", findings) {
        check_identifier("a field", &key.text, &key.place, findings);
        let Some(source) = source(node, findings) else { continue };
        if is_suitable(form, &key.text, &source, &key.place, findings) {
            map.insert(key.text.clone(), source);
        }
    }
    if let Some(node) = mapped {
        check_complete(form, &map, node, findings);
    }
    for (what, source) in email.iter().map(|email| ("email", email)).chain(name.iter().map(|name| ("name", name))) {
        if !matches!(source.kind, AnswerKind::Text | AnswerKind::Email | AnswerKind::Hidden) {
            let message = format!("`{what}` is a text, and the answer is a {}", source.kind.word());
            findings.push(Finding::error("answer-does-not-fit", node.place.clone(), message));
        }
    }
    Some(Typeform { form_id: form_id?, email: email?, name, map })
}

/// The field is there and takes what the answer gives.
fn is_suitable(form: &Form, field: &str, source: &Source, place: &Place, findings: &mut Vec<Finding>) -> bool {
    let known = form.fields.iter().map(|known| known.field.name.as_str());
    if !check_known("field", field, place, known, findings) {
        return false;
    }
    let fits = form.fields.iter().any(|known| known.field.name == field && source.kind.suits(&known.field.kind));
    if !fits {
        let wanted = form.fields.iter().find(|known| known.field.name == field).map_or("", |f| f.field.kind.word());
        let message = format!("`{field}` is of type {wanted}, which no {} answer fills", source.kind.word());
        findings.push(Finding::error("answer-does-not-fit", place.clone(), message));
    }
    fits
}

/// What the form cannot do without is filled by something.
fn check_complete(form: &Form, map: &BTreeMap<String, Source>, node: &Node, findings: &mut Vec<Finding>) {
    for field in form.fields.iter().filter(|_| !form.partial) {
        let always = matches!(field.required, Required::Always(true)) && field.show.is_none();
        let name = &field.field.name;
        let tried = node.mapping().unwrap_or_default().iter().any(|(key, _)| key.text == *name);
        if always && field.field.default.is_none() && !map.contains_key(name) && !tried {
            let message = format!("the form needs `{name}`, and no answer fills it");
            let finding = Finding::error("answer-missing", node.place.clone(), message);
            findings
                .push(finding.with_help(format!("write `{name}: {{ text: REFERENCE }}`, with the kind of the answer")));
        }
    }
}

/// An answer: its kind, and the reference of its question.
fn source(node: &Node, findings: &mut Vec<Finding>) -> Option<Source> {
    let mut entries = Entries::of(node, &grammar::TYPEFORM_ANSWER, findings)?;
    let mut found = Vec::new();
    for (kind, word, _) in AnswerKind::ALL {
        found.extend(entries.word(word, findings).map(|of| Source { kind, of: of.to_owned() }));
    }
    entries.close(findings);
    if found.len() != 1 {
        let message = format!("an answer is of one kind, here stand {}", found.len());
        let finding = Finding::error("wrong-type", node.place.clone(), message);
        findings.push(finding.with_help("write `{ number: REFERENCE }`, or `{ hidden: NAME }` for a hidden field"));
        return None;
    }
    found.pop()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    fn form(from: &str) -> (Option<Form>, Vec<Finding>) {
        let text = format!(
            "language: 1\nform: survey\ntitle: Survey\nfields:\n\
             - {{ name: documents, type: integer, required: true }}\n- {{ name: details, type: text }}\n\
             - {{ name: test, type: boolean, default: false, required: true }}\n{from}"
        );
        let mut findings = Vec::new();
        let node = crate::yaml::documents(&Arc::from("forms/survey.yaml"), &text).unwrap().remove(0);
        (Form::parse("survey", &node, &["en".to_owned()], &mut findings), findings)
    }

    #[test]
    fn answers_fill_fields_of_their_kind() {
        let (form, findings) = form(
            "from:\n- typeform:\n    form_id: lT4Z3j\n    email: { email: contact }\n    name: { hidden: name }\n\
             \x20   map: { documents: { number: how_many }, test: { boolean: try } }\n",
        );
        assert_eq!(findings, []);
        let typeform = form.unwrap().typeforms.remove(0);
        assert_eq!(typeform.form_id, "lT4Z3j");
        assert_eq!(typeform.map["documents"], Source { kind: AnswerKind::Number, of: "how_many".to_owned() });
        assert_eq!(typeform.name.unwrap().kind, AnswerKind::Hidden);
    }

    #[test]
    fn what_does_not_fit_is_found_where_it_stands() {
        let codes = |from: &str| form(from).1.iter().map(|finding| finding.code).collect::<Vec<_>>();
        let with = |email: &str, map: &str| {
            format!("from: [ {{ typeform: {{ form_id: x, email: {email}, map: {{ {map} }} }} }} ]\n")
        };
        let email = "{ email: e }";
        assert_eq!(codes(&with(email, "documents: { number: n }")), [""; 0]);
        assert_eq!(codes(&with(email, "documents: { text: n }")), ["answer-does-not-fit"]);
        assert_eq!(codes(&with("{ number: e }", "documents: { number: n }")), ["answer-does-not-fit"]);
        assert_eq!(codes(&with(email, "details: { text: n }")), ["answer-missing"]);
        assert_eq!(codes(&with(email, "documents: { number: n }, document: { text: n }")), ["unknown-field"]);
        assert_eq!(codes(&with(email, "documents: { number: n, text: m }")), ["wrong-type"]);
        assert_eq!(codes(&with(email, "documents: {}")), ["wrong-type"]);
        assert_eq!(codes("from: typeform\n"), ["wrong-type"]);
        assert_eq!(
            codes("from: [ { typeform: { form_id: x, map: { documents: { number: n } } } } ]\n"),
            ["missing-key"]
        );
        let twice = with(email, "documents: { number: n }").replace(" ]\n", ", ")
            + &with(email, "documents: { number: n }")[7..];
        assert_eq!(codes(&twice), ["duplicate-key"]);
    }
}
