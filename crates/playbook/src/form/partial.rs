//! Forms that are filled in bit by bit: what a part says, and whether all of it is there.

use serde_json::{Map, Value};

use super::{FieldError, Form, ShownField};
use crate::run::Fault;

impl Form {
    /// Reads a part of a form (`partial: true`) as [`read`](Self::read) reads a whole one, over what the playbook's `fields` hold
    /// already: what is not answered may come later and keeps what it has, also where it has a default.
    ///
    /// # Errors
    /// As [`read`](Self::read), but that something is missing.
    pub fn read_part(
        &self,
        answers: &Map<String, Value>,
        fields: &Map<String, Value>,
    ) -> Result<Map<String, Value>, Vec<FieldError>> {
        let mut all = self.answered(fields);
        all.extend(
            answers.iter().filter(|(_, value)| !value.is_null()).map(|(name, value)| (name.clone(), value.clone())),
        );
        let shown = self.shown(&all).map_err(|fault| vec![FieldError::new("", "invalid", fault.to_string())])?;
        let (mut values, mut errors) = (Map::new(), Vec::new());
        for ShownField { field: form_field, .. } in shown {
            let name = &form_field.field.name;
            match form_field.field.accept_entered(answers.get(name).unwrap_or(&Value::Null)) {
                Err(message) => {
                    errors.push(FieldError::new(name, "invalid", format!("{} {message}", form_field.field.label)));
                }
                Ok(Value::Null) => {}
                Ok(value) => drop(values.insert(form_field.into.clone(), value)),
            }
        }
        errors.extend(self.unknown(answers));
        if errors.is_empty() { Ok(values) } else { Err(errors) }
    }

    /// Whether the playbook's `fields` hold everything that the form needs.
    ///
    /// # Errors
    /// A [`Fault`] when a condition cannot be decided.
    pub fn is_complete(&self, fields: &Map<String, Value>) -> Result<bool, Fault> {
        let answers = self.answered(fields);
        let is_there = |name: &str| answers.get(name).is_some_and(|value| !value.is_null());
        Ok(self
            .shown(&answers)?
            .iter()
            .all(|shown| !shown.required || is_there(&shown.field.field.name) || shown.field.field.default.is_some()))
    }

    /// What the playbook's `fields` hold, by the form's own names.
    fn answered(&self, fields: &Map<String, Value>) -> Map<String, Value> {
        let of = |field: &super::FormField| Some((field.field.name.clone(), fields.get(&field.into)?.clone()));
        self.fields.iter().filter_map(of).collect()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn sheet() -> Form {
        let text = "language: 1\nform: sheet\ntitle: Sheet\npartial: true\nfields:\n\
             - { name: serial, type: text, required: true, into: number }\n\
             - { name: heavy, type: boolean, default: false }\n\
             - { name: weight, type: integer, show: heavy, required: heavy }\n";
        let mut findings = Vec::new();
        let node = crate::yaml::documents(&std::sync::Arc::from("forms/sheet.yaml"), text).unwrap().remove(0);
        let form = Form::parse("sheet", &node, &["en".to_owned()], &mut findings);
        assert_eq!(findings, []);
        form.unwrap()
    }

    fn object(value: Value) -> Map<String, Value> {
        value.as_object().unwrap().clone()
    }

    #[test]
    fn a_part_says_only_what_was_answered_and_nothing_is_missed() {
        let read = |answers: Value, fields: Value| sheet().read_part(&object(answers), &object(fields));
        assert_eq!(read(json!({"heavy": "true"}), json!({})).unwrap(), object(json!({"heavy": true})));
        assert_eq!(read(json!({"serial": null}), json!({"number": "A1"})).unwrap(), Map::new());
        assert_eq!(read(json!({"serial": "", "heavy": false}), json!({})).unwrap(), object(json!({"heavy": false})));
    }

    #[test]
    fn what_was_said_before_decides_what_is_shown() {
        let later = object(json!({"weight": 900}));
        assert_eq!(sheet().read_part(&later, &object(json!({"heavy": true}))).unwrap(), later);
        assert_eq!(sheet().read_part(&later, &object(json!({"heavy": false}))).unwrap(), Map::new());
    }

    #[test]
    fn what_is_wrong_in_a_part_is_told_at_once() {
        let wrong = object(json!({"heavy": true, "weight": "much", "colour": "red"}));
        let codes: Vec<_> =
            sheet().read_part(&wrong, &Map::new()).unwrap_err().iter().map(|error| error.code).collect();
        assert_eq!(codes, ["invalid", "unknown"]);
    }

    #[test]
    fn it_is_complete_when_all_that_is_shown_and_needed_is_there() {
        let complete = |fields: Value| sheet().is_complete(&object(fields)).unwrap();
        assert!(!complete(json!({})));
        assert!(complete(json!({"number": "A1"})));
        assert!(!complete(json!({"number": "A1", "heavy": true})));
        assert!(complete(json!({"number": "A1", "heavy": true, "weight": 900})));
    }
}
