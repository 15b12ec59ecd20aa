//! A calendar: when a place works.

use std::ops::RangeInclusive;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::walk::Direction;
use crate::{DaySpan, DaysOff, Hours, Span, SpanError, working};

/// When a place works: a zone, the hours of a week, and the days off.
///
/// An instant is open when its civil time in the zone lies in a span of its civil day, and that day is not off. So where
/// the clocks go forward over a span it is shorter, and where they go back over one it is longer.
#[derive(Clone, Debug, PartialEq)]
pub struct Calendar {
    zone: TimeZone,
    hours: Hours,
    days_off: DaysOff,
}

impl Calendar {
    /// A calendar of these hours.
    #[must_use]
    pub fn new(zone: TimeZone, hours: Hours, days_off: DaysOff) -> Self {
        Self { zone, hours, days_off }
    }

    /// A calendar that is always open, for a desk that names no hours.
    #[must_use]
    pub fn always(zone: TimeZone) -> Self {
        Self::new(zone, Hours::always(), DaysOff::none())
    }

    /// The zone that its days are counted in.
    #[must_use]
    pub fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// The hours of an ordinary week.
    #[must_use]
    pub fn hours(&self) -> &Hours {
        &self.hours
    }

    /// The days off.
    #[must_use]
    pub fn days_off(&self) -> &DaysOff {
        &self.days_off
    }

    /// The instant `span` after `from`; see [`Span`] for what each means.
    ///
    /// # Errors
    /// [`SpanError::NeverOpen`] when working time is asked for and ten years have none; [`SpanError::OutOfRange`] when
    /// the result lies beyond the year 9999.
    pub fn add(&self, from: Timestamp, span: &Span) -> Result<Timestamp, SpanError> {
        span.after(from, self, &self.zone)
    }

    /// The instant `span` before `until`, as for a warning ahead of time: the latest one from which the span leads to
    /// it.
    ///
    /// # Errors
    /// As [`add`](Self::add); [`SpanError::NotBackwards`] for `end of working day`.
    pub fn subtract(&self, until: Timestamp, span: &Span) -> Result<Timestamp, SpanError> {
        span.before(until, self, &self.zone)
    }

    /// The open time from `from` to `to`; negative when `to` comes first.
    #[must_use]
    pub fn between(&self, from: Timestamp, to: Timestamp) -> SignedDuration {
        if from <= to { working::open_between(self, from, to) } else { -working::open_between(self, to, from) }
    }

    /// Whether it is open at this instant.
    #[must_use]
    pub fn is_open(&self, at: Timestamp) -> bool {
        let civil = self.zone.to_datetime(at);
        let time = civil.time();
        let second = i64::from(time.hour()) * 3_600 + i64::from(time.minute()) * 60 + i64::from(time.second());
        self.spans_on(civil.date()).iter().any(|span| span.start_second() <= second && second < span.end_second())
    }

    /// `from` itself when it is open, else the first instant after it that is; `None` when ten years have none.
    #[must_use]
    pub fn next_opening(&self, from: Timestamp) -> Option<Timestamp> {
        working::first_stretch(self, from, Direction::Forwards).map(|stretch| stretch.start)
    }

    /// `until` itself when the instants just before it are open, else the last instant before it of which that is true;
    /// `None` when ten years have none.
    #[must_use]
    pub fn previous_closing(&self, until: Timestamp) -> Option<Timestamp> {
        working::first_stretch(self, until, Direction::Backwards).map(|stretch| stretch.end)
    }

    /// The years from `from` to `to` (in either order) of which the public holidays are not known, first and last.
    /// In those years a public holiday counts as an ordinary day.
    #[must_use]
    pub fn unknown_years(&self, from: Timestamp, to: Timestamp) -> Option<RangeInclusive<i16>> {
        let known = self.days_off.known_years()?;
        let year = |at: Timestamp| self.zone.to_datetime(at).date().year();
        let (first, last) = (year(from.min(to)), year(from.max(to)));
        if first < *known.start() {
            Some(first..=if last > *known.end() { last } else { last.min(known.start() - 1) })
        } else if last > *known.end() {
            Some(first.max(known.end() + 1)..=last)
        } else {
            None
        }
    }

    /// The spans of a date; none on a day off.
    pub(crate) fn spans_on(&self, date: Date) -> &[DaySpan] {
        if self.days_off.contains(date) { &[] } else { self.hours.on(date.weekday()) }
    }
}
