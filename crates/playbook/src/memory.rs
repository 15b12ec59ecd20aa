//! What a run remembers of its way beside its state, fields and timers.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::checklist::Checked;
use crate::clock::{ClockPauses, ClockRun};
use crate::occurrence::Occurrence;

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
}
