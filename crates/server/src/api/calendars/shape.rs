//! Whose hours count, and on which days of a month, as programs see it.

use desk::organizations::days_off::DayOff;
use desk::teams::hours::{self, Counted};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The hours that count for an organization or a team.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct Hours {
    /// The calendar of the handbook that is chosen for it; null where none is.
    calendar: Option<String>,
    /// What is off for it besides: `2026-12-24`, or `2026-12-24..2026-12-31`, with a name behind it if it has one.
    days_off: Vec<String>,
    /// The calendar that counts; null for a desk that is always open.
    counts: Option<String>,
    /// Whose that is: `organization`, `team` or `desk`.
    of: &'static str,
    /// Its IANA zone.
    zone: String,
    /// The calendars that can be chosen.
    calendars: Vec<String>,
    /// The month that the days are of.
    month: String,
    days: Vec<Day>,
}

/// A day of that month.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct Day {
    date: String,
    /// When its hours are: `09:00-13:00`; none on a day off.
    hours: Vec<String>,
    /// Whether it is a day off on which there would be hours.
    off: bool,
    /// What the day off is called; null where it has no name.
    name: Option<String>,
}

/// The calendar and the days off that are kept.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct PutHours {
    /// One of the handbook's; null or empty takes it away.
    pub(in crate::api) calendar: Option<String>,
    /// What is off besides: `2026-12-24`, or `2026-12-24..2026-12-31`, with a name behind it if it has one.
    #[serde(default)]
    pub(in crate::api) days_off: Vec<String>,
}

impl Hours {
    /// What is told of hours that came to this, with what is chosen, in the month that begins with `first`.
    pub(in crate::api) fn of(
        (calendar, by): Counted,
        chosen: Option<&str>,
        days_off: &[DayOff],
        calendars: Vec<String>,
        first: Date,
    ) -> Self {
        let calendar = hours::with_days_off(calendar, days_off.iter().cloned());
        Self {
            calendar: chosen.map(str::to_owned),
            days_off: days_off.iter().map(ToString::to_string).collect(),
            of: by.whose.as_str(),
            counts: by.calendar,
            zone: calendar.zone().iana_name().unwrap_or("UTC").to_owned(),
            calendars,
            month: first.strftime("%Y-%m").to_string(),
            days: hours::days_of(&calendar, first).into_iter().map(Day::of).collect(),
        }
    }
}

impl Day {
    fn of(day: hours::Day) -> Self {
        Self { date: day.date.to_string(), hours: day.hours, off: day.off, name: day.name }
    }
}

/// The first day of a month as it is asked for: `2026-11`.
pub(in crate::api) fn month(text: &str) -> Result<Date, String> {
    hours::month(text).ok_or_else(|| "takes a month such as 2026-11".to_owned())
}
