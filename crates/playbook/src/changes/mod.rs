//! What one revision of a handbook makes different from another, in words and with places in both.

mod files;
mod flow;
mod parts;
mod renames;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use crate::definition::Playbook;
use crate::handbook::Handbook;
use crate::source::{Files, Place};
use crate::yaml::{self, Node};
use parts::{Part, Value, parts_of};

/// What became of something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ChangeKind {
    /// It was not there before.
    Added,
    /// It is not there any more.
    Removed,
    /// It is the same under another name.
    Renamed,
    /// It is different.
    Changed,
}

/// One difference between two revisions of a handbook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// What became of it.
    pub kind: ChangeKind,
    /// What it is: `playbook`, `state`, `event`, `always`, `timer`, `choice`, `field`, `link`, `party`, `checklist`, `clock`,
    /// `promise`, `opening`, `segment`, `reply`, `file`.
    pub what: &'static str,
    /// The playbook it belongs to, for all but segments, replies and other files.
    pub playbook: Option<String>,
    /// The dotted path of the state that it is, or stands in: as the new revision calls it, where it is still there.
    pub state: Option<String>,
    /// Its name: a timer's length, an event, a reply's name, a file's path.
    pub name: String,
    /// The change as a sentence without a full stop.
    pub message: String,
    /// Where it stands in the old revision; `None` where it is new.
    pub before: Option<Place>,
    /// Where it stands in the new revision; `None` where it is gone.
    pub after: Option<Place>,
}

impl Change {
    /// The place and the sentence, as people read them. What is gone has its place in the old revision.
    #[must_use]
    pub fn render(&self) -> String {
        match (&self.after, &self.before) {
            (Some(place), _) => format!("{place}: {}", self.message),
            (None, Some(place)) => format!("{place} (before): {}", self.message),
            (None, None) => self.message.clone(),
        }
    }
}

/// Everything that `after` makes different from `before`: playbooks by what they do, so that comments, layout and the order of keys
/// count for nothing; replies and all other files by their text. In order of file and line.
#[must_use]
pub fn changes(before: (&Handbook, &Files), after: (&Handbook, &Files)) -> Vec<Change> {
    let mut changes = Vec::new();
    let names = before.0.playbooks.keys().chain(after.0.playbooks.keys()).collect::<std::collections::BTreeSet<_>>();
    for name in names {
        match (before.0.playbook(name), after.0.playbook(name)) {
            (Some(old), Some(new)) => {
                let found = of_playbook(old, new);
                let unnamed = found.is_empty().then(|| files::unnamed(old, new, before.1, after.1)).flatten();
                changes.extend(found.into_iter().chain(unnamed));
            }
            (old, new) => changes.push(whole(name, old.map(AsRef::as_ref), new.map(AsRef::as_ref))),
        }
    }
    changes.extend(files::compare(before.1, after.1));
    let place = |change: &Change| change.after.clone().or_else(|| change.before.clone());
    changes.sort_by(|a, b| (place(a), a.kind, &a.message).cmp(&(place(b), b.kind, &b.message)));
    changes
}

/// The states of `old` that `new` has under another name: old path to new path.
#[must_use]
pub fn renamed_states(old: &Playbook, new: &Playbook) -> BTreeMap<String, String> {
    renames::find(old, new)
}

/// A playbook that is new, or gone.
fn whole(name: &str, old: Option<&Playbook>, new: Option<&Playbook>) -> Change {
    let (kind, became) = if new.is_some() { (ChangeKind::Added, "new") } else { (ChangeKind::Removed, "gone") };
    Change {
        kind,
        what: "playbook",
        playbook: Some(name.to_owned()),
        state: None,
        name: name.to_owned(),
        message: format!("the playbook `{name}` is {became}"),
        before: old.map(|playbook| playbook.place.clone()),
        after: new.map(|playbook| playbook.place.clone()),
    }
}

fn of_playbook(old: &Playbook, new: &Playbook) -> Vec<Change> {
    let renames = renames::find(old, new);
    let mut changes: Vec<Change> = renames.iter().map(|(was, is)| renamed(old, new, was, is)).collect();
    let was = parts_of(old, |path| renames.get(path).map_or(path, String::as_str).to_owned());
    let is = parts_of(new, str::to_owned);
    let pairs = pair_up(&was, &is);
    let lost = |parts: &[Part], taken: &dyn Fn(usize) -> bool| -> Vec<usize> {
        (0..parts.len()).filter(|index| !taken(*index)).collect()
    };
    let gone = lost(&was, &|index| pairs.iter().any(|(was, _)| *was == index));
    let come = lost(&is, &|index| pairs.iter().any(|(_, is)| *is == index));
    changes.extend(pairs.iter().filter_map(|(a, b)| Some((was.get(*a)?, is.get(*b)?))).flat_map(|(a, b)| {
        let differences = differences(a, b);
        differences.into_iter().map(|message| change(new, ChangeKind::Changed, Some(a), Some(b), message))
    }));
    for (parts, indexes, kind) in [(&was, &gone, ChangeKind::Removed), (&is, &come, ChangeKind::Added)] {
        let these: Vec<&Part> = indexes.iter().filter_map(|index| parts.get(*index)).collect();
        for part in &these {
            // What stands in a state that is new or gone as a whole is not told again.
            let within_another = these.iter().any(|state| state.what == "state" && state.holds(part));
            if !within_another {
                let message = part.came_or_went(kind);
                let (before, after) = if kind == ChangeKind::Added { (None, Some(*part)) } else { (Some(*part), None) };
                changes.push(change(new, kind, before, after, message));
            }
        }
    }
    changes
}

fn renamed(old: &Playbook, new: &Playbook, was: &str, is: &str) -> Change {
    let place = |playbook: &Playbook, path: &str| {
        playbook.find(path).and_then(|id| playbook.states.get(id)).map(|state| state.place.clone())
    };
    Change {
        kind: ChangeKind::Renamed,
        what: "state",
        playbook: Some(new.name.clone()),
        state: Some(is.to_owned()),
        name: is.to_owned(),
        message: format!("the state `{was}` is called `{is}`"),
        before: place(old, was),
        after: place(new, is),
    }
}

fn change(
    playbook: &Playbook,
    kind: ChangeKind,
    before: Option<&Part>,
    after: Option<&Part>,
    message: String,
) -> Change {
    let part = after.or(before);
    Change {
        kind,
        what: part.map_or("playbook", |part| part.what),
        playbook: Some(playbook.name.clone()),
        state: part.and_then(|part| part.state.clone()),
        name: part.map(|part| part.name.clone()).unwrap_or_default(),
        message,
        before: before.map(|part| part.place.clone()),
        after: after.map(|part| part.place.clone()),
    }
}

/// Which part of the old playbook is which of the new one: those of the same name; then, of the timers of a state that are left over,
/// the first with the first and so on, since a timer has no name but its length.
fn pair_up(was: &[Part], is: &[Part]) -> Vec<(usize, usize)> {
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    let same_name = |a: &Part, b: &Part| a.name == b.name;
    let both_timers = |a: &Part, b: &Part| a.what == "timer" && a.sort() == b.sort();
    for fits in [&same_name as &dyn Fn(&Part, &Part) -> bool, &both_timers] {
        for (a, old) in was.iter().enumerate() {
            let is_taken = |index: usize, side: fn(&(usize, usize)) -> usize| pairs.iter().any(|p| side(p) == index);
            if is_taken(a, |pair| pair.0) {
                continue;
            }
            let found = is.iter().enumerate().find(|(b, new)| {
                !is_taken(*b, |pair| pair.1) && old.what == new.what && old.state == new.state && fits(old, new)
            });
            if let Some((b, _)) = found {
                pairs.push((a, b));
            }
        }
    }
    pairs
}

fn differences(was: &Part, is: &Part) -> Vec<String> {
    let mut differences = Vec::new();
    if was.name != is.name {
        differences.push(format!("{} is {}, was {}", was.noun(), is.name, was.name));
    }
    for (aspect, new) in &is.aspects {
        let old = was.aspects.iter().find(|(other, _)| other == aspect).map(|(_, value)| value);
        if let Some(difference) = old.and_then(|old| difference(old, new)) {
            differences.push(format!("{}: {aspect} {difference}", is.noun()));
        }
    }
    differences
}

fn difference(old: &Value, new: &Value) -> Option<String> {
    match (old, new) {
        (Value::One(old), Value::One(new)) => (old != new).then(|| {
            let said = |text: &str| if text.is_empty() { "nothing".to_owned() } else { format!("`{text}`") };
            format!("is {}, was {}", said(new), said(old))
        }),
        (Value::Many(old), Value::Many(new)) => (old != new).then(|| {
            let without = |from: &[String], take: &[String]| {
                let mut left = take.to_vec();
                from.iter()
                    .filter(|item| match left.iter().position(|other| other == *item) {
                        Some(at) => {
                            left.remove(at);
                            false
                        }
                        None => true,
                    })
                    .map(|item| format!("`{item}`"))
                    .collect::<Vec<_>>()
            };
            let (come, gone) = (without(new, old), without(old, new));
            match (come.as_slice(), gone.as_slice()) {
                ([], []) => "come in another order".to_owned(),
                (come, []) => format!("now have {}", come.join(", ")),
                ([], gone) => format!("no longer have {}", gone.join(", ")),
                (come, gone) => format!("have {} instead of {}", come.join(", "), gone.join(", ")),
            }
        }),
        _ => Some("are different".to_owned()),
    }
}

/// Whether two files say the same, comments and layout aside.
fn same_values(path: &str, old: &str, new: &str) -> bool {
    let values = |text: &str| {
        let documents = yaml::documents(&Arc::from(path), text).ok()?;
        Some(documents.iter().map(Node::value).collect::<Vec<_>>())
    };
    path.ends_with(".yaml") && values(old).is_some_and(|old| Some(old) == values(new))
}

#[cfg(test)]
mod tests;
