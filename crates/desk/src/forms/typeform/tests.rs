use std::sync::LazyLock;

use playbook::{Files, compile};
use proptest::prelude::*;
use serde_json::json;

use super::*;

/// A form with a field of every type, and a Typeform that fills it.
static FORM: LazyLock<Form> = LazyLock::new(form);

fn form() -> Form {
    let text = "language: 1\nform: everything\ntitle: Everything\nfields:\n\
        - { name: words, type: text, max_length: 20 }\n- { name: count, type: integer, max: 10 }\n\
        - { name: sure, type: boolean }\n- { name: plan, type: choice, of: [ premium, company-specific ] }\n\
        - { name: towns, type: list }\n- { name: day, type: date }\n- { name: tour, type: text }\n\
        from:\n- typeform:\n    form_id: lT4Z3j\n    email: { email: contact }\n    name: { hidden: who }\n    map:\n\
        \x20     words: { text: words }\n      count: { number: count }\n      sure: { boolean: sure }\n      plan: { choice: plan }\n\
        \x20     towns: { choices: towns }\n      day: { date: day }\n      tour: { hidden: tour }\n";
    let built_in = crate::handbook::tree::built_in();
    let kept = built_in.iter().filter(|(path, _)| !path.starts_with("scenarios/"));
    let mut files: Files = kept.map(|(path, text)| (path.to_owned(), text.to_owned())).collect();
    files.insert("forms/everything.yaml", text);
    compile(&files, &crate::runs::actions::registry()).unwrap().forms.remove("everything").unwrap()
}

fn answer(kind: &str, reference: &str, value: Value) -> Value {
    json!({"type": kind, kind: value, "field": {"id": format!("id-{reference}"), "type": "whatever", "ref": reference}})
}

fn filled(answers: &[Value], hidden: &Value) -> Filled {
    let titles: Vec<Value> = ["words", "count", "sure", "plan", "towns", "day", "file"]
        .map(|name| json!({"id": format!("id-{name}"), "title": format!("{name}?"), "ref": name, "type": "x"}))
        .to_vec();
    let body = json!({
        "event_id": "01J", "event_type": "form_response",
        "form_response": {
            "form_id": "lT4Z3j", "token": "t", "definition": {"id": "lT4Z3j", "title": "All", "fields": titles},
            "answers": answers, "hidden": hidden,
        },
    });
    let response = Response::read(&body).unwrap();
    assert_eq!((response.event.as_deref(), response.title.as_str()), (Some("01J"), "All"));
    response.fill(&FORM, &FORM.typeforms[0])
}

#[test]
fn each_kind_of_answer_fills_a_field_of_its_type() {
    let filled = filled(
        &[
            answer("text", "words", json!("New logo")),
            answer("number", "count", json!(2.0)),
            answer("boolean", "sure", json!(false)),
            answer("choice", "plan", json!({"id": "x", "label": "Company specific", "ref": "y"})),
            answer("choices", "towns", json!({"ids": ["a", "b"], "labels": ["Porto", "Braga"], "other": "Faro"})),
            answer("date", "day", json!("2026-12-01")),
            answer("email", "contact", json!("maria@acme.example")),
        ],
        &json!({"who": "Maria", "tour": "north"}),
    );
    let expected = json!({
        "words": "New logo", "count": 2, "sure": false, "plan": "company-specific",
        "towns": ["Porto", "Braga", "Faro"], "day": "2026-12-01", "tour": "north",
    });
    assert_eq!(Value::Object(filled.answers), expected);
    assert_eq!(filled.beside, []);
    assert_eq!((filled.email.as_deref(), filled.name.as_deref()), (Some("maria@acme.example"), Some("Maria")));
}

#[test]
fn what_fits_no_field_stands_beside_in_the_words_of_its_question() {
    let filled = filled(
        &[
            answer("text", "words", json!("far too long for that field")),
            answer("number", "count", json!(2.5)),
            answer("choice", "plan", json!({"other": "Gold"})),
            answer("text", "day", json!("tomorrow")),
            answer("file_url", "file", json!("https://files.example/logo.png")),
            answer("payment", "paid", json!({"amount": "5", "success": true})),
        ],
        &json!({"campaign": "spring"}),
    );
    assert_eq!(Value::Object(filled.answers), json!({}));
    let beside: Vec<(&str, &str)> = filled.beside.iter().map(|(q, a)| (q.as_str(), a.as_str())).collect();
    assert_eq!(
        beside,
        [
            ("words?", "far too long for that field"),
            ("count?", "2.5"),
            ("plan?", "Gold"),
            ("day?", "tomorrow"),
            ("file?", "https://files.example/logo.png"),
            ("paid", r#"{"amount":"5","success":true}"#),
            ("campaign", "spring"),
        ]
    );
    assert_eq!((filled.email, filled.name), (None, None));
}

#[test]
fn what_brings_no_response_is_none() {
    for body in [json!(null), json!([]), json!({"event_type": "ping"}), json!({"form_response": []})] {
        assert_eq!(Response::read(&body), None, "{body}");
    }
}

proptest! {
    #[test]
    fn whatever_the_answers_are_nothing_said_is_lost_and_what_is_filled_can_be_read(
        kinds in prop::collection::vec((0..9_usize, 0..7_usize, "[a-z0-9]{1,12}", any::<f64>()), 0..6),
    ) {
        let references = ["words", "count", "sure", "plan", "towns", "day", "nowhere"];
        let answers: Vec<Value> = kinds.iter().map(|(kind, reference, text, number)| {
            let reference = references[*reference];
            match kind {
                0 => answer("text", reference, json!(text)),
                1 => answer("number", reference, json!(number)),
                2 => answer("boolean", reference, json!(number.is_sign_positive())),
                3 => answer("choice", reference, json!({"label": text})),
                4 => answer("choices", reference, json!({"labels": [text]})),
                5 => answer("date", reference, json!(text)),
                6 => answer("phone_number", reference, json!(text)),
                7 => answer("some_new_kind", reference, json!({"deep": [text]})),
                _ => json!({"type": 7, "field": text}),
            }
        }).collect();
        let filled = filled(&answers, &json!({}));
        prop_assert!(super::super::read(&FORM, &filled.answers, &Map::new()).is_ok());
        let kept = format!("{:?} {:?}", filled.answers, filled.beside);
        for (kind, _, text, _) in kinds.iter().filter(|(kind, ..)| [0, 3, 4, 5, 6, 7].contains(kind)) {
            prop_assert!(kept.contains(text.as_str()), "{kind} {text} is lost: {kept}");
        }
    }
}
