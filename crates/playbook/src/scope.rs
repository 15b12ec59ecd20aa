//! What guards and texts of one part of a handbook may refer to.

use std::collections::BTreeMap;

use crate::finding::Finding;
use crate::source::Place;
use crate::spelling;

/// The names that are known in one part of a handbook, and what is known below them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scope {
    roots: BTreeMap<String, Shape>,
}

/// What is known about a name.
#[derive(Clone, Debug)]
enum Shape {
    /// A plain value: nothing below it.
    Value,
    /// Anything may stand below it.
    Anything,
    /// Exactly these names stand below it.
    Object(BTreeMap<String, Shape>),
}

impl Scope {
    /// Adds `root` with the dotted `paths` below it, where `x.*` allows anything below `x`. Without paths the root is
    /// a plain value; with the single path `*` anything may stand below it.
    pub(crate) fn add<'p>(&mut self, root: &str, paths: impl IntoIterator<Item = &'p str>) {
        let shape = self.roots.entry(root.to_owned()).or_insert(Shape::Value);
        for path in paths {
            insert(shape, path);
        }
    }

    /// The same without some roots.
    pub(crate) fn without(&self, roots: &[&str]) -> Self {
        let mut scope = self.clone();
        scope.roots.retain(|root, _| !roots.contains(&root.as_str()));
        scope
    }

    /// Whether `name` is a root.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.roots.contains_key(name)
    }

    /// The roots' names.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.roots.keys().map(String::as_str)
    }

    /// Finds what is wrong with a path: an unknown root, or an unknown name below a known one.
    pub(crate) fn check(&self, path: &[String], place: &Place) -> Option<Finding> {
        let (root, rest) = path.split_first()?;
        let Some(mut shape) = self.roots.get(root) else {
            return Some(unknown(path, place, spelling::suggest(root, self.names())));
        };
        for (depth, name) in rest.iter().enumerate() {
            match shape {
                Shape::Anything => return None,
                Shape::Value => {
                    let known = path.get(..=depth).unwrap_or(path).join(".");
                    return Some(unknown(path, place, format!("`{known}` is a plain value")));
                }
                Shape::Object(names) => match names.get(name) {
                    Some(below) => shape = below,
                    None => {
                        let help = spelling::suggest(name, names.keys().map(String::as_str));
                        return Some(unknown(path, place, help));
                    }
                },
            }
        }
        None
    }
}

fn unknown(path: &[String], place: &Place, help: String) -> Finding {
    let path = path.join(".");
    Finding::error("unknown-variable", place.clone(), format!("nothing is called `{path}` here")).with_help(help)
}

fn insert(shape: &mut Shape, path: &str) {
    if path == "*" {
        *shape = Shape::Anything;
        return;
    }
    let (name, rest) = path.split_once('.').map_or((path, None), |(name, rest)| (name, Some(rest)));
    if matches!(shape, Shape::Value) {
        *shape = Shape::Object(BTreeMap::new());
    }
    if let Shape::Object(names) = shape {
        let below = names.entry(name.to_owned()).or_insert(Shape::Value);
        if let Some(rest) = rest {
            insert(below, rest);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(path: &str) -> Option<String> {
        let mut scope = Scope::default();
        scope.add("requester", ["email", "last_message.text", "attributes.*"]);
        scope.add("documents", []);
        scope.add("choice", ["*"]);
        let path: Vec<String> = path.split('.').map(str::to_owned).collect();
        scope.check(&path, &Place::start_of("x.yaml")).and_then(|finding| finding.help)
    }

    #[test]
    fn known_paths_are_accepted_at_every_depth() {
        for path in ["requester", "requester.email", "requester.last_message.text", "documents", "choice.any.thing"] {
            assert_eq!(verdict(path), None, "{path}");
        }
        assert_eq!(verdict("requester.attributes.anything.below"), None);
    }

    #[test]
    fn unknown_paths_come_with_what_was_meant() {
        assert_eq!(verdict("requestor").unwrap(), "did you mean `requester`?");
        assert_eq!(verdict("requester.emial").unwrap(), "did you mean `email`?");
        assert_eq!(verdict("documents.count").unwrap(), "`documents` is a plain value");
    }
}
