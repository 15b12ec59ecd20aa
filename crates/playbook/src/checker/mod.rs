//! What reading a handbook line by line cannot show: every path that its tickets can take is walked.
//!
//! The exploration is an abstract run of the interpreter. A configuration is the state of a ticket and of those it
//! opened, their queues, what their guards are known to say, and how long their timers have run. A guard goes both
//! ways unless what is known decides it; people may do anything at any time, or nothing. So whatever a desk can do is
//! among what is explored; the reverse need not be.

mod always;
mod choices;
mod clocks;
mod deeds;
mod explore;
mod graph;
mod guards;
mod messages;
mod obligations;
mod pauses;
mod product;
mod promises;
mod shadows;
mod states;
mod steps;
mod story;
mod suggested;
mod waits;
mod ways;
mod zone;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use crate::definition::{OpensBy, Playbook, StateId};
use crate::finding::Finding;
use crate::handbook::{Handbook, compile};
use crate::registry::Registry;
use crate::source::Files;
use explore::{Exploration, Fall, MAX_NODES, Why};
use story::{Ending, tell};

/// Everything that is to be said of a handbook: what reading it shows and, when it can be read, what its paths show;
/// in order of place. It is sound when no finding is an error.
#[must_use]
pub fn check(files: &Files, registry: &Registry) -> Vec<Finding> {
    match compile(files, registry) {
        Ok(handbook) => {
            let mut findings = handbook.warnings().to_vec();
            findings.extend(explore(&handbook, registry));
            findings.sort_by(|a, b| (&a.place, a.code, &a.message).cmp(&(&b.place, b.code, &b.message)));
            findings
        }
        Err(findings) => findings,
    }
}

/// Walks every path of a handbook's playbooks.
fn explore(handbook: &Handbook, registry: &Registry) -> Vec<Finding> {
    let mut findings = Vec::new();
    let playbooks = &handbook.playbooks;
    for playbook in playbooks.values() {
        shadows::shadowed(playbook, &mut findings);
        pauses::odd(playbook, &mut findings);
        messages::lost(playbook, playbooks, registry, &mut findings);
    }
    let mut entered: BTreeMap<&str, BTreeSet<StateId>> = BTreeMap::new();
    let mut complete = true;
    for playbook in playbooks.values() {
        let Some(exploration) = exploration_of(playbook, handbook) else { continue };
        for (name, state) in &exploration.entered {
            if let Some((name, _)) = playbooks.get_key_value(name) {
                entered.entry(name).or_default().insert(*state);
            }
        }
        complete &= exploration.complete;
        report(&exploration, &mut findings);
    }
    for playbook in playbooks.values() {
        let mut entered = entered.remove(playbook.name.as_str()).unwrap_or_default();
        if !complete {
            entered.extend(states::led_to(playbook));
        }
        states::unreachable(playbook, &entered, &mut findings);
        states::dead_ends(playbook, &entered, &mut findings);
    }
    once(findings)
}

/// The exploration from a playbook's own openings; of one that only others open, when none does.
fn exploration_of<'h>(playbook: &'h Playbook, handbook: &'h Handbook) -> Option<Exploration<'h>> {
    let by_itself = playbook.opens.iter().any(|opens| opens.by != OpensBy::Linked);
    let is_opened = || {
        let mut actions = handbook.playbooks.values().flat_map(|other| other.actions());
        actions.any(|action| action.name == "open" && deeds::word(action, "playbook") == Some(&playbook.name))
    };
    if !by_itself && is_opened() {
        return None;
    }
    let forms = |name: &str| {
        let fields = handbook.forms.get(name).map(|form| form.fields.as_slice()).unwrap_or_default();
        fields.iter().map(|field| field.into.clone()).collect()
    };
    Some(Exploration::of(playbook, &handbook.playbooks, &forms, !by_itself, MAX_NODES))
}

fn report(exploration: &Exploration<'_>, findings: &mut Vec<Finding>) {
    if !exploration.complete {
        let message = format!(
            "the paths of `{}` are too many to be walked: {} configurations were looked at, and what lies beyond is \
             not checked",
            exploration.first.name,
            exploration.nodes.len()
        );
        let help = "use fewer guards on different facts in one state, or split the playbook with a linked ticket";
        findings.push(Finding::warning("too-many-paths", exploration.first.place.clone(), message).with_help(help));
    }
    findings.extend(exploration.falls.iter().filter_map(|fall| fallen(exploration, fall)));
    waits::without_limit(exploration, findings);
    promises::broken(exploration, findings);
}

/// What is to be said of a step that never comes to rest, or that sends where nothing is taken.
fn fallen(exploration: &Exploration<'_>, fall: &Fall) -> Option<Finding> {
    let (mut finding, end) = match &fall.why {
        Why::Promise(_) => return None,
        Why::Endless(place) => {
            let message =
                "these `always` go round for ever: their guards hold together, so the step never comes to rest";
            let help = "give one of them a guard that no longer holds after the first round";
            let finding = Finding::error("endless-always", place.clone(), message).with_help(help);
            (finding, "this goes on and on; the step fails and the ticket does not move".to_owned())
        }
        Why::Piled(place, head) => {
            let message =
                format!("what is sent here can pile up: the receiver does not take `{head}` and all waits behind");
            let help = format!("take `{head}` in every state that it can find (`{head}: {{}}` takes it and stays)");
            let finding = Finding::warning("events-pile-up", place.clone(), message).with_help(help);
            (finding, format!("`{head}` is still not taken, and whatever comes waits behind it"))
        }
    };
    finding.path = tell(exploration, fall.from, Some(&fall.step), &Ending::Here(end));
    Some(finding)
}

/// Of findings of the same kind at the same place, the one with the shortest path.
fn once(findings: Vec<Finding>) -> Vec<Finding> {
    let mut kept: Vec<Finding> = Vec::new();
    for finding in findings {
        let same = kept.iter_mut().find(|kept| {
            kept.code == finding.code
                && kept.place == finding.place
                && (kept.message == finding.message || !finding.path.is_empty())
        });
        match same {
            Some(kept) if finding.path.len() < kept.path.len() => *kept = finding,
            Some(_) => {}
            None => kept.push(finding),
        }
    }
    kept
}
