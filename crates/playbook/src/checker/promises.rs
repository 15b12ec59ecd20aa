//! Promises that some path breaks, with the shortest such path.

use std::collections::BTreeSet;

use super::explore::{Exploration, Fall, Why};
use super::graph;
use super::product::{Clock, Config, FIRST};
use super::story::{Ending, tell};
use super::zone::UNBOUNDED;
use crate::definition::{Playbook, Promise, Promised};
use crate::finding::Finding;
use crate::source::Place;

/// What is broken, once for each promise.
pub(super) fn broken(exploration: &Exploration<'_>, findings: &mut Vec<Finding>) {
    let mut told: BTreeSet<Place> = BTreeSet::new();
    let mut add = |place: &Place, finding: Finding| {
        if told.insert(place.clone()) {
            findings.push(finding);
        }
    };
    for fall in &exploration.falls {
        if let Some((place, finding)) = entered(exploration, fall) {
            add(place, finding);
        }
    }
    let names: BTreeSet<&String> = exploration.nodes.iter().flat_map(|node| node.config.tickets.keys()).collect();
    for name in names {
        if let Some((place, finding)) = never_ends(exploration, name) {
            add(place, finding);
        }
    }
    for (at, node) in exploration.nodes.iter().enumerate().filter(|(_, node)| node.rests) {
        for (position, clock) in node.config.clocks().iter().enumerate() {
            if let Some((place, finding)) = not_heard(exploration, at, clock, node.zone.most(position)) {
                add(place, finding);
            }
        }
    }
}

fn finding(promise: &Promise, why: &str, help: &str) -> Finding {
    let message = format!("the promise `{}` is broken: {why}", promise.text);
    Finding::error("broken-promise", promise.place.clone(), message).with_help(help)
}

fn promise_of<'h>(exploration: &Exploration<'h>, config: &Config, name: &str, position: usize) -> Option<&'h Promise> {
    exploration.stepper.playbook_of(config, name)?.promises.get(position)
}

fn entered<'h>(exploration: &Exploration<'h>, fall: &Fall) -> Option<(&'h Place, Finding)> {
    let Why::Promise(position) = fall.why else { return None };
    let config = &exploration.nodes.get(fall.from)?.config;
    let promise = promise_of(exploration, config, &fall.step.ticket, position)?;
    let Promised::Never { state, unless } = &promise.promised else { return None };
    let (why, end) = match unless {
        Some(unless) => (
            format!("`{state}` can be entered while `{}` is false", unless.source()),
            format!("here `{}` may be false", unless.source()),
        ),
        None => (format!("`{state}` can be entered"), format!("`{state}` was entered")),
    };
    let help = format!(
        "put a guard on the transition that enters `{state}`, or let what the promise asks for happen before it"
    );
    let mut finding = finding(promise, &why, &help);
    finding.path = tell(exploration, fall.from, Some(&fall.step), &Ending::Here(end));
    Some((&promise.place, finding))
}

/// The first configuration from which a ticket cannot come to its end by itself.
fn never_ends<'h>(exploration: &Exploration<'h>, name: &str) -> Option<(&'h Place, Finding)> {
    let has_ended =
        |config: &Config| config.has_ended(name, exploration.stepper.playbooks) || !config.tickets.contains_key(name);
    let mut ends: Vec<bool> = exploration.nodes.iter().map(|node| has_ended(&node.config) || !node.followed).collect();
    let mut before: Vec<Vec<usize>> = vec![Vec::new(); exploration.nodes.len()];
    for (at, node) in exploration.nodes.iter().enumerate() {
        for (onward, _) in node.onward.iter().filter(|(_, outside)| !outside) {
            before.get_mut(*onward)?.push(at);
        }
    }
    let mut open: Vec<usize> = (0..ends.len()).filter(|at| ends.get(*at).copied().unwrap_or(true)).collect();
    while let Some(at) = open.pop() {
        for earlier in before.get(at)?.iter().copied() {
            if let Some(known @ false) = ends.get_mut(earlier) {
                *known = true;
                open.push(earlier);
            }
        }
    }
    let is_stuck = |at: &usize| {
        let node = exploration.nodes.get(*at).filter(|_| ends.get(*at) == Some(&false));
        // What has not begun yet begins at once, and is stuck then if it is.
        let standing = node.and_then(|node| node.config.standing(name, exploration.stepper.playbooks));
        standing.is_some_and(|(playbook, _)| ends_promise(playbook).is_some())
    };
    // Where everything stands still the story is over; without such a place the ticket goes round.
    let is_still = |at: &usize| {
        let node = exploration.nodes.get(*at);
        node.is_some_and(|node| node.onward.iter().all(|(onward, outside)| *outside || onward == at))
    };
    let mut stuck = (0..ends.len()).filter(is_stuck);
    let first = stuck.next()?;
    let stuck = std::iter::once(first).chain(stuck).find(is_still).unwrap_or(first);
    let config = &exploration.nodes.get(stuck)?.config;
    let promise = ends_promise(exploration.stepper.playbook_of(config, name)?)?;
    let (playbook, state) = config.standing(name, exploration.stepper.playbooks)?;
    let path = &playbook.states.get(state)?.path;
    let (party, outside) = graph::waits_on(playbook, state);
    let (why, help) = if outside {
        (
            format!("in `{path}` it waits on `{party}`, who may be silent for ever"),
            format!("give `{path}` an `after` or a choice that leads on without them"),
        )
    } else {
        (
            format!("from `{path}` no end is left"),
            format!("give `{path}` a choice, a timer or an event that leads to a final state"),
        )
    };
    let whose = if name == FIRST { "it" } else { "this ticket" };
    let mut finding = finding(promise, &why, &help);
    let end = format!("{whose} stays open: no choice, timer or event of a linked ticket leads to an end from here");
    finding.path = tell(exploration, stuck, None, &Ending::Here(end));
    Some((&promise.place, finding))
}

fn ends_promise(playbook: &Playbook) -> Option<&Promise> {
    playbook.promises.iter().find(|promise| matches!(promise.promised, Promised::EveryTicketEnds))
}

/// Whether a party may wait longer than they were promised.
fn not_heard<'h>(exploration: &Exploration<'h>, at: usize, clock: &Clock, most: i64) -> Option<(&'h Place, Finding)> {
    let Clock::Waiting(name, position) = clock else { return None };
    let config = &exploration.nodes.get(at)?.config;
    let promise = promise_of(exploration, config, name, *position)?;
    let Promised::Hears { party, within, while_ } = &promise.promised else { return None };
    let limit = graph::bounds(*within).1;
    if most <= limit || config.has_ended(name, exploration.stepper.playbooks) {
        return None;
    }
    let may_hold = exploration.stepper.judge(config, name, while_.as_ref()).iter().any(|(held, _)| *held);
    if !may_hold {
        return None;
    }
    let (playbook, state) = config.standing(name, exploration.stepper.playbooks)?;
    let path = &playbook.states.get(state)?.path;
    let why = if most >= UNBOUNDED {
        format!("in `{path}` no reply is certain to be sent in time")
    } else {
        format!("in `{path}` the {party} may have waited for longer than {within}")
    };
    let help = format!(
        "let a reply be sent by itself in time: an `after` of `{path}`, shorter than what is left of {within}, with `reply` \
         (a choice does not count: it is made some day)"
    );
    let mut finding = finding(promise, &why, &help);
    let end = format!("in `{path}` the {party} has heard nothing for {within}");
    finding.path = tell(exploration, at, None, &Ending::After(clock, within.seconds(), end));
    Some((&promise.place, finding))
}
