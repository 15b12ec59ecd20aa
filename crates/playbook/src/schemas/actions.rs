//! Actions, as the registry knows them.

use serde_json::{Map, Value, json};

use super::keywords::Keywords;
use super::render::{Renderer, assignments, note};
use crate::grammar::{IDENTIFIER, SPAN, Shape};
use crate::registry::{ActionSpec, Argument, ArgumentKind};

impl Renderer<'_> {
    /// A list of actions.
    pub(super) fn actions(&mut self) -> Keywords {
        self.defined("actions".to_owned(), |this| {
            let member = this.defined("action".to_owned(), Self::action);
            Keywords::list(member).described(note(Shape::Actions))
        })
    }

    /// One action: its name, and maybe a `when` beside it.
    fn action(&mut self) -> Keywords {
        let when = Keywords::word().described("Whether it is done. An expression (CEL).");
        let mut properties: Map<String, Value> = Map::from_iter([("when".to_owned(), when.into())]);
        for spec in self.registry.actions() {
            properties.insert(spec.name.to_owned(), takes(spec).into());
        }
        Keywords::of_types(&["object"])
            .with("properties", properties)
            .with("additionalProperties", false)
            .with("minProperties", 1)
            .with("if", json!({ "required": ["when"] }))
            .with("then", json!({ "minProperties": 2, "maxProperties": 2 }))
            .with("else", json!({ "maxProperties": 1 }))
            .described("One action, and maybe a `when`.")
    }

    /// What the action of that name takes.
    pub(super) fn action_of(&mut self, name: &str) -> Keywords {
        self.registry.action(name).map(takes).unwrap_or_default()
    }
}

/// What stands behind the name of an action.
fn takes(spec: &ActionSpec) -> Keywords {
    let taken = if spec.is_set() { assignments() } else { arguments(spec) };
    let events = spec.emits.iter().map(|event| format!("`{}`", spoken(event)));
    let raised: Vec<String> = events.filter(|event| !spec.summary.contains(event)).collect();
    let raises = if raised.is_empty() { String::new() } else { format!(" Raises {}.", raised.join(", ")) };
    taken.with("title", spec.name).described(&format!("{}{raises}", spec.summary))
}

/// An event as people say it: `{as}.found` is `AS.found`.
fn spoken(event: &str) -> String {
    let mut out = String::new();
    for (position, part) in event.split(['{', '}']).enumerate() {
        out.push_str(&if position % 2 == 1 { part.to_uppercase() } else { part.replace('*', "NAME") });
    }
    out
}

fn arguments(spec: &ActionSpec) -> Keywords {
    let required: Vec<&str> =
        spec.arguments.iter().filter(|argument| argument.required).map(|argument| argument.name).collect();
    let properties: Map<String, Value> =
        spec.arguments.iter().map(|argument| (argument.name.to_owned(), described(argument).into())).collect();
    let mut keywords = Keywords::of_types(if required.is_empty() { &["object", "null"] } else { &["object"] })
        .with("properties", properties)
        .with("additionalProperties", false);
    if !required.is_empty() {
        keywords = keywords.with("required", required);
    }
    let short = spec.short.and_then(|short| spec.arguments.iter().find(|argument| argument.name == short));
    match short {
        Some(Argument { kind: ArgumentKind::Text, .. }) => Keywords::word().or(keywords),
        Some(argument) => value(argument.kind).or(keywords),
        None => keywords,
    }
}

fn described(argument: &Argument) -> Keywords {
    let note = match argument.kind {
        ArgumentKind::Text => note(Shape::Text),
        ArgumentKind::Expression | ArgumentKind::Expressions => note(Shape::Expression),
        ArgumentKind::TextExpression => "An expression (CEL) that gives a text or null.",
        ArgumentKind::ListExpression => "An expression (CEL) that gives a list or null.",
        ArgumentKind::Assignments => note(Shape::Assignments),
        ArgumentKind::Span | ArgumentKind::Pace => SPAN.says,
        ArgumentKind::Handle | ArgumentKind::Words => IDENTIFIER.says,
        ArgumentKind::Name(_) | ArgumentKind::OneOf(_) | ArgumentKind::SomeOf(_) | ArgumentKind::Flag => "",
    };
    value(argument.kind).described([argument.summary, note].join(" ").trim())
}

/// What may stand as an argument.
fn value(kind: ArgumentKind) -> Keywords {
    match kind {
        ArgumentKind::Text => Keywords::text(),
        ArgumentKind::Expression
        | ArgumentKind::TextExpression
        | ArgumentKind::ListExpression
        | ArgumentKind::Name(_) => Keywords::word(),
        ArgumentKind::Expressions => Keywords::word().or_more(),
        ArgumentKind::Handle => Keywords::spelt(&IDENTIFIER),
        ArgumentKind::Words => Keywords::spelt(&IDENTIFIER).or_more(),
        ArgumentKind::Span | ArgumentKind::Pace => Keywords::spelt(&SPAN),
        ArgumentKind::OneOf(words) => Keywords::one_of(words),
        ArgumentKind::SomeOf(words) => Keywords::one_of(words).or_more(),
        ArgumentKind::Assignments => assignments(),
        ArgumentKind::Flag => Keywords::of_types(&["boolean"]),
    }
}
