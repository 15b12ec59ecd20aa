//! Pauses that leave a clock no time to run, and pauses that never come.

use super::graph;
use crate::definition::{Playbook, StateId, TURN};
use crate::finding::Finding;

/// Reports the clocks of a playbook that stand still wherever a ticket can be, and what they stand still for that there never is.
pub(super) fn odd(playbook: &Playbook, findings: &mut Vec<Finding>) {
    let is_final = |id: &StateId| playbook.states.get(*id).is_some_and(|state| state.is_final);
    let inner = |id: &StateId| playbook.states.get(*id).is_some_and(|state| state.initial.is_some());
    let stands: Vec<StateId> = (0..playbook.states.len()).filter(|id| !is_final(id) && !inner(id)).collect();
    let waits: Vec<&str> = stands.iter().map(|id| graph::waits_on(playbook, *id).0).collect();
    for clock in &playbook.clocks {
        let Some(pause) = &clock.pause else { continue };
        let is_still = |(id, party): (&StateId, &&str)| pause.holds(playbook, *id, party).is_some();
        if !stands.is_empty() && stands.iter().zip(&waits).all(is_still) {
            let message = format!("the clock `{}` never runs: it stands still in every state", clock.name);
            let help = "let it run somewhere: name fewer states, or fewer of whom are waited for";
            findings.push(Finding::error("clock-never-runs", pause.place.clone(), message).with_help(help));
        }
        for (who, place) in
            pause.waiting_on.iter().filter(|(who, _)| !waits.contains(&who.as_str()) && !waits.contains(&TURN))
        {
            let message = format!("the clock `{}` stands still for `{who}`, and no state waits on `{who}`", clock.name);
            let help = format!("give a state `waiting_on: {who}`, or leave it out here");
            findings.push(Finding::warning("pause-never-comes", place.clone(), message).with_help(help));
        }
        for (path, place) in pause.states.iter().filter(|(path, _)| playbook.find(path).is_some_and(|id| is_final(&id)))
        {
            let message =
                format!("the clock `{}` stands still in `{path}`, which is final: no clock runs there", clock.name);
            findings.push(Finding::warning("pause-never-comes", place.clone(), message).with_help("leave it out"));
        }
    }
}
