//! What a run remembers of its way beside its state, fields and timers.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::checklist::Checked;
use crate::clock::{ClockPauses, ClockRun};
use crate::occurrence::Occurrence;
use crate::run::{Run, Timer};

/// What a run remembers of its way. Kept with the run as one JSON object; a member that is missing there is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Memory {
    /// How often each transition with a `max` was taken since its state was entered from outside.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub counters: BTreeMap<String, u32>,
    /// The checked items of each checklist, by their ids.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub checked: BTreeMap<String, BTreeMap<String, Checked>>,
    /// Whose turn it is to speak, where the playbook waits on `turn`: `us`, `requester` or a party. `None` until
    /// somebody has spoken; then it is ours.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub turn: Option<String>,
    /// The occurrence of the schedule that opened the ticket, if one did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opening: Option<Occurrence>,
    /// How each clock ran since it was last started.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub clocks: BTreeMap<String, ClockRun>,
    /// When each clock stood still since it was last started, of those that did.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub pauses: BTreeMap<String, ClockPauses>,
    /// What it took over of tickets that were merged into its own and still owed somebody something, by their ids.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub taken_in: BTreeMap<String, TakenIn>,
}

/// How a run stood before it took something over, and after.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakenIn {
    /// Before.
    pub stood: Stood,
    /// After.
    pub came: Stood,
}

/// Where a run stood, with its timers and clocks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stood {
    /// The state.
    pub state: String,
    /// The timers, in order of when they are due.
    pub timers: Vec<Timer>,
    /// When it was over, if it was.
    pub ended: Option<Timestamp>,
    /// Whose turn it was to speak.
    pub turn: Option<String>,
    /// How each clock ran.
    pub clocks: BTreeMap<String, ClockRun>,
    /// When each clock stood still.
    pub pauses: BTreeMap<String, ClockPauses>,
}

impl Stood {
    /// How a run stands.
    pub(crate) fn of(run: &Run) -> Self {
        let Memory { turn, clocks, pauses, .. } = run.memory.clone();
        let mut timers = run.timers.clone();
        timers.sort_by(|a, b| (a.due, &a.state, a.position).cmp(&(b.due, &b.state, b.position)));
        Self { state: run.state.clone(), timers, ended: run.ended, turn, clocks, pauses }
    }
}
