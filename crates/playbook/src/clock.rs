//! How clocks run, as plain data: what a run remembers of each, and how each looks from outside.

use calendar::Span;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::calendar_file::CalendarChoice;
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
    /// The IANA name of the zone in which its days or hours are counted; `None` for what is exact.
    pub zone: Option<String>,
    /// When it was started outside working hours: from when it was counted.
    pub counted_from: Option<Timestamp>,
    /// The days off that it passed over, with what they are called; the first ten.
    pub days_off: Vec<(Date, Option<String>)>,
}

impl ClockState {
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
