//! Waits without a limit: somebody outside is waited for, and if they are silent nobody ever notices.

use std::collections::BTreeSet;

use super::explore::Exploration;
use super::graph;
use super::product::{Config, FIRST, TicketName, linked, opener};
use super::story::{Ending, tell};
use crate::definition::{Playbook, StateId};
use crate::finding::Finding;

/// The states in which a silent client is forgotten, each once, with the shortest way to them.
pub(super) fn without_limit(exploration: &Exploration<'_>, findings: &mut Vec<Finding>) {
    let mut told: BTreeSet<(&str, StateId)> = BTreeSet::new();
    for (at, node) in exploration.nodes.iter().enumerate().filter(|(_, node)| node.rests) {
        for name in node.config.tickets.keys() {
            let Some((playbook, state)) = node.config.standing(name, exploration.stepper.playbooks) else { continue };
            if is_noticed(exploration, &node.config, name) || !told.insert((&playbook.name, state)) {
                continue;
            }
            findings.extend(finding(exploration, at, name, playbook, state));
        }
    }
}

/// Whether a wait comes to somebody's notice: the ticket's own limit, or that of a linked ticket that it listens to.
fn is_noticed(exploration: &Exploration<'_>, config: &Config, name: &TicketName) -> bool {
    let playbooks = exploration.stepper.playbooks;
    let Some((playbook, state)) = config.standing(name, playbooks) else { return true };
    let is_limited = |name: &str, playbook: &Playbook, state: StateId| {
        graph::is_timed(playbook, state) || exploration.stepper.is_clocked(config, name)
    };
    if !graph::waits_on(playbook, state).1 || is_limited(name, playbook, state) {
        return true;
    }
    let on = playbook.line(state).flat_map(|(_, state)| &state.on);
    let senders: BTreeSet<&str> = on
        .filter(|(event, _)| graph::is_linked(playbook, event))
        .filter_map(|(event, _)| event.split('.').next())
        .collect();
    senders.into_iter().any(|sender| {
        let other = match (sender, opener(name)) {
            ("opener", Some((opener, _))) => opener.to_owned(),
            ("opener", None) => return name == FIRST && config.opener_unknown,
            (alias, _) => linked(name, alias),
        };
        config.standing(&other, playbooks).is_some_and(|(playbook, state)| {
            let ended = config.has_ended(&other, playbooks);
            !ended && (!graph::waits_on(playbook, state).1 || is_limited(&other, playbook, state))
        })
    })
}

fn finding(
    exploration: &Exploration<'_>,
    at: usize,
    name: &str,
    playbook: &Playbook,
    state: StateId,
) -> Option<Finding> {
    let place = playbook.states.get(state)?.place.clone();
    let path = &playbook.states.get(state)?.path;
    let (party, _) = graph::waits_on(playbook, state);
    let message = format!(
        "`{path}` waits on `{party}` without a limit: if they are silent the ticket lies there and nobody is told"
    );
    let help = "give the state, or one around it, an `after`: ask again, hand it back to a colleague, or close it (a clock is a \
                limit while it runs, if it tells somebody when it runs out)";
    let mut finding = Finding::error("endless-wait", place, message).with_help(help);
    let whose = if name == FIRST { "it".to_owned() } else { format!("`{name}`") };
    let end = format!("{whose} waits on `{party}`, and no timer runs");
    finding.path = tell(exploration, at, None, &Ending::Here(end));
    Some(finding)
}
