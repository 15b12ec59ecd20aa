//! Tickets under way go to today's revision of the handbook.

use playbook::StateMap;
use store::Id;

use super::Outcome;
use crate::handbook::Handbooks;
use crate::runs::moving;
use crate::{Context, Error, Result};

/// How many tickets one command moves at most.
pub const BATCH: u32 = 100;

/// A batch of tickets to be moved. The first command of a move (`after` is `None`) refuses it as a whole when some ticket has no
/// state to go to.
#[derive(Clone, Debug)]
pub struct MoveRuns {
    /// The playbook whose tickets are meant.
    pub playbook: String,
    /// Where the states of the old revisions are in the new one.
    pub map: StateMap,
    /// The revision that they go to: today's, as whoever says so has seen it.
    pub revision: i64,
    /// The ticket after which the batch begins: what the command before gave.
    pub after: Option<Id>,
}

/// What came of a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MovedRuns {
    /// How many tickets were moved.
    pub moved: u32,
    /// The ticket after which the next batch begins; `None` when there is none left.
    pub next: Option<Id>,
}

impl MoveRuns {
    pub(super) async fn run(&self, context: &mut Context<'_>, handbooks: &Handbooks) -> Result<Outcome> {
        let today = handbooks.current_number();
        if self.revision != today {
            let message = format!("Revision {} is not today's any more, {today} is.", self.revision);
            return Err(Error::conflict("another-revision", message).advise("Look at what the move would do now."));
        }
        if self.after.is_none() {
            let plan = moving::plan(context.tx, handbooks, &self.playbook, &self.map).await?;
            plan.refusal().map_or(Ok(()), Err)?;
        }
        let tickets = moving::next(context.tx, &self.playbook, today, self.after, BATCH).await?;
        let mut moved = 0;
        for ticket in &tickets {
            moved += u32::from(moving::move_one(context, handbooks, *ticket, &self.playbook, &self.map).await?);
        }
        let is_full = tickets.len() == BATCH as usize;
        Ok(Outcome::Runs(MovedRuns { moved, next: tickets.last().copied().filter(|_| is_full) }))
    }
}
