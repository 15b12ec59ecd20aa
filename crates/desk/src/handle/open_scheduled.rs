//! A schedule of the handbook has come, and opens tickets.

use super::Outcome;
use crate::handbook::Handbooks;
use crate::{Context, Result, schedules};

/// The next step of a schedule that is due: one ticket at most.
#[derive(Clone, Debug)]
pub struct OpenScheduled {
    /// The playbook.
    pub playbook: String,
    /// Which of its schedules, as the handbook calls it. One that is not due, or no longer there, does nothing.
    pub schedule: String,
}

impl OpenScheduled {
    pub(super) async fn run(&self, context: &mut Context<'_>, handbooks: &Handbooks) -> Result<Outcome> {
        Ok(Outcome::Moved(schedules::look::look(context, handbooks, &self.playbook, &self.schedule).await?))
    }
}
