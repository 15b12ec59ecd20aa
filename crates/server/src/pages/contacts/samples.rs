//! Samples of the pages of contacts.

use super::view::{ContactPage, ContactsPage, ErasurePage};
use crate::pages::frame::{Frame, Section};
use crate::pages::organizations::view::{Pages, PersonRow, Tickets};
use crate::pages::person::Person;
use crate::pages::specimens::{ATTACK, LONG, RIGHT_TO_LEFT, Specimen};
use crate::pages::tickets::list::TicketList;

/// Every sample, rendered.
#[must_use]
pub fn specimens(frame: &Frame) -> Vec<Specimen> {
    let frame = frame.at(Section::Clients);
    let list = |sample, page: ContactsPage| Specimen::page("contacts", sample, &page);
    let one = |sample, page: ContactPage| Specimen::page("contact", sample, &page);
    vec![
        list("usual", ContactsPage::sample(&frame)),
        list("empty", ContactsPage::sample_empty(&frame)),
        list("extreme", ContactsPage::sample_extreme(&frame)),
        one("usual", ContactPage::sample(&frame)),
        one("empty", ContactPage::sample_empty(&frame)),
        one("extreme", ContactPage::sample_extreme(&frame)),
        Specimen::page("contact-erasure", "usual", &ErasurePage::sample(&frame, "Maria Alves")),
        Specimen::page("contact-erasure", "extreme", &ErasurePage::sample(&frame, LONG)),
    ]
}

impl ContactsPage {
    /// A few people.
    #[must_use]
    pub fn sample(frame: &Frame) -> Self {
        Self {
            frame: frame.clone(),
            list: TicketList::sample_empty(),
            words: String::new(),
            organization: Some(("acme".to_owned(), "Acme".to_owned())),
            rows: ["Maria Alves", "Rui Tavares"].map(PersonRow::sample).to_vec(),
            pages: Pages { next: Some("/contacts?after=7.YWNtZQ".to_owned()), ..Pages::default() },
            keeps: true,
            done: None,
        }
    }

    /// Nobody yet.
    #[must_use]
    pub fn sample_empty(frame: &Frame) -> Self {
        let pages = Pages { is_whole: true, ..Pages::default() };
        Self {
            organization: None,
            rows: Vec::new(),
            pages,
            keeps: false,
            done: Some("contact-erased"),
            ..Self::sample(frame)
        }
    }

    /// Words that break layouts and pages.
    #[must_use]
    pub fn sample_extreme(frame: &Frame) -> Self {
        let rows = [ATTACK, RIGHT_TO_LEFT, LONG].map(PersonRow::sample).to_vec();
        Self {
            rows,
            organization: Some((ATTACK.to_owned(), LONG.to_owned())),
            words: LONG.to_owned(),
            ..Self::sample(frame)
        }
    }
}

impl ContactPage {
    /// Somebody.
    #[must_use]
    pub fn sample(frame: &Frame) -> Self {
        Self {
            frame: frame.clone(),
            list: TicketList::sample_empty(),
            person: Person::new("Maria Alves", "maria@acme.example"),
            erased: false,
            role: Some("admin".to_owned()),
            organization: Some(("/organizations/acme".to_owned(), "Acme".to_owned(), Some("premium".to_owned()))),
            addresses: vec![("maria@acme.example".to_owned(), true), ("maria@home.example".to_owned(), false)],
            may: vec!["confirm-access".to_owned()],
            facts: vec![("Language".to_owned(), "pt".to_owned())],
            tickets: Tickets::sample(&["Where are my documents?"]),
            opening: Some("/tickets/new?for=21".to_owned()),
            edit: Some("/contacts/21/form".to_owned()),
            data: Some("/contacts/21/data".to_owned()),
            erasure: Some("/contacts/21/erasure".to_owned()),
            done: Some("people-kept"),
        }
    }

    /// Somebody who was erased.
    #[must_use]
    pub fn sample_empty(frame: &Frame) -> Self {
        Self {
            person: Person::named("Erased person"),
            erased: true,
            role: None,
            organization: None,
            addresses: Vec::new(),
            may: Vec::new(),
            facts: Vec::new(),
            tickets: Tickets::sample(&[]),
            opening: None,
            edit: None,
            data: None,
            erasure: None,
            done: None,
            ..Self::sample(frame)
        }
    }

    /// Words that break layouts and pages.
    #[must_use]
    pub fn sample_extreme(frame: &Frame) -> Self {
        let words = [ATTACK, RIGHT_TO_LEFT, LONG];
        Self {
            person: Person::new(LONG, ATTACK),
            role: Some(RIGHT_TO_LEFT.to_owned()),
            organization: Some(("/organizations/x".to_owned(), LONG.to_owned(), Some(ATTACK.to_owned()))),
            addresses: words.map(|word| (word.to_owned(), true)).to_vec(),
            may: words.map(str::to_owned).to_vec(),
            facts: words.map(|word| (word.to_owned(), word.to_owned())).to_vec(),
            tickets: Tickets::sample(&words),
            ..Self::sample(frame)
        }
    }
}

impl ErasurePage {
    /// Somebody is to be erased.
    #[must_use]
    pub fn sample(frame: &Frame, name: &str) -> Self {
        Self {
            frame: frame.clone(),
            list: TicketList::sample_empty(),
            back: "/contacts/21".to_owned(),
            person: Person::new(name, "maria@acme.example"),
            addresses: vec!["maria@acme.example".to_owned(), format!("{LONG}@acme.example")],
            tickets: 3,
            messages: 12,
            files: 1,
            unconfirmed: name == LONG,
        }
    }
}
