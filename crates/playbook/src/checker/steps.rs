//! A step of one ticket in every way it can turn out: the interpreter's step, with guards tried both ways.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::rc::Rc;

use super::clocks;
use super::deeds::matters;
use super::graph::{self, TimerId};
use super::guards::{Knowledge, judge};
use super::obligations::begins_to_wait;
use super::product::{Clock, Config, Playbooks, TicketName};
use super::suggested;
use super::ways::{bounded, distinct};
use crate::definition::{Action, Choice, OPENED, Playbook, StateId, Transition};
use crate::expression::{Expression, Formula};
use crate::source::Place;

/// How many events a step may raise on its own ticket before the way is given up.
const MAX_RAISED: usize = 20;

/// How many ways conditions may turn out, all in all, while one playbook is explored.
const MAX_JUDGED: usize = 1_000_000;

/// How many tickets may belong together before the exploration says that it is too large.
pub(super) const MAX_TICKETS: usize = 8;

/// How many events may wait at a ticket; what is sent beyond is told and left out.
pub(super) const MAX_QUEUE: usize = 3;

/// A configuration in the middle of a step, and what happened on the way.
#[derive(Clone, Debug)]
pub(super) struct World {
    pub(super) config: Config,
    pub(super) log: Log,
    pub(super) raised: VecDeque<String>,
    /// The state whose business the actions are that are being done; see [`Effect::state`](crate::Effect::state).
    pub(super) owner: Option<StateId>,
}

/// What happened in a step.
#[derive(Clone, Debug, Default)]
pub(super) struct Log {
    /// Where the transition stands that was taken first.
    pub(super) place: Option<Place>,
    /// The states that were entered, in order.
    pub(super) entered: Vec<StateId>,
    /// The replies that were sent.
    pub(super) said: Vec<String>,
    /// The aliases of the tickets that were opened.
    pub(super) opened: Vec<String>,
    /// What was sent to whom.
    pub(super) sent: Vec<(TicketName, String)>,
    /// The clocks that began anew.
    pub(super) set: BTreeSet<Clock>,
    /// The promises, by their position, of the ticket's playbook that were broken by entering a state.
    pub(super) broken: Vec<usize>,
    /// The `always` that goes round for ever.
    pub(super) endless: Option<Place>,
    /// The `send` that found a full queue, and the event at its head.
    pub(super) piled: Option<(Place, String)>,
    /// Whether a bound was met, so that not everything is seen.
    pub(super) cut: bool,
}

impl World {
    pub(super) fn new(config: Config) -> Self {
        Self { config, log: Log::default(), raised: VecDeque::new(), owner: None }
    }

    /// An event that the ticket's own action raises, judged when the step is over.
    pub(super) fn raise(&mut self, event: String) {
        self.raised.push_back(event);
    }
}

/// What makes a ticket take a step.
#[derive(Clone, Debug)]
pub(super) enum Cause<'p> {
    /// Its first.
    Begin,
    /// An event that is not a choice.
    Event(String),
    Choice(&'p Choice),
    Timer(TimerId),
}

/// Takes steps through the playbooks of a handbook.
pub(super) struct Stepper<'h> {
    pub(super) playbooks: &'h Playbooks,
    formulas: RefCell<BTreeMap<*const Expression, Rc<Formula>>>,
    judged: Cell<usize>,
}

impl<'h> Stepper<'h> {
    pub(super) fn new(playbooks: &'h Playbooks) -> Self {
        Self { playbooks, formulas: RefCell::default(), judged: Cell::new(0) }
    }

    /// Whether so much was judged that the rest is given up.
    pub(super) fn is_spent(&self) -> bool {
        self.judged.get() > MAX_JUDGED
    }

    /// The playbook of a ticket.
    pub(super) fn playbook_of(&self, config: &Config, name: &str) -> Option<&'h Playbook> {
        self.playbooks.get(&config.tickets.get(name)?.playbook).map(|playbook| &**playbook)
    }

    /// Every way a condition of a ticket can turn out.
    pub(super) fn judge(
        &self,
        config: &Config,
        name: &str,
        condition: Option<&'h Expression>,
    ) -> Vec<(bool, Knowledge)> {
        let Some(ticket) = config.tickets.get(name) else { return Vec::new() };
        let Some(expression) = condition else { return vec![(true, ticket.known.clone())] };
        let formula = {
            let mut formulas = self.formulas.borrow_mut();
            // The playbooks outlive the stepper, so an address stands for one expression.
            Rc::clone(formulas.entry(std::ptr::from_ref(expression)).or_insert_with(|| Rc::new(expression.formula())))
        };
        let mut ways = judge(&formula, &ticket.known, &|path| config.certain(name, path, self.playbooks));
        ways.sort();
        ways.dedup();
        ways
    }

    /// The worlds that a condition of a ticket makes of one: whether it held, and what is known then.
    pub(super) fn judged(&self, world: &World, name: &str, condition: Option<&'h Expression>) -> Vec<(bool, World)> {
        let ways = self.judge(&world.config, name, condition);
        self.judged.set(self.judged.get() + ways.len());
        let ways = ways.into_iter();
        ways.map(|(held, known)| {
            let mut world = world.clone();
            if let Some(ticket) = world.config.tickets.get_mut(name) {
                ticket.known = known;
            }
            (held, world)
        })
        .collect()
    }

    /// Every way a step can turn out in which something takes its cause. A step that would fault moves nothing and is
    /// no way.
    pub(super) fn step(&self, config: &Config, name: &str, cause: Cause<'h>) -> Vec<World> {
        let mut worlds = self.caused(World::new(config.clone()), name, cause);
        let mut done = Vec::new();
        for _ in 0..MAX_RAISED {
            let mut next = Vec::new();
            for mut world in worlds {
                match world.raised.pop_front() {
                    Some(event) => next.extend(self.raised(world, name, &event)),
                    None => done.push(world),
                }
            }
            worlds = bounded(distinct(next));
            done = bounded(distinct(done));
            if worlds.is_empty() {
                break;
            }
        }
        done.extend(worlds.into_iter().map(|mut world| {
            world.log.cut = true;
            world
        }));
        done.into_iter().flat_map(|world| self.keep_pauses(self.rested(world, name), name)).collect()
    }

    /// Whether an event may be left untaken as things stand.
    pub(super) fn may_leave(&self, config: &Config, name: &str, event: &str) -> bool {
        let Some((playbook, active)) = config.standing(name, self.playbooks) else { return false };
        let mut open = vec![config.clone()];
        for transition in graph::answers(playbook, active, event) {
            let mut refused = Vec::new();
            for config in open {
                for (held, known) in self.judge(&config, name, transition.guard.as_ref()) {
                    let mut config = config.clone();
                    if let Some(ticket) = config.tickets.get_mut(name).filter(|_| !held) {
                        ticket.known = known;
                        refused.push(config);
                    }
                }
            }
            open = refused;
        }
        !open.is_empty()
    }

    fn caused(&self, mut world: World, name: &str, cause: Cause<'h>) -> Vec<World> {
        let Some(playbook) = self.playbook_of(&world.config, name) else { return Vec::new() };
        if matches!(cause, Cause::Begin) {
            world.log.place = Some(playbook.place.clone());
            begins_to_wait(&mut world, name, playbook);
            let worlds = self.enter(vec![world], name, None, playbook.initial);
            return self.begun(self.settle(worlds, name), name);
        }
        let Some(active) = world.config.tickets.get(name).and_then(|ticket| ticket.state) else { return Vec::new() };
        match cause {
            Cause::Begin => Vec::new(),
            Cause::Event(event) => self.event(world, name, playbook, active, &event),
            Cause::Choice(choice) => self.choice(world, name, playbook, active, choice),
            Cause::Timer(timer) => {
                if let Some(suggestion) = suggested::of(playbook, timer) {
                    return vec![self.sends_itself(world, name, suggestion)];
                }
                if clocks::of(playbook, timer).is_some() {
                    return self.runs_out(world, name, timer);
                }
                let Some(due) = graph::timer(playbook, timer) else { return Vec::new() };
                if due.returns {
                    world.log.set.insert(Clock::Timer(name.to_owned(), timer));
                } else if let Some(ticket) = world.config.tickets.get_mut(name) {
                    ticket.timers.remove(&timer);
                }
                world.log.place = Some(due.place.clone());
                // A timer that leads nowhere is used up all the same.
                self.first(world, name, &due.transitions, true)
            }
        }
    }

    fn event(&self, mut world: World, name: &str, playbook: &'h Playbook, active: StateId, event: &str) -> Vec<World> {
        let mut transitions = graph::answers(playbook, active, event);
        let returns = event == "requester.replied" && playbook.states.get(active).is_some_and(|state| state.is_final);
        if let Some(reopen) = playbook.reopen.as_ref().filter(|_| returns) {
            transitions.extend(&reopen.transitions);
        }
        let spoken = self.heard_from(&mut world, name, playbook, event);
        let is_over = playbook.states.get(active).is_some_and(|state| state.is_final);
        // What no state takes is heard all the same, unless it waits for one that does.
        let clocked = self.hear_clocks(&mut world, name, event) && !is_over && !graph::is_linked(playbook, event);
        self.first(world, name, &transitions, spoken || clocked)
    }

    /// The clocks that begin with the ticket.
    pub(super) fn begun(&self, mut worlds: Vec<World>, name: &str) -> Vec<World> {
        for world in &mut worlds {
            self.hear_clocks(world, name, OPENED);
        }
        worlds
    }

    fn raised(&self, mut world: World, name: &str, event: &str) -> Vec<World> {
        let Some((playbook, active)) = world.config.standing(name, self.playbooks) else { return vec![world] };
        let place = world.log.place.take();
        self.hear_clocks(&mut world, name, event);
        let transitions = graph::answers(playbook, active, event);
        let mut worlds = self.first(world, name, &transitions, true);
        worlds.iter_mut().for_each(|world| world.log.place = place.clone());
        worlds
    }

    /// Takes the first transition whose guard holds. The ways in which none does count only when `also_none`.
    pub(super) fn first(
        &self,
        world: World,
        name: &str,
        transitions: &[&'h Transition],
        also_none: bool,
    ) -> Vec<World> {
        let (mut open, mut taken) = (vec![world], Vec::new());
        for transition in transitions {
            let mut refused = Vec::new();
            for world in open {
                for (held, mut world) in self.judged(&world, name, transition.guard.as_ref()) {
                    // How often it was taken is not followed: each time may be one too many.
                    if !held || transition.is_bounded() {
                        refused.push(world.clone());
                    }
                    if !held {
                        continue;
                    }
                    world.log.place.get_or_insert_with(|| transition.place.clone());
                    taken.extend(self.take(vec![world], name, transition));
                }
            }
            open = bounded(refused);
        }
        let mut worlds = self.settle(bounded(taken), name);
        if also_none {
            worlds.extend(open);
        }
        worlds
    }

    pub(super) fn take(&self, worlds: Vec<World>, name: &str, transition: &'h Transition) -> Vec<World> {
        let Some(target) = transition.target else {
            let standing = worlds.first().and_then(|world| world.config.standing(name, self.playbooks));
            let owner = standing.map(|(playbook, active)| playbook.declarer(active, transition));
            return self.perform(worlds, name, owner, &transition.actions);
        };
        let mut after = Vec::new();
        for world in worlds {
            let Some((playbook, active)) = world.config.standing(name, self.playbooks) else { continue };
            let line: Vec<StateId> = playbook.line(active).map(|(id, _)| id).collect();
            let around = playbook.line(target).skip(1).map(|(id, _)| id).find(|id| line.contains(id));
            let mut left = vec![world];
            for id in line.into_iter().take_while(|id| Some(*id) != around) {
                let exit = playbook.states.get(id).map_or(&[][..], |state| &state.exit);
                left = self.perform(left, name, None, exit);
                for ticket in left.iter_mut().filter_map(|world| world.config.tickets.get_mut(name)) {
                    ticket.timers.retain(|(state, _)| *state != id);
                }
            }
            let acted = self.perform(left, name, Some(target), &transition.actions);
            after.extend(self.enter(acted, name, around, target));
        }
        after
    }

    pub(super) fn enter(
        &self,
        mut worlds: Vec<World>,
        name: &str,
        around: Option<StateId>,
        target: StateId,
    ) -> Vec<World> {
        let Some(playbook) = worlds.first().and_then(|world| self.playbook_of(&world.config, name)) else {
            return worlds;
        };
        let innermost = playbook.innermost(target);
        let line = playbook.line(innermost).map(|(id, _)| id);
        let mut entered: Vec<StateId> = line.take_while(|id| Some(*id) != around).collect();
        entered.reverse();
        for id in entered {
            let Some(state) = playbook.states.get(id) else { continue };
            for world in &mut worlds {
                if let Some(ticket) = world.config.tickets.get_mut(name) {
                    ticket.state = Some(id);
                    ticket.noticed = false;
                    for position in 0..state.timers().count() {
                        ticket.timers.insert((id, position));
                        world.log.set.insert(Clock::Timer(name.to_owned(), (id, position)));
                    }
                }
                world.log.entered.push(id);
            }
            worlds = self.watch(worlds, name, playbook, &state.path);
            worlds = self.perform(worlds, name, Some(id), &state.entry);
        }
        worlds
    }

    pub(super) fn perform(
        &self,
        worlds: Vec<World>,
        name: &str,
        owner: Option<StateId>,
        actions: &'h [Action],
    ) -> Vec<World> {
        let mut worlds = worlds;
        worlds.iter_mut().for_each(|world| world.owner = owner);
        for action in actions.iter().filter(|action| matters(action)) {
            let mut after = Vec::new();
            for world in worlds {
                for (held, mut world) in self.judged(&world, name, action.when.as_ref()) {
                    if !held || self.act(&mut world, name, action) {
                        after.push(world);
                    }
                }
            }
            worlds = bounded(after);
        }
        worlds
    }

    /// The step is over: what is known of the world outside may be different at the next.
    fn rested(&self, mut world: World, name: &str) -> World {
        let Some(playbook) = self.playbook_of(&world.config, name) else { return world };
        if let Some(ticket) = world.config.tickets.get_mut(name) {
            ticket.known.keep(|root| playbook.fields.contains_key(root));
            ticket.parked = false;
        }
        if world.config.has_ended(name, self.playbooks) {
            clocks::stop(&mut world, name);
        }
        world
    }
}
