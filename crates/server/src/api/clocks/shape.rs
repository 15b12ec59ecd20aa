//! A clock of a ticket's playbook as programs see it.

use jiff::Timestamp;
use playbook::{ClockReason, ClockState, ClockView, Pause, Rest, StillFor};
use serde::Serialize;
use utoipa::ToSchema;

/// A clock of a ticket's playbook, as it ran since it was last started.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::api) struct Clock {
    name: String,
    /// What people call it, in the desk's first language.
    title: String,
    #[schema(value_type = ClockStands)]
    state: &'static str,
    /// Why it is paused; null where it is not.
    paused: Option<Paused>,
    #[schema(value_type = String, format = DateTime)]
    started_at: Timestamp,
    /// When it runs out, or ran out; null while it stands still.
    #[schema(value_type = Option<String>, format = DateTime)]
    due_at: Option<Timestamp>,
    /// What is left of it while it runs or stands still; null otherwise.
    left: Option<Left>,
    /// When it warned; null while it has not.
    #[schema(value_type = Option<String>, format = DateTime)]
    warned_at: Option<Timestamp>,
    /// When it ran out and that counted; null where it has not.
    #[schema(value_type = Option<String>, format = DateTime)]
    breached_at: Option<Timestamp>,
    /// When it was stopped, or ended with its ticket; null before.
    #[schema(value_type = Option<String>, format = DateTime)]
    ended_at: Option<Timestamp>,
    /// Why it runs out when it does.
    why: Why,
}

/// How a clock stands: it runs, has warned, is paused, has run out; or was met in time, late, or ended with its ticket.
#[derive(ToSchema)]
#[schema(rename_all = "lowercase")]
#[expect(dead_code, reason = "only described")]
pub(in crate::api) enum ClockStands {
    Running,
    Warned,
    Paused,
    Breached,
    Met,
    Late,
    Ended,
}

/// Why a clock's time does not pass, or would not count.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::api) struct Paused {
    /// `closed`: nobody works at these hours; `not_counted`: running out would not count as things stand; `still`: its playbook has it
    /// stand still here.
    reason: &'static str,
    /// Whom the ticket waits on, where it is `still` for that.
    waiting_on: Option<String>,
    /// The state in which it stands, where it is `still` for that.
    r#in: Option<String>,
    /// Since when it is `still`.
    #[schema(value_type = Option<String>, format = DateTime)]
    since: Option<Timestamp>,
    /// When its time goes on, where it is `closed`.
    #[schema(value_type = Option<String>, format = DateTime)]
    until: Option<Timestamp>,
    /// The condition (`while`) that does not hold, where it is `not_counted`.
    condition: Option<String>,
}

/// What is left of a clock, or passed.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::api) struct Left {
    /// How many seconds.
    seconds: i64,
    /// Whether they are working time.
    working_time: bool,
}

/// Why a clock runs out when it does.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::api) struct Why {
    /// How long it runs: `end of working day`, `3 business days`, `24h`.
    span: String,
    /// The calendar that its playbook names: a name of the handbook, `organization` or `team`; null for the desk's.
    calendar: Option<String>,
    /// The calendar that this came to.
    counted_by: CountedBy,
    /// The IANA zone of its days or hours; null for what is exact.
    zone: Option<String>,
    /// From when it was counted, where it was started outside working hours; null where it was not.
    #[schema(value_type = Option<String>, format = DateTime)]
    counted_from: Option<Timestamp>,
    /// The days off that it passed over, the first ten.
    days_off: Vec<DayOff>,
    /// For how long it stood still before, as it is counted itself; null where it never did.
    stood_still: Option<Left>,
}

/// Which calendar something is counted in.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::api) struct CountedBy {
    /// Its name in the handbook; null for a desk that is always open.
    calendar: Option<String>,
    /// Whose it is: `named` by the playbook, the `organization`'s, the `team`'s, or the `desk`'s.
    of: &'static str,
}

/// A day off.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::api) struct DayOff {
    /// `2026-12-01`
    date: String,
    /// What it is called; null where it has no name.
    name: Option<String>,
}

impl Clock {
    pub(in crate::api) fn of(view: &ClockView, language: &str) -> Self {
        Self {
            name: view.name.clone(),
            title: view.title.text(language).to_owned(),
            state: view.state.as_str(),
            paused: match &view.state {
                ClockState::Paused(pause) => Some(Paused::of(pause)),
                _ => None,
            },
            started_at: view.run.started,
            due_at: match view.state {
                ClockState::Paused(Pause::Still { .. }) => None,
                _ => Some(view.run.due),
            },
            left: view.left.map(Left::of),
            warned_at: view.run.warned,
            breached_at: view.run.breached,
            ended_at: view.run.ended,
            why: Why::of(&view.why),
        }
    }
}

impl Paused {
    fn of(pause: &Pause) -> Self {
        match pause {
            Pause::Closed { until } => Self { until: Some(*until), ..Self::because("closed") },
            Pause::NotCounted { condition } => {
                Self { condition: Some(condition.clone()), ..Self::because("not_counted") }
            }
            Pause::Still { because, since } => {
                let (waiting_on, r#in) = match because {
                    StillFor::WaitingOn(who) => (Some(who.clone()), None),
                    StillFor::State(state) => (None, Some(state.clone())),
                };
                Self { waiting_on, r#in, since: Some(*since), ..Self::because("still") }
            }
        }
    }

    fn because(reason: &'static str) -> Self {
        Self { reason, waiting_on: None, r#in: None, since: None, until: None, condition: None }
    }
}

impl Left {
    fn of(rest: Rest) -> Self {
        Self { seconds: rest.length.as_secs(), working_time: rest.is_working_time }
    }
}

impl Why {
    fn of(reason: &ClockReason) -> Self {
        let day_off =
            |(date, name): &(jiff::civil::Date, Option<String>)| DayOff { date: date.to_string(), name: name.clone() };
        Self {
            span: reason.span.to_string(),
            calendar: reason.calendar.as_ref().map(|choice| choice.as_str().to_owned()),
            counted_by: CountedBy {
                calendar: reason.counted_by.calendar.clone(),
                of: reason.counted_by.whose.as_str(),
            },
            zone: reason.zone.clone(),
            counted_from: reason.counted_from,
            days_off: reason.days_off.iter().map(day_off).collect(),
            stood_still: reason.stood_still.map(Left::of),
        }
    }
}
