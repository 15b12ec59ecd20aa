//! States that no path enters, and states that no path leads out of.

use std::collections::BTreeSet;

use super::graph;
use crate::definition::{Playbook, State, StateId};
use crate::finding::Finding;

/// The states that a playbook's transitions lead to from its beginning, whatever their guards say.
pub(super) fn led_to(playbook: &Playbook) -> BTreeSet<StateId> {
    reach(playbook, playbook.innermost(playbook.initial))
}

/// Every state that can be active after `from` was, ancestors included.
fn reach(playbook: &Playbook, from: StateId) -> BTreeSet<StateId> {
    let mut reached: BTreeSet<StateId> = BTreeSet::new();
    let mut open = vec![from];
    while let Some(leaf) = open.pop() {
        for (id, _) in playbook.line(leaf) {
            if !reached.insert(id) {
                continue;
            }
            let targets = graph::ways_out(playbook, id).filter_map(|transition| transition.target);
            open.extend(targets.map(|target| playbook.innermost(target)));
        }
        let is_final = playbook.states.get(leaf).is_some_and(|state| state.is_final);
        if let Some(reopen) = playbook.reopen.as_ref().filter(|_| is_final) {
            let targets = reopen.transitions.iter().filter_map(|transition| transition.target);
            open.extend(targets.map(|target| playbook.innermost(target)));
        }
    }
    reached
}

/// Reports the states that are never entered. `entered` holds those that are; `guarded` says that guards were tried.
pub(super) fn unreachable(playbook: &Playbook, entered: &BTreeSet<StateId>, findings: &mut Vec<Finding>) {
    let led_to = led_to(playbook);
    for (id, state) in playbook.states.iter().enumerate() {
        let around = state.parent.is_some_and(|parent| !entered.contains(&parent));
        if entered.contains(&id) || around {
            continue;
        }
        let (why, help) = if led_to.contains(&id) {
            (
                "the guards on every way to it exclude each other, or what leads there never happens",
                "look at the guards and events of the transitions that lead there, or take the state out",
            )
        } else {
            (
                "no transition leads to it",
                "name it as the `target` of an event, a choice, a timer or an `always`, or take it out",
            )
        };
        let message = format!("the state `{}` is never entered: {why}", state.path);
        findings.push(Finding::error("unreachable-state", state.place.clone(), message).with_help(help));
    }
}

/// Reports where a ticket goes round for ever, or stands still, without an end.
pub(super) fn dead_ends(playbook: &Playbook, entered: &BTreeSet<StateId>, findings: &mut Vec<Finding>) {
    let is_leaf = |id: StateId| playbook.states.get(id).is_some_and(|state| state.initial.is_none());
    let switches = playbook.states.iter().flat_map(|state| &state.choices).any(|choice| choice.switch.is_some());
    if !switches && !playbook.states.iter().any(|state| state.is_final) {
        let message = format!("`{}` has no final state: its tickets never end", playbook.name);
        let help = "add a state with `type: final` and let a choice, an event or a timer lead to it";
        findings.push(Finding::error("dead-end", playbook.place.clone(), message).with_help(help));
        return;
    }
    let ends = |from: StateId| {
        // A ticket that another playbook takes over ends there.
        let leaves = |state: &State| state.is_final || state.choices.iter().any(|choice| choice.switch.is_some());
        reach(playbook, from).iter().any(|id| playbook.states.get(*id).is_some_and(leaves))
    };
    let dead: BTreeSet<StateId> = entered.iter().copied().filter(|id| is_leaf(*id)).filter(|id| !ends(*id)).collect();
    let mut told: BTreeSet<StateId> = BTreeSet::new();
    for id in &dead {
        let circle: Vec<StateId> = reach(playbook, *id).into_iter().filter(|id| is_leaf(*id)).collect();
        let is_bottom = circle.iter().all(|other| reach(playbook, *other).contains(id));
        if !is_bottom || !told.insert(circle.first().copied().unwrap_or(*id)) {
            continue;
        }
        let Some(state) = playbook.states.get(*id) else { continue };
        let others: Vec<String> = (circle.iter().filter(|other| *other != id))
            .filter_map(|other| playbook.states.get(*other))
            .map(|state| format!("`{}`", state.path))
            .collect();
        let message = match others.as_slice() {
            [] => format!("`{}` is a dead end: no final state can be reached from it", state.path),
            _ => format!(
                "`{}` is part of a dead end: from it the ticket only gets to {}, never to a final state",
                state.path,
                others.join(", ")
            ),
        };
        let help = "let a choice, an event or a timer lead from here to a final state";
        findings.push(Finding::error("dead-end", state.place.clone(), message).with_help(help));
    }
}
