//! What guards and texts of one part of a handbook may refer to.

use std::collections::BTreeMap;

use crate::finding::Finding;
use crate::occurrence::OPENING;
use crate::source::Place;
use crate::spelling;
use crate::types::Type;

/// The names that are known in one part of a handbook, and their types.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scope {
    roots: BTreeMap<String, Type>,
}

impl Scope {
    /// Adds what stands at a dotted path (`requester.email`), replacing what stood there.
    pub(crate) fn add(&mut self, path: &str, type_: impl Into<Type>) {
        insert(&mut self.roots, path, type_.into());
    }

    /// The same scope with something else at a path.
    pub(crate) fn with(&self, path: &str, type_: Type) -> Self {
        let mut scope = self.clone();
        scope.add(path, type_);
        scope
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

    /// The roots and their types.
    #[cfg(test)]
    pub(crate) fn roots(&self) -> &BTreeMap<String, Type> {
        &self.roots
    }

    /// The type of what stands at a path; `None` when nothing does.
    pub(crate) fn type_at(&self, path: &[String]) -> Option<&Type> {
        let (root, rest) = path.split_first()?;
        let mut type_ = self.roots.get(root)?;
        for name in rest {
            type_ = match type_ {
                Type::Any => return Some(&Type::Any),
                Type::Object(names) => names.get(name)?,
                _ => return None,
            };
        }
        Some(type_)
    }

    /// Finds what is wrong with a path: an unknown root, or an unknown name below a known one.
    pub(crate) fn check(&self, path: &[String], place: &Place) -> Option<Finding> {
        let (root, rest) = path.split_first()?;
        let Some(mut type_) = self.roots.get(root) else {
            let help = match root.as_str() {
                OPENING => "only a playbook that a `schedule` opens knows it".to_owned(),
                _ => spelling::suggest(root, self.names()),
            };
            return Some(unknown(path, place, help));
        };
        for (depth, name) in rest.iter().enumerate() {
            match type_ {
                Type::Any => return None,
                Type::Object(names) => match names.get(name) {
                    Some(below) => type_ = below,
                    None => {
                        let help = spelling::suggest(name, names.keys().map(String::as_str));
                        return Some(unknown(path, place, help));
                    }
                },
                plain => {
                    let known = path.get(..=depth).unwrap_or(path).join(".");
                    return Some(unknown(path, place, format!("`{known}` is {plain}, nothing stands below it")));
                }
            }
        }
        None
    }
}

fn unknown(path: &[String], place: &Place, help: String) -> Finding {
    let path = path.join(".");
    Finding::error("unknown-variable", place.clone(), format!("nothing is called `{path}` here")).with_help(help)
}

fn insert(names: &mut BTreeMap<String, Type>, path: &str, type_: Type) {
    let Some((name, rest)) = path.split_once('.') else {
        names.insert(path.to_owned(), type_);
        return;
    };
    let below = names.entry(name.to_owned()).or_insert_with(|| Type::Object(BTreeMap::new()));
    if !matches!(below, Type::Object(_)) {
        *below = Type::Object(BTreeMap::new());
    }
    if let Type::Object(names) = below {
        insert(names, rest, type_);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(path: &str) -> Option<String> {
        let mut scope = Scope::default();
        scope.add("requester.email", Type::Text);
        scope.add("requester.last_message.text", Type::Text);
        scope.add("requester.attributes", Type::Any);
        scope.add("documents", Type::Integer);
        scope.add("choice", Type::Any);
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
        assert_eq!(verdict("documents.count").unwrap(), "`documents` is a whole number, nothing stands below it");
    }
}
