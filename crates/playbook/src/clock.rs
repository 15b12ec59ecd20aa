//! How clocks run, as plain data: what a run remembers of each, and how each looks from outside.

use calendar::{Calendar, Span, SpanError, Standstill};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::calendar_file::{CalendarChoice, CountedBy};
use crate::definition::StillFor;
use crate::text::Localized;

/// How a clock ran since it was last started. One that ran out and was started again without having been stopped is still the one that
/// ran out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClockRun {
    /// When it was started.
    pub started: Timestamp,
    /// When it runs out, or ran out.
    pub due: Timestamp,
    /// When it warned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub warned: Option<Timestamp>,
    /// When it ran out and that counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub breached: Option<Timestamp>,
    /// When it was stopped, or ended with its ticket.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<Timestamp>,
    /// Whether the ticket ended before anything had stopped it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unanswered: bool,
}

impl ClockRun {
    /// A clock that was started and runs out then.
    #[must_use]
    pub fn begun(started: Timestamp, due: Timestamp) -> Self {
        Self { started, due, warned: None, breached: None, ended: None, unanswered: false }
    }

    /// Whether what it is about is still to come: it runs, or has run out and nothing has stopped it since.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.ended.is_none()
    }
}

/// How many pauses of a clock are known one by one; of those before it is kept what they left.
const PAUSES_MAX: usize = 100;

/// When a clock stood still since it was last started. What it is to be counted without stays known, so that it can be counted anew by
/// another calendar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClockPauses {
    /// When the clock was started.
    pub started: Timestamp,
    /// What the first of many pauses left, as it was counted then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left: Option<(Timestamp, SignedDuration)>,
    /// The pauses that are over, in order: from when until when.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub over: Vec<(Timestamp, Timestamp)>,
    /// Since when it stands still; `None` while it runs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Timestamp>,
    /// Whether its warning was still to come when it stopped.
    #[serde(default)]
    pub warns: bool,
}

impl ClockPauses {
    /// Those of a clock that was started then and has not stood still.
    pub(crate) fn none(started: Timestamp) -> Self {
        Self { started, left: None, over: Vec::new(), since: None, warns: false }
    }

    /// When a clock runs out that runs for `span` and stands still no more.
    pub(crate) fn end(&self, span: Span, calendar: &Calendar, zone: &TimeZone) -> Result<Timestamp, SpanError> {
        let end = match self.left {
            Some((from, left)) => span.pass(left, from, calendar)?,
            None => span.after(self.started, calendar, zone)?,
        };
        let stood: Vec<Standstill> = self.over.iter().map(|(from, to)| Standstill { from: *from, to: *to }).collect();
        span.put_off(end, &stood, calendar)
    }

    /// Since when it runs.
    pub(crate) fn runs_since(&self) -> Timestamp {
        let last = self.over.last().map(|(_, to)| *to);
        last.or(self.left.map(|(from, _)| from)).unwrap_or(self.started)
    }

    /// Ends a pause that lasts.
    pub(crate) fn close(&mut self, now: Timestamp) {
        if let Some(since) = self.since.take().filter(|since| *since < now) {
            self.over.push((since, now));
        }
    }

    /// Lets it go on at `now`.
    pub(crate) fn go_on(
        &mut self,
        now: Timestamp,
        span: Span,
        calendar: &Calendar,
        zone: &TimeZone,
    ) -> Result<(), SpanError> {
        self.close(now);
        while self.over.len() > PAUSES_MAX {
            let (from, to) = self.over.remove(0);
            let first = Self { over: Vec::new(), ..self.clone() }.end(span, calendar, zone)?;
            self.left = Some((to, span.passed(from, first, calendar)));
        }
        Ok(())
    }
}

/// What is left of a clock's time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rest {
    /// How much.
    pub length: SignedDuration,
    /// Whether it is working time.
    pub is_working_time: bool,
}

/// A clock of a run as people and programs see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClockView {
    /// The clock's name.
    pub name: String,
    /// What people call it.
    pub title: Localized,
    /// How it stands.
    pub state: ClockState,
    /// How it ran.
    pub run: ClockRun,
    /// What is left of it while it runs or stands still.
    pub left: Option<Rest>,
    /// Why it runs out when it does.
    pub why: ClockReason,
}

/// How a clock stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClockState {
    /// It runs.
    Running,
    /// It runs, and has warned.
    Warned,
    /// Its time does not pass, or would not count, at present.
    Paused(Pause),
    /// It ran out and nothing has stopped it since.
    Breached,
    /// It was stopped in time.
    Met,
    /// It was stopped after it had run out.
    Late,
    /// Its ticket ended before anything stopped it.
    Ended,
}

/// Why a clock's time does not pass, or would not count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pause {
    /// Nobody works at these hours.
    Closed {
        /// When its time goes on.
        until: Timestamp,
    },
    /// It stands still as its playbook says (`pause`), and goes on later with what is left.
    Still {
        /// Why.
        because: StillFor,
        /// Since when.
        since: Timestamp,
    },
    /// Running out would not count as things stand.
    NotCounted {
        /// The condition that does not hold (`while`), as the playbook writes it.
        condition: String,
    },
}

/// Why a clock runs out when it does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClockReason {
    /// How long it runs.
    pub span: Span,
    /// The calendar that it names, or else its playbook; the desk's without one.
    pub calendar: Option<CalendarChoice>,
    /// The calendar that this came to, and whose it is.
    pub counted_by: CountedBy,
    /// The IANA name of the zone in which its days or hours are counted; `None` for what is exact.
    pub zone: Option<String>,
    /// When it was started outside working hours: from when it was counted.
    pub counted_from: Option<Timestamp>,
    /// The days off that it passed over, with what they are called; the first ten.
    pub days_off: Vec<(Date, Option<String>)>,
    /// For how long it stood still before, as it is counted itself; not where it never did.
    pub stood_still: Option<Rest>,
}

impl ClockState {
    /// Its words, for programs and stories.
    pub const WORDS: [&str; 7] = ["running", "warned", "paused", "breached", "met", "late", "ended"];

    /// The word for programs: `running`, `warned`, `paused`, `breached`, `met`, `late` or `ended`.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Warned => "warned",
            Self::Paused(_) => "paused",
            Self::Breached => "breached",
            Self::Met => "met",
            Self::Late => "late",
            Self::Ended => "ended",
        }
    }
}
