//! The arguments of actions, each of its kind.

use std::collections::BTreeMap;

use super::body::Reader;
use super::header::{check_identifier, check_known};
use super::parties::is_taken;
use super::{ArgumentValue, Names};
use crate::expression::Wanted;
use crate::fields::Field;
use crate::finding::Finding;
use crate::lookup::ValueKind;
use crate::registry::{ActionSpec, Argument, ArgumentKind, NameKind};
use crate::source::Place;
use crate::spelling;
use crate::text::Template;
use crate::types::Type;
use crate::yaml::{Key, Node, word, words};

/// What the arguments of one action say of each other.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Beside<'a> {
    /// The ticket that it speaks to; events are those of this one.
    other: Option<&'a str>,
    /// What its assignments fill: the fields of the playbook that is opened,
    fields: Option<&'a BTreeMap<String, Field>>,
    /// or the parameters of what is looked up.
    parameters: Option<&'a BTreeMap<String, ValueKind>>,
}

impl<'a> Beside<'a> {
    pub(super) fn of(spec: ActionSpec, entries: &'a [(Key, Node)], names: &'a Names<'_>) -> Self {
        let word = |name: &str| entries.iter().find(|(key, _)| key.text == name).and_then(|(_, node)| node.text());
        let named = |action: &str, argument: &str| word(argument).filter(|_| spec.name == action);
        Self {
            other: word("to"),
            fields: named("open", "playbook").and_then(|playbook| Some(&names.headers.get(playbook)?.fields)),
            parameters: named("lookup", "query").and_then(|query| Some(&names.lookups.get(query)?.parameters)),
        }
    }

    /// What the assignment to `name` is to be.
    fn wanted(&self, name: &str) -> Wanted<'a> {
        let field = self.fields.and_then(|fields| fields.get(name)).map(Wanted::Field);
        let parameter = self.parameters.and_then(|parameters| parameters.get(name));
        field.or(parameter.map(|kind| Wanted::Typed(kind.of_type(), "this parameter"))).unwrap_or(Wanted::Value)
    }
}

impl Reader<'_> {
    /// Reads one argument of an action.
    pub(super) fn argument(&mut self, argument: &Argument, node: &Node, beside: Beside<'_>) -> Option<ArgumentValue> {
        match argument.kind {
            ArgumentKind::Text => {
                let template = Template::read(node, &self.names.desk.languages, &mut self.findings)?;
                template.check(&self.scope, &mut self.findings);
                Some(ArgumentValue::Text(template))
            }
            ArgumentKind::Expression => self.expression(node, Wanted::Value).map(ArgumentValue::Expression),
            ArgumentKind::TextExpression => self.typed_expression(argument, node, &Type::Text),
            ArgumentKind::ListExpression => self.typed_expression(argument, node, &Type::list(Type::Any)),
            ArgumentKind::Expressions => {
                let members = node.list().unwrap_or(std::slice::from_ref(node));
                let expressions: Vec<_> =
                    members.iter().filter_map(|member| self.expression(member, Wanted::Value)).collect();
                (expressions.len() == members.len() && !members.is_empty())
                    .then_some(ArgumentValue::Expressions(expressions))
            }
            ArgumentKind::Handle => {
                let name = word(node, argument.name, &mut self.findings)?;
                self.check_handle(name, &node.place).then(|| ArgumentValue::Word(name.to_owned()))
            }
            ArgumentKind::Words => {
                let words = words(node, argument.name, &mut self.findings);
                for (name, place) in &words {
                    check_identifier("an event", name, place, &mut self.findings);
                }
                Some(ArgumentValue::Words(words.into_iter().map(|(name, _)| name.to_owned()).collect()))
            }
            ArgumentKind::Span => {
                let text = word(node, argument.name, &mut self.findings)?;
                self.span(node, text).map(|span| ArgumentValue::Span(span, node.place.clone()))
            }
            ArgumentKind::Pace => {
                let text = word(node, argument.name, &mut self.findings)?;
                self.span(node, text).map(|span| ArgumentValue::Word(span.to_string()))
            }
            ArgumentKind::Assignments => {
                let assignments = self.assignments(node, |name| beside.wanted(name));
                Some(ArgumentValue::Assignments(
                    assignments.into_iter().map(|(key, expression)| (key.text.clone(), expression)).collect(),
                ))
            }
            ArgumentKind::Flag => {
                let flag = node.scalar().and_then(|scalar| scalar.value.as_bool());
                if flag.is_none() {
                    let message = format!("`{}` is true or false, here stands {}", argument.name, node.kind());
                    self.findings.push(Finding::error("wrong-type", node.place.clone(), message));
                }
                flag.map(ArgumentValue::Flag)
            }
            ArgumentKind::OneOf(known) => {
                let name = word(node, argument.name, &mut self.findings)?;
                self.is_one_of(argument.name, name, &node.place, known).then(|| ArgumentValue::Word(name.to_owned()))
            }
            ArgumentKind::SomeOf(known) => {
                let given = words(node, argument.name, &mut self.findings);
                let mut named = Vec::new();
                for (name, place) in given {
                    if self.is_one_of(argument.name, name, &place, known) {
                        named.push(name.to_owned());
                    }
                }
                Some(ArgumentValue::Words(named))
            }
            ArgumentKind::Name(kind) => {
                let name = word(node, argument.name, &mut self.findings)?;
                self.check_name(kind, name, &node.place, beside.other).then(|| ArgumentValue::Word(name.to_owned()))
            }
        }
    }

    /// Whether a word is one of those that an argument knows; reports it otherwise.
    fn is_one_of(&mut self, argument: &str, name: &str, place: &Place, known: &[&str]) -> bool {
        if known.contains(&name) {
            return true;
        }
        let message = format!("`{argument}` cannot be `{name}`");
        let help = spelling::suggest(name, known.iter().copied());
        self.findings.push(Finding::error("unknown-name", place.clone(), message).with_help(help));
        false
    }

    fn typed_expression(&mut self, argument: &Argument, node: &Node, type_: &Type) -> Option<ArgumentValue> {
        let what = format!("`{}`", argument.name);
        self.expression(node, Wanted::Typed(type_, &what)).map(ArgumentValue::Expression)
    }

    /// Whether the handbook declares the name; reports it otherwise. An event is one of the ticket called `other`.
    fn check_name(&mut self, kind: NameKind, name: &str, place: &Place, other: Option<&str>) -> bool {
        let (names, header) = (self.names, self.header);
        let findings = &mut self.findings;
        match kind {
            NameKind::Reply => check_known("reply", name, place, names.replies.iter().map(String::as_str), findings),
            NameKind::Playbook => {
                check_known("playbook", name, place, names.headers.keys().map(String::as_str), findings)
            }
            NameKind::Team => check_known("team", name, place, names.desk.teams.keys().map(String::as_str), findings),
            NameKind::Role => check_known("role", name, place, names.desk.roles.keys().map(String::as_str), findings),
            NameKind::Field => check_known("field", name, place, header.fields.keys().map(String::as_str), findings),
            NameKind::Lookup => check_known("look-up", name, place, names.lookups.keys().map(String::as_str), findings),
            NameKind::Impact => check_known("impact", name, place, names.impacts.keys().map(String::as_str), findings),
            NameKind::Connection => {
                let known = names.lookups.values().map(|lookup| lookup.connection.as_str());
                check_known("connection", name, place, known, findings)
            }
            NameKind::Party => {
                let known = header.parties.keys().map(String::as_str).chain(["requester"]);
                check_known("party", name, place, known, findings)
            }
            NameKind::Alias => {
                let opener = header.is_linked().then_some("opener");
                let known = header.links.keys().map(String::as_str).chain(opener);
                check_known("link", name, place, known, findings)
            }
            NameKind::Event => {
                let understood: &[String] = match other {
                    Some("opener") => &header.emits,
                    Some(alias) => header
                        .links
                        .get(alias)
                        .and_then(|(playbook, _)| names.headers.get(playbook))
                        .map_or(&[], |linked| &linked.receives),
                    None => &[],
                };
                check_known("event", name, place, understood.iter().map(String::as_str), findings)
            }
        }
    }

    /// Whether events can be called by a name that an action gives; reports it otherwise.
    fn check_handle(&mut self, name: &str, place: &Place) -> bool {
        if is_taken(name) || self.header.links.contains_key(name) || self.header.parties.contains_key(name) {
            let message = format!("events that begin with `{name}` come from somebody else already");
            self.findings.push(Finding::error("name-clash", place.clone(), message).with_help("choose another name"));
            return false;
        }
        check_identifier("what is asked for", name, place, &mut self.findings)
    }
}
