//! Lengths of time that stand still in between, and go on with what was left.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::walk::Direction;
use crate::{Calendar, Span, SpanError, working};

/// A while in which a length of time stood still: from the first instant until just before the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Standstill {
    /// When it stopped.
    pub from: Timestamp,
    /// When it went on.
    pub to: Timestamp,
}

impl Span {
    /// How much of what it counts lies between two instants: open time for working time, elapsed time for everything else. Nothing
    /// where the second comes first.
    #[must_use]
    pub fn passed(self, from: Timestamp, to: Timestamp, calendar: &Calendar) -> SignedDuration {
        if to <= from {
            return SignedDuration::ZERO;
        }
        if self.is_working_time() { calendar.between(from, to) } else { to.duration_since(from) }
    }

    /// The instant at which so much of what it counts has passed since `from`.
    ///
    /// # Errors
    /// As [`Calendar::add`].
    pub fn pass(self, left: SignedDuration, from: Timestamp, calendar: &Calendar) -> Result<Timestamp, SpanError> {
        let left = left.max(SignedDuration::ZERO);
        if self.is_working_time() {
            return working::pass(calendar, from, left, Direction::Forwards, self);
        }
        from.checked_add(left).map_err(|_| SpanError::OutOfRange(self))
    }

    /// The instant this span after `from`, without the whiles in which it stood still: what was left as one began is counted from its
    /// end. They are in order and do not overlap; those that begin when it is over change nothing.
    ///
    /// # Errors
    /// As [`Calendar::add`].
    pub fn after_without(
        self,
        from: Timestamp,
        stood: &[Standstill],
        calendar: &Calendar,
        zone: &TimeZone,
    ) -> Result<Timestamp, SpanError> {
        self.put_off(self.after(from, calendar, zone)?, stood, calendar)
    }

    /// The instant at which it is over that would be over at `end`, had it not stood still in these whiles.
    ///
    /// # Errors
    /// As [`Calendar::add`].
    pub fn put_off(
        self,
        mut end: Timestamp,
        stood: &[Standstill],
        calendar: &Calendar,
    ) -> Result<Timestamp, SpanError> {
        for still in stood {
            if still.from >= end {
                break;
            }
            end = self.pass(self.passed(still.from, end, calendar), still.to, calendar)?;
        }
        Ok(end)
    }
}
