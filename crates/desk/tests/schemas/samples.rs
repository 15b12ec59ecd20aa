//! For every key that a schema knows, a document that has it: the reader knows it too, and none that is spelt otherwise.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::editor::{Editor, said_of};

/// A step on the way to a value: a key, or the only member of a list.
#[derive(Clone, Debug)]
pub enum Step {
    Key(String),
    Member,
}

/// A document, and the way to the key that it is there for.
#[derive(Clone, Debug)]
pub struct Sample {
    pub document: Value,
    pub way: Vec<Step>,
    /// The keys that may stand beside it; empty where any may.
    beside: BTreeSet<String>,
}

impl Sample {
    /// The key that it is there for.
    pub fn key(&self) -> &str {
        match self.way.last() {
            Some(Step::Key(key)) => key,
            _ => "",
        }
    }

    /// The mapping that holds the key.
    fn holder<'d>(&self, document: &'d mut Value) -> &'d mut Map<String, Value> {
        let (_, before) = self.way.split_last().unwrap();
        let holder = before.iter().fold(document, |value, step| match step {
            Step::Key(key) => &mut value[key.as_str()],
            Step::Member => &mut value[0],
        });
        holder.as_object_mut().unwrap()
    }

    /// The document with something else at the key.
    pub fn with(&self, value: Value) -> Value {
        let mut document = self.document.clone();
        self.holder(&mut document).insert(self.key().to_owned(), value);
        document
    }

    /// The document with the key's last letter left out, and how it is spelt then; none where that is no slip.
    pub fn misspelt(&self) -> Option<(Value, String)> {
        let mut spelt = self.key().to_owned();
        spelt.pop();
        let mut document = self.document.clone();
        if self.beside.is_empty() || self.beside.contains(&spelt) {
            return None;
        }
        let holder = self.holder(&mut document);
        let value = holder.remove(self.key())?;
        holder.insert(spelt.clone(), value);
        Some((document, spelt))
    }

    fn inside(mut self, step: Step, around: impl FnOnce(Value) -> Value) -> Self {
        self.way.insert(0, step);
        self.document = around(self.document);
        self
    }
}

/// Every key of a schema, each in a document as small as can be.
pub fn samples(schema: &Value) -> Vec<Sample> {
    let mut sampler = Sampler { root: schema, seen: BTreeSet::new() };
    sampler.samples(schema)
}

struct Sampler<'s> {
    root: &'s Value,
    /// The definitions that were gone through.
    seen: BTreeSet<String>,
}

impl<'s> Sampler<'s> {
    fn definition(&self, schema: &'s Value) -> Option<(&'s str, &'s Value)> {
        let name = schema.get("$ref")?.as_str()?.strip_prefix("#/definitions/")?;
        Some((name, &self.root["definitions"][name]))
    }

    fn samples(&mut self, schema: &'s Value) -> Vec<Sample> {
        if let Some((name, definition)) = self.definition(schema) {
            return if self.seen.insert(name.to_owned()) { self.samples(definition) } else { Vec::new() };
        }
        let mut found = Vec::new();
        let properties = || schema["properties"].as_object().into_iter().flatten();
        let closed = schema["additionalProperties"] == false;
        let beside: BTreeSet<String> = properties().filter(|_| closed).map(|(key, _)| key.clone()).collect();
        for (key, property) in properties() {
            let around = self.object(schema, Some(key));
            let with = |value| json_with(&around, key, value);
            found.push(Sample {
                document: with(self.least(property)),
                way: vec![Step::Key(key.clone())],
                beside: beside.clone(),
            });
            let inner = self.samples(property);
            found.extend(inner.into_iter().map(|sample| sample.inside(Step::Key(key.clone()), with)));
        }
        if let Some(members) = schema.get("additionalProperties").filter(|members| members.is_object()) {
            let name = schema["propertyNames"]["examples"][0].as_str().unwrap_or("x");
            let inner = self.samples(members);
            found.extend(
                inner
                    .into_iter()
                    .map(|sample| sample.inside(Step::Key(name.to_owned()), |value| json!({ name: value }))),
            );
        }
        if let Some(members) = schema.get("items") {
            let inner = self.samples(members);
            found.extend(inner.into_iter().map(|sample| sample.inside(Step::Member, |value| json!([value]))));
        }
        found
    }

    /// The smallest value that a schema takes.
    fn least(&self, schema: &'s Value) -> Value {
        if let Some((_, definition)) = self.definition(schema) {
            return self.least(definition);
        }
        let given = [&schema["const"], &schema["enum"][0], &schema["anyOf"][0]["enum"][0], &schema["examples"][0]];
        if let Some(given) = given.into_iter().find(|given| !given.is_null()) {
            return given.clone();
        }
        let types = schema.get("type").map_or_else(Vec::new, |types| match types {
            Value::Array(types) => types.iter().filter_map(Value::as_str).collect(),
            one => one.as_str().into_iter().collect(),
        });
        match types.first().copied() {
            None | Some("string") => json!("x"),
            Some("object") => self.object(schema, None),
            Some("array") => {
                let fewest = schema["minItems"].as_u64().unwrap_or(1);
                (0..fewest).map(|_| self.least(&schema["items"])).collect()
            }
            Some("boolean") => json!(true),
            Some("integer") => schema.get("minimum").cloned().unwrap_or(json!(1)),
            other => panic!("no value is known of {other:?}"),
        }
    }

    /// The smallest mapping that a schema takes, to which `key` is added.
    fn object(&self, schema: &'s Value, key: Option<&str>) -> Value {
        let words =
            |list: &'s Value| list.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned);
        let mut keys: Vec<String> = words(&schema["required"]).chain(key.map(str::to_owned)).collect();
        self.add_what_is_beside(schema, &mut keys);
        let some: Vec<&str> = schema["if"]["anyOf"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|one| one["required"][0].as_str())
            .collect();
        // The first that needs nothing else.
        let alone = |name: &&&str| schema["dependencies"].get(**name).is_none_or(|beside| !beside.is_array());
        if let Some(first) = some.iter().find(alone).or(some.first())
            && keys.iter().all(|key| !some.contains(&key.as_str()))
        {
            keys.push((*first).to_owned());
            self.add_what_is_beside(schema, &mut keys);
        }
        // An action beside its `when`.
        if key.is_some_and(|key| schema["if"]["required"][0] == key) {
            keys.extend(schema["properties"].as_object().into_iter().flatten().map(|(name, _)| name.clone()).next());
        }
        let of = |name: &String| (name.clone(), self.least(&schema["properties"][name.as_str()]));
        let mut object: Map<String, Value> = keys.iter().map(of).collect();
        if object.is_empty() && (schema["minProperties"] == 1 || schema["additionalProperties"].is_object()) {
            let name = schema["propertyNames"]["examples"][0].as_str();
            let first = schema["properties"].as_object().and_then(|properties| properties.iter().next());
            match first {
                Some((name, property)) => object.insert(name.clone(), self.least(property)),
                None => object.insert(name.unwrap_or("x").to_owned(), self.least(&schema["additionalProperties"])),
            };
        }
        Value::Object(object)
    }

    fn add_what_is_beside(&self, schema: &Value, keys: &mut Vec<String>) {
        let mut next = 0;
        while let Some(key) = keys.get(next) {
            let beside = &schema["dependencies"][key.as_str()];
            let more = beside.as_array().into_iter().flatten().filter_map(Value::as_str);
            let one_of = beside["if"]["anyOf"].as_array().into_iter().flatten();
            let one_of: Vec<&str> = one_of.filter_map(|one| one["required"][0].as_str()).collect();
            let met = one_of.iter().any(|one| keys.iter().any(|key| key == one));
            let more: Vec<String> = more.chain(one_of.first().copied().filter(|_| !met)).map(str::to_owned).collect();
            keys.extend(more.into_iter().filter(|more| !keys.contains(more)).collect::<Vec<_>>());
            next += 1;
        }
    }
}

fn json_with(object: &Value, key: &str, value: Value) -> Value {
    let mut object = object.clone();
    object[key] = value;
    object
}

/// What the reader says of keys that it does not know.
fn unknown<'a>(said: &'a BTreeSet<(&'static str, String)>) -> Vec<&'a str> {
    let codes = ["unknown-key", "unknown-action", "later-key", "unknown-type", "bad-schedule", "bad-promise"];
    said.iter().filter(|(code, _)| codes.contains(code)).map(|(_, message)| message.as_str()).collect()
}

/// An argument that the registry knows and no desk carries out yet.
const LATER: &str = "articles";

#[test]
fn every_key_that_a_schema_knows_the_reader_knows_and_a_misspelt_one_both_refuse() {
    let editor = Editor::new();
    let (mut looked_at, mut wrong) = (0, Vec::new());
    for schema in editor.schemas() {
        for sample in samples(&schema.value) {
            let (kind, document) = (schema.name, &sample.document);
            if let Some(objection) = editor.objection(kind, document) {
                wrong.push(format!("the schema of a {kind} refuses {document}: {objection}"));
            }
            let said = said_of(kind, document);
            let not_known = unknown(&said);
            if !not_known.is_empty() && sample.key() != LATER {
                wrong.push(format!("the reader of a {kind} refuses {document}: {not_known:?}"));
            }
            let Some((document, spelt)) = sample.misspelt() else { continue };
            if editor.objection(kind, &document).is_none() {
                wrong.push(format!("the schema of a {kind} takes `{spelt}`: {document}"));
            }
            let now = said_of(kind, &document);
            let told = now.difference(&said).any(|(code, message)| {
                ["unknown-key", "unknown-action"].contains(code) && message.contains(&format!("`{spelt}`"))
                    || *code == "missing-key"
            });
            if !told {
                wrong.push(format!("the reader of a {kind} takes `{spelt}` in silence: {document}"));
            }
            looked_at += 1;
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(looked_at > 200, "{looked_at} keys were looked at");
}

#[test]
fn whatever_a_schema_refuses_at_a_key_the_reader_refuses_there_too() {
    let editor = Editor::new();
    let values =
        [json!(null), json!("x y"), json!(7), json!(true), json!([]), json!([["x"]]), json!({}), json!({ "x": ["x"] })];
    let (mut refused, mut alarms) = (0, Vec::new());
    for schema in editor.schemas() {
        for sample in samples(&schema.value) {
            let said = said_of(schema.name, &sample.document);
            for value in &values {
                let document = sample.with(value.clone());
                if editor.objection(schema.name, &document).is_none() {
                    continue;
                }
                refused += 1;
                if said_of(schema.name, &document).difference(&said).next().is_none() {
                    alarms.push(format!("`{}` of a {} cannot be {value}: {document}", sample.key(), schema.name));
                }
            }
        }
    }
    assert!(alarms.is_empty(), "the reader takes all of this:\n{}", alarms.join("\n"));
    assert!(refused > 1_000, "{refused} values were refused");
}
