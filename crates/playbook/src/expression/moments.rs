//! Instants and lengths of time as values of the expression language: what `timestamp(…)` and `duration(…)` give, and
//! what can be reckoned with them. Exact to the nanosecond; an instant prints as RFC 3339 in UTC, a length as seconds.

use std::any::Any;
use std::cmp::Ordering;
use std::fmt::Write as _;

use cel::ExecutionError;
use cel::common::traits::{Adder, Comparer, Subtractor};
use cel::common::types::{DURATION_TYPE, TIMESTAMP_TYPE, Type};
use cel::common::value::{CowVal, StaticVal, Val};
use jiff::{SignedDuration, Timestamp};

/// The longest length of time, in seconds: some 10,000 years.
const MAX_SECONDS: i64 = 315_576_000_000;

/// The units of a length of time, longest first where one begins another, and their nanoseconds.
const UNITS: [(&str, i128); 7] = [
    ("ms", 1_000_000),
    ("us", 1_000),
    ("µs", 1_000),
    ("ns", 1),
    ("h", 3_600_000_000_000),
    ("m", 60_000_000_000),
    ("s", 1_000_000_000),
];

/// An instant.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Instant(pub(super) Timestamp);

/// A length of time; it may be negative.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Length(SignedDuration);

impl Length {
    /// Reads `1h30m`, `-1.5h`, `90s`, `250ms`: decimal numbers with their units, one after the other.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (sign, mut rest) = match text.strip_prefix('-') {
            Some(rest) => (-1, rest),
            None => (1, text.strip_prefix('+').unwrap_or(text)),
        };
        if rest == "0" {
            return Some(Self(SignedDuration::ZERO));
        }
        let mut nanos: i128 = 0;
        if rest.is_empty() {
            return None;
        }
        while !rest.is_empty() {
            let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.').filter(|end| *end > 0)?;
            let (number, after) = rest.split_at(end);
            let (unit, each) = UNITS.into_iter().find(|(unit, _)| after.starts_with(unit))?;
            nanos = nanos.checked_add(scaled(number, each)?)?;
            rest = after.strip_prefix(unit)?;
        }
        Self::of_nanos(sign * nanos)
    }

    fn of_nanos(nanos: i128) -> Option<Self> {
        let seconds = i64::try_from(nanos / 1_000_000_000).ok()?;
        let part = i32::try_from(nanos % 1_000_000_000).ok()?;
        Self(SignedDuration::new(seconds, part)).bounded()
    }

    fn bounded(self) -> Option<Self> {
        (self.0.as_secs().abs() <= MAX_SECONDS).then_some(self)
    }

    /// The whole seconds.
    pub(super) fn seconds(self) -> i64 {
        self.0.as_secs()
    }

    /// The milliseconds beside the whole seconds.
    pub(super) fn milliseconds(self) -> i64 {
        i64::from(self.0.subsec_millis())
    }

    /// As the language writes it: `5400s`, `-0.25s`.
    pub(super) fn spelt(self) -> String {
        let nanos = self.0.subsec_nanos().unsigned_abs();
        let sign = if self.0.is_negative() { "-" } else { "" };
        let mut text = format!("{sign}{}", self.0.as_secs().unsigned_abs());
        if nanos > 0 {
            let _ = write!(text, ".{}", format!("{nanos:09}").trim_end_matches('0'));
        }
        text + "s"
    }
}

/// A decimal number times a unit, in nanoseconds; what is finer than one is cut off.
fn scaled(number: &str, each: i128) -> Option<i128> {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    if whole.is_empty() && fraction.is_empty() || fraction.contains('.') || number.len() > 30 {
        return None;
    }
    let digits = |text: &str| if text.is_empty() { Some(0) } else { text.parse::<i128>().ok() };
    let fraction = fraction.get(..15).unwrap_or(fraction);
    let scale = 10_i128.checked_pow(u32::try_from(fraction.len()).ok()?)?;
    digits(whole)?.checked_mul(each)?.checked_add(digits(fraction)?.checked_mul(each)? / scale)
}

/// The error of an operation whose other side is nothing to be reckoned with.
fn unsuited(with: &dyn Val, want: &str) -> ExecutionError {
    ExecutionError::UnexpectedType { got: with.get_type().name().to_owned(), want: want.to_owned() }
}

fn beyond(sign: &str) -> ExecutionError {
    ExecutionError::function_error(sign, "the result is beyond the calendar's first or last year")
}

impl Instant {
    fn moved(self, by: SignedDuration, sign: &str) -> Result<Self, ExecutionError> {
        self.0.checked_add(by).map(Self).map_err(|_| beyond(sign))
    }
}

/// What the expression language asks of a value that can be added to, taken from and compared with.
macro_rules! reckoned_with {
    ($moment:ty, $type_:expr) => {
        impl Val for $moment {
            fn get_type(&self) -> &Type {
                &$type_
            }

            fn cel_type() -> &'static Type {
                &$type_
            }

            fn as_adder<'b, 'v>(&'b self) -> Option<&'b (dyn Adder + 'v)>
            where
                Self: 'v,
            {
                Some(self)
            }

            fn as_subtractor<'b, 'v>(&'b self) -> Option<&'b (dyn Subtractor + 'v)>
            where
                Self: 'v,
            {
                Some(self)
            }

            fn as_comparer(&self) -> Option<&dyn Comparer> {
                Some(self)
            }

            fn equals(&self, other: &dyn Val) -> bool {
                other.downcast_ref::<Self>() == Some(self)
            }

            fn clone_as_boxed<'v>(&self) -> Box<dyn Val + 'v>
            where
                Self: 'v,
            {
                Box::new(*self)
            }

            fn as_any(&self) -> Option<&dyn Any> {
                Some(self)
            }
        }

        impl StaticVal for $moment {}
    };
}

reckoned_with!(Instant, TIMESTAMP_TYPE);
reckoned_with!(Length, DURATION_TYPE);

impl Adder for Instant {
    fn add<'b, 'v>(&'b self, rhs: &(dyn Val + 'v)) -> Result<CowVal<'b, 'v>, ExecutionError>
    where
        Self: 'v,
    {
        let Some(length) = rhs.downcast_ref::<Length>() else { return Err(unsuited(rhs, "duration")) };
        self.moved(length.0, "+").map(CowVal::owned)
    }
}

impl Subtractor for Instant {
    fn sub<'b, 'v>(&'b self, rhs: &(dyn Val + 'v)) -> Result<CowVal<'b, 'v>, ExecutionError>
    where
        Self: 'v,
    {
        if let Some(earlier) = rhs.downcast_ref::<Self>() {
            return Ok(CowVal::owned(Length(self.0.duration_since(earlier.0))));
        }
        let Some(length) = rhs.downcast_ref::<Length>() else { return Err(unsuited(rhs, "timestamp or duration")) };
        self.moved(-length.0, "-").map(CowVal::owned)
    }
}

impl Comparer for Instant {
    fn compare(&self, rhs: &dyn Val) -> Result<Ordering, ExecutionError> {
        let other = rhs.downcast_ref::<Self>().ok_or_else(|| unsuited(rhs, "timestamp"))?;
        Ok(self.0.cmp(&other.0))
    }
}

impl Adder for Length {
    fn add<'b, 'v>(&'b self, rhs: &(dyn Val + 'v)) -> Result<CowVal<'b, 'v>, ExecutionError>
    where
        Self: 'v,
    {
        if let Some(instant) = rhs.downcast_ref::<Instant>() {
            return instant.moved(self.0, "+").map(CowVal::owned);
        }
        let Some(other) = rhs.downcast_ref::<Self>() else { return Err(unsuited(rhs, "timestamp or duration")) };
        let sum = self.0.checked_add(other.0).map(Self).and_then(Self::bounded);
        sum.map(CowVal::owned).ok_or_else(|| beyond("+"))
    }
}

impl Subtractor for Length {
    fn sub<'b, 'v>(&'b self, rhs: &(dyn Val + 'v)) -> Result<CowVal<'b, 'v>, ExecutionError>
    where
        Self: 'v,
    {
        let Some(other) = rhs.downcast_ref::<Self>() else { return Err(unsuited(rhs, "duration")) };
        let difference = self.0.checked_sub(other.0).map(Self).and_then(Self::bounded);
        difference.map(CowVal::owned).ok_or_else(|| beyond("-"))
    }
}

impl Comparer for Length {
    fn compare(&self, rhs: &dyn Val) -> Result<Ordering, ExecutionError> {
        let other = rhs.downcast_ref::<Self>().ok_or_else(|| unsuited(rhs, "duration"))?;
        Ok(self.0.cmp(&other.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_of_time_is_decimal_numbers_with_their_units() {
        for (text, spelt) in [
            ("24h", "86400s"),
            ("1h30m", "5400s"),
            ("-1.5h", "-5400s"),
            ("250ms", "0.25s"),
            ("1s2us3ns", "1.000002003s"),
            ("1µs", "0.000001s"),
            ("0", "0s"),
            ("+0.1s", "0.1s"),
        ] {
            assert_eq!(Length::parse(text).map(Length::spelt).as_deref(), Some(spelt), "{text}");
        }
        for text in ["", "-", "h", "1", "1.2.3h", "3 days", "1d", ".h", "1h ", "99999999999h", "1h-2m"] {
            assert_eq!(Length::parse(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_reckoned_beyond_the_calendar_is_a_fault() {
        let (last, year) = (Instant(Timestamp::MAX), Length::parse("8760h").unwrap());
        assert!(last.add(&year).is_err());
        assert!(last.sub(&year).is_ok());
        let longest = Length(SignedDuration::from_secs(MAX_SECONDS));
        assert!(longest.add(&year).is_err());
    }
}
