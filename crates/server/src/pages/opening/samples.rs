//! Samples of the page on which a colleague opens a ticket.

use super::view::{FieldsPart, Known, PeoplePart};
use crate::pages::field::{Field, FieldKind, FieldOption};
use crate::pages::frame::{Frame, Section};
use crate::pages::organizations::view::{Chosen, PeopleFormPage};
use crate::pages::specimens::{ATTACK, LONG, RIGHT_TO_LEFT, Specimen};
use crate::pages::tickets::list::TicketList;

/// Every sample, rendered.
#[must_use]
pub fn specimens(frame: &Frame) -> Vec<Specimen> {
    let frame = frame.at(Section::Tickets);
    let form = |sample, page: PeopleFormPage| Specimen::page("opening", sample, &page);
    let fields = |sample, labels: [&str; 2]| {
        Specimen::part("opening-fields", sample, &FieldsPart { frame: frame.clone(), fields: asked(labels) })
    };
    let people = |sample, words: [&str; 3]| Specimen::part("opening-people", sample, &PeoplePart::sample(words));
    vec![
        form("usual", opening(&frame)),
        form("wrong", opening_wrong(&frame)),
        fields("usual", ["Which machine?", "Since when?"]),
        fields("extreme", [ATTACK, LONG]),
        people("usual", ["Maria Quintela · Acme", "Rui Tavares · Borealis", "Eva Lang"]),
        people("extreme", [ATTACK, RIGHT_TO_LEFT, LONG]),
    ]
}

/// What a procedure asks: something that is needed, and something that is not.
fn asked(labels: [&str; 2]) -> Vec<Field> {
    let [needed, more] = labels;
    vec![
        Field::new("fields.machine", needed, FieldKind::Text("Press 4".to_owned())),
        Field::new("fields.since", more, FieldKind::Text(String::new())).helped("Like 2026-12-25.").optional(),
    ]
}

/// A form that somebody begins to fill in.
fn opening(frame: &Frame) -> PeopleFormPage {
    let option =
        |value: &str, label: &str, chosen| FieldOption { value: value.to_owned(), label: label.to_owned(), chosen };
    let email = FieldKind::Email("maria@acme.example".to_owned());
    let first = vec![option("theirs", "What they told me", true), option("ours", "I write to them", false)];
    PeopleFormPage {
        frame: frame.clone(),
        list: TicketList::sample_empty(),
        title: "New ticket".to_owned(),
        action: "/tickets/new".to_owned(),
        back: "/tickets".to_owned(),
        button: "opening-do",
        submission: Some("sample-submission".to_owned()),
        fields: vec![
            Field::new("email", "For whom", email).helped("Their mail address.").offering("/tickets/new/people"),
            Field::new("name", "Their name", FieldKind::Text(String::new())).optional(),
        ],
        chosen: Some(Chosen {
            by: "playbook",
            of: "repair".to_owned(),
            address: "/tickets/new/fields",
            look: "opening-look",
            fields: asked(["Which machine?", "Since when?"]),
        }),
        rest: vec![
            Field::new("subject", "Subject", FieldKind::Text("New pictures".to_owned())),
            Field::new("first", "What it begins with", FieldKind::Choice(first)),
            Field::new("body", "The words", FieldKind::LongText(String::new())),
            Field::new("files", "Files", FieldKind::Files).helped("25 MB together at most.").optional(),
            Field::new("mine", "I take it", FieldKind::Boolean(Some(true))),
        ],
        refused: None,
    }
}

/// One that came back, with words that break pages.
fn opening_wrong(frame: &Frame) -> PeopleFormPage {
    let mut page = opening(frame);
    let chosen = page.chosen.iter_mut().flat_map(|chosen| &mut chosen.fields);
    for (field, words) in page.fields.iter_mut().chain(chosen).zip([ATTACK, RIGHT_TO_LEFT, LONG, ATTACK]) {
        field.error = Some(words.to_owned());
        words.clone_into(&mut field.label);
    }
    page
}

impl PeoplePart {
    fn sample(words: [&str; 3]) -> Self {
        let known = |word: &str| Known { email: "maria@acme.example".to_owned(), label: word.to_owned() };
        Self { people: words.map(known).to_vec() }
    }
}
