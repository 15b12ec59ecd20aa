//! Times of the week, as a schedule names them: `MO 16:00`, `MO,WE 16:00`, or `16:00` for every day.

use std::fmt;

use jiff::civil::{Time, Weekday};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

/// The days by the words of RFC 5545, section 3.3.10.
pub(super) const DAYS: [(&str, Weekday); 7] = [
    ("MO", Weekday::Monday),
    ("TU", Weekday::Tuesday),
    ("WE", Weekday::Wednesday),
    ("TH", Weekday::Thursday),
    ("FR", Weekday::Friday),
    ("SA", Weekday::Saturday),
    ("SU", Weekday::Sunday),
];

/// A time of day on some days of the week.
///
/// Where that time does not exist on a day (the clocks went forward) it is moved forward by the gap; where it exists
/// twice the first is meant. So there is one on each of its days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Weekly {
    days: Vec<Weekday>,
    time: Time,
}

impl Weekly {
    /// What every time of the week looks like, as a regular expression; what it matches may still be none.
    pub(crate) fn pattern() -> String {
        let day = DAYS.map(|(word, _)| word).join("|");
        format!("^\\s*(({day})(\\s*,\\s*({day}))*\\s+)?[0-2][0-9]:[0-5][0-9]\\s*$")
    }

    /// Reads `MO,WE 16:00` or `16:00`.
    ///
    /// # Errors
    /// What is wrong with it, as a sentence.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let malformed = || format!("`{text}` is no time of the week; write for example `MO 16:00` or `16:00`");
        let (days, time) = match text.trim().rsplit_once(' ') {
            Some((days, time)) => (days.trim(), time),
            None => ("", text.trim()),
        };
        let time = read_time(time).ok_or_else(malformed)?;
        if days.is_empty() {
            return Ok(Self { days: DAYS.map(|(_, day)| day).to_vec(), time });
        }
        let mut read = Vec::new();
        for word in days.split(',').map(str::trim) {
            let day = DAYS.iter().find(|(name, _)| *name == word).map(|(_, day)| *day);
            let day =
                day.ok_or_else(|| format!("there is no day `{word}`; the days are MO, TU, WE, TH, FR, SA, SU"))?;
            if read.contains(&day) {
                return Err(format!("`{word}` stands there twice"));
            }
            read.push(day);
        }
        Ok(Self { days: read, time })
    }

    /// The days by the words of RFC 5545, none for every day, and the time of day as `16:00`.
    pub(crate) fn parts(&self) -> (Vec<&'static str>, String) {
        let word = |day: &Weekday| DAYS.iter().find(|(_, known)| known == day).map(|(name, _)| *name);
        let days = if self.days.len() == DAYS.len() { Vec::new() } else { self.days.iter().filter_map(word).collect() };
        (days, self.time.strftime("%H:%M").to_string())
    }

    /// The first of these times after `now`; `None` where the calendar ends.
    pub(crate) fn next_after(&self, now: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
        self.around(now, zone, -2..=9).filter(|time| *time > now).min()
    }

    /// The last of these times until `now`, itself included; `None` where the calendar begins.
    pub(crate) fn last_until(&self, now: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
        self.around(now, zone, -9..=2).filter(|time| *time <= now).max()
    }

    /// Whether the window that opens at each of these times and closes at the next of `until` is over before the next
    /// one opens, in a week without a change of clocks.
    pub(crate) fn closes_in_time(&self, until: &Self) -> bool {
        // Any week will do; this one begins on a Monday.
        let start = jiff::civil::date(2024, 1, 1).at(0, 0, 0, 0).to_zoned(TimeZone::UTC);
        let Ok(start) = start else { return true };
        self.around(start.timestamp(), &TimeZone::UTC, 0..=6).all(|opens| {
            let (closes, next) = (until.next_after(opens, &TimeZone::UTC), self.next_after(opens, &TimeZone::UTC));
            closes.zip(next).is_none_or(|(closes, next)| closes <= next)
        })
    }

    /// The times on the days so many days around `now`.
    fn around<'a>(
        &'a self,
        now: Timestamp,
        zone: &'a TimeZone,
        days: std::ops::RangeInclusive<i64>,
    ) -> impl Iterator<Item = Timestamp> + 'a {
        let today = now.to_zoned(zone.clone()).date();
        days.filter_map(move |offset| {
            let day = today.checked_add(offset.days()).ok().filter(|day| self.days.contains(&day.weekday()))?;
            zone.to_timestamp(day.to_datetime(self.time)).ok()
        })
    }
}

impl fmt::Display for Weekly {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let named: Vec<&str> = DAYS.iter().filter(|(_, day)| self.days.contains(day)).map(|(name, _)| *name).collect();
        if named.len() < DAYS.len() {
            write!(f, "{} ", named.join(","))?;
        }
        write!(f, "{:02}:{:02}", self.time.hour(), self.time.minute())
    }
}

/// Reads `16:00`.
pub(super) fn read_time(text: &str) -> Option<Time> {
    let (hour, minute) = text.split_once(':')?;
    let two = |part: &str| (part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse().ok());
    Time::new(two(hour)??, two(minute)??, 0, 0).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn lisbon() -> TimeZone {
        TimeZone::get("Europe/Lisbon").unwrap()
    }

    fn next(schedule: &str, now: &str) -> String {
        let now = now.parse().unwrap();
        let next = Weekly::parse(schedule).unwrap().next_after(now, &lisbon()).unwrap();
        next.to_zoned(lisbon()).strftime("%a %F %H:%M%:z").to_string()
    }

    #[test]
    fn every_way_to_write_a_time_of_the_week_is_read_and_nothing_else() {
        for text in ["16:00", "MO 16:00", "MO,WE 16:00", "MO, WE 00:00", " SU 23:59 "] {
            assert!(Weekly::parse(text).is_ok(), "{text}");
        }
        for text in ["", "MO", "mo 16:00", "XX 16:00", "MO 24:00", "MO 6:00", "MO 16:60", "MO,MO 16:00", "MO 16:00:00"]
        {
            assert!(Weekly::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn the_next_time_is_after_now_and_on_one_of_its_days() {
        assert_eq!(next("MO 16:00", "2026-11-16T15:59:00Z"), "Mon 2026-11-16 16:00+00:00");
        assert_eq!(next("MO 16:00", "2026-11-16T16:00:00Z"), "Mon 2026-11-23 16:00+00:00");
        assert_eq!(next("MO,WE 16:00", "2026-11-16T16:00:00Z"), "Wed 2026-11-18 16:00+00:00");
        assert_eq!(next("09:30", "2026-11-16T16:00:00Z"), "Tue 2026-11-17 09:30+00:00");
    }

    #[test]
    fn a_time_that_the_clocks_skip_comes_when_they_have_moved_and_one_that_comes_twice_comes_first() {
        assert_eq!(next("SU 01:30", "2026-03-28T12:00:00Z"), "Sun 2026-03-29 02:30+01:00");
        assert_eq!(next("SU 01:30", "2026-10-24T12:00:00Z"), "Sun 2026-10-25 01:30+01:00");
        // Between the first and the second half past one: the next is a week later.
        assert_eq!(next("SU 01:30", "2026-10-25T01:00:00Z"), "Sun 2026-11-01 01:30+00:00");
    }

    #[test]
    fn a_window_that_reaches_into_the_next_one_is_known() {
        let closes = |at: &str, until: &str| Weekly::parse(at).unwrap().closes_in_time(&Weekly::parse(until).unwrap());
        assert!(closes("MO 16:00", "MO 23:00") && closes("MO,WE 16:00", "23:00") && closes("22:00", "02:00"));
        assert!(!closes("16:00", "MO 23:00") && !closes("MO,WE 16:00", "FR 10:00"));
        assert!(closes("MO 16:00", "MO 09:00"));
    }

    fn weekly() -> impl Strategy<Value = Weekly> {
        let days = prop::sample::subsequence(DAYS.map(|(_, day)| day).to_vec(), 1..=7);
        (days, 0_i8..24, 0_i8..60)
            .prop_map(|(days, hour, minute)| Weekly { days, time: Time::new(hour, minute, 0, 0).unwrap() })
    }

    proptest! {
        #[test]
        fn between_the_last_and_the_next_time_there_is_none(
            weekly in weekly(),
            second in 1_577_836_800_i64..1_893_456_000,
            zone in prop::sample::select(vec!["UTC", "Europe/Lisbon", "America/New_York", "Australia/Lord_Howe"]),
        ) {
            let (now, zone) = (Timestamp::from_second(second).unwrap(), TimeZone::get(zone).unwrap());
            let (last, next) = (weekly.last_until(now, &zone).unwrap(), weekly.next_after(now, &zone).unwrap());
            prop_assert!(last <= now && now < next);
            prop_assert_eq!(weekly.next_after(last, &zone), Some(next));
            prop_assert_eq!(weekly.last_until(next, &zone), Some(next));
            prop_assert!(next.duration_since(last).as_hours() <= 7 * 24 + 1);
        }
    }
}
