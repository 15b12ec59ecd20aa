//! Samples of the page on which a colleague opens a ticket.

use super::view::{Known, PeoplePart};
use crate::pages::field::{Field, FieldKind, FieldOption};
use crate::pages::frame::{Frame, Section};
use crate::pages::organizations::view::PeopleFormPage;
use crate::pages::specimens::{ATTACK, LONG, RIGHT_TO_LEFT, Specimen};
use crate::pages::tickets::list::TicketList;

/// Every sample, rendered.
#[must_use]
pub fn specimens(frame: &Frame) -> Vec<Specimen> {
    let frame = frame.at(Section::Tickets);
    let form = |sample, page: PeopleFormPage| Specimen::page("opening", sample, &page);
    let people = |sample, words: [&str; 3]| Specimen::part("opening-people", sample, &PeoplePart::sample(words));
    vec![
        form("usual", opening(&frame)),
        form("wrong", opening_wrong(&frame)),
        people("usual", ["Maria Quintela · Acme", "Rui Tavares · Borealis", "Eva Lang"]),
        people("extreme", [ATTACK, RIGHT_TO_LEFT, LONG]),
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
            Field::new("subject", "Subject", FieldKind::Text("New pictures".to_owned())),
            Field::new("first", "What it begins with", FieldKind::Choice(first)),
            Field::new("body", "The words", FieldKind::LongText(String::new())),
            Field::new("mine", "I take it", FieldKind::Boolean(Some(true))),
        ],
        refused: None,
    }
}

/// One that came back, with words that break pages.
fn opening_wrong(frame: &Frame) -> PeopleFormPage {
    let mut page = opening(frame);
    for (field, words) in page.fields.iter_mut().zip([ATTACK, RIGHT_TO_LEFT, LONG]) {
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
