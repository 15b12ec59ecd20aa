//! Transitions that are never taken, because an earlier one always is.

use super::graph;
use super::guards::{Certain, Knowledge, judge};
use crate::definition::{Playbook, State, TimerRule, Transition};
use crate::expression::Formula;
use crate::finding::Finding;

/// Reports the shadowed transitions and timers of a playbook.
pub(super) fn shadowed(playbook: &Playbook, findings: &mut Vec<Finding>) {
    for state in &playbook.states {
        let on = state.on.iter().map(|(_, transitions)| transitions);
        let on = on.map(Vec::as_slice);
        let timed = state.timers().map(TimerRule::transitions);
        for transitions in on.chain(timed).chain([state.always.as_slice()]) {
            shadowed_in(transitions, findings);
        }
        timers(state, findings);
    }
    if let Some(reopen) = &playbook.reopen {
        shadowed_in(&reopen.transitions, findings);
    }
}

/// A guard is shadowed when those before it hold wherever it does; one without a guard before it was found on reading.
fn shadowed_in(transitions: &[Transition], findings: &mut Vec<Finding>) {
    let mut before: Vec<(&Transition, Formula)> = Vec::new();
    for transition in transitions {
        if before.iter().any(|(earlier, _)| earlier.is_certain()) {
            return;
        }
        let formula = transition.guard.as_ref().map_or(Formula::Constant(true), |guard| guard.formula());
        let taken = ways(&formula, &Knowledge::default());
        let place = transition.guard.as_ref().map_or(&transition.place, |guard| guard.place());
        let lines: Vec<String> = before.iter().map(|(earlier, _)| earlier.place.line.to_string()).collect();
        if taken.is_empty() {
            let message = "this is never taken: its guard cannot hold";
            let help = "two of its conditions exclude each other; take one out, or write `||` between them";
            findings.push(Finding::error("never-reached", place.clone(), message).with_help(help));
        } else if !left_by(&before, taken) {
            let message = "this is never taken: wherever its guard holds, one before it holds too";
            let help = format!(
                "the first that holds is taken: put it before line {}, or make its guard another",
                lines.first().map_or("", String::as_str)
            );
            findings.push(Finding::error("never-reached", place.clone(), message).with_help(help));
        }
        if !transition.is_bounded() {
            before.push((transition, formula));
        }
    }
}

/// Whether, in one of these ways, none of the earlier guards holds.
fn left_by(before: &[(&Transition, Formula)], taken: Vec<Knowledge>) -> bool {
    let mut open = taken;
    for (_, earlier) in before {
        let not = Formula::Not(Box::new(earlier.clone()));
        open = open.iter().flat_map(|known| ways(&not, known)).collect();
    }
    !open.is_empty()
}

/// What is known in each way in which a condition holds.
fn ways(formula: &Formula, known: &Knowledge) -> Vec<Knowledge> {
    let ways = judge(formula, known, &|_| Certain::Unknown);
    ways.into_iter().filter(|(held, _)| *held).map(|(_, known)| known).collect()
}

/// A timer that falls due after another has left the state never fires.
fn timers(state: &State, findings: &mut Vec<Finding>) {
    for later in &state.after {
        let first = state.after.iter().find(|earlier| {
            let leaves = earlier.transitions.iter().find(|transition| transition.is_certain());
            graph::bounds(earlier.span).1 < graph::bounds(later.span).0
                && leaves.is_some_and(|transition| transition.target.is_some())
                && earlier.transitions.iter().all(|transition| transition.target.is_some())
        });
        if let Some(earlier) = first {
            let message = format!(
                "this timer never fires: after {} the one in line {} has left the state",
                earlier.span, earlier.place.line
            );
            let help = "let the earlier one stay in the state (no `target`), or put this one where it leads";
            findings.push(Finding::error("never-reached", later.place.clone(), message).with_help(help));
        }
    }
}
