//! What really happened in a procedure: how often tickets came to each state in a span and how long they stayed, which ways they took, and
//! the steps themselves as an event log for process-mining tools. Read from history, of the span alone.

pub mod log;
mod ocel;
mod queries;
mod sums;
mod xes;

use jiff::SignedDuration;
use jiff::tz::TimeZone;
use playbook::Playbook;
use playbook::drawing::{Counts, Passage, Stay};
use store::Conn;

use crate::insights::Span;
use crate::rights::{self, Verb};
use crate::{Actor, Result};

/// How many steps are read for the figures of a span. Later ones are not, and the figures say so.
const STEPS_MAX: u32 = 200_000;

/// What somebody wants to know of a playbook.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The days.
    pub span: Span,
    /// Whose days those are.
    pub zone: TimeZone,
}

/// What happened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mined {
    /// How many tickets took a step.
    pub tickets: u64,
    /// The innermost states that some ticket came to, in the order of the playbook; those that it no longer has at the end.
    pub states: Vec<State>,
    /// The moves, the most frequent first.
    pub moves: Vec<Move>,
    /// Whether there were more steps than are counted.
    pub is_partial: bool,
}

/// What a state saw: stays that began in the span.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// Its dotted path.
    pub path: String,
    /// Whether the playbook has it, as it is today.
    pub is_known: bool,
    /// How often it was entered.
    pub entered: u64,
    /// How often by a ticket that had been there before in the span: a detour.
    pub again: u64,
    /// How many of those stays go on still.
    pub present: u64,
    /// How long half of the stays were at most; `None` where that is not over yet.
    pub median: Option<SignedDuration>,
    /// The same for nine of ten.
    pub ninetieth: Option<SignedDuration>,
}

/// A way from a state to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    /// Which.
    pub passage: Passage,
    /// How often it was taken.
    pub times: u64,
}

/// What happened to tickets of a playbook in the span.
///
/// # Errors
/// Forbidden for whoever may not see figures; days that are out of all bounds.
pub async fn of(conn: &mut Conn, actor: &Actor, playbook: &Playbook, asked: &Asked) -> Result<Mined> {
    rights::require(actor, Verb::ReadInsights)?;
    let (from, to) = asked.span.instants(&asked.zone)?;
    let mut sums = sums::Sums::new(playbook, to);
    let read = queries::steps_since(conn, playbook.name(), from, STEPS_MAX, |step| {
        sums.take(&step);
        Ok(())
    })
    .await?;
    Ok(sums.end(read >= STEPS_MAX))
}

impl Mined {
    /// As a drawing of the playbook takes it.
    pub fn counts(&self) -> Counts {
        let stay = |state: &State| Stay { entered: state.entered, median: state.median };
        Counts {
            states: self.states.iter().map(|state| (state.path.clone(), stay(state))).collect(),
            passages: self.moves.iter().map(|each| (each.passage.clone(), each.times)).collect(),
        }
    }
}
