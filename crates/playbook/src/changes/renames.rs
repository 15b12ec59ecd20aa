//! States that are the same under another name.

use std::collections::{BTreeMap, BTreeSet};

use super::parts::{Part, parts_of};
use crate::definition::Playbook;

/// What stands for a state that only one of the two revisions has.
const UNKNOWN: &str = "?";

/// Old path to new path. A state is another one's new name when both do the same, and their own names or their surroundings are
/// the same, and there is no second one to mistake it for.
pub(super) fn find(old: &Playbook, new: &Playbook) -> BTreeMap<String, String> {
    let (was, is) = (paths(old), paths(new));
    let in_both: BTreeSet<&str> = was.intersection(&is).copied().collect();
    let known = |path: &str| if in_both.contains(path) { path.to_owned() } else { UNKNOWN.to_owned() };
    let mut gone = deeds(old, &known, |path| !in_both.contains(path));
    let mut come = deeds(new, &known, |path| !in_both.contains(path));
    let mut renames = BTreeMap::new();
    take_pairs(&mut gone, &mut come, &mut renames, |was, is, _| own_name(was) == own_name(is));
    // Parents before their children, since a child's surroundings may have a new name themselves.
    for depth in 0..=come.keys().map(|path| path.matches('.').count()).max().unwrap_or_default() {
        take_pairs(&mut gone, &mut come, &mut renames, |was, is, renames| {
            let parent = surroundings(was);
            is.matches('.').count() == depth && renames.get(parent).map_or(parent, String::as_str) == surroundings(is)
        });
    }
    renames
}

type Deeds = BTreeMap<String, String>;

/// Takes every pair that `fits`, does the same, and is the only such pair of either.
fn take_pairs(
    gone: &mut Deeds,
    come: &mut Deeds,
    renames: &mut BTreeMap<String, String>,
    fits: impl Fn(&str, &str, &BTreeMap<String, String>) -> bool,
) {
    let pairs: Vec<(String, String)> = gone
        .iter()
        .flat_map(|(was, does)| come.iter().filter(move |(_, other)| *other == does).map(move |(is, _)| (was, is)))
        .filter(|(was, is)| fits(was, is, renames))
        .map(|(was, is)| (was.clone(), is.clone()))
        .collect();
    for (was, is) in &pairs {
        let rivals = pairs.iter().filter(|(other_was, other_is)| other_was == was || other_is == is).count();
        if rivals == 1 {
            gone.remove(was);
            come.remove(is);
            renames.insert(was.clone(), is.clone());
        }
    }
}

fn paths(playbook: &Playbook) -> BTreeSet<&str> {
    playbook.states.iter().map(|state| state.path.as_str()).collect()
}

/// What the states of these paths do, in one text each that names neither them nor what only one revision has.
fn deeds(playbook: &Playbook, known: &impl Fn(&str) -> String, of: impl Fn(&str) -> bool) -> Deeds {
    let mut deeds = Deeds::new();
    let parts = parts_of(playbook, |path| known(path));
    let own = parts_of(playbook, str::to_owned);
    for (part, named) in parts.iter().zip(&own) {
        let Some(state) = named.state.as_ref().filter(|state| of(state)) else { continue };
        let name = if part.what == "state" { "" } else { &part.name };
        let Part { what, aspects, .. } = part;
        deeds.entry(state.clone()).or_default().push_str(&format!("{what} {name} {aspects:?}\n"));
    }
    deeds
}

fn own_name(path: &str) -> &str {
    path.rsplit('.').next().unwrap_or(path)
}

fn surroundings(path: &str) -> &str {
    path.rsplit_once('.').map_or("", |(parent, _)| parent)
}
