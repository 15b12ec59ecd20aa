//! What linked tickets send each other: events that nobody takes, and events that nobody sends.

use super::deeds::word;
use super::graph;
use super::product::Playbooks;
use crate::definition::Playbook;
use crate::finding::Finding;
use crate::registry::Registry;

/// Reports the events that a playbook sends in vain, and those that it waits for in vain.
pub(super) fn lost(playbook: &Playbook, playbooks: &Playbooks, registry: &Registry, findings: &mut Vec<Finding>) {
    sent_in_vain(playbook, playbooks, findings);
    let mut told: Vec<&str> = Vec::new();
    for state in &playbook.states {
        for (event, transitions) in &state.on {
            if is_sent(playbook, playbooks, registry, event) || told.contains(&event.as_str()) {
                continue;
            }
            told.push(event);
            let place = transitions.first().map_or(&state.place, |transition| &transition.place);
            let sender = match event.split_once('.') {
                Some(("opener", _)) => "no playbook that opens this one sends it".to_owned(),
                Some(("reply", reply)) => format!("no action of this playbook sends the reply `{reply}`"),
                Some((alias, _)) => match playbook.links.get(alias) {
                    Some(linked) => format!("`{linked}` never sends it"),
                    None => continue,
                },
                None => continue,
            };
            let message = format!("`{event}` is waited for and never comes: {sender}");
            let help = "send it where it is due, or take this line out";
            findings.push(Finding::warning("never-sent", place.clone(), message).with_help(help));
        }
    }
}

fn sent_in_vain(playbook: &Playbook, playbooks: &Playbooks, findings: &mut Vec<Finding>) {
    for action in playbook.actions().filter(|action| action.name == "send") {
        let (Some(to), Some(event)) = (word(action, "to"), word(action, "event")) else { continue };
        let receivers: Vec<(&Playbook, String)> = if to == "opener" {
            openers(playbook, playbooks).map(|(other, alias)| (other, format!("{alias}.{event}"))).collect()
        } else {
            let other = playbook.links.get(to).and_then(|linked| playbooks.get(linked));
            other.map(|other| (&**other, format!("opener.{event}"))).into_iter().collect()
        };
        for (receiver, name) in receivers {
            if !takes(receiver, &name) {
                let message = format!(
                    "`{event}` is sent and never taken: no state of `{}` has `on: {name}`, so it waits in that \
                     ticket's queue for ever and holds up whatever comes after it",
                    receiver.name
                );
                let help = format!("take it under `on` in `{}` (`{name}: {{}}` takes it and stays)", receiver.name);
                findings.push(Finding::error("never-taken", action.place.clone(), message).with_help(help));
            }
        }
    }
}

/// The playbooks that open this one, each with the alias.
fn openers<'h>(playbook: &'h Playbook, playbooks: &'h Playbooks) -> impl Iterator<Item = (&'h Playbook, &'h str)> {
    playbooks.values().flat_map(move |other| {
        let aliases = other.links.iter().filter(|(_, linked)| **linked == playbook.name);
        aliases.map(move |(alias, _)| (&**other, alias.as_str()))
    })
}

fn takes(playbook: &Playbook, event: &str) -> bool {
    playbook.states.iter().flat_map(|state| &state.on).any(|(name, _)| name == event)
}

/// Whether something may raise an event; only those of linked tickets and of the playbook's own replies are certain.
fn is_sent(playbook: &Playbook, playbooks: &Playbooks, registry: &Registry, event: &str) -> bool {
    let sends = |other: &Playbook, to: &str, event: &str| {
        let mut sent = other.actions().filter(|action| action.name == "send");
        sent.any(|action| word(action, "to") == Some(to) && word(action, "event") == Some(event))
    };
    match event.split_once('.') {
        Some(("opener", event)) => {
            let mut openers = openers(playbook, playbooks).peekable();
            openers.peek().is_none() || openers.any(|(other, alias)| sends(other, alias, event))
        }
        Some(("reply", reply)) => playbook.replies_sent(registry).any(|sent| sent == reply),
        Some((alias, event)) if graph::is_linked(playbook, &format!("{alias}.{event}")) => {
            let linked = playbook.links.get(alias).and_then(|linked| playbooks.get(linked));
            linked.is_none_or(|linked| sends(linked, "opener", event))
        }
        _ => true,
    }
}
