//! What linked tickets send each other: the types below `event.data`, gathered from every `send` of the handbook.

use std::collections::BTreeMap;

use super::{Header, Names};
use crate::expression::Expression;
use crate::scope::Scope;
use crate::types::Type;
use crate::yaml::Node;

/// By the receiving playbook and the event as it is called there (`opener.edits`, `config.published`).
pub(crate) type SentData = BTreeMap<(String, String), Type>;

/// What every `send` of these playbooks gives. Of several that send the same event all names are known, and one of
/// different types may be anything.
pub(crate) fn read(nodes: &[(&str, Node)], names: &Names<'_>) -> SentData {
    let mut sent = SentData::new();
    for (stem, node) in nodes {
        let Some(header) = names.headers.get(*stem) else { continue };
        let scope = names.playbook_scope(header);
        each_send(node, &mut |to, event, data| {
            let given = given(data, &scope);
            for receiver in receivers(header, to, event, names) {
                let known = sent.entry(receiver).or_insert_with(|| Type::Object(BTreeMap::new()));
                if let Type::Object(known) = known {
                    for (name, type_) in &given {
                        let joined = match known.get(name) {
                            Some(other) => other.join(type_).unwrap_or(Type::Any),
                            None => type_.clone(),
                        };
                        known.insert(name.clone(), joined);
                    }
                }
            }
        });
    }
    sent
}

/// Calls `found` with the `to`, `event` and `data` of every `send` below a node.
fn each_send<'n>(node: &'n Node, found: &mut impl FnMut(&'n str, &'n str, Option<&'n Node>)) {
    for member in node.list().unwrap_or_default() {
        each_send(member, found);
    }
    for (key, below) in node.mapping().unwrap_or_default() {
        let entry = |name: &str| below.mapping()?.iter().find(|(key, _)| key.text == name).map(|(_, node)| node);
        if key.text == "send"
            && let (Some(to), Some(event)) = (entry("to").and_then(Node::text), entry("event").and_then(Node::text))
        {
            found(to, event, entry("data"));
        } else {
            each_send(below, found);
        }
    }
}

/// The names in `data` with their types; what is wrong with an expression is told where it is read for good.
fn given(data: Option<&Node>, scope: &Scope) -> Vec<(String, Type)> {
    let entries = data.and_then(Node::mapping).unwrap_or_default();
    let types = entries.iter().map(|(key, node)| {
        let type_ = Expression::read(node, &mut Vec::new()).map_or(Type::Any, |value| value.type_in(scope));
        let type_ = match type_ {
            Type::Words(_) => Type::Text,
            Type::Null => Type::Any,
            other => other,
        };
        (key.text.clone(), type_)
    });
    types.collect()
}

/// The playbooks that hear an event that `header` sends, with the name it has there.
fn receivers(header: &Header, to: &str, event: &str, names: &Names<'_>) -> Vec<(String, String)> {
    if to != "opener" {
        let linked = header.links.get(to).map(|(playbook, _)| (playbook.clone(), format!("opener.{event}")));
        return linked.into_iter().collect();
    }
    let openers = names.headers.values().flat_map(|opener| {
        let aliases = opener.links.iter().filter(|(_, (playbook, _))| *playbook == header.name);
        aliases.map(|(alias, _)| (opener.name.clone(), format!("{alias}.{event}")))
    });
    openers.collect()
}
