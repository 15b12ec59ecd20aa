//! Files by their text: replies, and everything that is no playbook.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Change, ChangeKind, same_values};
use crate::definition::Playbook;
use crate::source::{Files, Place};

/// What is different in the files that are no playbooks.
pub(super) fn compare(before: &Files, after: &Files) -> Vec<Change> {
    let paths: BTreeSet<&str> = before.iter().chain(after.iter()).map(|(path, _)| path).collect();
    let others = paths.into_iter().filter(|path| !path.starts_with("playbooks/"));
    others.filter_map(|path| file(path, before.get(path), after.get(path))).collect()
}

/// A playbook's file that says something else which none of the parts that are compared shows.
pub(super) fn unnamed(old: &Playbook, new: &Playbook, before: &Files, after: &Files) -> Option<Change> {
    let (was, is) = (before.get(&old.place.file)?, after.get(&new.place.file)?);
    if same_values(&new.place.file, was, is) {
        return None;
    }
    let change = file(&new.place.file, Some(was), Some(is))?;
    Some(Change { what: "playbook", playbook: Some(new.name.clone()), name: new.name.clone(), ..change })
}

fn file(path: &str, old: Option<&str>, new: Option<&str>) -> Option<Change> {
    let line = first_difference(old.unwrap_or_default(), new.unwrap_or_default());
    let at = |line| Place::new(&Arc::from(path), line, 1);
    let (what, name, noun) = called(path);
    let (kind, message, before, after) = match (old, new) {
        (Some(old), Some(new)) if old == new || same_values(path, old, new) => return None,
        (Some(_), Some(_)) => {
            (ChangeKind::Changed, format!("{noun} says something else"), Some(at(line)), Some(at(line)))
        }
        (None, Some(_)) => (ChangeKind::Added, format!("{noun} is new"), None, Some(at(1))),
        (Some(_), None) => (ChangeKind::Removed, format!("{noun} is gone"), Some(at(1)), None),
        (None, None) => return None,
    };
    Some(Change { kind, what, playbook: None, state: None, name, message, before, after })
}

/// What a file is, its name, and what a sentence calls it.
fn called(path: &str) -> (&'static str, String, String) {
    if let Some(name) = path.strip_prefix("segments/").and_then(|file| file.strip_suffix(".yaml")) {
        return ("segment", name.to_owned(), format!("the segment `{name}`"));
    }
    match path.strip_prefix("replies/").and_then(|file| file.strip_suffix(".md")) {
        Some(stem) => match stem.split_once('.') {
            Some((name, language)) => ("reply", name.to_owned(), format!("the reply `{name}` in `{language}`")),
            None => ("reply", stem.to_owned(), format!("the reply `{stem}`")),
        },
        None => ("file", path.to_owned(), format!("the file `{path}`")),
    }
}

/// The first line, from 1, that is not the same.
fn first_difference(old: &str, new: &str) -> u32 {
    let same = old.lines().zip(new.lines()).take_while(|(old, new)| old == new).count();
    u32::try_from(same).unwrap_or(u32::MAX).saturating_add(1)
}
