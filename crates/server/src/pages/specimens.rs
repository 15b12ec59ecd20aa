//! Every page with every sample, rendered: what the tests check and the gallery shows.

use askama::Template;

use super::frame::{DemoBar, Frame, NextDue, Persona, Section, Theme};
use super::person::Person;
use super::when::When;
use super::{
    calendars, contacts, entry, forms, handbook, imports, insights, kept, keys, mail, mailboxes, notifications,
    opening, organizations, palette, people, questions, search, sendings, tickets, today, workload,
};
use crate::assets::Addresses;
use crate::texts::Texts;

/// Text that would harm if it were not escaped.
pub const ATTACK: &str = r#"<script>alert(1)</script>"'><img src=x onerror=alert(2)>{{ 7 * 7 }}"#;

/// A name in a script written from right to left, with an override character in it.
pub const RIGHT_TO_LEFT: &str = "מרים בת-דוד \u{202E}exe.pdf";

/// A word longer than any column.
pub const LONG: &str =
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaftsverwaltungsgebäude";

/// A rendered sample of a page or a part.
#[derive(Debug)]
pub struct Specimen {
    /// The page: `ticket`, `form`.
    pub page: &'static str,
    /// Which sample: `usual`, `empty`, `extreme`.
    pub sample: &'static str,
    /// Whether it is a part of a page rather than a whole one.
    pub part: bool,
    /// The HTML, or why it could not be rendered.
    pub html: askama::Result<String>,
}

/// Renders every sample of every page in `language`, with the given asset addresses and theme.
#[must_use]
pub fn all(language: &str, assets: &Addresses, theme: Theme) -> Vec<Specimen> {
    let frame = Frame {
        texts: Texts::for_language(language),
        assets: assets.clone(),
        viewer: Some(Person::new("Ana Duarte", "ana@desk.example")),
        session: false,
        people: false,
        works: true,
        section: Section::Tickets,
        demo: Some(DemoBar::sample()),
        csrf: "sample-csrf".to_owned(),
        theme,
        path: "/tickets?status=open".to_owned(),
        live: None,
        asked: Some(2),
        unread: Some("3".to_owned()),
        keys: Some("{}".to_owned()),
        resting: false,
    };
    let mut specimens = tickets::samples::specimens(&frame);
    specimens.extend(opening::samples::specimens(&frame));
    specimens.extend(notifications::samples::specimens(&frame));
    specimens.extend(questions::samples::specimens(&frame));
    specimens.extend(search::samples::specimens(&frame));
    specimens.extend(today::samples::specimens(&frame));
    specimens.extend(workload::samples::specimens(&frame));
    specimens.extend(insights::samples::specimens(&frame));
    specimens.extend(handbook::samples::specimens(&frame));
    specimens.extend(mailboxes::samples::specimens(&frame));
    specimens.extend(kept::samples::specimens(&frame));
    specimens.extend(forms::samples::specimens(&frame));
    specimens.extend(mail::samples::specimens(&frame));
    specimens.extend(entry::samples::specimens(&frame));
    specimens.extend(organizations::samples::specimens(&frame));
    specimens.extend(calendars::samples::specimens(&frame));
    specimens.extend(sendings::samples::specimens(&frame));
    specimens.extend(imports::samples::specimens(&frame));
    specimens.extend(contacts::samples::specimens(&frame));
    specimens.extend(people::samples::specimens(&frame));
    specimens.extend(palette::samples::specimens(&frame));
    specimens.extend(keys::samples::specimens(&frame));
    specimens
}

impl Specimen {
    /// A whole page.
    #[must_use]
    pub fn page(page: &'static str, sample: &'static str, template: &impl Template) -> Self {
        Self { page, sample, part: false, html: template.render() }
    }

    /// A part of a page.
    #[must_use]
    pub fn part(page: &'static str, sample: &'static str, template: &impl Template) -> Self {
        Self { part: true, ..Self::page(page, sample, template) }
    }
}

impl Frame {
    /// The same frame in another section.
    #[must_use]
    pub fn at(&self, section: Section) -> Self {
        Self { section, ..self.clone() }
    }

    /// The same frame for somebody who is signed in, outside the demo.
    #[must_use]
    pub fn for_colleague(&self, section: Section) -> Self {
        Self { demo: None, session: true, people: true, section, ..self.clone() }
    }

    /// The same frame for a visitor, outside the demo.
    #[must_use]
    pub fn for_visitor(&self) -> Self {
        Self {
            viewer: None,
            session: false,
            people: false,
            works: false,
            demo: None,
            section: Section::Elsewhere,
            ..self.clone()
        }
    }
}

impl DemoBar {
    /// The usual bar.
    #[must_use]
    pub fn sample() -> Self {
        let persona = |id: &str, name: &str, role: &str, chosen| Persona {
            id: id.to_owned(),
            person: Person::named(name),
            role: role.to_owned(),
            chosen,
        };
        Self {
            now: When::new("2026-11-17T14:03:00Z", "Tue 17 Nov 2026, 14:03 WET", "Tue 14:03"),
            next: Some(NextDue {
                what: "#1038 closes itself".to_owned(),
                at: When::new("2026-11-18T09:40:00Z", "Wed 18 Nov 2026, 09:40 WET", "in 20 hours"),
            }),
            personas: vec![
                persona("11", "Ana Duarte", "Support", true),
                persona("12", "Bo Lindqvist", "Customer solutions", false),
                persona("client", "Maria Alves", "Client, Acme", false),
            ],
            form_href: "/forms/document-survey".to_owned(),
        }
    }
}
