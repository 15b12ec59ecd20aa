//! A month of working time, and the page around it.

use askama::Template;

use crate::pages::field::{Field, FieldKind};
use crate::pages::frame::Frame;

/// `GET /organizations/{key}/calendar` and `/teams/{team}/calendar`: the hours that count, and their form.
#[derive(Debug, Clone, Template)]
#[template(path = "calendars/calendar_page.html")]
pub struct CalendarPage {
    /// The page's frame.
    pub frame: Frame,
    /// Whose hours they are.
    pub whose: String,
    /// Where one came from.
    pub back: String,
    /// Where the form is posted to.
    pub action: String,
    /// What is asked; nothing of somebody who may not change it.
    pub fields: Vec<Field>,
    /// What is wrong with it as a whole.
    pub refused: Option<String>,
    /// Whether it was kept just now.
    pub done: Option<&'static str>,
    /// The month.
    pub month: Month,
    /// The months before and after.
    pub others: [(String, String); 2],
}

/// A month.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Month {
    /// Its name: `Nov 2026`.
    pub name: String,
    /// Which calendar it is, whose, and in which zone.
    pub counts: String,
    /// The days of the week, from Monday on.
    pub weekdays: Vec<String>,
    /// Its weeks, each of seven; nothing before the first day and after the last.
    pub weeks: Vec<Vec<Option<Day>>>,
}

/// A day.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Day {
    /// Its date: `2026-11-17`.
    pub iso: String,
    /// Its number.
    pub number: i8,
    /// Its hours: `9–13`.
    pub hours: Vec<String>,
    /// Whether there would be hours, were it not off.
    pub off: bool,
    /// What the day off is called; empty where it has no name.
    pub name: String,
    /// Whether it is today.
    pub today: bool,
}

impl Day {
    /// What its class is called after.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match (self.off, self.hours.is_empty()) {
            (true, _) => "off",
            (false, true) => "closed",
            (false, false) => "open",
        }
    }
}

impl CalendarPage {
    /// The fields with something wrong.
    #[must_use]
    pub fn wrong(&self) -> Vec<&Field> {
        self.fields.iter().filter(|field| field.error.is_some()).collect()
    }
}
