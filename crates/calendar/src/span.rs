//! A length of time as people write it in a handbook.

use std::fmt;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};

/// The longest span that is understood, in days: a hundred years.
const MAX_DAYS: u32 = 36_525;

/// A length of time, either elapsed or civil.
///
/// Written as `90s`, `10m`, `24h` (elapsed, whatever the clocks on the wall do) or `1 day`, `3 days` (civil: the same
/// time of day so many days later, in a zone).
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
}

/// Why a span could not be read or counted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SpanError {
    /// The text is no span.
    #[error("`{0}` is not a length of time; write for example `90s`, `10m`, `24h`, `1 day` or `3 days`")]
    Malformed(String),
    /// The text is a span of working time, which needs a calendar.
    #[error("`{0}` is working time, not yet understood by this version; write hours (`24h`) or days (`3 days`)")]
    WorkingTime(String),
    /// The span is longer than a hundred years.
    #[error("`{0}` is too long: a hundred years is the most")]
    TooLong(String),
    /// The instant that the span leads to lies outside the calendar's years.
    #[error("{0} later lies beyond the calendar's last year")]
    OutOfRange(Span),
}

impl Span {
    /// Reads a span.
    ///
    /// # Errors
    /// [`SpanError::WorkingTime`] for `3 business days`, `end of working day` and the like; [`SpanError::TooLong`]
    /// beyond a hundred years; [`SpanError::Malformed`] for anything else that is no span.
    pub fn parse(text: &str) -> Result<Self, SpanError> {
        let text = text.trim();
        if text.contains("business") || text.contains("working") {
            return Err(SpanError::WorkingTime(text.to_owned()));
        }
        let malformed = || SpanError::Malformed(text.to_owned());
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let (number, unit) = text.split_at(digits);
        if number.is_empty() {
            return Err(malformed());
        }
        let make = match unit.trim_start() {
            "s" if unit == "s" => Self::Seconds,
            "m" if unit == "m" => Self::Minutes,
            "h" if unit == "h" => Self::Hours,
            "day" | "days" if unit.starts_with(' ') => Self::Days,
            _ => return Err(malformed()),
        };
        let number: u32 = number.parse().map_err(|_| SpanError::TooLong(text.to_owned()))?;
        let span = make(number);
        if span.is_too_long() {
            return Err(SpanError::TooLong(text.to_owned()));
        }
        Ok(span)
    }

    /// The instant this span after `from`; days are counted in `zone`.
    ///
    /// Days keep the time of day. Where that time does not exist on the day (the clocks went forward) it is moved
    /// forward by the gap; where it exists twice the first is meant.
    ///
    /// # Errors
    /// [`SpanError::OutOfRange`] when the result lies beyond the year 9999.
    pub fn after(self, from: Timestamp, zone: &TimeZone) -> Result<Timestamp, SpanError> {
        let out_of_range = |_| SpanError::OutOfRange(self);
        match self {
            Self::Days(days) => from
                .to_zoned(zone.clone())
                .checked_add(i64::from(days).days())
                .map(|later| later.timestamp())
                .map_err(out_of_range),
            exact => from.checked_add(SignedDuration::from_secs(exact.seconds())).map_err(out_of_range),
        }
    }

    /// The length in seconds; a civil day counts as 24 hours.
    #[must_use]
    pub fn seconds(self) -> i64 {
        match self {
            Self::Seconds(n) => i64::from(n),
            Self::Minutes(n) => i64::from(n) * 60,
            Self::Hours(n) => i64::from(n) * 3_600,
            Self::Days(n) => i64::from(n) * 86_400,
        }
    }

    fn is_too_long(self) -> bool {
        self.seconds() > i64::from(MAX_DAYS) * 86_400
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Seconds(n) => write!(f, "{n}s"),
            Self::Minutes(n) => write!(f, "{n}m"),
            Self::Hours(n) => write!(f, "{n}h"),
            Self::Days(1) => f.write_str("1 day"),
            Self::Days(n) => write!(f, "{n} days"),
        }
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
            small.prop_map(Span::Days),
        ]
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
    }

    #[test]
    fn what_is_no_span_is_refused() {
        for text in ["", "h", "24", "24 h", "-1h", "1.5h", "3days", "3 weeks", "+3 days", "３h", "3 days 4h"] {
            assert_eq!(Span::parse(text), Err(SpanError::Malformed(text.to_owned())), "{text}");
        }
    }

    #[test]
    fn working_time_is_said_to_be_working_time() {
        for text in ["3 business days", "4 business hours", "end of working day"] {
            assert_eq!(Span::parse(text), Err(SpanError::WorkingTime(text.to_owned())), "{text}");
        }
    }

    #[test]
    fn what_is_too_long_is_refused_rather_than_cut() {
        for text in ["99999999999h", "40000 days", "4000000h"] {
            assert_eq!(Span::parse(text), Err(SpanError::TooLong(text.to_owned())), "{text}");
        }
    }

    #[test]
    fn a_day_keeps_the_time_of_day_when_the_clocks_go_back_and_24h_does_not() {
        let lisbon = TimeZone::get("Europe/Lisbon").unwrap();
        let noon = at("2026-10-24T12:00:00+01:00");
        assert_eq!(Span::Days(1).after(noon, &lisbon), Ok(at("2026-10-25T12:00:00+00:00")));
        assert_eq!(Span::Hours(24).after(noon, &lisbon), Ok(at("2026-10-25T11:00:00+00:00")));
    }

    #[test]
    fn a_time_that_the_clocks_skip_is_moved_forward() {
        let lisbon = TimeZone::get("Europe/Lisbon").unwrap();
        let half_past_one = at("2026-03-28T01:30:00+00:00");
        assert_eq!(Span::Days(1).after(half_past_one, &lisbon), Ok(at("2026-03-29T02:30:00+01:00")));
    }

    #[test]
    fn beyond_the_last_year_is_an_error() {
        let late = at("9998-12-31T00:00:00Z");
        assert_eq!(Span::Days(400).after(late, &TimeZone::UTC), Err(SpanError::OutOfRange(Span::Days(400))));
        assert_eq!(Span::Hours(9_600).after(late, &TimeZone::UTC), Err(SpanError::OutOfRange(Span::Hours(9_600))));
    }

    proptest! {
        #[test]
        fn what_is_displayed_reads_back(span in spans()) {
            prop_assert_eq!(Span::parse(&span.to_string()), Ok(span));
        }

        #[test]
        fn elapsed_time_is_the_same_in_every_zone(span in spans(), from in instants(), zone in zones()) {
            let later = span.after(from, &zone).unwrap();
            match span {
                Span::Days(_) => prop_assert!((later.duration_since(from).as_secs() - span.seconds()).abs() <= 86_400),
                _ => prop_assert_eq!(later.duration_since(from).as_secs(), span.seconds()),
            }
        }

        #[test]
        fn a_day_leads_to_the_same_time_of_day_unless_that_time_does_not_exist(days in 1_u32..400, from in instants(), zone in zones()) {
            let later = Span::Days(days).after(from, &zone).unwrap();
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
            let near = Span::Days(shorter).after(from, &zone).unwrap();
            let far = Span::Days(shorter + more).after(from, &zone).unwrap();
            prop_assert!(far > near);
        }

        #[test]
        fn no_text_makes_it_panic(text in ".{0,20}") {
            let _ = Span::parse(&text);
        }
    }
}
