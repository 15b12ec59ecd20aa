//! A playbook's file as a tree that can lose a part of itself and be written again. JSON is YAML, so that is how.

use granit_parser::{Event, Parser, ScalarStyle};
use serde_json::Value;

/// A YAML node; a mapping keeps its order, which is that of timers and choices.
#[derive(Clone, Debug)]
pub enum Tree {
    Scalar { text: String, plain: bool },
    List(Vec<Tree>),
    Mapping(Vec<(String, Tree)>),
}

/// The keys whose value is a length of time.
pub const SPANS: [&str; 2] = ["within", "send_in"];

/// A step from a node to a part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    Key(String),
    Member(usize),
}

impl Tree {
    /// Reads a file of one document.
    pub fn read(text: &str) -> Self {
        let mut open: Vec<(Tree, Option<String>)> = Vec::new();
        let mut done = None;
        for event in Parser::new_from_str(text) {
            let node = match event.unwrap().0 {
                Event::SequenceStart(..) => {
                    open.push((Tree::List(Vec::new()), None));
                    continue;
                }
                Event::MappingStart(..) => {
                    open.push((Tree::Mapping(Vec::new()), None));
                    continue;
                }
                Event::SequenceEnd | Event::MappingEnd => open.pop().unwrap().0,
                Event::Scalar(text, style, ..) => {
                    Tree::Scalar { text: text.to_string(), plain: matches!(style, ScalarStyle::Plain) }
                }
                _ => continue,
            };
            match open.last_mut() {
                None => done = Some(node),
                Some((Tree::List(members), _)) => members.push(node),
                Some((Tree::Mapping(entries), key)) => match (key.take(), node) {
                    (Some(key), node) => entries.push((key, node)),
                    (None, Tree::Scalar { text, .. }) => *key = Some(text),
                    (None, other) => panic!("{other:?} as a key"),
                },
                Some((Tree::Scalar { .. }, _)) => unreachable!("a scalar has no parts"),
            }
        }
        done.unwrap()
    }

    /// The file again.
    pub fn write(&self) -> String {
        match self {
            Tree::Scalar { text, plain: true } if is_bare(text) => text.clone(),
            Tree::Scalar { text, .. } => Value::from(text.as_str()).to_string(),
            Tree::List(members) => format!("[{}]", members.iter().map(Self::write).collect::<Vec<_>>().join(", ")),
            Tree::Mapping(entries) => {
                let entry = |(key, node): &(String, Tree)| format!("{}: {}", Value::from(key.as_str()), node.write());
                format!("{{{}}}", entries.iter().map(entry).collect::<Vec<_>>().join(", "))
            }
        }
    }

    /// The same without the part at the end of the way.
    pub fn without(&self, way: &[Step]) -> Self {
        let mut tree = self.clone();
        tree.remove(way);
        tree
    }

    /// The same with another key, or another text, at the end of the way.
    pub fn with(&self, way: &[Step], other: &str) -> Self {
        let mut tree = self.clone();
        let (last, before) = way.split_last().unwrap();
        let around = before.iter().fold(&mut tree, |tree, step| tree.part(step));
        match (around, last) {
            (Tree::Mapping(entries), Step::Key(key)) => {
                let (name, node) = entries.iter_mut().find(|(name, _)| name == key).unwrap();
                match node {
                    Tree::Scalar { text, .. } if SPANS.contains(&name.as_str()) => *text = other.to_owned(),
                    _ => *name = other.to_owned(),
                }
            }
            (tree, step) => panic!("{step:?} names nothing in {tree:?}"),
        }
        tree
    }

    fn part(&mut self, step: &Step) -> &mut Self {
        match (self, step) {
            (Tree::Mapping(entries), Step::Key(key)) => {
                &mut entries.iter_mut().find(|(name, _)| name == key).unwrap().1
            }
            (Tree::List(members), Step::Member(position)) => &mut members[*position],
            (tree, step) => panic!("{step:?} leads nowhere in {tree:?}"),
        }
    }

    fn remove(&mut self, way: &[Step]) {
        match (self, way) {
            (Tree::Mapping(entries), [Step::Key(key)]) => entries.retain(|(name, _)| name != key),
            (Tree::List(members), [Step::Member(position)]) => drop(members.remove(*position)),
            (Tree::Mapping(entries), [Step::Key(key), rest @ ..]) => {
                entries.iter_mut().find(|(name, _)| name == key).unwrap().1.remove(rest);
            }
            (Tree::List(members), [Step::Member(position), rest @ ..]) => members[*position].remove(rest),
            (tree, way) => panic!("{way:?} leads nowhere in {tree:?}"),
        }
    }
}

/// What means something else in quotes: numbers, truth values and nothing.
fn is_bare(text: &str) -> bool {
    matches!(text, "" | "~" | "null" | "true" | "false") || text.parse::<f64>().is_ok()
}
