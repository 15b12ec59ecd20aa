//! What the desk knows about a ticket when a step is taken.

use std::sync::Arc;

use calendar::{Calendar, Span, SpanError};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Map, Value};

use crate::calendar_file::{CalendarChoice, CountedBy, Whose};
use crate::expression::Calendars;

/// What the desk knows about the ticket at this moment.
///
/// `values` holds one entry for each root that the registry declares; every declared path is present, `null` where
/// nothing is known. `links` maps each alias to `null` (not open) or to `{number, state, status, subject, ended}`;
/// `opener` is the same for the ticket that opened this one.
#[derive(Clone, Debug)]
pub struct Facts {
    /// The roots.
    pub values: Map<String, Value>,
    /// The zone in which days are counted.
    pub zone: TimeZone,
    /// The zone of schedules, where the desk's own week is lived.
    pub desk_zone: TimeZone,
    /// The hours in which working time is counted.
    pub calendar: Arc<Calendar>,
    /// Which calendar that is.
    pub counted_by: CountedBy,
    /// What clocks are counted in that name a calendar of their own.
    of_clocks: Vec<(CalendarChoice, Counting)>,
    /// The calendars that guards may ask whether they are open, by the names below `calendars`.
    pub(crate) open: Calendars,
}

/// What days and working time are counted in.
#[derive(Clone, Debug)]
pub struct Counting {
    /// The zone of the days.
    pub zone: TimeZone,
    /// The hours of working time.
    pub calendar: Arc<Calendar>,
    /// Which calendar that is.
    pub by: CountedBy,
}

impl Facts {
    /// No facts, and a calendar that is always open.
    #[must_use]
    pub fn new(zone: TimeZone) -> Self {
        let calendar = Arc::new(Calendar::always(zone.clone()));
        Self {
            values: Map::new(),
            desk_zone: zone.clone(),
            zone,
            calendar,
            counted_by: CountedBy { whose: Whose::Desk, calendar: None },
            of_clocks: Vec::new(),
            open: Calendars::new(),
        }
    }

    /// The same with schedules in the desk's own zone, where days are those of somebody else's.
    #[must_use]
    pub fn with_desk_zone(mut self, zone: TimeZone) -> Self {
        self.desk_zone = zone;
        self
    }

    /// The same with working time counted in `calendar`; days stay those of the zone.
    #[must_use]
    pub fn with_calendar(mut self, calendar: Arc<Calendar>) -> Self {
        self.calendar = calendar;
        self
    }

    /// The instant a length of time (`2h`, `3 days`, `4 business hours`) after `from`, days and working time counted as
    /// these facts say.
    ///
    /// # Errors
    /// When the text is no length of time, or the instant is beyond what can be counted.
    pub fn after(&self, span: &str, from: Timestamp) -> Result<Timestamp, SpanError> {
        span.parse::<Span>()?.after(from, &self.calendar, &self.zone)
    }

    /// The same with what clocks that name this calendar are counted in: days in the zone, working time in the calendar.
    /// Without it they are counted as everything else.
    #[must_use]
    pub fn with_calendar_of(mut self, choice: &CalendarChoice, counting: Counting) -> Self {
        self.of_clocks.push((choice.clone(), counting));
        self
    }

    /// The same with all that is not said otherwise counted so.
    #[must_use]
    pub fn with_counting(mut self, counting: Counting) -> Self {
        (self.zone, self.calendar, self.counted_by) = (counting.zone, counting.calendar, counting.by);
        self
    }

    /// The same with a calendar that guards may ask: `calendars.NAME.open(now)`. Without it asking is a fault.
    #[must_use]
    pub fn with_open_hours(mut self, name: impl Into<String>, calendar: Arc<Calendar>) -> Self {
        self.open.insert(name.into(), calendar);
        self
    }

    /// The zone and the calendar for a clock that names one, or for everything else.
    pub(crate) fn counting(&self, choice: Option<&CalendarChoice>) -> (&TimeZone, &Calendar) {
        let own = self.of_clocks.iter().find(|(known, _)| Some(known) == choice);
        own.map_or((&self.zone, &*self.calendar), |(_, own)| (&own.zone, &*own.calendar))
    }

    /// Which calendar that is.
    pub(crate) fn counted_by(&self, choice: Option<&CalendarChoice>) -> &CountedBy {
        let own = self.of_clocks.iter().find(|(known, _)| Some(known) == choice);
        own.map_or(&self.counted_by, |(_, own)| &own.by)
    }

    /// The same with a root.
    #[must_use]
    pub fn with(mut self, root: impl Into<String>, value: Value) -> Self {
        self.values.insert(root.into(), value);
        self
    }
}
