//! Actions: what the registry knows, with arguments of the right kinds.

use super::arguments::Beside;
use super::body::Reader;
use super::header::check_known;
use super::{Action, ArgumentValue};
use crate::expression::{Expression, Wanted};
use crate::fields::Field;
use crate::finding::Finding;
use crate::registry::ActionSpec;
use crate::spelling;
use crate::yaml::{Key, Node};

/// Actions of the language that no feature of this version brings.
const LATER: [&str; 18] = [
    "approve",
    "ask",
    "call",
    "campaign",
    "cancel",
    "catalogue",
    "escalate",
    "invite",
    "lookup",
    "priority",
    "report",
    "status_page",
    "suggest",
    "switch",
    "tag",
    "tell",
    "timer",
    "vault",
];

impl Reader<'_> {
    /// Reads a list of actions.
    pub(super) fn actions(&mut self, node: &Node) -> Vec<Action> {
        let Some(members) = node.list() else {
            self.findings.push(
                Finding::error(
                    "wrong-type",
                    node.place.clone(),
                    format!("actions are a list, here stands {}", node.kind()),
                )
                .with_help("write `- reply: NAME` on a line of its own, or `[ { reply: NAME } ]`"),
            );
            return Vec::new();
        };
        members.iter().filter_map(|member| self.action(member)).collect()
    }

    fn action(&mut self, node: &Node) -> Option<Action> {
        let entries = node.mapping().filter(|entries| !entries.is_empty());
        let Some(entries) = entries else {
            self.findings.push(
                Finding::error(
                    "wrong-type",
                    node.place.clone(),
                    format!("an action is a mapping, here stands {}", node.kind()),
                )
                .with_help("write `{ NAME: … }`"),
            );
            return None;
        };
        let when = entries
            .iter()
            .find(|(key, _)| key.text == "when")
            .map(|(_, node)| self.expression(node, Wanted::Condition));
        let mut named = entries.iter().filter(|(key, _)| key.text != "when");
        let Some((key, arguments)) = named.next() else {
            self.findings.push(Finding::error(
                "missing-key",
                node.place.clone(),
                "here is a condition, but nothing to do",
            ));
            return None;
        };
        if let Some((second, _)) = named.next() {
            self.findings.push(
                Finding::error(
                    "unknown-key",
                    second.place.clone(),
                    format!("`{}` and `{}` are two actions", key.text, second.text),
                )
                .with_help("each action is a list member of its own"),
            );
        }
        let spec = self.spec(key)?;
        let arguments = if spec.is_set() { self.set(arguments) } else { self.arguments(spec, key, arguments) };
        match when {
            Some(None) => None,
            when => Some(Action { name: spec.name, when: when.flatten(), arguments, place: key.place.clone() }),
        }
    }

    /// Reads the `lookup` of a state: an action that is done when the state has been entered.
    pub(super) fn lookup(&mut self, key: &Key, node: &Node) -> Option<Action> {
        let spec = self.spec(key)?;
        let arguments = self.arguments(spec, key, node);
        Some(Action { name: spec.name, when: None, arguments, place: key.place.clone() })
    }

    fn spec(&mut self, key: &Key) -> Option<ActionSpec> {
        let name = key.text.as_str();
        if let Some(spec) = self.names.registry.action(name) {
            return Some(*spec);
        }
        let finding = if LATER.contains(&name) {
            Finding::error("later-key", key.place.clone(), format!("`{name}` is not yet understood by this version"))
        } else {
            let known = self.names.registry.actions().map(|action| action.name);
            Finding::error("unknown-action", key.place.clone(), format!("there is no action `{name}`"))
                .with_help(spelling::suggest(name, known))
        };
        self.findings.push(finding);
        None
    }

    /// Reads the assignments of a `set`: declared fields, or attributes of the ticket.
    fn set(&mut self, node: &Node) -> Vec<(String, ArgumentValue)> {
        let mut arguments = Vec::new();
        let (header, scope) = (self.header, self.scope.clone());
        let wanted =
            |name: &str| match (header.fields.get(name), scope.type_at(&["ticket".to_owned(), name.to_owned()])) {
                (Some(field), _) => Wanted::Field(field),
                (None, Some(type_)) => Wanted::Typed(type_, "this attribute of the ticket"),
                (None, None) => Wanted::Value,
            };
        for (key, expression) in self.assignments(node, wanted) {
            let name = key.text.as_str();
            match self.header.fields.get(name) {
                Some(field) => check_constant(field, &expression, &mut self.findings),
                None => {
                    let settable = self.names.registry.settable().iter().copied();
                    let known = self.header.fields.keys().map(String::as_str).chain(settable);
                    check_known("field", name, &key.place, known, &mut self.findings);
                }
            }
            arguments.push((name.to_owned(), ArgumentValue::Expression(expression)));
        }
        arguments
    }

    /// Reads a mapping from names to expressions; `wanted` says of each name what it takes.
    pub(super) fn assignments<'n, 'w>(
        &mut self,
        node: &'n Node,
        wanted: impl Fn(&str) -> Wanted<'w>,
    ) -> Vec<(&'n Key, Expression)> {
        let Some(entries) = node.mapping().filter(|entries| !entries.is_empty()) else {
            self.findings.push(Finding::error(
                "wrong-type",
                node.place.clone(),
                format!("here stands a mapping of names to expressions, not {}", node.kind()),
            ));
            return Vec::new();
        };
        entries.iter().filter_map(|(key, node)| Some((key, self.expression(node, wanted(&key.text))?))).collect()
    }

    fn arguments(&mut self, spec: ActionSpec, key: &Key, node: &Node) -> Vec<(String, ArgumentValue)> {
        let mut arguments = Vec::new();
        if node.scalar().is_some() && !node.is_nothing() {
            let short = spec.short.and_then(|short| spec.arguments.iter().find(|argument| argument.name == short));
            match short {
                Some(argument) => {
                    let value = self.argument(argument, node, Beside::default());
                    arguments.extend(value.map(|value| (argument.name.to_owned(), value)));
                }
                None => self.findings.push(Finding::error(
                    "wrong-type",
                    node.place.clone(),
                    format!("`{}` takes a mapping of arguments", spec.name),
                )),
            }
        } else if let Some(entries) = node.mapping() {
            let beside = Beside::of(spec, entries, self.names);
            if spec.name == "send" {
                self.check_key_of_many(entries);
            }
            let fan_out = (spec.name == "open").then(|| self.fan_out(entries)).flatten();
            for (key, node) in entries {
                if let Some(fan_out) = &fan_out {
                    self.scope = fan_out.scope_of(&key.text).clone();
                }
                let known = spec.arguments.iter().find(|argument| argument.name == key.text);
                if let Some(argument) = known {
                    let value = self.argument(argument, node, beside);
                    arguments.extend(value.map(|value| (argument.name.to_owned(), value)));
                } else {
                    let help = spelling::suggest(&key.text, spec.arguments.iter().map(|argument| argument.name));
                    let message = format!("`{}` takes no argument `{}`", spec.name, key.text);
                    self.findings.push(Finding::error("unknown-key", key.place.clone(), message).with_help(help));
                }
            }
            if let Some(fan_out) = fan_out {
                self.scope = fan_out.outside;
            }
            self.check_required(spec, key, entries);
        } else if !node.is_nothing() {
            let message = format!("`{}` takes a mapping of arguments, not {}", spec.name, node.kind());
            self.findings.push(Finding::error("wrong-type", node.place.clone(), message));
        }
        match spec.name {
            "open" => self.check_open(&arguments, node),
            "lookup" => self.check_lookup(&arguments, key),
            "suggest" => self.check_suggest(&arguments, key),
            _ => {}
        }
        arguments
    }

    fn check_required(&mut self, spec: ActionSpec, key: &Key, entries: &[(Key, Node)]) {
        for argument in spec.arguments.iter().filter(|argument| argument.required) {
            if !entries.iter().any(|(key, _)| key.text == argument.name) {
                let message = format!("`{}` needs the argument `{}`", spec.name, argument.name);
                self.findings
                    .push(Finding::error("missing-key", key.place.clone(), message).with_help(argument.summary));
            }
        }
    }
}

/// Reports an expression that refers to nothing and gives a value that the field cannot hold.
pub(super) fn check_constant(field: &Field, expression: &Expression, findings: &mut Vec<Finding>) {
    if !expression.references().is_empty() {
        return;
    }
    let message = match expression.evaluate(&serde_json::Map::new()) {
        Ok(value) => match field.accept(&value) {
            Ok(_) => return,
            Err(message) => format!("`{}` {message}, and this is {value}", field.name),
        },
        Err(fault) => fault.message,
    };
    findings.push(Finding::error("wrong-type", expression.place().clone(), message));
}
