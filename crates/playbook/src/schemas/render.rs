//! From the tables of the language to a schema.

use serde_json::{Map, Value, json};

use super::head;
use super::keywords::Keywords;
use crate::definition::FROM_PEOPLE;
use crate::grammar::{EVENT, Key, Mapping, Shape};
use crate::registry::Registry;

/// The schema of a file that holds what `table` describes.
pub(super) fn file(name: &str, table: &'static Mapping, registry: &Registry) -> Value {
    let mut renderer = Renderer { registry, definitions: Map::new() };
    let mut schema = match head(name, table) {
        Value::Object(head) => head,
        _ => Map::new(),
    };
    if let Value::Object(keywords) = Value::from(renderer.mapping(table)) {
        schema.extend(keywords);
    }
    if !renderer.definitions.is_empty() {
        schema.insert("definitions".to_owned(), Value::Object(renderer.definitions));
    }
    Value::Object(schema)
}

/// Makes the schemas of one file; what is referred to gathers in `definitions`.
pub(super) struct Renderer<'r> {
    pub(super) registry: &'r Registry,
    definitions: Map<String, Value>,
}

impl Renderer<'_> {
    /// What may stand somewhere; a mapping with keys of its own is referred to.
    pub(super) fn shape(&mut self, shape: Shape) -> Keywords {
        match shape {
            Shape::Mapping(table) => {
                self.defined(definition_of(table), |this| this.mapping(table).described(table.summary))
            }
            Shape::Actions => self.actions(),
            Shape::Transitions(table) => self.transitions(table),
            other => self.spelt_out(other),
        }
    }

    /// The same, without any reference at the top.
    fn spelt_out(&mut self, shape: Shape) -> Keywords {
        match shape {
            Shape::Text | Shape::Label => Keywords::text(),
            Shape::Expression | Shape::Word => Keywords::word(),
            Shape::Spelt(spelling) => Keywords::spelt(spelling),
            Shape::OneOf(words) => Keywords::one_of(words),
            Shape::Version => Keywords::of_types(&["integer"]).with("const", 1),
            Shape::Integer { least: None } => Keywords::of_types(&["integer"]),
            Shape::Integer { least: Some(least) } => Keywords::of_types(&["integer"]).with("minimum", least),
            Shape::Flag => Keywords::of_types(&["boolean"]),
            Shape::Anything => Keywords::default(),
            Shape::Scalar => Keywords::word().or(Keywords::of_types(&["null"])),
            Shape::Record(None) => Keywords::of_types(&["object", "null"]),
            Shape::Record(Some(key)) => Keywords::of_types(&["object"]).with("required", json!([key])),
            Shape::Mapping(table) => self.mapping(table),
            Shape::Named(spelling, members) => {
                let members = self.shape(*members);
                Keywords::named(members).with("propertyNames", Keywords::spelt(spelling))
            }
            Shape::List(members) => Keywords::list(self.shape(*members)),
            Shape::Pair(members) => Keywords::list(self.shape(*members)).with("minItems", 2).with("maxItems", 2),
            Shape::OneOrMore(one) => self.spelt_out(*one).or_more(),
            Shape::Either(one, other) => {
                let one = self.spelt_out(*one);
                one.or(self.spelt_out(*other))
            }
            Shape::Assignments => assignments(),
            Shape::Actions => self.actions(),
            Shape::Action(name) => self.action_of(name),
            Shape::Transitions(table) => self.transitions(table),
            Shape::On(table) => {
                let transitions = Value::from(self.transitions(table));
                let known: Map<String, Value> =
                    FROM_PEOPLE.iter().map(|event| ((*event).to_owned(), transitions.clone())).collect();
                Keywords::of_types(&["object", "null"])
                    .with("properties", known)
                    .with("additionalProperties", transitions)
                    .with("propertyNames", Keywords::spelt(&EVENT))
            }
        }
    }

    /// The keywords of a mapping with keys of its own; nothing counts as an empty one where no key must be there.
    pub(super) fn mapping(&mut self, table: &'static Mapping) -> Keywords {
        let keys: Vec<&Key> = table.keys().filter(|key| self.is_known(key)).collect();
        let required: Vec<&str> = keys.iter().filter(|key| key.required).map(|key| key.name).collect();
        let alone = |key: &&&Key| key.beside.is_empty() && key.beside_one_of.is_empty();
        let beside: Map<String, Value> =
            keys.iter().filter(|key| !alone(key)).map(|key| (key.name.to_owned(), beside(key))).collect();
        let properties: Map<String, Value> =
            keys.into_iter().map(|key| (key.name.to_owned(), self.property(key).into())).collect();
        let may_be_nothing = required.is_empty() && table.some_of.is_empty();
        let mut keywords = Keywords::of_types(if may_be_nothing { &["object", "null"] } else { &["object"] })
            .with("properties", properties)
            .with("additionalProperties", false);
        if !required.is_empty() {
            keywords = keywords.with("required", required);
        }
        if !beside.is_empty() {
            keywords = keywords.with("dependencies", beside);
        }
        keywords.with_some_of(table.some_of)
    }

    /// What an action of the registry does cannot stand anywhere while there is none.
    fn is_known(&self, key: &Key) -> bool {
        match key.shape {
            Shape::Action(name) => self.registry.action(name).is_some(),
            _ => true,
        }
    }

    fn property(&mut self, key: &Key) -> Keywords {
        let text = [key.summary, note(key.shape)].join(" ");
        self.shape(key.shape).described(text.trim())
    }

    /// A target, a transition, or a list of them.
    fn transitions(&mut self, table: &'static Mapping) -> Keywords {
        let one = definition_of(table);
        self.defined(format!("{one}-or-list"), |this| {
            let single = Keywords::word().or(this.mapping(table));
            let member = this.defined(one, |_| single.clone().described(table.summary));
            single.or(Keywords::list(member).with("minItems", 1)).described(note(Shape::Transitions(table)))
        })
    }

    /// A reference to a definition, which is made when it is first referred to.
    pub(super) fn defined(&mut self, name: String, make: impl FnOnce(&mut Self) -> Keywords) -> Keywords {
        if !self.definitions.contains_key(&name) {
            // What is being made may refer to itself.
            self.definitions.insert(name.clone(), Value::Null);
            let made = make(self);
            self.definitions.insert(name.clone(), made.into());
        }
        Keywords::reference(&name)
    }
}

/// What must be there when a key is.
fn beside(key: &Key) -> Value {
    match key.beside_one_of {
        [] => json!(key.beside),
        some => Keywords::default().with_some_of(some).into(),
    }
}

/// A mapping from the names of fields to expressions, of which there is one at least.
pub(super) fn assignments() -> Keywords {
    Keywords::of_types(&["object"])
        .with("additionalProperties", Keywords::word().described(note(Shape::Expression)))
        .with("minProperties", 1)
}

/// The name of a table's definition: "a field of a form" is `field-of-a-form`.
fn definition_of(table: &Mapping) -> String {
    let plain = table.what.replace('`', "");
    let name = plain.strip_prefix("a ").or(plain.strip_prefix("an ")).unwrap_or(&plain);
    name.replace(' ', "-")
}

/// Which kind of value stands there, for whoever hovers over its key.
pub(super) fn note(shape: Shape) -> &'static str {
    match shape {
        Shape::Text => "A text with `{{ }}` (Jinja), or one for each language: `{ en: …, pt: … }`.",
        Shape::Label => "Plain words, or some for each language: `{ en: …, pt: … }`.",
        Shape::Expression => "An expression (CEL).",
        Shape::Assignments => "Names, each with an expression (CEL).",
        Shape::Spelt(spelling) => spelling.says,
        Shape::List(members) | Shape::OneOrMore(members) => note(*members),
        Shape::Actions => "A list of actions, done in their order.",
        Shape::Transitions(_) => {
            "A state, or `{ guard, target, actions }`, or a list of those: the first whose guard holds is taken."
        }
        Shape::On(_) => EVENT.says,
        _ => "",
    }
}
