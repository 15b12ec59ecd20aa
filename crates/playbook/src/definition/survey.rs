//! What stands deep within a playbook and must be known before its states are read.

use std::collections::{BTreeMap, BTreeSet};

use crate::fields::Field;
use crate::grammar;
use crate::registry::Registry;
use crate::specs;
use crate::types::Type;
use crate::yaml::{Entries, Node};

/// What choices ask for, wherever they stand, with the type of the answer: guards and texts read it as `choice.NAME`.
/// What is asked for in different types may be anything.
pub(super) fn asked(playbook: &Node, languages: &[String]) -> BTreeMap<String, Type> {
    let mut answers: BTreeMap<String, Type> = BTreeMap::new();
    visit_states(playbook, "", &mut |_, state| {
        for (_, choice) in below(state, "choices").and_then(Node::mapping).unwrap_or_default() {
            for (key, node) in below(choice, "ask").and_then(Node::mapping).unwrap_or_default() {
                let type_ = answer(&key.text, node, languages);
                let joined = match answers.get(&key.text) {
                    Some(other) => other.join(&type_).unwrap_or(Type::Any),
                    None => type_,
                };
                answers.insert(key.text.clone(), joined);
            }
        }
    });
    answers
}

/// The type of an answer; what is wrong with its declaration is told where it is read for good.
fn answer(name: &str, node: &Node, languages: &[String]) -> Type {
    let mut untold = Vec::new();
    let field = Entries::of(node, &grammar::ANSWER, &mut untold)
        .and_then(|mut entries| Field::read(name, &mut entries, languages, &mut untold));
    field.map_or(Type::Any, |field| Type::from(&field.kind))
}

/// The dotted paths of the states that hold no others.
pub(super) fn innermost_states(playbook: &Node) -> Vec<String> {
    let mut paths = Vec::new();
    visit_states(playbook, "", &mut |path, state| {
        if below(state, "states").is_none() {
            paths.push(path.to_owned());
        }
    });
    paths
}

/// The names that look-ups are given (`as: person`), wherever they stand, with the look-ups that are asked under each.
pub(super) fn looked_up(playbook: &Node) -> BTreeMap<String, BTreeSet<String>> {
    let mut queries: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    visit_mappings(playbook, &mut |key, node| {
        let word = |name| below(node, name).and_then(Node::text);
        if key == specs::LOOKUP.name
            && let (Some(name), Some(query)) = (word("as"), word("query"))
        {
            queries.entry(name.to_owned()).or_default().insert(query.to_owned());
        }
    });
    queries
}

/// The events that actions raise under names that the playbook gives them, as `person.found`, wherever they stand.
pub(super) fn raised_events(playbook: &Node, registry: &Registry) -> BTreeSet<String> {
    let mut events = BTreeSet::new();
    visit_mappings(playbook, &mut |key, node| {
        if let Some(action) = registry.action(key) {
            let patterns = action.emits.iter().filter(|pattern| pattern.starts_with('{'));
            events.extend(patterns.flat_map(|pattern| expand(pattern, node)));
        }
    });
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

/// Calls `visit` with the dotted path of every state below a node, outermost first.
fn visit_states(node: &Node, above: &str, visit: &mut impl FnMut(&str, &Node)) {
    for (key, state) in below(node, "states").and_then(Node::mapping).unwrap_or_default() {
        let path = format!("{above}{}", key.text);
        visit(&path, state);
        visit_states(state, &format!("{path}."), visit);
    }
}

/// Calls `visit` with every key below a node and what stands there.
fn visit_mappings(node: &Node, visit: &mut impl FnMut(&str, &Node)) {
    for (key, node) in node.mapping().unwrap_or_default() {
        visit(&key.text, node);
        visit_mappings(node, visit);
    }
    node.list().unwrap_or_default().iter().for_each(|member| visit_mappings(member, visit));
}

/// The value at a key of a mapping.
fn below<'n>(node: &'n Node, key: &str) -> Option<&'n Node> {
    node.mapping()?.iter().find(|(k, _)| k.text == key).map(|(_, node)| node)
}
