//! Spans of whole days in somebody's time zone.

use jiff::civil::{Date, Weekday, date};
use jiff::tz::TimeZone;
use jiff::{Span as Length, Timestamp, ToSpan};

use crate::{Error, Result};

/// The most days that are looked at: five years.
pub const DAYS_MAX: i32 = 1_830;
/// The most days of which each is a part of its own.
const BY_DAY: i32 = 31;
/// The most of which each week is.
const BY_WEEK: i32 = 190;
/// The code of the error for what is no day that can be asked for.
pub const BAD_DAY: &str = "bad-day";
/// The same for a last day before the first.
pub const BAD_ORDER: &str = "bad-order";
/// The same for too many days.
pub const TOO_LONG: &str = "too-many-days";

/// The days that can be asked for.
const FIRST: Date = date(1970, 1, 2);
const LAST: Date = date(2199, 12, 31);

/// Some days, the first and the last included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The first.
    pub first: Date,
    /// The last.
    pub last: Date,
}

/// A span that ends today.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Recent {
    /// Seven days.
    Week,
    /// 28 days: every weekday as often.
    #[default]
    Month,
    /// 90 days.
    Quarter,
    /// Twelve months.
    Year,
}

/// What a span is shown in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grain {
    /// Days.
    Day,
    /// Weeks, which begin on Mondays.
    Week,
    /// Months.
    Month,
}

impl Grain {
    /// The word, for programs.
    pub fn as_str(self) -> &'static str {
        match self {
            Grain::Day => "day",
            Grain::Week => "week",
            Grain::Month => "month",
        }
    }
}

impl Recent {
    /// Each of them.
    pub const ALL: [Recent; 4] = [Recent::Week, Recent::Month, Recent::Quarter, Recent::Year];

    /// The word, as in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Recent::Week => "7d",
            Recent::Month => "28d",
            Recent::Quarter => "90d",
            Recent::Year => "12m",
        }
    }

    /// Its days, when today is `today`.
    ///
    /// # Errors
    /// When those are out of all bounds.
    pub fn until(self, today: Date) -> Result<Span> {
        let length: Length = match self {
            Recent::Week => 7.days(),
            Recent::Month => 28.days(),
            Recent::Quarter => 90.days(),
            Recent::Year => 12.months(),
        };
        let first = today.checked_sub(length).and_then(|day| day.tomorrow()).map_err(|_| out_of_bounds("span"))?;
        Span::new(first, today)
    }
}

impl std::str::FromStr for Recent {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        Recent::ALL
            .into_iter()
            .find(|recent| recent.as_str() == text)
            .ok_or_else(|| Error::invalid_field("span", "no-such-span", "takes 7d, 28d, 90d or 12m"))
    }
}

fn out_of_bounds(field: &str) -> Error {
    Error::invalid_field(field, BAD_DAY, "is no day between 1970 and 2199")
}

impl Span {
    /// The days from `first` to `last`.
    ///
    /// # Errors
    /// When they are too many, none, or out of all bounds.
    pub fn new(first: Date, last: Date) -> Result<Self> {
        for (day, field) in [(first, "from"), (last, "to")] {
            if !(FIRST..=LAST).contains(&day) {
                return Err(out_of_bounds(field));
            }
        }
        if last < first {
            return Err(Error::invalid_field("to", BAD_ORDER, "is not before the first day"));
        }
        let span = Self { first, last };
        if span.days() > DAYS_MAX {
            return Err(Error::invalid_field("to", TOO_LONG, "is at most five years after the first day"));
        }
        Ok(span)
    }

    /// What somebody writes as its days: `2026-11-17`.
    ///
    /// # Errors
    /// When one is no day, or as [`Span::new`] says.
    pub fn read(first: &str, last: &str) -> Result<Self> {
        let day = |text: &str, field: &str| {
            let wrong = |_| Error::invalid_field(field, BAD_DAY, "is a day, such as 2026-11-17");
            text.parse::<Date>().map_err(wrong)
        };
        Self::new(day(first, "from")?, day(last, "to")?)
    }

    /// How many days.
    pub fn days(self) -> i32 {
        (self.last - self.first).get_days() + 1
    }

    /// As many days before it.
    ///
    /// # Errors
    /// When there are none.
    pub fn before(self) -> Result<Self> {
        let last = self.first.yesterday().map_err(|_| out_of_bounds("from"))?;
        let first = self.first.checked_sub(self.days().days()).map_err(|_| out_of_bounds("from"))?;
        Ok(Self { first, last })
    }

    /// What it is shown in.
    pub fn grain(self) -> Grain {
        match self.days() {
            days if days <= BY_DAY => Grain::Day,
            days if days <= BY_WEEK => Grain::Week,
            _ => Grain::Month,
        }
    }

    /// Its days, weeks or months, of which the first and the last may be cut.
    pub fn parts(self) -> Vec<Span> {
        let grain = self.grain();
        let ends = |first: Date| match grain {
            Grain::Day => first,
            Grain::Week => {
                let left = 6 - i32::from(first.weekday().since(Weekday::Monday));
                first.checked_add(left.days()).unwrap_or(first)
            }
            Grain::Month => first.last_of_month(),
        };
        let (mut parts, mut first) = (Vec::new(), self.first);
        while first <= self.last {
            let last = ends(first).min(self.last);
            parts.push(Span { first, last });
            let Ok(next) = last.tomorrow() else { break };
            first = next;
        }
        parts
    }

    /// The instants at which it begins and has ended, in this zone.
    ///
    /// # Errors
    /// When its days are out of all bounds there.
    pub fn instants(self, zone: &TimeZone) -> Result<(Timestamp, Timestamp)> {
        let start = |day: Date, field: &str| {
            day.to_zoned(zone.clone()).map(|zoned| zoned.timestamp()).map_err(|_| out_of_bounds(field))
        };
        let after = self.last.tomorrow().map_err(|_| out_of_bounds("to"))?;
        Ok((start(self.first, "from")?, start(after, "to")?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(first: &str, last: &str) -> Span {
        Span::read(first, last).unwrap()
    }

    #[test]
    fn recent_spans_end_today_and_have_as_many_days_before_them() {
        let today = date(2026, 11, 17);
        let week = Recent::Week.until(today).unwrap();
        assert_eq!((week, week.days()), (span("2026-11-11", "2026-11-17"), 7));
        assert_eq!(week.before().unwrap(), span("2026-11-04", "2026-11-10"));
        let year = Recent::Year.until(today).unwrap();
        assert_eq!((year, year.grain()), (span("2025-11-18", "2026-11-17"), Grain::Month));
        assert_eq!(year.before().unwrap().days(), 365);
    }

    #[test]
    fn weeks_begin_on_mondays_and_months_on_the_first_and_every_day_is_in_one_part() {
        let quarter = Recent::Quarter.until(date(2026, 11, 17)).unwrap();
        let weeks = quarter.parts();
        assert_eq!(weeks[0], span("2026-08-20", "2026-08-23"));
        assert_eq!((weeks[1], weeks.len()), (span("2026-08-24", "2026-08-30"), 14));
        for span in [quarter, Recent::Year.until(date(2028, 2, 29)).unwrap(), span("2026-01-01", "2026-01-31")] {
            let parts = span.parts();
            assert_eq!(parts.iter().map(|part| part.days()).sum::<i32>(), span.days());
            assert!(parts.windows(2).all(|two| two[0].last.tomorrow().unwrap() == two[1].first));
        }
    }

    #[test]
    fn a_day_of_a_changed_clock_is_as_long_as_it_was() {
        let zone = TimeZone::get("Europe/Lisbon").unwrap();
        let (from, to) = span("2026-10-25", "2026-10-25").instants(&zone).unwrap();
        assert_eq!(to.duration_since(from).as_hours(), 25);
    }

    #[test]
    fn spans_that_make_no_sense_are_refused_with_the_field_that_is_wrong() {
        let wrong = [
            ("2026-11-17", "2026-11-16", "to"),
            ("2020-01-01", "2026-11-16", "to"),
            ("0001-01-01", "2026-11-16", "from"),
            ("2026-11-16", "9999-12-31", "to"),
            ("yesterday", "2026-11-16", "from"),
        ];
        for (first, last, field) in wrong {
            assert_eq!(Span::read(first, last).unwrap_err().fields[0].field, field, "{first} {last}");
        }
    }
}
