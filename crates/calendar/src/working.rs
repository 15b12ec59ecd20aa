//! Counting in a calendar's open time.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use crate::walk::{Direction, Stretch, Walk, stretches_on};
use crate::{Calendar, Span, SpanError};

/// How many civil days (or parts of them) without any open time are looked at: ten years.
const MOST_CLOSED: u32 = 3_660;

/// The first open time from `from` on, or the last up to it, cut off there.
pub(crate) fn first_stretch(calendar: &Calendar, from: Timestamp, direction: Direction) -> Option<Stretch> {
    let mut walk = Walk::new(calendar, from, direction);
    for _ in 0..MOST_CLOSED {
        let mut stretches = walk.next_piece()?.stretches(calendar);
        let found = match direction {
            Direction::Forwards => stretches.next(),
            Direction::Backwards => stretches.next_back(),
        };
        if found.is_some() {
            return found;
        }
    }
    None
}

/// The open time from `from` to `to`, which is not earlier.
pub(crate) fn open_between(calendar: &Calendar, from: Timestamp, to: Timestamp) -> SignedDuration {
    let a_week = SignedDuration::from_secs(calendar.hours().seconds_a_week());
    let mut walk = Walk::new(calendar, from, Direction::Forwards);
    let mut open = SignedDuration::ZERO;
    while walk.at() < to {
        let weeks = walk.skip_weeks(to.duration_since(walk.at()).as_hours() / (7 * 24));
        open += times(a_week, weeks);
        let Some(piece) = walk.next_piece() else { break };
        for stretch in piece.stretches(calendar) {
            let end = stretch.end.min(to);
            if stretch.start < end {
                open += end.duration_since(stretch.start);
            }
        }
    }
    open
}

/// The instant at which `length` of open time has passed since `from` or, backwards, is still to pass until `from`;
/// the nearest such instant.
pub(crate) fn pass(
    calendar: &Calendar,
    from: Timestamp,
    length: SignedDuration,
    direction: Direction,
    span: Span,
) -> Result<Timestamp, SpanError> {
    let a_week = SignedDuration::from_secs(calendar.hours().seconds_a_week());
    let mut walk = Walk::new(calendar, from, direction);
    let (mut left, mut closed) = (length, 0);
    if left.is_zero() {
        return Ok(from);
    }
    while closed < MOST_CLOSED {
        // The last moment is not skipped: it may lie at the end of a stretch, before a closed time.
        let weeks = walk.skip_weeks(whole(left - SignedDuration::from_nanos(1), a_week));
        left -= times(a_week, weeks);
        let Some(piece) = walk.next_piece() else { return Err(SpanError::OutOfRange(span)) };
        closed += 1;
        let stretches: Vec<Stretch> = match direction {
            Direction::Forwards => piece.stretches(calendar).collect(),
            Direction::Backwards => piece.stretches(calendar).rev().collect(),
        };
        for stretch in stretches {
            closed = 0;
            if left <= stretch.length() {
                let there = match direction {
                    Direction::Forwards => stretch.start.checked_add(left),
                    Direction::Backwards => stretch.end.checked_sub(left),
                };
                return there.map_err(|_| SpanError::OutOfRange(span));
            }
            left -= stretch.length();
        }
    }
    Err(SpanError::NeverOpen(span))
}

/// The same time of day `days` working days away, moved into the hours of that day.
///
/// Forwards, `from` off hours counts as the next opening, and a time that falls outside the hours of the day it leads to
/// becomes the next opening of that day, else its end. Backwards everything is mirrored.
pub(crate) fn pass_days(
    calendar: &Calendar,
    from: Timestamp,
    days: u32,
    direction: Direction,
    span: Span,
) -> Result<Timestamp, SpanError> {
    let start = if calendar.is_open(from) { Some(from) } else { nearest(calendar, from, direction) };
    let start = start.ok_or(SpanError::NeverOpen(span))?;
    if days == 0 {
        return Ok(start);
    }
    let (date, since_midnight) = civil(calendar, start, direction);
    let target = working_day(calendar, start, date, days, direction, span)?;
    let wanted = target.at(0, 0, 0, 0).checked_add(since_midnight).map_err(|_| SpanError::OutOfRange(span))?;
    let wanted =
        calendar.zone().to_ambiguous_timestamp(wanted).compatible().map_err(|_| SpanError::OutOfRange(span))?;
    moved_into(&stretches_on(calendar, target), wanted, direction).ok_or(SpanError::NeverOpen(span))
}

/// The end of the working day that goes on at `from` or, off hours, of the next one.
pub(crate) fn end_of_day(calendar: &Calendar, from: Timestamp, span: Span) -> Result<Timestamp, SpanError> {
    let start = nearest(calendar, from, Direction::Forwards).ok_or(SpanError::NeverOpen(span))?;
    let date = calendar.zone().to_datetime(start).date();
    stretches_on(calendar, date).last().map(|stretch| stretch.end).ok_or(SpanError::NeverOpen(span))
}

fn nearest(calendar: &Calendar, from: Timestamp, direction: Direction) -> Option<Timestamp> {
    match direction {
        Direction::Forwards => calendar.next_opening(from),
        Direction::Backwards => calendar.previous_closing(from),
    }
}

/// The civil day of an instant and the civil time since its midnight; a closing at midnight is still of the day before.
fn civil(calendar: &Calendar, at: Timestamp, direction: Direction) -> (Date, SignedDuration) {
    let here = calendar.zone().to_datetime(at);
    let is_closing = direction == Direction::Backwards && !calendar.is_open(at);
    let date = match here.date().yesterday() {
        Ok(yesterday) if is_closing && here.time() == jiff::civil::Time::midnight() => yesterday,
        _ => here.date(),
    };
    (date, here.duration_since(date.at(0, 0, 0, 0)))
}

/// The date `days` working days from `date`, on which `start` lies.
fn working_day(
    calendar: &Calendar,
    start: Timestamp,
    date: Date,
    days: u32,
    direction: Direction,
    span: Span,
) -> Result<Date, SpanError> {
    let a_week = calendar.hours().days_a_week();
    let mut walk = Walk::new(calendar, start, direction);
    let (mut left, mut last, mut closed) = (i64::from(days), date, 0);
    while closed < MOST_CLOSED {
        let weeks = walk.skip_weeks((left - 1).checked_div(a_week).unwrap_or(0));
        if weeks > 0 {
            left -= weeks * a_week;
            last = walk.last_date();
        }
        let Some(piece) = walk.next_piece() else { return Err(SpanError::OutOfRange(span)) };
        closed += 1;
        // Where clocks go back over midnight a day comes twice and counts once.
        let is_further = match direction {
            Direction::Forwards => piece.date > last,
            Direction::Backwards => piece.date < last,
        };
        if is_further && piece.stretches(calendar).next().is_some() {
            (last, left, closed) = (piece.date, left - 1, 0);
            if left == 0 {
                return Ok(last);
            }
        }
    }
    Err(SpanError::NeverOpen(span))
}

/// `wanted` where the day is open or just closes, else the nearest such instant in the direction, else the day's edge.
fn moved_into(stretches: &[Stretch], wanted: Timestamp, direction: Direction) -> Option<Timestamp> {
    if stretches.iter().any(|stretch| stretch.start <= wanted && wanted <= stretch.end) {
        return Some(wanted);
    }
    let (first, last) = (stretches.first()?.start, stretches.last()?.end);
    Some(match direction {
        Direction::Forwards => stretches.iter().map(|s| s.start).find(|start| *start > wanted).unwrap_or(last),
        Direction::Backwards => stretches.iter().rev().map(|s| s.end).find(|end| *end < wanted).unwrap_or(first),
    })
}

fn times(length: SignedDuration, count: i64) -> SignedDuration {
    SignedDuration::from_secs(length.as_secs().saturating_mul(count))
}

/// How often `part`, in whole seconds, goes into `length`.
fn whole(length: SignedDuration, part: SignedDuration) -> i64 {
    length.as_secs().checked_div(part.as_secs()).unwrap_or(0)
}
