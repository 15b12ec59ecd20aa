//! YAML as a handbook writes it: a tree in which every node knows its place.
//!
//! YAML 1.2 with the core schema, narrowed: only `true` and `false` are booleans (so `on` is a key and a word), keys
//! are plain scalars and never repeated, and there are no anchors, aliases and tags, because what a line means should
//! be read from that line.

mod build;
mod entries;

pub(crate) use build::documents;
pub(crate) use entries::{Entries, mapping, word, words};

use serde_json::Value;

use crate::source::Place;

/// The most that one file may hold, in bytes.
pub(crate) const MAX_BYTES: usize = 1024 * 1024;

/// How many values one file may hold: words, lists and mappings.
pub(crate) const MAX_NODES: usize = 20_000;

/// How deeply mappings and lists may be nested.
pub(crate) const MAX_DEPTH: usize = 50;

/// A value and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Node {
    pub(crate) place: Place,
    pub(crate) content: Content,
}

/// What stands there.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Content {
    Scalar(Scalar),
    List(Vec<Node>),
    Mapping(Vec<(Key, Node)>),
}

/// A scalar, as written and as the core schema reads it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Scalar {
    /// The characters, after escapes.
    pub(crate) text: String,
    /// The value that the core schema gives it; a quoted scalar is always a text.
    pub(crate) value: Value,
    /// How many columns the first character of the text stands after the node's own place; `None` when the text does
    /// not stand in the source character by character on one line.
    pub(crate) indent: Option<u32>,
}

/// A key of a mapping.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Key {
    pub(crate) text: String,
    pub(crate) place: Place,
}

impl Node {
    /// What kind of thing it is, for messages.
    pub(crate) fn kind(&self) -> &'static str {
        match &self.content {
            Content::List(_) => "a list",
            Content::Mapping(_) => "a mapping",
            Content::Scalar(scalar) => match scalar.value {
                Value::Null => "nothing",
                Value::Bool(_) => "true or false",
                Value::Number(_) => "a number",
                _ => "a text",
            },
        }
    }

    /// The scalar, if it is one.
    pub(crate) fn scalar(&self) -> Option<&Scalar> {
        match &self.content {
            Content::Scalar(scalar) => Some(scalar),
            _ => None,
        }
    }

    /// The characters of a scalar that is not null.
    pub(crate) fn text(&self) -> Option<&str> {
        self.scalar().filter(|scalar| !scalar.value.is_null()).map(|scalar| scalar.text.as_str())
    }

    /// Whether there is nothing (an empty or `null` value).
    pub(crate) fn is_nothing(&self) -> bool {
        self.scalar().is_some_and(|scalar| scalar.value.is_null())
    }

    /// The entries of a mapping; nothing counts as an empty one.
    pub(crate) fn mapping(&self) -> Option<&[(Key, Node)]> {
        match &self.content {
            Content::Mapping(entries) => Some(entries),
            Content::Scalar(scalar) if scalar.value.is_null() => Some(&[]),
            _ => None,
        }
    }

    /// The members of a list.
    pub(crate) fn list(&self) -> Option<&[Node]> {
        match &self.content {
            Content::List(members) => Some(members),
            _ => None,
        }
    }

    /// The plain value.
    pub(crate) fn value(&self) -> Value {
        match &self.content {
            Content::Scalar(scalar) => scalar.value.clone(),
            Content::List(members) => members.iter().map(Node::value).collect(),
            Content::Mapping(entries) => entries
                .iter()
                .map(|(key, node)| (key.text.clone(), node.value()))
                .collect::<serde_json::Map<_, _>>()
                .into(),
        }
    }

    /// The place of the character so many characters into a scalar's text, or the scalar's own where that is unknown.
    pub(crate) fn place_within(&self, characters: usize) -> Place {
        let mut place = self.place.clone();
        if let Some(indent) = self.scalar().and_then(|scalar| scalar.indent) {
            place.column = place.column.saturating_add(indent).saturating_add(u32::try_from(characters).unwrap_or(0));
        }
        place
    }
}
