//! Days off as somebody writes them: `2026-12-24`, `2026-12-24..2026-12-31`, and either with a name behind it. They are kept so.

use std::fmt;
use std::str::FromStr;

use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::error::FieldError;
use crate::{Error, Result};

/// The most lines that somebody gives.
const LINES_MAX: usize = 400;
/// The most days that one line closes.
const RANGE_MAX: usize = 366;
/// The most days that all lines close.
const DAYS_MAX: usize = 2_000;
/// The longest name, in characters.
const NAME_MAX: usize = 80;
/// How each is written.
const ADVICE: &str = "write it as 2026-12-24 or 2026-12-24..2026-12-31, with a name behind it if it has one";

/// A day off, or several in a row.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct DayOff {
    /// The first.
    pub first: Date,
    /// The last; of one day the same.
    pub last: Date,
    /// What it is called.
    pub name: Option<String>,
}

/// Why a line is no day off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoDayOff {
    /// It begins with no date.
    NoDate,
    /// Its last day comes before its first.
    Backwards,
    /// It is more than a year.
    TooLong,
    /// Its name is too long, or no line of text.
    BadName,
}

impl fmt::Display for NoDayOff {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoDate => f.write_str("is no day"),
            Self::Backwards => f.write_str("ends before it begins"),
            Self::TooLong => write!(f, "is more than {RANGE_MAX} days"),
            Self::BadName => write!(f, "has a name that is longer than {NAME_MAX} characters"),
        }
    }
}

impl FromStr for DayOff {
    type Err = NoDayOff;

    fn from_str(text: &str) -> Result<Self, NoDayOff> {
        let text = text.trim();
        let (dates, name) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
        let (first, last) = dates.split_once("..").unwrap_or((dates, dates));
        let date = |text: &str| text.parse::<Date>().ok().filter(|date| date.to_string() == text);
        let (Some(first), Some(last)) = (date(first), date(last)) else { return Err(NoDayOff::NoDate) };
        if last < first {
            return Err(NoDayOff::Backwards);
        }
        let name = name.trim();
        if name.chars().count() > NAME_MAX || name.chars().any(char::is_control) {
            return Err(NoDayOff::BadName);
        }
        let day = Self { first, last, name: (!name.is_empty()).then(|| name.to_owned()) };
        if day.dates().take(RANGE_MAX + 1).count() > RANGE_MAX { Err(NoDayOff::TooLong) } else { Ok(day) }
    }
}

impl TryFrom<String> for DayOff {
    type Error = NoDayOff;

    fn try_from(text: String) -> Result<Self, NoDayOff> {
        text.parse()
    }
}

impl From<DayOff> for String {
    fn from(day: DayOff) -> Self {
        day.to_string()
    }
}

impl fmt::Display for DayOff {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.first)?;
        if self.last != self.first {
            write!(f, "..{}", self.last)?;
        }
        self.name.as_ref().map_or(Ok(()), |name| write!(f, " {name}"))
    }
}

impl DayOff {
    /// Each of its days.
    pub fn dates(&self) -> impl Iterator<Item = Date> {
        let last = self.last;
        self.first.series(1.day()).take_while(move |date| *date <= last)
    }
}

/// The days off that somebody gave in a field.
///
/// # Errors
/// `bad-date` for each line that is none, or `too-many-days`.
pub fn read(lines: &[Value], field: &str) -> Result<Vec<DayOff>> {
    let too_many = |most: usize, what: &str| {
        Err(Error::invalid_field(field, "too-many-days", format!("takes at most {most} {what}")))
    };
    if lines.len() > LINES_MAX {
        return too_many(LINES_MAX, "lines");
    }
    let (mut days, mut wrong) = (Vec::with_capacity(lines.len()), Vec::new());
    for (place, line) in lines.iter().enumerate() {
        match line.as_str().ok_or(NoDayOff::NoDate).and_then(str::parse::<DayOff>) {
            Ok(day) => days.push(day),
            Err(why) => {
                let said = format!("line {}: {line} {why}; {ADVICE}", place + 1);
                wrong.push(FieldError::new(field, "bad-date", said));
            }
        }
    }
    if !wrong.is_empty() {
        return Err(Error::invalid_fields(wrong));
    }
    if days.iter().map(|day| day.dates().count()).sum::<usize>() > DAYS_MAX {
        return too_many(DAYS_MAX, "days");
    }
    Ok(days)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_off_is_read_as_it_is_written() {
        for text in ["2026-12-24", "2026-12-24..2026-12-31", "2026-12-24 Christmas Eve", "2026-12-24..2027-01-01 Away"]
        {
            assert_eq!(text.parse::<DayOff>().unwrap().to_string(), text);
        }
        let day: DayOff = " 2026-12-30..2027-01-02   Between the years ".parse().unwrap();
        assert_eq!((day.dates().count(), day.name.as_deref()), (4, Some("Between the years")));
    }

    #[test]
    fn what_is_no_day_off_says_why() {
        let long = format!("2026-12-24 {}", "x".repeat(NAME_MAX + 1));
        for (text, why) in [
            ("", NoDayOff::NoDate),
            ("soon", NoDayOff::NoDate),
            ("2026-13-01", NoDayOff::NoDate),
            ("24.12.2026", NoDayOff::NoDate),
            ("2026-12-24..", NoDayOff::NoDate),
            ("2026-12-31..2026-12-24", NoDayOff::Backwards),
            ("2026-01-01..9999-12-31", NoDayOff::TooLong),
            (long.as_str(), NoDayOff::BadName),
        ] {
            assert_eq!(text.parse::<DayOff>(), Err(why), "{text}");
        }
    }
}
