//! Samples of the pages of organizations, and of the form that changes a contact too.

use super::view::{OrganizationPage, OrganizationRow, OrganizationsPage, Pages, PeopleFormPage, PersonRow, Tickets};
use crate::pages::calendars::view::Month;
use crate::pages::field::{Field, FieldKind, FieldOption};
use crate::pages::frame::{Frame, Section};
use crate::pages::person::Person;
use crate::pages::specimens::{ATTACK, LONG, RIGHT_TO_LEFT, Specimen};
use crate::pages::tickets::list::TicketList;
use crate::pages::today::view::Brief;
use crate::pages::when::When;

/// Every sample, rendered.
#[must_use]
pub fn specimens(frame: &Frame) -> Vec<Specimen> {
    let frame = frame.at(Section::Clients);
    let list = |sample, page: OrganizationsPage| Specimen::page("organizations", sample, &page);
    let one = |sample, page: OrganizationPage| Specimen::page("organization", sample, &page);
    let form = |sample, page: PeopleFormPage| Specimen::page("organization-form", sample, &page);
    vec![
        list("usual", OrganizationsPage::sample(&frame)),
        list(
            "empty",
            OrganizationsPage {
                rows: Vec::new(),
                pages: Pages { is_whole: true, ..Pages::default() },
                ..OrganizationsPage::sample(&frame)
            },
        ),
        list("extreme", OrganizationsPage::sample_extreme(&frame)),
        one("usual", OrganizationPage::sample(&frame)),
        one("empty", OrganizationPage::sample_empty(&frame)),
        one("extreme", OrganizationPage::sample_extreme(&frame)),
        form("usual", PeopleFormPage::sample(&frame, false)),
        form("wrong", PeopleFormPage::sample(&frame, true)),
    ]
}

impl OrganizationRow {
    /// A company.
    #[must_use]
    pub fn sample(name: &str) -> Self {
        Self {
            href: "/organizations/acme".to_owned(),
            name: name.to_owned(),
            key: name.to_lowercase(),
            plan: Some("premium".to_owned()),
        }
    }
}

impl PersonRow {
    /// Somebody.
    #[must_use]
    pub fn sample(name: &str) -> Self {
        Self {
            href: "/contacts/21".to_owned(),
            person: Person::new(name, "maria@acme.example"),
            role: Some("admin".to_owned()),
            organization: Some(("/organizations/acme".to_owned(), "Acme".to_owned())),
        }
    }
}

impl Tickets {
    /// A ticket of each word.
    #[must_use]
    pub fn sample(words: &[&str]) -> Self {
        let brief = |word: &&str| Brief {
            href: "/tickets/1042".to_owned(),
            number: "1042".to_owned(),
            subject: (*word).to_owned(),
            who: vec![(*word).to_owned(), "Acme".to_owned()],
            state: "Open".to_owned(),
            assignee: Some((*word).to_owned()),
            clock: None,
            priority: Some("high"),
            updated: When::new("2026-11-17T13:58:00Z", "Tue 17 Nov 2026, 13:58 WET", "Tue 13:58"),
        };
        Self {
            rows: words.iter().map(brief).collect(),
            unfinished: words.len().to_string(),
            all: "99+".to_owned(),
            unfinished_href: "/tickets?organization=7&status=unfinished".to_owned(),
            all_href: "/tickets?organization=7".to_owned(),
            search_href: "/search?q=org%3Aacme".to_owned(),
        }
    }
}

impl OrganizationsPage {
    /// A few companies.
    #[must_use]
    pub fn sample(frame: &Frame) -> Self {
        Self {
            frame: frame.clone(),
            list: TicketList::sample_empty(),
            words: String::new(),
            plans: vec![("premium".to_owned(), true), ("pro".to_owned(), false)],
            rows: ["Acme", "Borealis"].map(OrganizationRow::sample).to_vec(),
            pages: Pages {
                query: "?plan=premium".to_owned(),
                first: Some("/organizations?plan=premium".to_owned()),
                next: Some("/organizations?plan=premium&after=7.YWNtZQ".to_owned()),
                is_whole: false,
            },
            keeps: true,
        }
    }

    /// Words that break layouts and pages.
    #[must_use]
    pub fn sample_extreme(frame: &Frame) -> Self {
        let rows = [ATTACK, RIGHT_TO_LEFT, LONG].map(OrganizationRow::sample).to_vec();
        let plans = vec![(ATTACK.to_owned(), true), (LONG.to_owned(), false)];
        Self { rows, plans, words: ATTACK.to_owned(), ..Self::sample(frame) }
    }
}

impl OrganizationPage {
    /// A company.
    #[must_use]
    pub fn sample(frame: &Frame) -> Self {
        Self {
            frame: frame.clone(),
            list: TicketList::sample_empty(),
            name: "Acme".to_owned(),
            key: "acme".to_owned(),
            plan: Some("premium".to_owned()),
            facts: vec![("Working time".to_owned(), "office".to_owned())],
            parent: Some(OrganizationRow::sample("Borealis")),
            children: vec![OrganizationRow::sample("Acme North")],
            children_more: true,
            contacts: vec![PersonRow { organization: None, ..PersonRow::sample("Maria Alves") }],
            contacts_href: "/contacts?organization=acme".to_owned(),
            tickets: Tickets::sample(&["Where are my documents?"]),
            month: Month::sample("Immaculate Conception"),
            calendar: "/organizations/acme/calendar".to_owned(),
            edit: Some("/organizations/acme/form".to_owned()),
            done: Some("people-kept"),
        }
    }

    /// One of which nothing is known.
    #[must_use]
    pub fn sample_empty(frame: &Frame) -> Self {
        Self {
            plan: None,
            facts: Vec::new(),
            parent: None,
            children: Vec::new(),
            children_more: false,
            contacts: Vec::new(),
            tickets: Tickets::sample(&[]),
            edit: None,
            done: None,
            ..Self::sample(frame)
        }
    }

    /// Words that break layouts and pages.
    #[must_use]
    pub fn sample_extreme(frame: &Frame) -> Self {
        let words = [ATTACK, RIGHT_TO_LEFT, LONG];
        Self {
            name: LONG.to_owned(),
            key: ATTACK.to_owned(),
            plan: Some(LONG.to_owned()),
            facts: words.map(|word| (word.to_owned(), word.to_owned())).to_vec(),
            children: words.map(OrganizationRow::sample).to_vec(),
            contacts: words.map(PersonRow::sample).to_vec(),
            tickets: Tickets::sample(&words),
            ..Self::sample(frame)
        }
    }
}

impl PeopleFormPage {
    /// A company's form.
    #[must_use]
    pub fn sample(frame: &Frame, is_wrong: bool) -> Self {
        let option =
            |value: &str| FieldOption { value: value.to_owned(), label: value.to_owned(), chosen: value == "office" };
        let mut name = Field::new("name", "Name", FieldKind::Text("Acme".to_owned()));
        if is_wrong {
            name = name.wrong(ATTACK);
        }
        Self {
            frame: frame.clone(),
            list: TicketList::sample_empty(),
            title: if is_wrong { LONG.to_owned() } else { "Acme".to_owned() },
            action: "/organizations/acme/form".to_owned(),
            back: "/organizations/acme".to_owned(),
            button: "client-keep",
            submission: None,
            fields: vec![
                name,
                Field::new(
                    "attributes.calendar",
                    "Working time",
                    FieldKind::Choice(["office", "brazil"].map(option).to_vec()),
                )
                .optional(),
                Field::new("attributes.days_off", "Days off", FieldKind::LongText("2026-12-24".to_owned())).optional(),
            ],
            chosen: None,
            rest: Vec::new(),
            refused: None,
        }
    }
}
