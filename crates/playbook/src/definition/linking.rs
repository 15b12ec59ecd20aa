//! The action `open`: which link it opens, with which fields, and one ticket or many.

use super::ArgumentValue;
use super::actions::check_constant;
use super::body::Reader;
use super::header::check_known;
use crate::expression::Expression;
use crate::finding::Finding;
use crate::interpreter::MEMBER;
use crate::registry::Ability;
use crate::scope::Scope;
use crate::types::Type;
use crate::yaml::{Key, Node};

/// What is known in the arguments of an `open` with `each`.
pub(super) struct FanOut {
    pub(super) outside: Scope,
    inside: Scope,
}

impl FanOut {
    /// What is known in an argument: the list itself knows nothing of its members.
    pub(super) fn scope_of(&self, argument: &str) -> &Scope {
        if argument == "each" { &self.outside } else { &self.inside }
    }
}

/// What the members of the list are; what is wrong with the list is told where it is read for good.
fn member_type(entries: &[(Key, Node)], scope: &Scope) -> Type {
    let each = entries.iter().find(|(key, _)| key.text == "each");
    let each = each.and_then(|(_, node)| Expression::read(node, &mut Vec::new()));
    match each.map(|each| each.type_in(scope)) {
        Some(Type::List(member)) if *member != Type::Null => *member,
        _ => Type::Any,
    }
}

impl Reader<'_> {
    /// What the arguments of an `open` know, when it opens a ticket for each member of a list.
    pub(super) fn fan_out(&mut self, entries: &[(Key, Node)]) -> Option<FanOut> {
        let place = |name: &str| entries.iter().find(|(key, _)| key.text == name).map(|(key, _)| key.place.clone());
        if let Some(key) = place("key").filter(|_| place("each").is_none()) {
            self.findings.push(
                Finding::error("missing-key", key, "a `key` tells the tickets of an `each` apart, and there is none")
                    .with_help("add `each`, or leave `key` out"),
            );
        }
        let each = place("each")?;
        if !self.names.registry.has_ability(Ability::FanOut) {
            self.findings.push(Finding::error("later-key", each, "`each` is not yet understood by this version"));
        }
        let outside = self.scope.clone();
        let inside = outside.with(MEMBER, member_type(entries, &outside));
        Some(FanOut { outside, inside })
    }

    /// A `send` to one of many needs a desk that keeps many.
    pub(super) fn check_key_of_many(&mut self, entries: &[(Key, Node)]) {
        let key = entries.iter().map(|(key, _)| key).find(|key| key.text == "key");
        if let Some(key) = key.filter(|_| !self.names.registry.has_ability(Ability::FanOut)) {
            let message = "`key` is not yet understood by this version";
            self.findings.push(Finding::error("later-key", key.place.clone(), message));
        }
    }

    /// An `open` names a declared link and gives the linked playbook's own fields.
    pub(super) fn check_open(&mut self, arguments: &[(String, ArgumentValue)], node: &Node) {
        let argument = |name: &str| arguments.iter().find(|(key, _)| key == name).map(|(_, value)| value);
        let (Some(ArgumentValue::Word(alias)), Some(ArgumentValue::Word(playbook))) =
            (argument("as"), argument("playbook"))
        else {
            return;
        };
        match self.header.links.get(alias) {
            Some((linked, _)) if linked == playbook => {}
            Some((linked, _)) => self.findings.push(
                Finding::error(
                    "wrong-link",
                    node.place.clone(),
                    format!("`{alias}` is a link to `{linked}`, not to `{playbook}`"),
                )
                .with_help("make `links` and `open` agree"),
            ),
            None => self.findings.push(Finding::error(
                "unknown-link",
                node.place.clone(),
                format!("`{alias}` is not a key of `links`"),
            )),
        }
        let Some(linked) = self.names.headers.get(playbook) else { return };
        if let Some(ArgumentValue::Assignments(fields)) = argument("fields") {
            for (name, expression) in fields {
                let known = linked.fields.keys().map(String::as_str);
                if check_known("field", name, expression.place(), known, &mut self.findings)
                    && let Some(field) = linked.fields.get(name)
                {
                    check_constant(field, expression, &mut self.findings);
                }
            }
        }
    }
}
