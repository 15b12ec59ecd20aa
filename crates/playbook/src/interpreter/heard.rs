//! What a run notes of an event beside what its states do with it: whose turn it is to speak, and
//! which clocks it starts and stops.

use super::machine::Machine;
use crate::definition::{REQUESTER, US, WRITTEN_TO};
use crate::run::{Event, Fault};

impl Machine<'_> {
    /// Notes what an event means for the run whatever state it is in; whether that changed anything.
    pub(super) fn hear(&mut self, event: &Event) -> Result<bool, Fault> {
        let clocks = event.fired().is_none() && self.hear_clocks(&event.name)?;
        let turn = self.turn_after(event).filter(|turn| self.run.memory.turn.as_ref() != Some(turn));
        let changed = turn.is_some();
        if changed {
            self.run.memory.turn = turn;
            self.refresh_waiting_on();
        }
        Ok(changed || clocks)
    }

    /// Whether an event that no state takes waits for one that does, as those of linked tickets do. Until then it
    /// has not been heard.
    pub(super) fn waits_for_a_state(&self, event: &Event) -> bool {
        let from = event.name.split('.').next().unwrap_or_default();
        from == "opener" || self.playbook.links.contains_key(from)
    }

    /// Whose turn it is once this was said, in a playbook that waits on that.
    fn turn_after(&self, event: &Event) -> Option<String> {
        if !self.playbook.takes_turns() {
            return None;
        }
        let party = |name: &str| name == REQUESTER || self.playbook.parties.contains_key(name);
        let (first, rest) = event.name.split_once('.')?;
        match (first, rest) {
            ("agent", "replied") | ("reply", _) => {
                let to = event.data.get("to").and_then(serde_json::Value::as_str).filter(|to| party(to));
                Some(to.unwrap_or(REQUESTER).to_owned())
            }
            (speaker, "replied") if party(speaker) => Some(US.to_owned()),
            (addressed, WRITTEN_TO) if party(addressed) => Some(addressed.to_owned()),
            _ => None,
        }
    }
}
