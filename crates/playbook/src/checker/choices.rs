//! Choices of colleagues, and the tickets that they pass on to another procedure.

use super::graph;
use super::obligations::begins_to_wait;
use super::steps::{Stepper, World};
use crate::definition::{Choice, Playbook, StateId};

impl<'h> Stepper<'h> {
    /// Every way a choice can turn out.
    pub(super) fn choice(
        &self,
        mut world: World,
        name: &str,
        playbook: &'h Playbook,
        active: StateId,
        choice: &'h Choice,
    ) -> Vec<World> {
        let mut worlds = Vec::new();
        // Whoever chooses can fill fields in, and does so before the guard is asked.
        if let Some(ticket) = world.config.tickets.get_mut(name) {
            ticket.known.keep(|root| !playbook.fields.contains_key(root));
        }
        for (held, mut world) in self.judged(&world, name, choice.guard.as_ref()) {
            let Some(ticket) = world.config.tickets.get_mut(name).filter(|_| held) else { continue };
            let required = playbook.line(active).flat_map(|(_, state)| &state.require).chain(&choice.require);
            for requirement in required {
                ticket.known.exclude(&requirement.path, &serde_json::Value::Null);
            }
            world.log.place = Some(choice.place.clone());
            self.hear_clocks(&mut world, name, &format!("choice.{}", choice.name));
            worlds.extend(match &choice.transition {
                _ if choice.switch.is_some() => self.switch(world, name, choice),
                Some(transition) => {
                    let taken = self.take(vec![world], name, transition);
                    self.settle(taken, name)
                }
                None => {
                    let event = format!("choice.{}", choice.name);
                    self.first(world, name, &graph::answers(playbook, active, &event), true)
                }
            });
        }
        worlds
    }

    /// The ticket goes on in another playbook, from its beginning, with the fields that both have.
    fn switch(&self, world: World, name: &str, choice: &'h Choice) -> Vec<World> {
        let Some(playbook) = choice.switch.as_ref().and_then(|other| self.playbooks.get(other)) else {
            return vec![world];
        };
        let actions = choice.transition.as_ref().map_or(&[][..], |transition| &transition.actions);
        let mut worlds = self.perform(vec![world], name, None, actions);
        for world in &mut worlds {
            if let Some(ticket) = world.config.tickets.get_mut(name) {
                ticket.playbook = playbook.name.clone();
                ticket.state = None;
                ticket.timers.clear();
                ticket.waiting.clear();
                ticket.known.keep(|root| playbook.fields.contains_key(root));
            }
            begins_to_wait(world, name, playbook);
        }
        let worlds = self.enter(worlds, name, None, playbook.initial);
        self.begun(self.settle(worlds, name), name)
    }
}
