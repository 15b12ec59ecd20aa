//! What promises watch while tickets move: who waits for a word, and which states must not be entered.

use super::product::{Clock, opener};
use super::steps::{Stepper, World};
use super::suggested;
use crate::definition::{Playbook, Promised, WRITTEN_TO};

/// A ticket begins: everybody who is promised a word waits for one.
pub(super) fn begins_to_wait(world: &mut World, name: &str, playbook: &Playbook) {
    let Some(ticket) = world.config.tickets.get_mut(name) else { return };
    for (position, promise) in playbook.promises.iter().enumerate() {
        if matches!(promise.promised, Promised::Hears { .. }) {
            ticket.waiting.insert(position);
            world.log.set.insert(Clock::Waiting(name.to_owned(), position));
        }
    }
}

impl<'h> Stepper<'h> {
    /// Somebody spoke: from now on they wait for a word. Colleagues who speak give it.
    pub(super) fn heard_from(&self, world: &mut World, name: &str, playbook: &Playbook, event: &str) -> bool {
        if event == "agent.replied" {
            suggested::withdraw(world, name);
            self.spoken_to(world, name, "requester");
            return true;
        }
        let addressed = event.strip_suffix(WRITTEN_TO).and_then(|event| event.strip_suffix('.'));
        if let Some(party) = addressed.filter(|party| playbook.parties.contains_key(*party)) {
            self.spoken_to(world, name, party);
            return true;
        }
        let mut waits = false;
        for (position, promise) in playbook.promises.iter().enumerate() {
            let Promised::Hears { party, .. } = &promise.promised else { continue };
            if event.strip_suffix(".replied") == Some(party)
                && let Some(ticket) = world.config.tickets.get_mut(name)
            {
                ticket.waiting.insert(position);
                world.log.set.insert(Clock::Waiting(name.to_owned(), position));
                waits = true;
            }
        }
        waits
    }

    /// A message reached a party: nobody of that kind waits for one any longer.
    pub(super) fn spoken_to(&self, world: &mut World, name: &str, party: &str) {
        let Some(playbook) = self.playbook_of(&world.config, name) else { return };
        if let Some(ticket) = world.config.tickets.get_mut(name) {
            for (position, promise) in playbook.promises.iter().enumerate() {
                if matches!(&promise.promised, Promised::Hears { party: waits, .. } if waits == party) {
                    ticket.waiting.remove(&position);
                }
            }
        }
        if playbook.converses_with_opener
            && let Some((opener, _)) = opener(name)
        {
            self.spoken_to(world, opener, party);
        }
    }

    /// Notes which promises `never STATE unless EXPR` entering the state breaks.
    pub(super) fn watch(&self, worlds: Vec<World>, name: &str, playbook: &'h Playbook, entered: &str) -> Vec<World> {
        let mut watched = worlds;
        for (position, promise) in playbook.promises.iter().enumerate() {
            let Promised::Never { state, unless } = &promise.promised else { continue };
            if state != entered {
                continue;
            }
            let mut judged = Vec::new();
            for world in watched {
                let ways = match unless {
                    Some(unless) => self.judge(&world.config, name, Some(unless)),
                    None => {
                        world.config.tickets.get(name).map(|ticket| (false, ticket.known.clone())).into_iter().collect()
                    }
                };
                for (held, known) in ways {
                    let mut world = world.clone();
                    if let Some(ticket) = world.config.tickets.get_mut(name) {
                        ticket.known = known;
                    }
                    if !held {
                        world.log.broken.push(position);
                    }
                    judged.push(world);
                }
            }
            watched = judged;
        }
        watched
    }
}
