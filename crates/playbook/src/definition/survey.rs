//! What stands deep within a playbook and must be known before its states are read.

use std::collections::BTreeSet;

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
