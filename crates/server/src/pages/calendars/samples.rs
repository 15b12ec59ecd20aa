//! Samples of the pages of working time.

use super::view::{CalendarPage, Day, Month};
use crate::pages::field::{Field, FieldKind, FieldOption};
use crate::pages::frame::{Frame, Section};
use crate::pages::specimens::{ATTACK, LONG, RIGHT_TO_LEFT, Specimen};

/// Every sample, rendered.
#[must_use]
pub fn specimens(frame: &Frame) -> Vec<Specimen> {
    let frame = frame.at(Section::Clients);
    let page = |sample, page: CalendarPage| Specimen::page("calendar", sample, &page);
    let empty = CalendarPage { fields: Vec::new(), done: None, ..CalendarPage::sample(&frame) };
    vec![
        page("usual", CalendarPage::sample(&frame)),
        page("empty", empty),
        page("extreme", CalendarPage::sample_extreme(&frame)),
    ]
}

impl Month {
    /// Two weeks with a holiday.
    #[must_use]
    pub fn sample(name: &str) -> Self {
        let day = |number: i8| {
            let off = number == 8;
            Day {
                iso: format!("2026-12-{number:02}"),
                number,
                hours: if off || number % 7 == 5 || number % 7 == 6 { Vec::new() } else { vec!["9–18".to_owned()] },
                off,
                name: if off { name.to_owned() } else { String::new() },
                today: number == 2,
            }
        };
        let days: Vec<Option<Day>> = std::iter::once(None).chain((1..14).map(|number| Some(day(number)))).collect();
        Self {
            name: "Dec 2026".to_owned(),
            counts: "By the calendar “office” (Europe/Lisbon)".to_owned(),
            weekdays: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].map(str::to_owned).to_vec(),
            weeks: days.chunks(7).map(<[Option<Day>]>::to_vec).collect(),
        }
    }
}

impl CalendarPage {
    /// A company's month.
    #[must_use]
    pub fn sample(frame: &Frame) -> Self {
        let option = |value: &str, chosen| FieldOption { value: value.to_owned(), label: value.to_owned(), chosen };
        let options = vec![option("", false), option("office", true), option("brazil", false)];
        let other = |month: &str| (format!("/organizations/acme/calendar?month={month}"), month.to_owned());
        Self {
            frame: frame.clone(),
            whose: "Acme".to_owned(),
            back: "/organizations/acme".to_owned(),
            action: "/organizations/acme/calendar".to_owned(),
            fields: vec![
                Field::new("calendar", "Working hours", FieldKind::Choice(options)),
                Field::new("days_off", "Days off besides", FieldKind::LongText("2026-12-24".to_owned())).optional(),
            ],
            refused: None,
            done: Some("calendar-kept"),
            month: Month::sample("Immaculate Conception"),
            others: [other("2026-11"), other("2027-01")],
        }
    }

    /// Words that break layouts and pages.
    #[must_use]
    pub fn sample_extreme(frame: &Frame) -> Self {
        let wrong = |field: Field| field.wrong(ATTACK);
        let usual = Self::sample(frame);
        Self {
            whose: format!("{LONG}{RIGHT_TO_LEFT}"),
            fields: usual.fields.iter().cloned().map(wrong).collect(),
            month: Month { counts: ATTACK.to_owned(), ..Month::sample(LONG) },
            done: None,
            ..usual
        }
    }
}
