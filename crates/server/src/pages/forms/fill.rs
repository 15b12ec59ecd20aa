//! A form as its page shows it: the handbook's questions with what was answered and what is wrong.

use std::collections::BTreeMap;

use desk::error::FieldError;
use playbook::FieldKind as Kind;
use serde_json::{Map, Value};

use super::view::Form;
use crate::pages::field::{Field, FieldKind, FieldOption};
use crate::texts::Texts;

/// Posted name of the requester's own name; a form of the handbook must not ask something under it.
pub const NAME: &str = "requester_name";
/// See [`NAME`].
pub const EMAIL: &str = "requester_email";
/// From how many characters a text is asked for in several lines.
const LONG: u32 = 200;

/// The form with the answers and errors so far.
pub fn form(
    form: &playbook::Form,
    texts: &Texts,
    submission: String,
    answers: &BTreeMap<String, String>,
    errors: &[FieldError],
) -> Form {
    let language = texts.tag();
    let posted: Map<String, Value> =
        answers.iter().map(|(name, value)| (name.clone(), Value::from(value.clone()))).collect();
    let shown = form.shown(&posted).unwrap_or_default();
    let fields = shown.into_iter().map(|shown| {
        let question = &shown.field.field;
        let answer = answers.get(&question.name).map(String::as_str);
        let mut field = Field::new(&question.name, question.label.text(language), control(question, answer));
        field.required = shown.required && !form.partial;
        field.help = shown.field.help.as_ref().map(|help| help.text(language).to_owned());
        field.error = wrong(texts, errors, question);
        field
    });
    Form {
        name: form.name.clone(),
        title: form.title.text(language).to_owned(),
        intro: form.intro.as_ref().map(|intro| intro.text(language).to_owned()),
        submission,
        requester: requester(texts, answers, errors),
        fields: fields.collect(),
    }
}

fn requester(texts: &Texts, answers: &BTreeMap<String, String>, errors: &[FieldError]) -> Vec<Field> {
    let answer = |name: &str| answers.get(name).cloned().unwrap_or_default();
    let mut name = Field::new(NAME, texts.get("requester-name"), FieldKind::Text(answer(NAME)));
    name.autocomplete = Some("name".to_owned());
    let mut email = Field::new(EMAIL, texts.get("requester-email"), FieldKind::Email(answer(EMAIL)));
    email.autocomplete = Some("email".to_owned());
    email.error = errors.iter().any(|error| error.field == "email").then(|| texts.get("field-email"));
    vec![name.optional(), email]
}

fn wrong(texts: &Texts, errors: &[FieldError], question: &playbook::Field) -> Option<String> {
    let error = errors.iter().find(|error| error.field == question.name)?;
    Some(match error.code.as_str() {
        "required" => texts.get("field-required"),
        _ => unfit(texts, question),
    })
}

/// What is needed where something else was entered.
pub fn unfit(texts: &Texts, field: &playbook::Field) -> String {
    match &field.kind {
        Kind::Text { max_length } => texts.with("unfit-text", &[("most", &max_length.to_string())]),
        Kind::Integer { min: Some(min), max: Some(max) } => {
            texts.with("unfit-integer-between", &[("least", &min.to_string()), ("most", &max.to_string())])
        }
        Kind::Integer { min: Some(min), .. } => texts.with("unfit-integer-from", &[("least", &min.to_string())]),
        Kind::Integer { max: Some(max), .. } => texts.with("unfit-integer-to", &[("most", &max.to_string())]),
        Kind::Integer { .. } => texts.get("unfit-integer"),
        Kind::Boolean => texts.get("unfit-boolean"),
        Kind::Choice { of } => texts.with("unfit-choice", &[("of", &of.join(", "))]),
        Kind::List => texts.get("unfit-list"),
        Kind::Date => texts.get("unfit-date"),
    }
}

/// The control that a field of the handbook is answered with.
pub fn control(field: &playbook::Field, answer: Option<&str>) -> FieldKind {
    let given = answer.map(str::to_owned).or_else(|| field.default.as_ref().map(spoken));
    let text = given.clone().unwrap_or_default();
    match &field.kind {
        Kind::Text { max_length } if *max_length >= LONG => FieldKind::LongText(text),
        Kind::List => FieldKind::LongText(text),
        Kind::Integer { min, max } => FieldKind::Integer { value: text, min: *min, max: *max },
        Kind::Boolean => FieldKind::Boolean(given.map(|given| given == "true")),
        Kind::Choice { of } => FieldKind::Choice(
            of.iter()
                .map(|value| FieldOption { value: value.clone(), label: value.clone(), chosen: *value == text })
                .collect(),
        ),
        Kind::Date => FieldKind::Date(text),
        Kind::Text { .. } => FieldKind::Text(text),
    }
}

/// The sentence beneath a field whose control does not say how it is written.
pub fn help(texts: &Texts, field: &playbook::Field) -> Option<String> {
    match field.kind {
        Kind::List => Some(texts.get("attribute-list-help")),
        _ => None,
    }
}

fn spoken(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(members) => members.iter().map(spoken).collect::<Vec<_>>().join("\n"),
        other => other.to_string(),
    }
}
