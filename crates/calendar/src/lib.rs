//! Lengths of time as people mean them: exact (`24h`), civil (`3 days` in a zone) and working time (`8 business hours`
//! in the hours of a calendar), and the public holidays that a calendar may leave out.
//!
//! Pure: the instant a span starts at, the zone and the calendar it is counted in are handed down.

mod calendar;
mod days_off;
pub mod holidays;
mod hours;
mod span;
mod standstill;
mod walk;
mod working;

pub use calendar::Calendar;
pub use days_off::{BadYearDay, DaysOff, YearDay};
pub use hours::{DaySpan, Hours, HoursError};
pub use span::{Span, SpanError};
pub use standstill::Standstill;
