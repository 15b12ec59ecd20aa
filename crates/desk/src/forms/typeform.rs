//! A response to a form of Typeform, as its webhook brings it: which answer fills which field of ours, and what is left over.
//!
//! What cannot be read is no error here: whatever was said is kept in words.

use playbook::{AnswerKind, FieldKind, Form, FormField, Source, Typeform};
use serde_json::{Map, Value};

/// What somebody answered.
#[derive(Clone, Debug, PartialEq)]
pub struct Response {
    /// What tells this delivery's event from others: the same again is the same response.
    pub event: Option<String>,
    /// The form's id there.
    pub form_id: String,
    /// What the form is called there.
    pub title: String,
    answers: Vec<Answer>,
    hidden: Map<String, Value>,
}

#[derive(Clone, Debug, PartialEq)]
struct Answer {
    reference: String,
    id: String,
    /// The question, in the words of the form there.
    title: String,
    /// The kind, as Typeform calls it; the value stands under the same name.
    kind: String,
    value: Value,
}

/// What of a response fits a form of ours.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filled {
    /// Answers by the names of the form's fields, each fit to be read.
    pub answers: Map<String, Value>,
    /// Everything else that was said: the question, and the answer in words.
    pub beside: Vec<(String, String)>,
    /// The address of whoever answered.
    pub email: Option<String>,
    /// Their name.
    pub name: Option<String>,
}

impl Response {
    /// Reads the body of a delivery; `None` when it brings no response.
    pub fn read(body: &Value) -> Option<Self> {
        let response = body.get("form_response")?.as_object()?;
        let definition = response.get("definition");
        let titles: Vec<(&str, &str)> = definition
            .and_then(|definition| definition.get("fields")?.as_array())
            .map(|fields| fields.iter().filter_map(|field| Some((text(field, "id")?, text(field, "title")?))).collect())
            .unwrap_or_default();
        let answers = response.get("answers").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        Some(Self {
            event: text(body, "event_id").filter(|event| !event.is_empty()).map(str::to_owned),
            form_id: response.get("form_id").and_then(Value::as_str).unwrap_or_default().to_owned(),
            title: definition.and_then(|definition| text(definition, "title")).unwrap_or_default().to_owned(),
            answers: answers.iter().map(|answer| Answer::read(answer, &titles)).collect(),
            hidden: response.get("hidden").and_then(Value::as_object).cloned().unwrap_or_default(),
        })
    }

    /// What of this fits `form`, by what the handbook says of the form there.
    pub fn fill(&self, form: &Form, by: &Typeform) -> Filled {
        let mut filled = Filled::default();
        let mut used: Vec<&Answer> = Vec::new();
        let mut used_hidden: Vec<&str> = Vec::new();
        for (name, source) in &by.map {
            let Some(field) = form.fields.iter().find(|field| field.field.name == *name) else { continue };
            if let Some(value) = self.entered(source, field) {
                filled.answers.insert(name.clone(), value);
                used.extend(self.answer(source));
                used_hidden.extend((source.kind == AnswerKind::Hidden).then_some(source.of.as_str()));
            }
        }
        for (source, place) in [(Some(&by.email), &mut filled.email), (by.name.as_ref(), &mut filled.name)] {
            let Some(source) = source else { continue };
            *place = self.said(source);
            used.extend(self.answer(source));
            used_hidden.extend((source.kind == AnswerKind::Hidden).then_some(source.of.as_str()));
        }
        let is_left = |answer: &&Answer| !used.iter().any(|other| std::ptr::eq(*other, *answer));
        filled.beside = self.answers.iter().filter(is_left).filter_map(Answer::in_words).collect();
        let left = self.hidden.iter().filter(|(name, _)| !used_hidden.contains(&name.as_str()));
        filled.beside.extend(left.filter_map(|(name, value)| Some((name.clone(), spoken(value)?))));
        filled
    }

    /// Everything that was said, question by question.
    pub fn in_words(&self) -> Vec<(String, String)> {
        let hidden = self.hidden.iter().filter_map(|(name, value)| Some((name.clone(), spoken(value)?)));
        self.answers.iter().filter_map(Answer::in_words).chain(hidden).collect()
    }

    /// The first mail address that was given at all, for a response whose form is not known.
    pub fn any_email(&self) -> Option<String> {
        let answered =
            self.answers.iter().find(|answer| answer.kind == "email").and_then(|answer| spoken(&answer.value));
        answered.or_else(|| self.hidden.get("email").and_then(spoken))
    }

    fn answer(&self, source: &Source) -> Option<&Answer> {
        let is_asked = |answer: &&Answer| answer.reference == source.of || answer.id == source.of;
        self.answers.iter().find(is_asked).filter(|_| source.kind != AnswerKind::Hidden)
    }

    /// What is said there, as a text.
    fn said(&self, source: &Source) -> Option<String> {
        match source.kind {
            AnswerKind::Hidden => self.hidden.get(&source.of).and_then(spoken),
            _ => spoken(&self.answer(source)?.value),
        }
    }

    /// What is said there as the field takes it; `None` when nothing is said, or something that it does not take.
    fn entered(&self, source: &Source, field: &FormField) -> Option<Value> {
        let value = match source.kind {
            AnswerKind::Hidden => self.hidden.get(&source.of)?.clone(),
            kind => {
                let answer = self.answer(source)?;
                let is_of_kind =
                    AnswerKind::ALL.iter().any(|(known, _, there)| *known == kind && *there == answer.kind);
                is_of_kind.then(|| answer.for_field(&field.field.kind)).flatten()?
            }
        };
        field.field.accept_entered(&value).ok().filter(|value| !value.is_null())
    }
}

impl Answer {
    fn read(answer: &Value, titles: &[(&str, &str)]) -> Self {
        let kind = text(answer, "type").unwrap_or_default().to_owned();
        let field = answer.get("field").unwrap_or(&Value::Null);
        let id = text(field, "id").unwrap_or_default().to_owned();
        let reference = text(field, "ref").unwrap_or_default().to_owned();
        let title = titles.iter().find(|(known, _)| *known == id).map_or(reference.as_str(), |(_, title)| title);
        Self { title: title.to_owned(), value: answer.get(&kind).cloned().unwrap_or_default(), reference, id, kind }
    }

    /// The value in the form that a field of this type reads.
    fn for_field(&self, field: &FieldKind) -> Option<Value> {
        Some(match (self.kind.as_str(), field) {
            ("choice", FieldKind::Choice { of }) => {
                let names = [text(&self.value, "ref"), text(&self.value, "label"), text(&self.value, "other")];
                of.iter().find(|word| names.iter().flatten().any(|name| is_meant(name, word)))?.clone().into()
            }
            ("choice", FieldKind::List) => Value::from(vec![spoken(&self.value)?]),
            ("choices", FieldKind::List) => labels(&self.value).into(),
            (_, FieldKind::List) => Value::from(vec![spoken(&self.value)?]),
            ("number", FieldKind::Integer { .. }) => whole(&self.value)?,
            ("boolean", FieldKind::Boolean) => self.value.clone(),
            _ => spoken(&self.value)?.into(),
        })
    }

    fn in_words(&self) -> Option<(String, String)> {
        Some((self.title.clone(), spoken(&self.value)?))
    }
}

/// Whether a label means a word of a handbook: `Company specific` means `company-specific`.
fn is_meant(label: &str, word: &str) -> bool {
    let plain = |text: &str| text.to_lowercase().replace([' ', '_'], "-");
    label == word || plain(label) == plain(word)
}

/// A number without a fraction, which may come as `5.0`.
fn whole(value: &Value) -> Option<Value> {
    if value.is_i64() {
        return Some(value.clone());
    }
    let number = value.as_f64().filter(|number| number.fract() == 0.0 && number.abs() < 1e15)?;
    format!("{number:.0}").parse::<i64>().ok().map(Value::from)
}

/// The labels of several choices, with what somebody added.
fn labels(value: &Value) -> Vec<String> {
    let listed = value.get("labels").and_then(Value::as_array).into_iter().flatten();
    let labels = listed.chain(value.get("other")).filter_map(Value::as_str);
    labels.map(str::to_owned).collect()
}

/// A value in words; `None` where nothing is said.
fn spoken(value: &Value) -> Option<String> {
    let words = match value {
        Value::Null => return None,
        Value::String(text) => text.clone(),
        Value::Bool(true) => "✓".to_owned(),
        Value::Bool(false) => "–".to_owned(),
        Value::Object(_) if value.get("labels").is_some() => labels(value).join(", "),
        Value::Object(_) => match text(value, "label").or_else(|| text(value, "other")) {
            Some(label) => label.to_owned(),
            None => value.to_string(),
        },
        other => other.to_string(),
    };
    let words = crate::messages::write::printable(&words);
    (!words.trim().is_empty()).then_some(words)
}

fn text<'v>(value: &'v Value, key: &str) -> Option<&'v str> {
    value.get(key)?.as_str()
}

#[cfg(test)]
mod tests;
