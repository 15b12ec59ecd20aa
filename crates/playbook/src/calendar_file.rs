//! `calendars/NAME.yaml`: when a place works.

use std::collections::BTreeMap;
use std::sync::Arc;

use calendar::holidays::{Place as Whereabouts, UnknownPlace};
use calendar::{Calendar, DaySpan, DaysOff, Hours, HoursError};
use jiff::civil::{Date, Weekday};

use crate::definition::{read_language, read_name};
use crate::desk_file::read_zone;
use crate::finding::{Finding, Severity};
use crate::grammar;
use crate::handbook::single;
use crate::source::{Files, Place};
use crate::yaml::{self, Entries, Node, word};

/// The word that stands for the calendar of the ticket's organization, and so names no file.
pub const OF_ORGANIZATION: &str = "organization";

/// The word that stands for the calendar of the ticket's team, and so names no file.
pub const OF_TEAM: &str = "team";

/// The attribute of an organization that names its calendar, for playbooks with `calendar: organization`.
pub const CALENDAR_ATTRIBUTE: &str = "calendar";

/// The most days that one `from` and `to` may close.
const MOST_DAYS: usize = 366;

const WEEK: [(&str, Weekday); 7] = [
    ("mon", Weekday::Monday),
    ("tue", Weekday::Tuesday),
    ("wed", Weekday::Wednesday),
    ("thu", Weekday::Thursday),
    ("fri", Weekday::Friday),
    ("sat", Weekday::Saturday),
    ("sun", Weekday::Sunday),
];

/// Which calendar a playbook's working time is counted in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CalendarChoice {
    /// The one of that name.
    Named(String),
    /// The one that the ticket's organization has, else that of its team, else the desk's.
    Organization,
    /// The one that the ticket's team keeps, else the desk's.
    Team,
}

impl CalendarChoice {
    /// The word that handbooks write.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Named(name) => name,
            Self::Organization => OF_ORGANIZATION,
            Self::Team => OF_TEAM,
        }
    }
}

/// Whose calendar it came to that something is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// The playbook names it.
    Named,
    /// The ticket's organization has it.
    Organization,
    /// The ticket's team keeps it.
    Team,
    /// It is the desk's.
    Desk,
}

impl Whose {
    /// The word for programs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Named => "named",
            Self::Organization => OF_ORGANIZATION,
            Self::Team => OF_TEAM,
            Self::Desk => "desk",
        }
    }
}

/// What something is counted in: which calendar, and whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountedBy {
    /// Whose it is.
    pub whose: Whose,
    /// Its name in the handbook; `None` for a desk that is always open.
    pub calendar: Option<String>,
}

/// Reads a calendar that stands by itself: the same as in a handbook, but `language` may be left out and `calendar` may
/// be any name. `path` is what the findings call the file.
///
/// # Errors
/// Everything that is wrong with it, in order of place.
pub fn read_calendar(path: &str, text: &str) -> Result<Calendar, Vec<Finding>> {
    let mut findings = Vec::new();
    let documents = yaml::documents(&Arc::from(path), text).map_err(|finding| vec![finding])?;
    let calendar = match documents.as_slice() {
        [node] => Entries::of(node, &grammar::CALENDAR, &mut findings).and_then(|mut entries| {
            if entries.has("language") {
                read_language(&mut entries, &mut findings);
            }
            entries.word("calendar", &mut findings);
            read_body(entries, &mut findings)
        }),
        [] => {
            findings.push(Finding::error("empty-file", Place::start_of(path), "the file is empty"));
            None
        }
        [_, second, ..] => {
            let message = "this file holds one document, here begins a second";
            findings.push(Finding::error("second-document", second.place.clone(), message));
            None
        }
    };
    findings.sort_by(|a, b| (&a.place, a.code).cmp(&(&b.place, b.code)));
    match calendar {
        Some(calendar) if findings.iter().all(|finding| finding.severity == Severity::Warning) => Ok(calendar),
        _ => Err(findings),
    }
}

/// Every calendar of a handbook, by name.
pub(crate) fn read_calendars(files: &Files, findings: &mut Vec<Finding>) -> BTreeMap<String, Arc<Calendar>> {
    let mut calendars = BTreeMap::new();
    for (stem, path, text) in files.in_folder("calendars", "yaml") {
        let node = single(path, text, findings);
        let calendar = node.and_then(|node| read(stem, &node, findings));
        calendars.extend(calendar.map(|calendar| (stem.to_owned(), Arc::new(calendar))));
    }
    calendars
}

/// Reads the calendar of a handbook in file `stem`.
fn read(stem: &str, node: &Node, findings: &mut Vec<Finding>) -> Option<Calendar> {
    let mut entries = Entries::of(node, &grammar::CALENDAR, findings)?;
    read_language(&mut entries, findings);
    if entries.has("calendar") {
        read_name(stem, "calendar", &mut entries, findings);
    }
    if stem == OF_ORGANIZATION || stem == OF_TEAM {
        let message = format!("`{stem}` stands for the calendar that a ticket's {stem} has");
        findings.push(Finding::error("name-clash", entries.place().clone(), message).with_help("give it another name"));
    }
    read_body(entries, findings)
}

fn read_body(mut entries: Entries<'_>, findings: &mut Vec<Finding>) -> Option<Calendar> {
    let zone = read_zone(&mut entries, findings);
    let hours = entries.require("hours", findings).and_then(|node| read_hours(node, findings));
    let days_off = entries.get("holidays").map(|node| read_days_off(node, findings)).unwrap_or_default();
    entries.close(findings);
    Some(Calendar::new(zone?.1, hours?, days_off))
}

fn read_hours(node: &Node, findings: &mut Vec<Finding>) -> Option<Hours> {
    let mut entries = Entries::of(node, &grammar::HOURS, findings)?;
    let (mut hours, before) = (Hours::default(), findings.len());
    for (key, weekday) in WEEK {
        let mut spans = Vec::new();
        for (text, place) in entries.words(key, findings) {
            match text.parse::<DaySpan>() {
                Ok(span) => spans.push((span, place)),
                Err(error) => findings.push(Finding::error("bad-hours", place, error.to_string())),
            }
        }
        match hours.clone().with(weekday, spans.iter().map(|(span, _)| *span).collect()) {
            Ok(with) => hours = with,
            Err(error) => {
                let place = place_of(&error, &spans).unwrap_or(&node.place).clone();
                findings.push(Finding::error("bad-hours", place, error.to_string()));
            }
        }
    }
    entries.close(findings);
    if hours.is_empty() && findings.len() == before {
        findings.push(
            Finding::error("never-open", node.place.clone(), "this calendar has no working time")
                .with_help("give at least one day its hours: `mon: [ 09:00-18:00 ]`"),
        );
    }
    Some(hours)
}

/// Where the span stands that comes too early.
fn place_of<'s>(error: &HoursError, spans: &'s [(DaySpan, Place)]) -> Option<&'s Place> {
    let HoursError::Overlapping(first, second) = error else { return None };
    let pair = spans.windows(2).find(|pair| matches!(pair, [a, b] if a.0 == *first && b.0 == *second))?;
    pair.last().map(|(_, place)| place)
}

fn read_days_off(node: &Node, findings: &mut Vec<Finding>) -> DaysOff {
    let mut off = DaysOff::none();
    let Some(members) = node.list() else {
        let message = format!("`holidays` is a list, here stands {}", node.kind());
        findings.push(Finding::error("wrong-type", node.place.clone(), message));
        return off;
    };
    for member in members {
        if member.text().is_some() {
            read_day(member, &mut off, findings);
        } else {
            read_several(member, &mut off, findings);
        }
    }
    off
}

/// Reads `2026-12-25` or `12-25`.
fn read_day(node: &Node, off: &mut DaysOff, findings: &mut Vec<Finding>) {
    let text = node.text().unwrap_or_default();
    if let Ok(day) = text.parse() {
        off.add_yearly(day);
    } else if let Some(date) = read_date(node, findings) {
        off.add_date(date);
    }
}

fn read_date(node: &Node, findings: &mut Vec<Finding>) -> Option<Date> {
    let text = word(node, "holidays", findings)?;
    let date = text.parse::<Date>().ok().filter(|date| date.to_string() == text);
    if date.is_none() {
        findings.push(
            Finding::error("bad-date", node.place.clone(), format!("there is no day `{text}`"))
                .with_help("a day is written like `2026-12-25`, one of every year like `12-25`"),
        );
    }
    date
}

/// Reads `{ country: PT, region: 20 }` or `{ from: 2026-12-24, to: 2027-01-01 }`.
fn read_several(node: &Node, off: &mut DaysOff, findings: &mut Vec<Finding>) {
    let Some(mut entries) = Entries::of(node, &grammar::HOLIDAY, findings) else { return };
    if entries.has("from") || entries.has("to") {
        let (from, to) = (entries.require("from", findings), entries.require("to", findings));
        entries.close(findings);
        let (Some(from), Some(to)) = (from, to) else { return };
        let (Some(first), Some(last)) = (read_date(from, findings), read_date(to, findings)) else { return };
        let message = match off.add_dates(first, last, MOST_DAYS) {
            0 => format!("`{last}` comes before `{first}`"),
            days if days > MOST_DAYS => format!("from `{first}` to `{last}` are more than {MOST_DAYS} days"),
            _ => return,
        };
        findings.push(Finding::error("bad-date", to.place.clone(), message));
        return;
    }
    let country = entries.require("country", findings);
    let region = entries.get("region");
    entries.close(findings);
    let Some((node, country)) = country.and_then(|node| Some((node, word(node, "country", findings)?))) else { return };
    let code = region.and_then(|node| word(node, "region", findings));
    match Whereabouts::find(country, code) {
        Ok(place) => off.add_place(place),
        Err(error) => findings.push(unknown_place(&error, &node.place, region.map(|node| &node.place))),
    }
}

fn unknown_place(error: &UnknownPlace, country: &Place, region: Option<&Place>) -> Finding {
    match error {
        UnknownPlace::Country { name, advice } => {
            let message = format!("the holidays of `{name}` are not known");
            Finding::error("unknown-country", country.clone(), message).with_help(advice)
        }
        UnknownPlace::Region { country: title, name, advice } => {
            let message = format!("{title} has no region `{name}`");
            Finding::error("unknown-region", region.unwrap_or(country).clone(), message).with_help(advice)
        }
    }
}

#[cfg(test)]
mod tests;
