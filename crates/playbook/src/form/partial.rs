//! Forms that are filled in bit by bit: what is known with one part more, and whether all of it is there.

use serde_json::{Map, Value};

use super::Form;
use crate::run::Fault;

impl Form {
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

    /// What the form knows when these answers are added to what the playbook's `fields` hold, by its own names. An answer that
    /// says nothing takes nothing away.
    pub(super) fn laid_over(&self, answers: &Map<String, Value>, fields: &Map<String, Value>) -> Map<String, Value> {
        let mut all = self.answered(fields);
        for field in self.fields.iter().map(|field| &field.field) {
            if let Some(answer) = answers.get(&field.name).filter(|said| field.accept_entered(said) != Ok(Value::Null))
            {
                all.insert(field.name.clone(), answer.clone());
            }
        }
        all
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
        let read = |answers: Value, fields: Value| sheet().read(&object(answers), &object(fields));
        assert_eq!(read(json!({"heavy": "true"}), json!({})).unwrap(), object(json!({"heavy": true})));
        assert_eq!(read(json!({"serial": null}), json!({"number": "A1"})).unwrap(), Map::new());
        assert_eq!(read(json!({"serial": "", "heavy": false}), json!({})).unwrap(), object(json!({"heavy": false})));
    }

    #[test]
    fn what_was_said_before_decides_what_is_shown() {
        let later = object(json!({"weight": 900}));
        assert_eq!(sheet().read(&later, &object(json!({"heavy": true}))).unwrap(), later);
        assert_eq!(sheet().read(&later, &object(json!({"heavy": false}))).unwrap(), Map::new());
        let left_blank = object(json!({"heavy": "", "weight": 900}));
        assert_eq!(sheet().read(&left_blank, &object(json!({"heavy": true}))).unwrap(), later);
    }

    #[test]
    fn what_is_wrong_in_a_part_is_told_at_once() {
        let wrong = object(json!({"heavy": true, "weight": "much", "colour": "red"}));
        let codes: Vec<_> = sheet().read(&wrong, &Map::new()).unwrap_err().iter().map(|error| error.code).collect();
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
