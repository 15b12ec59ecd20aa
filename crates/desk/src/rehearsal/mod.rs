//! Rehearsal: the desk itself on a database of its own and a virtual clock that jumps from one due moment to the next. Nothing is
//! modelled twice, so what a rehearsal shows is what the desk does.

mod answers;
mod cast;
mod checks;
mod deeds;
mod directory;
mod expectations;
mod film;
mod left;
mod letters;
mod mailbox;
mod outages;
mod publish;
mod stage;
mod timeline;

pub use film::{Film, Mail, SHOTS_MAX, Shot, film};

use jiff::Timestamp;
use playbook::{Files, Scenario};
use serde::Serialize;
use store::Location;

use crate::Result;
use stage::Stage;

/// What came of a scenario.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// What happened, in order.
    pub timeline: Vec<Moment>,
    /// How many expectations were met.
    pub passed: usize,
    /// Those that were not, and whatever else went wrong.
    pub failed: Vec<Failure>,
}

/// Something that happened to a ticket.
#[derive(Clone, Debug, Serialize)]
pub struct Moment {
    /// When.
    pub at: Timestamp,
    /// The ticket's number.
    pub ticket: i64,
    /// Its playbook.
    pub playbook: String,
    /// The event.
    pub event: String,
    /// The state before; `None` when it began.
    pub from: Option<String>,
    /// The state after.
    pub to: Option<String>,
    /// The actions, in order.
    pub effects: Vec<String>,
}

/// An expectation that was not met, or a deed that could not be done.
#[derive(Clone, Debug, Serialize)]
pub struct Failure {
    /// `file:line:column`.
    pub place: String,
    /// What was expected and what was so.
    pub message: String,
}

/// Plays a scenario with the handbook of `files` on a fresh desk at `location`, which should be empty and is left behind.
pub async fn rehearse(files: &Files, scenario: &Scenario, location: Location) -> Result<Report> {
    let mut stage = Stage::set(files, scenario, location).await?;
    let played = stage.play(scenario).await;
    let report = match played {
        Ok(()) => stage.report().await,
        Err(error) => Err(error),
    };
    stage.strike().await?;
    report
}
