//! Suggestions that are sent by themselves when nobody sends them: timers, as far as paths are concerned.

use calendar::Span;

use super::deeds::word;
use super::graph::TimerId;
use super::product::Clock;
use super::steps::{Stepper, World};
use crate::definition::{Action, ArgumentValue, Playbook, StateId};
use crate::specs::SUGGEST;

/// Where their positions begin, beyond those of every timer that a state declares.
const FIRST: usize = 1 << 16;

/// When an action's suggestion is sent by itself; `None` for one that waits for an agent, and for every other action.
pub(super) fn send_in(action: &Action) -> Option<Span> {
    match action.argument("send_in") {
        Some(ArgumentValue::Span(span, _)) if action.name == SUGGEST.name => Some(*span),
        _ => None,
    }
}

/// The suggestion that a timer stands for; `None` for the timers that states declare.
pub(super) fn of(playbook: &Playbook, (_, position): TimerId) -> Option<&Action> {
    all(playbook).nth(position.checked_sub(FIRST)?)
}

/// When each suggestion of a playbook is sent by itself.
pub(super) fn spans(playbook: &Playbook) -> impl Iterator<Item = Span> {
    all(playbook).filter_map(send_in)
}

fn all(playbook: &Playbook) -> impl Iterator<Item = &Action> {
    playbook.actions().filter(|action| action.name == SUGGEST.name)
}

fn timer(playbook: &Playbook, owner: StateId, action: &Action) -> Option<TimerId> {
    send_in(action)?;
    Some((owner, FIRST + all(playbook).position(|other| std::ptr::eq(other, action))?))
}

/// The ticket has no suggestion any longer: an agent answered, or a later one takes its place.
pub(super) fn withdraw(world: &mut World, name: &str) {
    if let Some(ticket) = world.config.tickets.get_mut(name) {
        ticket.timers.retain(|(_, position)| *position < FIRST);
    }
}

impl Stepper<'_> {
    /// A draft is made for the state whose business the action is; it takes the place of the one before it.
    pub(super) fn suggest(&self, world: &mut World, name: &str, action: &Action) {
        withdraw(world, name);
        let Some(playbook) = self.playbook_of(&world.config, name) else { return };
        let timer = world.owner.and_then(|owner| timer(playbook, owner, action));
        if let (Some(timer), Some(ticket)) = (timer, world.config.tickets.get_mut(name)) {
            ticket.timers.insert(timer);
            world.log.set.insert(Clock::Timer(name.to_owned(), timer));
        }
    }

    /// Nobody sent it in time.
    pub(super) fn sends_itself(&self, mut world: World, name: &str, suggestion: &Action) -> World {
        withdraw(&mut world, name);
        world.log.place = Some(suggestion.place.clone());
        if let Some(reply) = word(suggestion, "reply") {
            self.says(&mut world, name, reply, "requester");
        }
        world
    }
}
