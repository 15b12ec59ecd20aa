//! What stands deep within a playbook and must be known before its states are read.

use std::collections::BTreeSet;

use crate::registry::Registry;
use crate::yaml::Node;

/// The names that choices ask for, wherever they stand: guards and texts read them as `choice.NAME`.
pub(super) fn asked_names(playbook: &Node) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    visit_states(playbook, &mut |state| {
        for (_, choice) in below(state, "choices").and_then(Node::mapping).unwrap_or_default() {
            let asked = below(choice, "ask").and_then(Node::mapping).unwrap_or_default();
            names.extend(asked.iter().map(|(key, _)| key.text.clone()));
        }
    });
    names
}

/// The events that actions raise under names that the playbook gives them, as `person.found`, wherever they stand.
pub(super) fn raised_events(playbook: &Node, registry: &Registry) -> BTreeSet<String> {
    let mut events = BTreeSet::new();
    let mut nodes = vec![playbook];
    while let Some(node) = nodes.pop() {
        for (key, node) in node.mapping().unwrap_or_default() {
            if let Some(action) = registry.action(&key.text) {
                let patterns = action.emits.iter().filter(|pattern| pattern.starts_with('{'));
                events.extend(patterns.flat_map(|pattern| expand(pattern, node)));
            }
            nodes.push(node);
        }
        nodes.extend(node.list().unwrap_or_default());
    }
    events
}

/// The names that a pattern such as `{as}.{answers}` stands for; none while an argument in it is missing.
fn expand(pattern: &str, arguments: &Node) -> Vec<String> {
    let Some((before, rest)) = pattern.split_once('{') else { return vec![pattern.to_owned()] };
    let Some((name, after)) = rest.split_once('}') else { return Vec::new() };
    let Some(node) = below(arguments, name) else { return Vec::new() };
    let words = node.list().unwrap_or(std::slice::from_ref(node)).iter().filter_map(Node::text);
    let rests = expand(after, arguments);
    words.flat_map(|word| rests.iter().map(move |rest| format!("{before}{word}{rest}"))).collect()
}

/// Calls `visit` for every state below a node, outermost first.
fn visit_states(node: &Node, visit: &mut impl FnMut(&Node)) {
    for (_, state) in below(node, "states").and_then(Node::mapping).unwrap_or_default() {
        visit(state);
        visit_states(state, visit);
    }
}

/// The value at a key of a mapping.
fn below<'n>(node: &'n Node, key: &str) -> Option<&'n Node> {
    node.mapping()?.iter().find(|(k, _)| k.text == key).map(|(_, node)| node)
}
