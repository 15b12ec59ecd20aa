//! Samples of the form and its thank-you page.

use super::view::{Form, FormPage, ThanksPage};
use crate::pages::field::{Field, FieldKind, FieldOption};
use crate::pages::frame::{Frame, Section};
use crate::pages::specimens::{ATTACK, LONG, RIGHT_TO_LEFT, Specimen};

/// Every sample, rendered.
#[must_use]
pub fn specimens(frame: &Frame) -> Vec<Specimen> {
    let frame = frame.at(Section::Form);
    let form = |sample, frame: &Frame, form| {
        let frame = frame.clone();
        Specimen::page("form", sample, &FormPage { frame, form })
    };
    let thanks = |sample, frame: Frame| {
        let page = ThanksPage { frame, number: "1042".to_owned(), again_href: "/forms/document-survey".to_owned() };
        Specimen::page("thanks", sample, &page)
    };
    vec![
        form("usual", &frame, Form::sample()),
        form("empty", &frame.for_visitor(), Form::sample_empty()),
        form("wrong", &frame, Form::sample_wrong()),
        form("extreme", &frame.for_visitor(), Form::sample_extreme()),
        thanks("usual", frame.clone()),
        thanks("extreme", frame.for_visitor()),
    ]
}

impl Form {
    /// The document survey, not filled in.
    #[must_use]
    pub fn sample() -> Self {
        let autofilled = |name: &str, label: &str, kind, autocomplete: &str| Field {
            autocomplete: Some(autocomplete.to_owned()),
            ..Field::new(name, label, kind)
        };
        Self {
            name: "document-survey".to_owned(),
            title: "Document survey".to_owned(),
            intro: Some(
                "Tell us which documents you would like changed. You get an answer within your working day.".to_owned(),
            ),
            submission: "sample-submission".to_owned(),
            requester: vec![
                autofilled("requester_name", "Your name", FieldKind::Text(String::new()), "name"),
                autofilled("requester_email", "Your mail address", FieldKind::Email(String::new()), "email")
                    .helped("The one your company knows you by."),
            ],
            fields: vec![
                Field::new(
                    "answers.documents",
                    "How many documents?",
                    FieldKind::Integer { value: String::new(), min: Some(1), max: None },
                ),
                Field::new("answers.details", "What should change?", FieldKind::LongText(String::new()))
                    .helped("Logos, wording, the order of the sections: whatever a colleague needs to know.")
                    .optional(),
                Field::new(
                    "answers.test_first",
                    "Try it in the test environment before it goes live?",
                    FieldKind::Boolean(None),
                ),
            ],
        }
    }

    /// A form without questions of its own.
    #[must_use]
    pub fn sample_empty() -> Self {
        Self { intro: None, fields: Vec::new(), ..Self::sample() }
    }

    /// The survey that comes back with mistakes, its values kept.
    #[must_use]
    pub fn sample_wrong() -> Self {
        let mut form = Self::sample();
        form.requester[0].kind = FieldKind::Text("Maria Alves".to_owned());
        form.requester[1].kind = FieldKind::Email("maria@acme".to_owned());
        form.requester[1].error = Some("This is not a whole mail address.".to_owned());
        form.fields[0].kind = FieldKind::Integer { value: "0".to_owned(), min: Some(1), max: None };
        form.fields[0].error = Some("At least one document is needed.".to_owned());
        form.fields[1].kind = FieldKind::LongText("The new logo on every page.\nAnd our new address.".to_owned());
        form.fields[2].error = Some("Please choose yes or no.".to_owned());
        form
    }

    /// Every kind of field, filled with what breaks layouts and pages.
    #[must_use]
    pub fn sample_extreme() -> Self {
        let options = |count: usize| {
            let option = |index: usize| FieldOption {
                value: format!("{index}{ATTACK}"),
                label: format!("{RIGHT_TO_LEFT} {index} {LONG}"),
                chosen: index == 1,
            };
            FieldKind::Choice((0..count).map(option).collect())
        };
        let mut form = Self::sample();
        form.title = format!("{LONG} {ATTACK}");
        form.intro = Some(format!("{RIGHT_TO_LEFT} {LONG} 🎈"));
        form.requester[0].kind = FieldKind::Text(ATTACK.to_owned());
        form.fields = vec![
            Field::new("a", LONG, FieldKind::Text(RIGHT_TO_LEFT.to_owned())).helped(ATTACK).wrong(ATTACK),
            Field::new("b", ATTACK, FieldKind::LongText(format!("</textarea>{ATTACK}"))).wrong(LONG),
            Field::new("c", "Few", options(3)).wrong("One of them is needed.").helped(LONG),
            Field::new("d", "Many", options(9)).optional(),
            Field::new(
                "e",
                RIGHT_TO_LEFT,
                FieldKind::Integer { value: ATTACK.to_owned(), min: Some(i64::MIN), max: Some(i64::MAX) },
            ),
            Field::new("f", "Sure?", FieldKind::Boolean(Some(true))).optional(),
        ];
        form
    }
}
