//! The steps of tickets as an event log.

use std::collections::BTreeMap;
use std::str::FromStr;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use store::{Conn, Id};

use super::{ocel, queries, xes};
use crate::insights::Span;
use crate::rights::{self, Verb};
use crate::{Actor, Error, Result};

/// How many steps a log holds at most.
pub const EVENTS_MAX: u32 = 100_000;

/// One step that a ticket took.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The entry of its history.
    pub id: Id,
    /// The ticket.
    pub ticket: Id,
    /// The event: `choice.publish`, `requester.replied`.
    pub event: String,
    /// The state before; `None` as the run began.
    pub from: Option<String>,
    /// The states entered, in order; none where the ticket stayed.
    pub entered: Vec<String>,
    /// The colleague who did it.
    pub agent: Option<Id>,
    /// When.
    pub at: Timestamp,
}

/// A ticket that took some of them. Nothing says who the client is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// Its number.
    pub number: i64,
    /// The playbook that it runs, by its name.
    pub playbook: String,
    /// Its team.
    pub team: Option<String>,
    /// Its priority, as a word.
    pub priority: String,
    /// For which organization it is.
    pub organization: Option<Id>,
    /// The ticket that opened it, and as what.
    pub opener: Option<(Id, String)>,
}

/// An event log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Log {
    /// The tickets.
    pub cases: BTreeMap<Id, Case>,
    /// Their steps, in the order in which they happened.
    pub steps: Vec<Step>,
}

/// What a log is written as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// OCEL 2.0, in JSON.
    #[default]
    Ocel,
    /// XES.
    Xes,
}

impl Format {
    /// Each of them.
    pub const ALL: [Format; 2] = [Format::Ocel, Format::Xes];

    /// The word, as in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Format::Ocel => "ocel",
            Format::Xes => "xes",
        }
    }

    /// How the name of a file ends.
    pub fn ending(self) -> &'static str {
        match self {
            Format::Ocel => "json",
            Format::Xes => "xes",
        }
    }

    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Format::Ocel => "application/json",
            Format::Xes => "application/xml",
        }
    }

    /// A log in it.
    ///
    /// # Errors
    /// None in practice: it is written to memory.
    pub fn write(self, log: &Log) -> Result<String> {
        let failed = |error: &dyn std::fmt::Display| Error::internal(format!("an event log was not written: {error}"));
        match self {
            Format::Ocel => ocel::of(log).map_err(|error| failed(&error)),
            Format::Xes => xes::of(log).map_err(|error| failed(&error)),
        }
    }
}

impl FromStr for Format {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let known = Format::ALL.into_iter().find(|format| format.as_str() == text);
        known.ok_or_else(|| Error::invalid_field("format", "no-such-format", "takes ocel or xes"))
    }
}

/// The steps that tickets took in these days of a zone; of all playbooks unless one is named.
///
/// # Errors
/// Forbidden for whoever may not see figures; invalid where there are more than [`EVENTS_MAX`].
pub async fn of(
    conn: &mut Conn,
    actor: &Actor,
    (span, zone): (Span, &TimeZone),
    playbook: Option<&str>,
) -> Result<Log> {
    rights::require(actor, Verb::ReadInsights)?;
    let (from, to) = span.instants(zone)?;
    let mut steps = Vec::new();
    queries::steps_between(conn, playbook, (from, to), EVENTS_MAX + 1, |step| {
        steps.push(step);
        Ok(())
    })
    .await?;
    if steps.len() > EVENTS_MAX as usize {
        let wrong = format!("holds more than {EVENTS_MAX} steps: ask for fewer days, or for one playbook");
        return Err(Error::invalid_field("from", "too-many-steps", wrong));
    }
    let mut tickets: Vec<Id> = steps.iter().map(|step| step.ticket).collect();
    tickets.sort_unstable();
    tickets.dedup();
    let mut cases = BTreeMap::new();
    for some in tickets.chunks(1000) {
        cases.extend(queries::cases(conn, some).await?);
    }
    Ok(Log { cases, steps })
}
