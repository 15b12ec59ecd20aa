//! The hours that count for an organization or a team: which calendar, whose it is, and their own days off besides.

use std::sync::Arc;

use calendar::Calendar;
use jiff::ToSpan;
use jiff::civil::Date;
use playbook::{CALENDAR_ATTRIBUTE, CountedBy, Handbook, Whose};

use super::WorkingTime;
use crate::organizations::Organization;
use crate::organizations::days_off::DayOff;

/// A calendar, and whose it is.
pub type Counted = (Arc<Calendar>, CountedBy);

/// The calendar that an organization has for itself.
pub fn of_organization(handbook: &Handbook, organization: &Organization) -> Option<Counted> {
    let name = organization.attributes.get(CALENDAR_ATTRIBUTE)?.as_str()?;
    named(handbook, name, Whose::Organization)
}

/// The calendar that a team works by, where it does not work by the desk's.
pub fn of_team(handbook: &Handbook, team: &str, time: &WorkingTime) -> Option<Counted> {
    named(handbook, time.calendar_of(team, &handbook.desk)?, Whose::Team)
}

/// The desk's calendar.
pub fn of_desk(handbook: &Handbook) -> Counted {
    let calendar = handbook.desk.calendar.clone();
    (handbook.desk_calendar(), CountedBy { whose: Whose::Desk, calendar })
}

fn named(handbook: &Handbook, name: &str, whose: Whose) -> Option<Counted> {
    let calendar = handbook.calendars.get(name).cloned()?;
    Some((calendar, CountedBy { whose, calendar: Some(name.to_owned()) }))
}

/// A calendar with other days off beside its own.
pub fn with_days_off(calendar: Arc<Calendar>, days: impl Iterator<Item = DayOff>) -> Arc<Calendar> {
    let mut days = days.peekable();
    if days.peek().is_none() {
        return calendar;
    }
    let mut days_off = calendar.days_off().clone();
    days.for_each(|day| day.dates().for_each(|date| days_off.add_called(date, day.name.as_deref())));
    Arc::new(Calendar::new(calendar.zone().clone(), calendar.hours().clone(), days_off))
}

/// The first day of a month as it is written: `2026-11`.
pub fn month(text: &str) -> Option<Date> {
    let is_month = text.len() == 7 && text.is_char_boundary(4);
    is_month.then(|| format!("{text}-01").parse::<Date>().ok()).flatten()
}

/// A day of a calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Day {
    /// Which.
    pub date: Date,
    /// When its hours are: `09:00-13:00`; none on a day off.
    pub hours: Vec<String>,
    /// Whether it is a day off on which there would be hours.
    pub off: bool,
    /// What the day off is called, where it has a name.
    pub name: Option<String>,
}

/// The days of the month that begins with `first`.
pub fn days_of(calendar: &Calendar, first: Date) -> Vec<Day> {
    let days = (0..i32::from(first.days_in_month())).filter_map(|count| first.checked_add(count.days()).ok());
    let day = |date: Date| {
        let (usual, is_off) = (calendar.hours().on(date.weekday()), calendar.days_off().contains(date));
        Day {
            date,
            hours: if is_off { Vec::new() } else { usual.iter().map(ToString::to_string).collect() },
            off: is_off && !usual.is_empty(),
            name: calendar.days_off().name(date).filter(|_| is_off).map(str::to_owned),
        }
    };
    days.map(day).collect()
}
