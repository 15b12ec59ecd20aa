//! Intake forms: what is asked, when it is shown, and reading what was answered.

mod partial;
mod typeform;

use serde::Serialize;
use serde_json::{Map, Value};

use crate::definition::{check_identifier, read_language, read_name};
use crate::expression::{Expression, Wanted};
use crate::fields::Field;
use crate::finding::Finding;
use crate::grammar;
use crate::run::Fault;
use crate::scope::Scope;
use crate::text::Localized;
use crate::yaml::{Entries, Node};

pub use typeform::{AnswerKind, Source, Typeform};

/// A form, read from `forms/NAME.yaml`.
#[derive(Clone, Debug)]
pub struct Form {
    /// The name, as other files refer to it.
    pub name: String,
    /// The heading.
    pub title: Localized,
    /// What stands above the fields.
    pub intro: Option<Localized>,
    /// What is said after it was sent.
    pub thanks: Option<Localized>,
    /// Whether it may be saved bit by bit: what is needed is then asked for until it is there, and holds nothing up.
    pub partial: bool,
    /// The fields, in order.
    pub fields: Vec<FormField>,
    /// Forms of Typeform that fill it in too.
    pub typeforms: Vec<Typeform>,
}

/// A field of a form.
#[derive(Clone, Debug)]
pub struct FormField {
    /// Its name, label and type.
    pub field: Field,
    /// What stands below it.
    pub help: Option<Localized>,
    /// The playbook's field that it fills.
    pub into: String,
    /// Whether it is shown, decided by the answers so far.
    pub(crate) show: Option<Expression>,
    /// Whether it must be answered.
    pub(crate) required: Required,
}

/// When a field must be answered.
#[derive(Clone, Debug)]
pub(crate) enum Required {
    Always(bool),
    When(Expression),
}

/// A field as it is to be shown for the answers so far.
#[derive(Clone, Copy, Debug)]
pub struct ShownField<'f> {
    /// The field.
    pub field: &'f FormField,
    /// Whether it must be answered.
    pub required: bool,
}

/// What is wrong with an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FieldError {
    /// The field's name in the form.
    pub field: String,
    /// `required`, `invalid` or `unknown`.
    pub code: &'static str,
    /// A sentence.
    pub message: String,
}

impl Form {
    /// Reads the form in file `stem`.
    pub(crate) fn parse(stem: &str, node: &Node, languages: &[String], findings: &mut Vec<Finding>) -> Option<Self> {
        let mut entries = Entries::of(node, &grammar::FORM, findings)?;
        read_language(&mut entries, findings);
        let name = read_name(stem, "form", &mut entries, findings)?;
        let title = entries.require("title", findings).and_then(|node| Localized::read(node, languages, findings));
        let intro = entries.get("intro").and_then(|node| Localized::read(node, languages, findings));
        let thanks = entries.get("thanks").and_then(|node| Localized::read(node, languages, findings));
        let partial = entries.flag("partial", findings).unwrap_or_default();
        let mut fields: Vec<FormField> = Vec::new();
        let members = entries.require("fields", findings);
        if let Some(node) = members.filter(|node| node.list().is_none()) {
            findings.push(
                Finding::error(
                    "wrong-type",
                    node.place.clone(),
                    format!("`fields` is a list, here stands {}", node.kind()),
                )
                .with_help("write `- { name: NAME, type: text, label: LABEL }` for each"),
            );
        }
        for node in members.and_then(Node::list).unwrap_or_default() {
            let Some(field) = FormField::parse(node, languages, findings) else { continue };
            if fields.iter().any(|other| other.field.name == field.field.name || other.into == field.into) {
                findings.push(Finding::error(
                    "duplicate-key",
                    field.field.place.clone(),
                    format!("a second field is called `{}` or fills `{}`", field.field.name, field.into),
                ));
            }
            fields.push(field);
        }
        let from = entries.get("from");
        entries.close(findings);
        let mut form = Self { name, title: title?, intro, thanks, partial, fields, typeforms: Vec::new() };
        form.check_conditions(findings);
        form.typeforms = from.map(|node| typeform::read(node, &form, findings)).unwrap_or_default();
        Some(form)
    }

    /// Conditions refer to the form's own fields, by their names in the form.
    fn check_conditions(&mut self, findings: &mut Vec<Finding>) {
        let mut scope = Scope::default();
        for field in &self.fields {
            scope.add(&field.field.name, &field.field.kind);
        }
        for field in &mut self.fields {
            for condition in field.show.iter_mut().chain(field.required.condition()) {
                condition.check(&scope, Wanted::Condition, findings);
            }
        }
    }

    /// Which fields to show for the answers so far (by the fields' names in the form; what is missing counts as null,
    /// what cannot be read too).
    ///
    /// # Errors
    /// A [`Fault`] when a condition cannot be decided.
    pub fn shown(&self, answers: &Map<String, Value>) -> Result<Vec<ShownField<'_>>, Fault> {
        let mut values = Map::new();
        for field in &self.fields {
            let entered = answers.get(&field.field.name).unwrap_or(&Value::Null);
            let value = field.field.accept_entered(entered).unwrap_or(Value::Null);
            let value = if value.is_null() { field.field.default.clone().unwrap_or(Value::Null) } else { value };
            values.insert(field.field.name.clone(), value);
        }
        let mut shown = Vec::new();
        for field in &self.fields {
            let visible = field.show.as_ref().map_or(Ok(true), |show| show.holds(&values))?;
            if visible {
                shown.push(ShownField { field, required: field.required.holds(&values)? });
            } else {
                values.insert(field.field.name.clone(), Value::Null);
            }
        }
        Ok(shown)
    }

    /// Reads a submission: texts from an HTML form or typed values, by the fields' names in the form. Gives the values
    /// by the playbook's fields; hidden fields are ignored, and what was not answered is absent. A part of a form
    /// (`partial: true`) is read over what the playbook's `fields` hold already: whatever it does not answer, with or without a
    /// default, may come later and keeps what it has.
    ///
    /// # Errors
    /// Everything that is wrong, in the form's order; names that the form does not know last.
    pub fn read(
        &self,
        answers: &Map<String, Value>,
        fields: &Map<String, Value>,
    ) -> Result<Map<String, Value>, Vec<FieldError>> {
        let over = self.partial.then(|| self.laid_over(answers, fields));
        let shown = self
            .shown(over.as_ref().unwrap_or(answers))
            .map_err(|fault| vec![FieldError::new("", "invalid", fault.to_string())])?;
        let mut values = Map::new();
        let mut errors = Vec::new();
        for ShownField { field: form_field, required } in shown {
            let name = &form_field.field.name;
            match form_field.field.accept_entered(answers.get(name).unwrap_or(&Value::Null)) {
                Err(message) => {
                    errors.push(FieldError::new(name, "invalid", format!("{} {message}", form_field.field.label)));
                }
                Ok(Value::Null) if self.partial => {}
                Ok(Value::Null) => match &form_field.field.default {
                    Some(default) => {
                        values.insert(form_field.into.clone(), default.clone());
                    }
                    None if required => {
                        errors.push(FieldError::new(name, "required", format!("{} is needed", form_field.field.label)));
                    }
                    None => {}
                },
                Ok(value) => {
                    values.insert(form_field.into.clone(), value);
                }
            }
        }
        errors.extend(self.unknown(answers));
        if errors.is_empty() { Ok(values) } else { Err(errors) }
    }

    /// Answers to what the form does not ask.
    fn unknown(&self, answers: &Map<String, Value>) -> impl Iterator<Item = FieldError> {
        let unknown = answers.keys().filter(|name| self.fields.iter().all(|field| field.field.name != **name));
        unknown.map(|name| FieldError::new(name, "unknown", format!("the form does not ask for `{name}`")))
    }
}

impl FormField {
    fn parse(node: &Node, languages: &[String], findings: &mut Vec<Finding>) -> Option<Self> {
        let mut entries = Entries::of(node, &grammar::FORM_FIELD, findings)?;
        let name_node = entries.require("name", findings)?;
        let name = crate::yaml::word(name_node, "name", findings)?;
        check_identifier("a field", name, &name_node.place, findings);
        let mut field = Field::read(name, &mut entries, languages, findings);
        if let Some(field) = &mut field {
            field.place = name_node.place.clone();
        }
        let help = entries.get("help").and_then(|node| Localized::read(node, languages, findings));
        let into = entries.word("into", findings).unwrap_or(name).to_owned();
        let show = entries.get("show").and_then(|node| Expression::read(node, findings));
        let required = match entries.get("required") {
            None => Some(Required::Always(false)),
            Some(node) => match node.scalar().and_then(|scalar| scalar.value.as_bool()) {
                Some(always) => Some(Required::Always(always)),
                None => Expression::read(node, findings).map(Required::When),
            },
        };
        entries.close(findings);
        Some(Self { field: field?, help, into, show, required: required? })
    }
}

impl Required {
    fn condition(&mut self) -> Option<&mut Expression> {
        match self {
            Self::Always(_) => None,
            Self::When(expression) => Some(expression),
        }
    }

    fn holds(&self, values: &Map<String, Value>) -> Result<bool, Fault> {
        match self {
            Self::Always(required) => Ok(*required),
            Self::When(expression) => expression.holds(values),
        }
    }
}

impl FieldError {
    fn new(field: &str, code: &'static str, message: String) -> Self {
        Self { field: field.to_owned(), code, message }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use serde_json::json;

    fn form(text: &str) -> (Option<Form>, Vec<Finding>) {
        let mut findings = Vec::new();
        let node = crate::yaml::documents(&Arc::from("forms/survey.yaml"), text).unwrap().remove(0);
        (Form::parse("survey", &node, &["en".to_owned()], &mut findings), findings)
    }

    fn survey() -> Form {
        let (form, findings) = form(
            "language: 1\nform: survey\ntitle: Survey\nfields:\n\
             - { name: documents, type: integer, min: 1, required: true }\n\
             - { name: test, type: boolean, default: false, into: test_first }\n\
             - { name: where, type: text, show: test, required: 'documents != null && documents > 1', max_length: 5 }\n",
        );
        assert_eq!(findings, []);
        form.unwrap()
    }

    fn read(answers: Value) -> Result<Value, Vec<(String, &'static str)>> {
        survey()
            .read(answers.as_object().unwrap(), &Map::new())
            .map(Value::Object)
            .map_err(|errors| errors.into_iter().map(|error| (error.field, error.code)).collect())
    }

    #[test]
    fn texts_of_an_html_form_become_typed_values_under_the_playbooks_names() {
        let read = read(json!({"documents": "2", "test": "on", "where": "here"}));
        assert_eq!(read.unwrap(), json!({"documents": 2, "test_first": true, "where": "here"}));
    }

    #[test]
    fn a_hidden_field_is_ignored_and_not_required() {
        assert_eq!(
            read(json!({"documents": 2, "where": "far too long"})).unwrap(),
            json!({"documents": 2, "test_first": false})
        );
    }

    #[test]
    fn everything_wrong_is_told_at_once() {
        let errors = read(json!({"test": "on", "where": "far too long", "extra": 1})).unwrap_err();
        let expected = [("documents", "required"), ("where", "invalid"), ("extra", "unknown")];
        assert_eq!(errors, expected.map(|(field, code)| (field.to_owned(), code)));
    }

    #[test]
    fn a_condition_may_require_a_shown_field() {
        assert_eq!(read(json!({"documents": 2, "test": true})).unwrap_err(), [("where".to_owned(), "required")]);
        assert!(read(json!({"documents": 1, "test": true})).is_ok());
    }

    #[test]
    fn a_condition_on_something_else_is_found() {
        let (_, findings) =
            form("language: 1\nform: survey\ntitle: S\nfields: [ { name: a, type: text, show: b == 1 } ]\n");
        assert_eq!(findings[0].code, "unknown-variable");
    }
}
