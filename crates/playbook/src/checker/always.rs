//! Coming to rest: `always` after `always`, and those that go round for ever.

use super::deeds::changes_facts;
use super::graph;
use super::guards::Knowledge;
use super::steps::{Stepper, World};
use super::ways::{MAX_WAYS, bounded};
use crate::definition::StateId;

/// How many `always` one step follows, as in the interpreter.
const MAX_MICROSTEPS: usize = 100;

/// The states that a step came to rest in so far, with what was known there.
type Seen = Vec<(StateId, Knowledge)>;

impl Stepper<'_> {
    /// Takes every `always` whose guard holds until none does.
    pub(super) fn settle(&self, worlds: Vec<World>, name: &str) -> Vec<World> {
        let mut rested = Vec::new();
        for world in worlds {
            let mut open = vec![(world, Vec::new())];
            for _ in 0..MAX_MICROSTEPS {
                let mut next = Vec::new();
                for (world, seen) in open {
                    self.microstep(world, seen, name, &mut next, &mut rested);
                }
                open = next;
                if open.is_empty() || open.len() > MAX_WAYS || self.is_spent() {
                    break;
                }
            }
            // Guards that are judged both ways in state after state make more ways than can be followed.
            rested.extend(open.into_iter().take(MAX_WAYS).map(|(mut world, _)| {
                world.log.cut = true;
                world
            }));
            rested = bounded(rested);
        }
        rested
    }

    fn microstep(
        &self,
        mut world: World,
        mut seen: Seen,
        name: &str,
        next: &mut Vec<(World, Seen)>,
        rested: &mut Vec<World>,
    ) {
        let Some((playbook, active)) = world.config.standing(name, self.playbooks) else { return };
        let always = graph::always(playbook, active);
        let known = world.config.tickets.get(name).map(|ticket| ticket.known.clone()).unwrap_or_default();
        if !always.is_empty() && seen.contains(&(active, known.clone())) {
            // The same state with the same facts known: it goes round, unless a fact was changed in a way unknown here.
            let begun = seen.iter().position(|seen| *seen == (active, known.clone())).unwrap_or(0);
            let changes = seen.iter().skip(begun).any(|(state, _)| changes_facts(playbook, *state));
            if !changes {
                let round = seen.iter().skip(begun).map(|(state, _)| *state);
                let first = round.min().and_then(|state| playbook.states.get(state)?.always.first());
                world.log.endless = first.or(always.first().copied()).map(|transition| transition.place.clone());
                rested.push(world);
            }
            return;
        }
        seen.push((active, known));
        let mut open = vec![world];
        for transition in always {
            let mut refused = Vec::new();
            for world in open {
                for (held, world) in self.judged(&world, name, transition.guard.as_ref()) {
                    if held {
                        let taken = self.take(vec![world], name, transition);
                        next.extend(taken.into_iter().map(|world| (world, seen.clone())));
                    } else {
                        refused.push(world);
                    }
                }
            }
            open = refused;
        }
        rested.extend(open);
    }
}
