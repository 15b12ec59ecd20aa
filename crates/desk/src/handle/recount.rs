//! Running timers are set anew, some tickets at a time, after a calendar or a zone has changed.

use store::Id;

use super::Outcome;
use crate::handbook::Handbooks;
use crate::runs::recounting;
use crate::{Context, Result, recounts};

/// How many tickets one command passes: few enough that whoever else writes waits for less than 10 ms.
pub const BATCH: u32 = 5;

/// The next tickets of a recount.
#[derive(Clone, Debug)]
pub struct Recount {
    /// The recount. One that has come to its end does nothing.
    pub recount: Id,
    /// How it goes on.
    pub step: RecountStep,
}

/// How a recount goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecountStep {
    /// By some tickets.
    Some,
    /// By one ticket.
    One,
    /// Past one ticket, on which the desk failed: its timers stay.
    Past,
}

impl Recount {
    pub(super) async fn run(&self, context: &mut Context<'_>, handbooks: &Handbooks) -> Result<Outcome> {
        let Some(recount) = recounts::find(context.tx, self.recount).await? else { return Ok(Outcome::Moved(false)) };
        let moved = match self.step {
            RecountStep::Some => recounting::go_on(context, handbooks, &recount, BATCH).await?,
            RecountStep::One => recounting::go_on(context, handbooks, &recount, 1).await?,
            RecountStep::Past => recounting::go_past(context, &recount).await?,
        };
        Ok(Outcome::Moved(moved))
    }
}
