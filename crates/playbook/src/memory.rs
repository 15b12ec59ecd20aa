//! What a run remembers of its way beside its state, fields and timers.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What a run remembers of its way. Kept with the run as one JSON object; a member that is missing there is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Memory {
    /// How often each transition with a `max` was taken since its state was entered from outside.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub counters: BTreeMap<String, u32>,
}
