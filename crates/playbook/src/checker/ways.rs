//! How many ways of one step are followed, and which of them are one.

use std::collections::{BTreeSet, HashSet};

use super::steps::{Log, World};
use crate::definition::StateId;

/// In how many ways one step may turn out before the exploration says that it is too large.
pub(super) const MAX_WAYS: usize = 500;

/// Each of the worlds that go on alike once: only the story of how they came about would differ.
pub(super) fn distinct(mut worlds: Vec<World>) -> Vec<World> {
    let mut seen = HashSet::new();
    worlds.retain(|world| {
        let Log { entered, set, broken, endless, piled, cut, .. } = &world.log;
        let entered: BTreeSet<StateId> = entered.iter().copied().collect();
        let falls = (broken.clone(), endless.clone(), piled.clone(), *cut);
        seen.insert((world.config.clone(), world.raised.clone(), entered, set.clone(), falls))
    });
    worlds
}

/// No more ways of one step than can be looked at; that some are left out is noted.
pub(super) fn bounded(mut worlds: Vec<World>) -> Vec<World> {
    if worlds.len() > MAX_WAYS {
        worlds.truncate(MAX_WAYS);
        worlds.iter_mut().take(1).for_each(|world| world.log.cut = true);
    }
    worlds
}
