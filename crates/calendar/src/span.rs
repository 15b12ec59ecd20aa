//! A length of time as people write it in a handbook.

use std::fmt;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};

use crate::walk::Direction;
use crate::{Calendar, working};

/// The longest span that is understood, in days: a hundred years.
const MAX_DAYS: u32 = 36_525;

/// A length of time: elapsed, civil, or working time.
///
/// - `90s`, `10m`, `24h`: elapsed, whatever the clocks on the wall do.
/// - `1 day`, `3 days`, `2 weeks`: civil, the same time of day so much later in a zone. Where that time does not exist
///   (the clocks went forward) it is moved forward by the gap; where it exists twice the first is meant.
/// - `45 business minutes`, `8 business hours`: so much open time of a calendar. Off hours it begins with the next
///   opening; what ends with the day ends at closing time, not at the next opening.
/// - `3 business days`: the same civil time on the third working day after. Off hours counts as the next opening. A time
///   that falls outside the hours of the day it leads to becomes the next opening of that day, else its end.
/// - `end of working day`: when the last span of the working day ends; off hours, of the next working day. Before the
///   first opening, and in a break, the day is still to come to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Span {
    /// So many seconds, exactly.
    Seconds(u32),
    /// So many minutes, exactly.
    Minutes(u32),
    /// So many hours, exactly.
    Hours(u32),
    /// So many civil days: the same time of day on a later date.
    Days(u32),
    /// So many times seven civil days.
    Weeks(u32),
    /// So many minutes of open time.
    BusinessMinutes(u32),
    /// So many hours of open time.
    BusinessHours(u32),
    /// So many working days: the same time of day on a later working day.
    BusinessDays(u32),
    /// Until the working day ends.
    EndOfWorkingDay,
}

/// Makes a span of so many of a unit.
type Make = fn(u32) -> Span;

/// Why a span could not be read or counted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SpanError {
    /// The text is no span.
    #[error(
        "`{0}` is not a length of time; write for example `90s`, `10m`, `24h`, `3 days`, `2 weeks`, \
         `45 business minutes`, `8 business hours`, `3 business days` or `end of working day`"
    )]
    Malformed(String),
    /// The span is longer than a hundred years.
    #[error("`{0}` is too long: a hundred years is the most")]
    TooLong(String),
    /// The instant that the span leads to lies outside the years that can be counted.
    #[error("{0} from there lies beyond the last year that can be counted")]
    OutOfRange(Span),
    /// The calendar has no open time to count the span in.
    #[error("{0} cannot be counted: the calendar has no working time for ten years")]
    NeverOpen(Span),
    /// The span leads from many instants to one, so that none of them is the one before.
    #[error("`{0}` cannot be counted backwards; write a length such as `2 business hours`")]
    NotBackwards(Span),
}

impl Span {
    /// The one span that is no number of something.
    pub const END_OF_WORKING_DAY: &'static str = "end of working day";

    /// What may stand behind the number, with the blank between them where there is one, and what it makes of it.
    const UNITS: [(&'static str, Make); 13] = [
        ("s", Self::Seconds),
        ("m", Self::Minutes),
        ("h", Self::Hours),
        (" day", Self::Days),
        (" days", Self::Days),
        (" week", Self::Weeks),
        (" weeks", Self::Weeks),
        (" business minute", Self::BusinessMinutes),
        (" business minutes", Self::BusinessMinutes),
        (" business hour", Self::BusinessHours),
        (" business hours", Self::BusinessHours),
        (" business day", Self::BusinessDays),
        (" business days", Self::BusinessDays),
    ];

    /// What may stand behind the number of a span, with the blank between them where there is one: `h`, ` days`.
    pub fn units() -> impl Iterator<Item = &'static str> {
        Self::UNITS.into_iter().map(|(unit, _)| unit)
    }

    /// Reads a span.
    ///
    /// # Errors
    /// [`SpanError::TooLong`] beyond a hundred years; [`SpanError::Malformed`] for anything else that is no span.
    pub fn parse(text: &str) -> Result<Self, SpanError> {
        let text = text.trim();
        let malformed = || SpanError::Malformed(text.to_owned());
        if text == Self::END_OF_WORKING_DAY {
            return Ok(Self::EndOfWorkingDay);
        }
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let (number, unit) = text.split_at(digits);
        if number.is_empty() {
            return Err(malformed());
        }
        let (_, make) = Self::UNITS.into_iter().find(|(known, _)| *known == unit).ok_or_else(malformed)?;
        let number: u32 = number.parse().map_err(|_| SpanError::TooLong(text.to_owned()))?;
        let span = make(number);
        if span.seconds() > i64::from(MAX_DAYS) * 86_400 {
            return Err(SpanError::TooLong(text.to_owned()));
        }
        Ok(span)
    }

    /// Whether it is counted in the hours of a calendar.
    #[must_use]
    pub fn is_working_time(self) -> bool {
        match self {
            Self::BusinessMinutes(_) | Self::BusinessHours(_) | Self::BusinessDays(_) | Self::EndOfWorkingDay => true,
            Self::Seconds(_) | Self::Minutes(_) | Self::Hours(_) | Self::Days(_) | Self::Weeks(_) => false,
        }
    }

    /// The instant this span after `from`: working time is counted in `calendar`, civil days in `zone`.
    ///
    /// # Errors
    /// As [`Calendar::add`].
    pub fn after(self, from: Timestamp, calendar: &Calendar, zone: &TimeZone) -> Result<Timestamp, SpanError> {
        self.moved(from, calendar, zone, Direction::Forwards)
    }

    /// The instant this span before `until`, counted likewise.
    ///
    /// # Errors
    /// As [`Calendar::subtract`].
    pub fn before(self, until: Timestamp, calendar: &Calendar, zone: &TimeZone) -> Result<Timestamp, SpanError> {
        self.moved(until, calendar, zone, Direction::Backwards)
    }

    fn moved(
        self,
        from: Timestamp,
        calendar: &Calendar,
        zone: &TimeZone,
        direction: Direction,
    ) -> Result<Timestamp, SpanError> {
        let exact = SignedDuration::from_secs(self.seconds());
        match self {
            Self::Seconds(_) | Self::Minutes(_) | Self::Hours(_) => {
                let exact = if direction == Direction::Forwards { exact } else { -exact };
                from.checked_add(exact).map_err(|_| SpanError::OutOfRange(self))
            }
            Self::Days(_) | Self::Weeks(_) => {
                let days = self.seconds() / 86_400;
                let days = if direction == Direction::Forwards { days } else { -days };
                let there = from.to_zoned(zone.clone()).checked_add(days.days());
                there.map(|there| there.timestamp()).map_err(|_| SpanError::OutOfRange(self))
            }
            Self::BusinessMinutes(_) | Self::BusinessHours(_) => working::pass(calendar, from, exact, direction, self),
            Self::BusinessDays(days) => working::pass_days(calendar, from, days, direction, self),
            Self::EndOfWorkingDay if direction == Direction::Backwards => Err(SpanError::NotBackwards(self)),
            Self::EndOfWorkingDay => working::end_of_day(calendar, from, self),
        }
    }

    /// The length in seconds of what it counts: a day, working or not, as 24 hours, the end of the working day as one
    /// day. How much later the instant is that it leads to depends on calendar and zone.
    #[must_use]
    pub fn seconds(self) -> i64 {
        match self {
            Self::Seconds(n) => i64::from(n),
            Self::Minutes(n) | Self::BusinessMinutes(n) => i64::from(n) * 60,
            Self::Hours(n) | Self::BusinessHours(n) => i64::from(n) * 3_600,
            Self::Days(n) | Self::BusinessDays(n) => i64::from(n) * 86_400,
            Self::Weeks(n) => i64::from(n) * 7 * 86_400,
            Self::EndOfWorkingDay => 86_400,
        }
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (number, unit) = match *self {
            Self::Seconds(n) => return write!(f, "{n}s"),
            Self::Minutes(n) => return write!(f, "{n}m"),
            Self::Hours(n) => return write!(f, "{n}h"),
            Self::EndOfWorkingDay => return f.write_str(Self::END_OF_WORKING_DAY),
            Self::Days(n) => (n, "day"),
            Self::Weeks(n) => (n, "week"),
            Self::BusinessMinutes(n) => (n, "business minute"),
            Self::BusinessHours(n) => (n, "business hour"),
            Self::BusinessDays(n) => (n, "business day"),
        };
        write!(f, "{number} {unit}{}", if number == 1 { "" } else { "s" })
    }
}

impl std::str::FromStr for Span {
    type Err = SpanError;

    fn from_str(text: &str) -> Result<Self, SpanError> {
        Self::parse(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn spans() -> impl Strategy<Value = Span> {
        let small = 0_u32..=MAX_DAYS;
        prop_oneof![
            small.clone().prop_map(Span::Seconds),
            small.clone().prop_map(Span::Minutes),
            small.clone().prop_map(Span::Hours),
            small.clone().prop_map(Span::Days),
            (0_u32..5_000).prop_map(Span::Weeks),
            small.clone().prop_map(Span::BusinessMinutes),
            small.clone().prop_map(Span::BusinessHours),
            small.prop_map(Span::BusinessDays),
            Just(Span::EndOfWorkingDay),
        ]
    }

    fn civil_or_elapsed() -> impl Strategy<Value = Span> {
        spans().prop_filter("no working time", |span| !span.is_working_time())
    }

    fn after(span: Span, from: Timestamp, zone: &TimeZone) -> Result<Timestamp, SpanError> {
        Calendar::always(zone.clone()).add(from, &span)
    }

    fn instants() -> impl Strategy<Value = Timestamp> {
        (1_577_836_800_i64..1_893_456_000).prop_map(|second| Timestamp::from_second(second).unwrap())
    }

    fn zones() -> impl Strategy<Value = TimeZone> {
        let names =
            prop::sample::select(vec!["UTC", "Europe/Lisbon", "America/New_York", "Asia/Tokyo", "Pacific/Apia"]);
        names.prop_map(|name| TimeZone::get(name).unwrap())
    }

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn every_way_to_write_a_span_is_read() {
        assert_eq!(Span::parse("90s"), Ok(Span::Seconds(90)));
        assert_eq!(Span::parse("10m"), Ok(Span::Minutes(10)));
        assert_eq!(Span::parse(" 24h "), Ok(Span::Hours(24)));
        assert_eq!(Span::parse("1 day"), Ok(Span::Days(1)));
        assert_eq!("3 days".parse(), Ok(Span::Days(3)));
        assert_eq!(Span::parse("2 weeks"), Ok(Span::Weeks(2)));
        assert_eq!(Span::parse("45 business minutes"), Ok(Span::BusinessMinutes(45)));
        assert_eq!(Span::parse("1 business hour"), Ok(Span::BusinessHours(1)));
        assert_eq!(Span::parse("3 business days"), Ok(Span::BusinessDays(3)));
        assert_eq!(Span::parse("end of working day"), Ok(Span::EndOfWorkingDay));
    }

    #[test]
    fn what_is_no_span_is_refused() {
        for text in [
            "",
            "h",
            "24",
            "24 h",
            "-1h",
            "1.5h",
            "3days",
            "3weeks",
            "3 years",
            "+3 days",
            "３h",
            "3 days 4h",
            "3 working days",
            "end of day",
            "business hours",
            "3  days",
        ] {
            assert_eq!(Span::parse(text), Err(SpanError::Malformed(text.to_owned())), "{text}");
        }
    }

    #[test]
    fn what_is_too_long_is_refused_rather_than_cut() {
        for text in ["99999999999h", "40000 days", "4000000h", "6000 weeks", "40000 business days"] {
            assert_eq!(Span::parse(text), Err(SpanError::TooLong(text.to_owned())), "{text}");
        }
    }

    #[test]
    fn a_day_keeps_the_time_of_day_when_the_clocks_go_back_and_24h_does_not() {
        let lisbon = TimeZone::get("Europe/Lisbon").unwrap();
        let noon = at("2026-10-24T12:00:00+01:00");
        assert_eq!(after(Span::Days(1), noon, &lisbon), Ok(at("2026-10-25T12:00:00+00:00")));
        assert_eq!(after(Span::Hours(24), noon, &lisbon), Ok(at("2026-10-25T11:00:00+00:00")));
    }

    #[test]
    fn a_time_that_the_clocks_skip_is_moved_forward() {
        let lisbon = TimeZone::get("Europe/Lisbon").unwrap();
        let half_past_one = at("2026-03-28T01:30:00+00:00");
        assert_eq!(after(Span::Days(1), half_past_one, &lisbon), Ok(at("2026-03-29T02:30:00+01:00")));
    }

    #[test]
    fn beyond_the_last_year_is_an_error() {
        let late = at("9998-12-31T00:00:00Z");
        assert_eq!(after(Span::Days(400), late, &TimeZone::UTC), Err(SpanError::OutOfRange(Span::Days(400))));
        assert_eq!(after(Span::Hours(9_600), late, &TimeZone::UTC), Err(SpanError::OutOfRange(Span::Hours(9_600))));
    }

    proptest! {
        #[test]
        fn what_is_displayed_reads_back(span in spans()) {
            prop_assert_eq!(Span::parse(&span.to_string()), Ok(span));
        }

        #[test]
        fn elapsed_time_is_the_same_in_every_zone(span in civil_or_elapsed(), from in instants(), zone in zones()) {
            let later = after(span, from, &zone).unwrap();
            match span {
                Span::Days(_) | Span::Weeks(_) => prop_assert!((later.duration_since(from).as_secs() - span.seconds()).abs() <= 86_400),
                _ => prop_assert_eq!(later.duration_since(from).as_secs(), span.seconds()),
            }
        }

        #[test]
        fn a_day_leads_to_the_same_time_of_day_unless_that_time_does_not_exist(days in 1_u32..400, from in instants(), zone in zones()) {
            let later = after(Span::Days(days), from, &zone).unwrap();
            let expected = from.to_zoned(zone.clone()).datetime().checked_add(i64::from(days).days()).unwrap();
            let wall = later.to_zoned(zone.clone()).datetime();
            let exists = zone.to_ambiguous_timestamp(expected).offset();
            match exists {
                jiff::tz::AmbiguousOffset::Gap { .. } => prop_assert!(wall > expected),
                _ => prop_assert_eq!(wall, expected),
            }
        }

        #[test]
        fn a_longer_span_ends_later(shorter in 0_u32..400, more in 1_u32..400, from in instants(), zone in zones()) {
            let near = after(Span::Days(shorter), from, &zone).unwrap();
            let far = after(Span::Days(shorter + more), from, &zone).unwrap();
            prop_assert!(far > near);
        }

        #[test]
        fn no_text_makes_it_panic(text in ".{0,20}") {
            let _ = Span::parse(&text);
        }
    }
}
