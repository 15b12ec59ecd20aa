//! Days as people type them: `2026-10-01`, `today`, `yesterday`, `7d`.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};

use crate::words::fold;

/// How far back a number of days, weeks, months or years may reach.
const BACK_MAX: i64 = 10_000;

/// A day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Day {
    /// This one.
    Date(Date),
    /// So many days ago.
    DaysAgo(i64),
    /// So many months ago.
    MonthsAgo(i64),
}

impl Day {
    /// Reads a day: a date as the year, the month and the day (`2026-10-01`), `today`, `yesterday`, or how long ago in days, weeks,
    /// months or years (`7d`, `2w`, `1m`, `1y`).
    pub fn read(text: &str) -> Option<Self> {
        match fold::words(text).as_slice() {
            [word] if word == "today" || word == "hoje" => return Some(Self::DaysAgo(0)),
            [word] if word == "yesterday" || word == "ontem" => return Some(Self::DaysAgo(1)),
            _ => {}
        }
        let split = text.find(|c: char| !c.is_ascii_digit())?;
        let (digits, unit) = text.split_at(split);
        if let Ok(count) = digits.parse::<i64>() {
            let count = Some(count).filter(|count| *count <= BACK_MAX);
            match unit.to_lowercase().as_str() {
                "d" => return count.map(Self::DaysAgo),
                "w" | "s" => return count.map(|weeks| Self::DaysAgo(weeks * 7)),
                "m" => return count.map(Self::MonthsAgo),
                "y" | "a" => return count.map(|years| Self::MonthsAgo(years * 12)),
                _ => {}
            }
        }
        let is_a_date = text.len() == 10 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
        text.parse().ok().filter(|_| is_a_date).map(Self::Date)
    }

    /// When it begins and when the next one does, in this zone. Years that no calendar has are the first or last that it has.
    pub fn instants(self, now: Timestamp, zone: &TimeZone) -> (Timestamp, Timestamp) {
        let today = now.to_zoned(zone.clone()).date();
        let date = match self {
            Self::Date(date) => date,
            Self::DaysAgo(days) => today.checked_sub(Span::new().days(days)).unwrap_or(Date::MIN),
            Self::MonthsAgo(months) => today.checked_sub(Span::new().months(months)).unwrap_or(Date::MIN),
        };
        let begins = |date: Date| date.to_zoned(zone.clone()).map(|midnight| midnight.timestamp());
        let from = begins(date).unwrap_or(if date.year() < 0 { Timestamp::MIN } else { Timestamp::MAX });
        let until = date.tomorrow().ok().and_then(|next| begins(next).ok()).unwrap_or(Timestamp::MAX);
        (from, until)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn instants(text: &str) -> (String, String) {
        let zone = TimeZone::get("Europe/Lisbon").unwrap();
        let (from, until) = Day::read(text).unwrap().instants("2026-11-17T09:00:00Z".parse().unwrap(), &zone);
        (from.to_string(), until.to_string())
    }

    #[test]
    fn a_day_begins_and_ends_in_its_zone() {
        let table = [
            ("2026-07-01", "2026-06-30T23:00:00Z", "2026-07-01T23:00:00Z"),
            ("today", "2026-11-17T00:00:00Z", "2026-11-18T00:00:00Z"),
            ("Ontem", "2026-11-16T00:00:00Z", "2026-11-17T00:00:00Z"),
            ("7d", "2026-11-10T00:00:00Z", "2026-11-11T00:00:00Z"),
            ("1w", "2026-11-10T00:00:00Z", "2026-11-11T00:00:00Z"),
            (
                "1m",
                "2026-10-17T00:00:00Z".replace("00:00", "23:00").replace("10-17", "10-16").as_str(),
                "2026-10-17T23:00:00Z",
            ),
            ("1y", "2025-11-17T00:00:00Z", "2025-11-18T00:00:00Z"),
            // The day on which clocks are set back has 25 hours.
            ("2026-10-25", "2026-10-24T23:00:00Z", "2026-10-26T00:00:00Z"),
        ]
        .map(|(text, from, until)| (text, (from.to_owned(), until.to_owned())));
        for (text, expected) in table {
            assert_eq!(instants(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_day_is_none() {
        for text in
            ["", "d", "7", "7x", "2026-13-01", "2026-02-30", "01/10/2026", "99999d", "2026-10-01T10:00", "tomorrow"]
        {
            assert_eq!(Day::read(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_typed_for_a_day_is_one_with_an_end_behind_its_beginning_or_none(text in "\\PC{0,12}|[0-9]{1,6}[dwmyas]|[0-9]{4}-[0-9]{2}-[0-9]{2}") {
            if let Some(day) = Day::read(&text) {
                let (from, until) = day.instants("2026-11-17T09:00:00Z".parse().unwrap(), &TimeZone::UTC);
                prop_assert!(from <= until);
            }
        }
    }
}
