//! Clocks, as far as paths are concerned: timers of the ticket as a whole, which events start and stop.

use super::deeds::matters;
use super::graph::{self, Due, TimerId};
use super::product::{Clock, Config, Ticket};
use super::steps::{Stepper, World};
use super::ways::bounded;
use crate::definition::{self, Action, OPENED, Playbook, StateId, TURN};

/// Stands where a timer has its state: a clock belongs to none.
const OF_THE_TICKET: StateId = StateId::MAX;

/// Where the positions of warnings begin; below it is when clocks run out. Those of suggestions are higher.
const WARNS: usize = 1 << 15;

/// Where the positions of clocks begin that stood still: how much of them is left nobody knows.
const LEFT: usize = 1 << 14;

/// The actions that bring a ticket to nobody's notice: they leave words and facts that nobody is shown.
const SILENT: [&str; 2] = ["note", "set"];

/// The clock that a timer stands for, and whether it warns; `None` for timers of states.
pub(super) fn of(playbook: &Playbook, (state, position): TimerId) -> Option<(&definition::Clock, bool)> {
    if state != OF_THE_TICKET {
        return None;
    }
    Some((playbook.clocks.get(position & (LEFT - 1))?, position >= WARNS))
}

/// The timers of the clock at a position: as it is started, or as it goes on.
fn timers(position: usize, warns: bool) -> [TimerId; 2] {
    let first = if warns { WARNS + position } else { position };
    [(OF_THE_TICKET, first), (OF_THE_TICKET, first + LEFT)]
}

/// When a clock runs out, or warns of it. One that stood still may have nearly everything left, or nearly nothing.
pub(super) fn due<'p>(clock: &'p definition::Clock, warns: bool, (_, position): TimerId) -> Due<'p> {
    let (mut plain, mut bounds) = (clock.span.seconds(), graph::bounds(clock.span));
    if let Some(warn) = clock.warn.as_ref().filter(|_| warns) {
        let (least, most) = graph::bounds(warn.before);
        plain -= warn.before.seconds();
        bounds = ((bounds.0 - most).max(0), bounds.1 - least);
    }
    let mut least = plain;
    if position & LEFT != 0 {
        (least, bounds.0) = (0, 0);
    }
    let says = format!("of the clock `{}` ({}{})", clock.name, if warns { "before " } else { "" }, clock.span);
    Due { says, plain: (least, plain), bounds, returns: false, transitions: Vec::new(), place: &clock.place }
}

/// The events that start or stop a clock which is followed.
pub(super) fn events(playbook: &Playbook) -> impl Iterator<Item = &String> {
    followed(playbook).flat_map(|(_, clock)| clock.start.iter().chain(&clock.stop)).filter(|event| *event != OPENED)
}

/// The spans of the clocks that are followed.
pub(super) fn spans(playbook: &Playbook) -> impl Iterator<Item = calendar::Span> {
    followed(playbook).map(|(_, clock)| clock.span)
}

/// The clocks on which something depends that is explored: what they do moves tickets, or nothing else limits some wait.
fn followed(playbook: &Playbook) -> impl Iterator<Item = (usize, &definition::Clock)> {
    let moves =
        |clock: &definition::Clock| [false, true].into_iter().any(|warns| actions(clock, warns).iter().any(matters));
    let waits = |id: StateId| graph::waits_on(playbook, id).1 && !graph::is_timed(playbook, id);
    let limits = move |clock: &definition::Clock| {
        (acts(clock, false) || acts(clock, true)) && (0..playbook.states.len()).any(waits)
    };
    playbook.clocks.iter().enumerate().filter(move |(_, clock)| moves(clock) || limits(clock))
}

/// What a clock does when it runs out, or when it warns.
fn actions(clock: &definition::Clock, warns: bool) -> &[Action] {
    match (&clock.warn, warns) {
        (Some(warn), true) => &warn.actions,
        (None, true) => &[],
        (_, false) => &clock.breach,
    }
}

/// Whether somebody hears of that.
fn acts(clock: &definition::Clock, warns: bool) -> bool {
    actions(clock, warns).iter().any(|action| !SILENT.contains(&action.name))
}

/// The events of a clock are known by their names, whatever they lead to.
fn names(events: &[String], event: &str) -> bool {
    events.iter().any(|name| name == event)
}

impl<'h> Stepper<'h> {
    /// Stops and starts the clocks of a ticket that an event concerns; whether any did.
    pub(super) fn hear_clocks(&self, world: &mut World, name: &str, event: &str) -> bool {
        let Some(playbook) = self.playbook_of(&world.config, name) else { return false };
        let Some(ticket) = world.config.tickets.get_mut(name) else { return false };
        let mut changed = false;
        for (position, clock) in followed(playbook) {
            let (breach, warning) = ((OF_THE_TICKET, position), (OF_THE_TICKET, WARNS + position));
            let runs = timers(position, false).iter().any(|timer| ticket.timers.contains(timer));
            let running = runs || ticket.still.iter().any(|(still, _)| *still == position);
            let stops = running && names(&clock.stop, event);
            if stops {
                forget(ticket, position);
            }
            let starts = names(&clock.start, event) && (stops || !running) || stops && clock.repeats;
            if starts {
                let set = [Some(breach), clock.warn.as_ref().map(|_| warning)];
                for timer in set.into_iter().flatten() {
                    ticket.timers.insert(timer);
                    world.log.set.insert(Clock::Timer(name.to_owned(), timer));
                }
            }
            changed |= stops || starts;
        }
        changed
    }

    /// Stops the clocks that stand still where the ticket is now, and lets the others go on. Whose turn it is to speak is not followed:
    /// there a clock may stand still or not.
    pub(super) fn keep_pauses(&self, world: World, name: &str) -> Vec<World> {
        let Some((playbook, active)) = world.config.standing(name, self.playbooks) else { return vec![world] };
        let (party, _) = graph::waits_on(playbook, active);
        let mut worlds = vec![world];
        for (position, clock) in followed(playbook) {
            let Some(pause) = &clock.pause else { continue };
            let either = party == TURN && !pause.waiting_on.is_empty();
            let holds = pause.holds(playbook, active, party).is_some();
            let mut after = Vec::new();
            for world in worlds {
                if either && !holds {
                    after.push(stilled(world.clone(), name, position, true));
                }
                after.push(stilled(world, name, position, holds));
            }
            worlds = bounded(after);
        }
        worlds
    }

    /// A clock runs out, or warns. The ways in which its `while` does not hold leave everything as it is.
    pub(super) fn runs_out(&self, mut world: World, name: &str, timer: TimerId) -> Vec<World> {
        let Some(playbook) = self.playbook_of(&world.config, name) else { return Vec::new() };
        let Some((clock, warns)) = of(playbook, timer) else { return Vec::new() };
        world.log.place = Some(clock.place.clone());
        let Some(ticket) = world.config.tickets.get_mut(name) else { return Vec::new() };
        let position = timer.1 & (LEFT - 1);
        let warning = (OF_THE_TICKET, WARNS + position);
        ticket.timers.remove(&timer);
        // A warning comes before, or at the same instant, whatever the paths say of its time.
        let warnings = timers(position, true);
        let warned = !warns && warnings.iter().any(|warning| ticket.timers.contains(warning));
        if !warns {
            forget(ticket, position);
        }
        if !warns && clock.repeats {
            for timer in [Some((OF_THE_TICKET, position)), clock.warn.as_ref().map(|_| warning)].into_iter().flatten() {
                ticket.timers.insert(timer);
                world.log.set.insert(Clock::Timer(name.to_owned(), timer));
            }
        }
        let actions = actions(clock, warns);
        let ways = self.judged(&world, name, clock.while_.as_ref());
        let may_act = (acts(clock, warns) || warned && acts(clock, true)) && ways.iter().any(|(held, _)| *held);
        let mut worlds = Vec::new();
        for (held, mut world) in ways {
            if let Some(ticket) = world.config.tickets.get_mut(name) {
                ticket.noticed |= may_act;
            }
            if held {
                let owner = world.config.standing(name, self.playbooks).map(|(_, state)| state);
                let acted = self.perform(vec![world], name, owner, actions);
                worlds.extend(self.settle(acted, name));
            } else {
                worlds.push(world);
            }
        }
        worlds
    }

    /// Whether a clock that runs, or that ran out since the ticket came to its state, brings the ticket to somebody's notice
    /// if nothing happens.
    pub(super) fn is_clocked(&self, config: &Config, name: &str) -> bool {
        let Some(playbook) = self.playbook_of(config, name) else { return false };
        let Some(ticket) = config.tickets.get(name) else { return false };
        let running = ticket.timers.iter().filter_map(|timer| of(playbook, *timer));
        let mut may_act = running.filter(|(clock, warns)| acts(clock, *warns)).map(|(clock, _)| clock.while_.as_ref());
        ticket.noticed || may_act.any(|while_| self.judge(config, name, while_).iter().any(|(held, _)| *held))
    }
}

/// A ticket that is over has no clocks.
pub(super) fn stop(world: &mut World, name: &str) {
    if let Some(ticket) = world.config.tickets.get_mut(name) {
        ticket.timers.retain(|(state, _)| *state != OF_THE_TICKET);
        ticket.still.clear();
    }
}

/// Takes a clock off a ticket.
fn forget(ticket: &mut Ticket, position: usize) {
    let of_clock = [timers(position, false), timers(position, true)].concat();
    ticket.timers.retain(|timer| !of_clock.contains(timer));
    ticket.still.retain(|(still, _)| *still != position);
}

/// A world in which a clock that runs stands still, or one that stands still goes on.
fn stilled(mut world: World, name: &str, position: usize, holds: bool) -> World {
    let Some(ticket) = world.config.tickets.get_mut(name) else { return world };
    let is_set = |timers: [TimerId; 2]| timers.iter().any(|timer| ticket.timers.contains(timer));
    let (runs, warns) = (is_set(timers(position, false)), is_set(timers(position, true)));
    let still = ticket.still.iter().copied().find(|(still, _)| *still == position);
    match (still, holds) {
        (None, true) if runs => {
            forget(ticket, position);
            ticket.still.insert((position, warns));
        }
        (Some((_, warns)), false) => {
            forget(ticket, position);
            let [_, breach] = timers(position, false);
            let [_, warning] = timers(position, true);
            for timer in [Some(breach), warns.then_some(warning)].into_iter().flatten() {
                ticket.timers.insert(timer);
                world.log.set.insert(Clock::Timer(name.to_owned(), timer));
            }
        }
        _ => {}
    }
    world
}
