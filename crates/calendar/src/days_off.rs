//! Days on which a calendar's hours do not count.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;
use std::str::FromStr;

use jiff::ToSpan;
use jiff::civil::Date;

use crate::holidays::{Place, YEARS};

/// A day of every year, written `12-24`; `02-29` comes in leap years only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct YearDay {
    month: i8,
    day: i8,
}

/// A text that is no day of the year.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no day of the year; write month and day, for example `12-24`")]
pub struct BadYearDay(String);

impl FromStr for YearDay {
    type Err = BadYearDay;

    fn from_str(text: &str) -> Result<Self, BadYearDay> {
        let read = || {
            let (month, day) = text.split_once('-')?;
            let shaped = |digits: &str| digits.len() == 2 && digits.bytes().all(|byte| byte.is_ascii_digit());
            if !shaped(month) || !shaped(day) {
                return None;
            }
            // A leap year has them all.
            let date = Date::new(2024, month.parse().ok()?, day.parse().ok()?).ok()?;
            Some(Self::of(date))
        };
        read().ok_or_else(|| BadYearDay(text.to_owned()))
    }
}

impl YearDay {
    fn of(date: Date) -> Self {
        Self { month: date.month(), day: date.day() }
    }

    /// The day in `year`; 29 February stands for 28 February where there is none, as a bound only.
    fn in_year(self, year: i16) -> Option<Date> {
        Date::new(year, self.month, self.day).or_else(|_| Date::new(year, 2, 28)).ok()
    }
}

/// Holidays and whatever else closes a place for whole days.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DaysOff {
    /// Each with its name in English, where it has one.
    dates: BTreeMap<Date, Option<String>>,
    yearly: BTreeSet<YearDay>,
    /// Whether some come from the data on countries, which ends.
    of_countries: bool,
}

impl DaysOff {
    /// None.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// Adds one date.
    pub fn add_date(&mut self, date: Date) {
        self.add_called(date, None);
    }

    /// Adds one date under a name; a name that it has already stays where there is none.
    pub fn add_called(&mut self, date: Date, name: Option<&str>) {
        let known = self.dates.entry(date).or_default();
        if let Some(name) = name {
            *known = Some(name.to_owned());
        }
    }

    /// Adds a day of every year.
    pub fn add_yearly(&mut self, day: YearDay) {
        self.yearly.insert(day);
    }

    /// Adds the public holidays of a country or one of its regions.
    pub fn add_place(&mut self, place: Place) {
        self.of_countries = true;
        for holiday in place.holidays() {
            self.dates.insert(holiday.date, Some(holiday.name));
        }
    }

    /// Whether the day is off.
    #[must_use]
    pub fn contains(&self, date: Date) -> bool {
        self.dates.contains_key(&date) || self.yearly.contains(&YearDay::of(date))
    }

    /// What the day is called in English, if it is off and has a name.
    #[must_use]
    pub fn name(&self, date: Date) -> Option<&str> {
        self.dates.get(&date)?.as_deref()
    }

    /// The years of which everything is known; `None` when there is no end to them, because no country is named.
    #[must_use]
    pub fn known_years(&self) -> Option<RangeInclusive<i16>> {
        self.of_countries.then_some(YEARS)
    }

    /// A date not after the first one off from `date` on; `None` when none comes.
    pub(crate) fn next(&self, date: Date) -> Option<Date> {
        let once = self.dates.range(date..).next().map(|(date, _)| *date);
        let this_year = self.yearly.range(YearDay::of(date)..).next().and_then(|day| day.in_year(date.year()));
        let next_year = || self.yearly.first().and_then(|day| day.in_year(date.year().saturating_add(1)));
        let yearly = this_year.or_else(next_year);
        once.into_iter().chain(yearly).min()
    }

    /// A date not before the last one off up to `date`; `None` when none was.
    pub(crate) fn previous(&self, date: Date) -> Option<Date> {
        let once = self.dates.range(..=date).next_back().map(|(date, _)| *date);
        let this_year = self.yearly.range(..=YearDay::of(date)).next_back().and_then(|day| day.in_year(date.year()));
        let last_year = || self.yearly.last().and_then(|day| day.in_year(date.year().saturating_sub(1)));
        let yearly = this_year.or_else(last_year);
        once.into_iter().chain(yearly).max()
    }

    /// Adds every date from `first` to `last`, both included.
    ///
    /// Gives how many those are: 0 when `last` comes first; nothing is added when they are more than `most`.
    pub fn add_dates(&mut self, first: Date, last: Date, most: usize) -> usize {
        let dates: Vec<Date> = first.series(1.day()).take_while(|date| *date <= last).take(most + 1).collect();
        if dates.len() <= most {
            dates.iter().for_each(|date| self.add_date(*date));
        }
        dates.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_day_of_the_year_is_read_strictly() {
        for text in ["12-24", "02-29", "01-01"] {
            assert!(text.parse::<YearDay>().is_ok(), "{text}");
        }
        for text in ["", "1-1", "13-01", "02-30", "2026-12-24", "ab-cd", "+1-01"] {
            assert!(text.parse::<YearDay>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_day_of_every_year_is_off_every_year_and_the_leap_day_when_there_is_one() {
        let mut off = DaysOff::none();
        off.add_yearly("12-24".parse().unwrap());
        off.add_yearly("02-29".parse().unwrap());
        assert!([date(1999, 12, 24), date(2040, 12, 24), date(2028, 2, 29)].into_iter().all(|day| off.contains(day)));
        assert!([date(2026, 12, 25), date(2027, 2, 28), date(2027, 3, 1)].into_iter().all(|day| !off.contains(day)));
    }

    #[test]
    fn no_day_off_lies_between_a_date_and_the_next_or_previous_one() {
        let mut off = DaysOff::none();
        off.add_yearly("12-31".parse().unwrap());
        off.add_yearly("02-29".parse().unwrap());
        off.add_date(date(2026, 6, 10));
        for day in date(2024, 1, 1).series(1.day()).take(1_500) {
            let next = off.next(day).unwrap();
            assert!(next <= day.series(1.day()).find(|later| off.contains(*later)).unwrap(), "{day}");
            let previous = off.previous(day).unwrap();
            assert!(previous >= day.series(-1.day()).find(|earlier| off.contains(*earlier)).unwrap(), "{day}");
        }
    }

    #[test]
    fn a_name_of_ones_own_goes_before_that_of_the_holiday_and_none_takes_nothing_away() {
        let mut off = DaysOff::none();
        off.add_called(date(2026, 12, 24), Some("Christmas Eve"));
        off.add_called(date(2026, 12, 24), None);
        assert_eq!(off.name(date(2026, 12, 24)), Some("Christmas Eve"));
        off.add_called(date(2026, 12, 24), Some("Office party"));
        assert_eq!(off.name(date(2026, 12, 24)), Some("Office party"));
    }

    #[test]
    fn a_range_of_days_off_is_bounded_and_includes_both_ends() {
        let mut off = DaysOff::none();
        assert_eq!(off.add_dates(date(2026, 12, 24), date(2027, 1, 1), 366), 9);
        assert!(off.contains(date(2026, 12, 24)) && off.contains(date(2027, 1, 1)) && !off.contains(date(2027, 1, 2)));
        assert_eq!(off.add_dates(date(2026, 12, 24), date(2026, 12, 23), 366), 0);
        assert_eq!(off.add_dates(date(2030, 1, 1), date(2099, 1, 1), 366), 367);
        assert!(!off.contains(date(2030, 1, 1)));
    }
}
