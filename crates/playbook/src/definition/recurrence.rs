//! Days and times that come again and again, as a schedule names them: `MO 16:00`, `day 8 09:00`, `first MO 09:00`.

use std::fmt;

use jiff::civil::{Date, Time, Weekday};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use super::Weekly;
use super::weekly::{DAYS, read_time};

/// What each way to write one looks like.
const EXAMPLES: &str = "`MO 16:00`, `16:00`, `day 8 09:00`, `last day 09:00`, `first MO 09:00` or `12-24 09:00`";

/// The words for which of a month's Mondays is meant. From the fifth on not every month has one.
const PLACES: [(&str, Nth); 5] = [
    ("first", Nth::From(0)),
    ("second", Nth::From(1)),
    ("third", Nth::From(2)),
    ("fourth", Nth::From(3)),
    ("last", Nth::Last),
];

/// A time of day on days that come again and again.
///
/// The rules are those of RFC 5545, section 3.3.10: `MO` is `BYDAY=MO`, `day 8` is `BYMONTHDAY=8`, `last day` is
/// `BYMONTHDAY=-1`, `first MO` is `BYDAY=1MO`, `12-24` is `BYMONTH=12;BYMONTHDAY=24`; with one difference: a day that a
/// month lacks is its last, so that a month is never left out. Where the time does not exist on a day (the clocks went
/// forward) it is moved forward by the gap; where it exists twice the first is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Recurrence {
    /// On days of every week.
    Weekly(Weekly),
    /// On days of months.
    Monthly(Days, Time),
}

/// Days of months.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Days {
    /// These days of every month, counted from 1.
    Numbered(Vec<i8>),
    /// The last day of every month.
    Last,
    /// One of every month's Mondays.
    Weekday(Nth, Weekday),
    /// A day of one month, so once a year.
    OfYear(i8, i8),
}

/// Which one of several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Nth {
    /// Counted from 0.
    From(usize),
    /// The last one.
    Last,
}

impl Recurrence {
    /// Reads one.
    ///
    /// # Errors
    /// What is wrong with it, as a sentence.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let weekly = |text: &str| Weekly::parse(text).map(Self::Weekly).map_err(|_| malformed(text));
        let Some((days, time)) = text.rsplit_once(' ') else { return weekly(text) };
        let words: Vec<&str> = days.split_whitespace().collect();
        let days = match words.as_slice() {
            ["day", numbers @ ..] if !numbers.is_empty() => Days::Numbered(read_numbers(&numbers.concat())?),
            ["last", "day"] => Days::Last,
            [day] if day.contains('-') && day.starts_with(|c: char| c.is_ascii_digit()) => read_day_of_year(day)?,
            [place, day] if place_of(place).is_some() => {
                Days::Weekday(place_of(place).ok_or_else(|| malformed(text))?, read_weekday(day)?)
            }
            _ => return weekly(text),
        };
        Ok(Self::Monthly(days, read_time(time).ok_or_else(|| malformed(text))?))
    }

    /// The first of these times after `now`; `None` where the calendar ends.
    pub(crate) fn next_after(&self, now: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
        match self {
            Self::Weekly(weekly) => weekly.next_after(now, zone),
            Self::Monthly(days, time) => days.around(*time, now, zone).filter(|time| *time > now).min(),
        }
    }

    /// The last of these times until `now`, itself included; `None` where the calendar begins.
    pub(crate) fn last_until(&self, now: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
        match self {
            Self::Weekly(weekly) => weekly.last_until(now, zone),
            Self::Monthly(days, time) => days.around(*time, now, zone).filter(|time| *time <= now).max(),
        }
    }
}

impl Days {
    /// The times on those of these days that lie around `now`: one before it at least, and one after it.
    fn around<'a>(&'a self, time: Time, now: Timestamp, zone: &'a TimeZone) -> impl Iterator<Item = Timestamp> + 'a {
        let months = if matches!(self, Self::OfYear(..)) { -13..=13 } else { -2..=2 };
        let this_month = now.to_zoned(zone.clone()).date().first_of_month();
        let months = months.filter_map(move |offset: i64| this_month.checked_add(offset.months()).ok());
        months
            .flat_map(|month| self.of_month(month))
            .filter_map(move |day| zone.to_timestamp(day.to_datetime(time)).ok())
    }

    /// Those of the month that begins with this day.
    fn of_month(&self, month: Date) -> Vec<Date> {
        let last = month.last_of_month();
        let numbered = |number: i8| month.with().day(number.min(last.day())).build().unwrap_or(last);
        match self {
            Self::Numbered(numbers) => numbers.iter().map(|number| numbered(*number)).collect(),
            Self::Last => vec![last],
            Self::Weekday(nth, weekday) => {
                let month = month.series(1.day()).take_while(|day| *day <= last);
                let mut days = month.filter(|day| day.weekday() == *weekday);
                match nth {
                    Nth::From(position) => days.nth(*position).into_iter().collect(),
                    Nth::Last => days.last().into_iter().collect(),
                }
            }
            Self::OfYear(of, number) if month.month() == *of => vec![numbered(*number)],
            Self::OfYear(..) => Vec::new(),
        }
    }
}

fn place_of(word: &str) -> Option<Nth> {
    PLACES.iter().find(|(known, _)| *known == word).map(|(_, nth)| *nth)
}

fn malformed(text: &str) -> String {
    format!("`{text}` is no schedule; write for example {EXAMPLES}")
}

/// Reads `8` or `8,22`.
fn read_numbers(text: &str) -> Result<Vec<i8>, String> {
    let mut numbers = Vec::new();
    for word in text.split(',') {
        let number = Some(word).filter(|word| word.len() <= 2).and_then(|word| word.parse().ok());
        let number = number.filter(|number| (1..=31).contains(number));
        let number = number.ok_or_else(|| format!("no month has a day `{word}`; days are 1 to 31, or `last day`"))?;
        if numbers.contains(&number) {
            return Err(format!("the day `{word}` stands there twice"));
        }
        numbers.push(number);
    }
    Ok(numbers)
}

fn read_weekday(word: &str) -> Result<Weekday, String> {
    let day = DAYS.iter().find(|(name, _)| *name == word).map(|(_, day)| *day);
    day.ok_or_else(|| format!("there is no day `{word}`; the days are MO, TU, WE, TH, FR, SA, SU"))
}

/// Reads `12-24`.
fn read_day_of_year(text: &str) -> Result<Days, String> {
    let never = || format!("`{text}` never comes: no year has that day; a day of every year is written like `12-24`");
    let two = |part: &str| Some(part).filter(|part| part.len() == 2).and_then(|part| part.parse::<i8>().ok());
    let (month, day) = text.split_once('-').ok_or_else(never)?;
    let (month, day) = two(month).zip(two(day)).ok_or_else(never)?;
    // A leap year has every day that any year has.
    Date::new(2024, month, day).map_err(|_| never())?;
    Ok(Days::OfYear(month, day))
}

impl fmt::Display for Recurrence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (days, time) = match self {
            Self::Weekly(weekly) => return weekly.fmt(f),
            Self::Monthly(days, time) => (days, time),
        };
        match days {
            Days::Numbered(numbers) => {
                let numbers: Vec<String> = numbers.iter().map(ToString::to_string).collect();
                write!(f, "day {}", numbers.join(","))?;
            }
            Days::Last => f.write_str("last day")?,
            Days::Weekday(nth, weekday) => {
                let place = PLACES.iter().find(|(_, known)| known == nth).map_or("", |(word, _)| *word);
                let day = DAYS.iter().find(|(_, known)| known == weekday).map_or("", |(word, _)| *word);
                write!(f, "{place} {day}")?;
            }
            Days::OfYear(month, day) => write!(f, "{month:02}-{day:02}")?,
        }
        write!(f, " {:02}:{:02}", time.hour(), time.minute())
    }
}

#[cfg(test)]
mod tests;
