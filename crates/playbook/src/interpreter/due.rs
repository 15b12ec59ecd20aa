//! When a span is over: the one place where the interpreter counts time.

use calendar::{Span, SpanError};
use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::Value;

use crate::clock::ClockPauses;
use crate::definition::Clock;
use crate::facts::Facts;

/// The instant a span after `from`, days and working time counted as the facts say.
pub(super) fn due(span: Span, from: Timestamp, facts: &Facts) -> Result<Timestamp, SpanError> {
    span.after(from, &facts.calendar, &facts.zone)
}

/// The instant at which a clock runs out that had these pauses.
pub(super) fn runs_out(clock: &Clock, pauses: &ClockPauses, facts: &Facts) -> Result<Timestamp, SpanError> {
    let (zone, calendar) = facts.counting(clock.calendar.as_ref());
    pauses.end(clock.span, calendar, zone)
}

/// The instant a span before a clock runs out at `until`.
pub(super) fn before(span: Span, until: Timestamp, clock: &Clock, facts: &Facts) -> Result<Timestamp, SpanError> {
    let (zone, calendar) = facts.counting(clock.calendar.as_ref());
    span.before(until, calendar, zone)
}

/// The instant that a value names: an RFC 3339 text, or a day (`2026-12-25`), which begins in the facts' zone.
pub(super) fn instant(value: &Value, facts: &Facts) -> Option<Timestamp> {
    let text = value.as_str()?.trim();
    if let Ok(instant) = text.parse::<Timestamp>() {
        return Some(instant);
    }
    let day = text.parse::<Date>().ok().filter(|day| day.to_string() == text)?;
    day.to_zoned(facts.zone.clone()).ok().map(|start| start.timestamp())
}
