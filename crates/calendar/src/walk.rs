//! Going through a calendar's open time, forwards or backwards, piece by piece.
//!
//! A piece is a civil day, or the part of one that has one offset from UTC: where the clocks change, a day falls into
//! two. Within a piece civil time runs evenly, so that a span over a gap comes out shorter and one over a fold longer,
//! without a case of its own. Whole weeks without a day off are skipped in one stride.

use jiff::civil::Date;
use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp, ToSpan};

use crate::Calendar;

const DAY: SignedDuration = SignedDuration::from_hours(24);
const INSTANT: SignedDuration = SignedDuration::from_nanos(1);

/// Which way to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    Forwards,
    Backwards,
}

/// Open time without a break: from `start` until just before `end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stretch {
    pub(crate) start: Timestamp,
    pub(crate) end: Timestamp,
}

impl Stretch {
    pub(crate) fn length(self) -> SignedDuration {
        self.end.duration_since(self.start)
    }
}

/// A civil day, or a part of it, under one offset.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Piece {
    pub(crate) date: Date,
    pub(crate) start: Timestamp,
    pub(crate) end: Timestamp,
    offset: Offset,
}

/// A place in time from which pieces are taken in one direction.
pub(crate) struct Walk<'c> {
    calendar: &'c Calendar,
    direction: Direction,
    at: Timestamp,
    /// Until where, in the direction, `offset` holds.
    edge: Timestamp,
    offset: Offset,
}

impl<'c> Walk<'c> {
    pub(crate) fn new(calendar: &'c Calendar, from: Timestamp, direction: Direction) -> Self {
        // The edge is where it stands: the first piece looks the offset up.
        Self { calendar, direction, at: from, edge: from, offset: Offset::UTC }
    }

    /// Where the next piece begins or, backwards, ends.
    pub(crate) fn at(&self) -> Timestamp {
        self.at
    }

    /// Passes at most `most` whole weeks without a day off and without a change of the clock, when it stands at a
    /// midnight; gives how many, and the number of working days and the open time are those of the ordinary week.
    pub(crate) fn skip_weeks(&mut self, most: i64) -> i64 {
        if most <= 0 || self.at == self.edge {
            return 0;
        }
        let local = self.offset.to_datetime(self.at);
        if local.time() != jiff::civil::Time::midnight() {
            return 0;
        }
        let days_off = self.calendar.days_off();
        let here = local.date();
        let until_day_off = match self.direction {
            Direction::Forwards => days_off.next(here).map(|next| days_between(here, next)),
            // Backwards the first day passed is yesterday.
            Direction::Backwards => {
                let yesterday = here.yesterday().unwrap_or(here);
                days_off.previous(yesterday).map(|previous| days_between(previous, here) - 1)
            }
        };
        let until_edge = self.edge.duration_since(self.at).abs().as_secs() / DAY.as_secs();
        let days = until_day_off.map_or(until_edge, |days| days.min(until_edge));
        let weeks = (days / 7).clamp(0, most);
        let stride = SignedDuration::from_hours(weeks * 7 * 24);
        let stride = if self.direction == Direction::Forwards { stride } else { -stride };
        match self.at.checked_add(stride) {
            Ok(at) => {
                self.at = at;
                weeks
            }
            Err(_) => 0,
        }
    }

    /// The date just passed, when it stands at a midnight.
    pub(crate) fn last_date(&self) -> Date {
        let here = self.offset.to_datetime(self.at).date();
        match self.direction {
            Direction::Forwards => here.yesterday().unwrap_or(here),
            Direction::Backwards => here,
        }
    }

    /// The next piece; `None` at either end of time.
    pub(crate) fn next_piece(&mut self) -> Option<Piece> {
        if self.at == self.edge {
            self.enter_segment()?;
        }
        match self.direction {
            Direction::Forwards => {
                let date = self.offset.to_datetime(self.at).date();
                let midnight = date.tomorrow().ok().and_then(|next| self.midnight(next));
                let end = midnight.map_or(self.edge, |midnight| midnight.min(self.edge));
                let piece = Piece { date, start: self.at, end, offset: self.offset };
                self.at = end;
                Some(piece)
            }
            Direction::Backwards => {
                let date = self.offset.to_datetime(self.at.checked_sub(INSTANT).ok()?).date();
                let start = self.midnight(date).map_or(self.edge, |midnight| midnight.max(self.edge));
                let piece = Piece { date, start, end: self.at, offset: self.offset };
                self.at = start;
                Some(piece)
            }
        }
    }

    /// Learns the offset that holds from here on, and how far.
    fn enter_segment(&mut self) -> Option<()> {
        let zone = self.calendar.zone();
        match self.direction {
            Direction::Forwards => {
                self.offset = zone.to_offset(self.at);
                let next = zone.following(self.at).next().map(|transition| transition.timestamp());
                self.edge = next.unwrap_or(Timestamp::MAX);
            }
            Direction::Backwards => {
                self.offset = zone.to_offset(self.at.checked_sub(INSTANT).ok()?);
                let previous = zone.preceding(self.at).next().map(|transition| transition.timestamp());
                self.edge = previous.unwrap_or(Timestamp::MIN);
            }
        }
        (self.at != self.edge).then_some(())
    }

    /// The midnight at which `date` begins, by the present offset.
    fn midnight(&self, date: Date) -> Option<Timestamp> {
        self.offset.to_timestamp(date.at(0, 0, 0, 0)).ok()
    }
}

impl Piece {
    /// The open time of the piece, in order.
    pub(crate) fn stretches(self, calendar: &Calendar) -> impl DoubleEndedIterator<Item = Stretch> {
        let midnight = self.offset.to_timestamp(self.date.at(0, 0, 0, 0)).ok();
        let spans = if midnight.is_some() { calendar.spans_on(self.date) } else { &[] };
        let midnight = midnight.unwrap_or(self.start);
        spans.iter().filter_map(move |span| {
            let at = |second| midnight.checked_add(SignedDuration::from_secs(second)).unwrap_or(Timestamp::MAX);
            let (start, end) = (at(span.start_second()).max(self.start), at(span.end_second()).min(self.end));
            (start < end).then_some(Stretch { start, end })
        })
    }
}

/// The open time of one civil day, in order; empty when the day is off, or the clocks skip it.
pub(crate) fn stretches_on(calendar: &Calendar, date: Date) -> Vec<Stretch> {
    // No zone is further from UTC than 26 hours.
    let margin = 26.hours();
    let midnight = |date: Date| Offset::UTC.to_timestamp(date.at(0, 0, 0, 0)).ok();
    let first = midnight(date).and_then(|at| at.checked_sub(margin).ok()).unwrap_or(Timestamp::MIN);
    let last =
        date.tomorrow().ok().and_then(midnight).and_then(|at| at.checked_add(margin).ok()).unwrap_or(Timestamp::MAX);
    let mut walk = Walk::new(calendar, first, Direction::Forwards);
    let mut found = Vec::new();
    while walk.at() < last
        && let Some(piece) = walk.next_piece()
    {
        if piece.date == date {
            found.extend(piece.stretches(calendar));
        }
    }
    found
}

fn days_between(first: Date, last: Date) -> i64 {
    last.duration_since(first).as_secs() / DAY.as_secs()
}
