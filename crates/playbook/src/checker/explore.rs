//! Every path, breadth first: what a playbook's ticket and those it opens can come to.

use std::collections::{BTreeSet, HashMap, VecDeque};

use super::clocks;
use super::deeds::begins_with;
use super::graph::{self, Move, TimerId};
use super::guards::Knowledge;
use super::product::{BEGIN, Clock, Config, FIRST, Playbooks, Ticket, TicketName};
use super::steps::{Cause, Log, Stepper, World};
use super::suggested;
use super::zone::{UNBOUNDED, Zone};
use crate::definition::{Opens, OpensBy, Playbook, Promised, StateId};
use crate::source::Place;

/// How many configurations are looked at for one playbook.
pub(super) const MAX_NODES: usize = 3_000;

/// How many ways of steps are followed for one playbook, each to a configuration that may be known.
const MAX_STEPS: usize = 30_000;

/// A configuration that can come about, with the times at which it can.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) config: Config,
    /// How long the clocks may have run while it lasts.
    pub(super) zone: Zone,
    /// The configuration before and the step from there; where the ticket is opened, this one itself.
    pub(super) came: (usize, Step),
    /// The configurations that follow, and whether it takes somebody outside the desk to get there.
    pub(super) onward: Vec<(usize, bool)>,
    /// Whether time passes here, because nothing that was sent waits to be judged.
    pub(super) rests: bool,
    /// Whether what follows was looked at.
    pub(super) followed: bool,
}

/// How many timers and clocks may run at once in a configuration: what is known of their times grows with the square of their number.
const MAX_CLOCKS: usize = 64;

/// One step of one ticket.
#[derive(Clone, Debug)]
pub(super) struct Step {
    pub(super) ticket: TicketName,
    pub(super) cause: Told,
    pub(super) log: Log,
}

/// What made a ticket take a step, as a story tells it.
#[derive(Clone, Debug)]
pub(super) enum Told {
    Opened(String),
    Begun,
    Choice(String),
    Event(String),
    Timer(TimerId),
    /// An event of a linked ticket was judged; `waits` when no state took it.
    Received {
        event: String,
        waits: bool,
    },
}

/// A step that goes wrong.
#[derive(Debug)]
pub(super) struct Fall {
    pub(super) from: usize,
    pub(super) step: Step,
    pub(super) why: Why,
}

/// What goes wrong in a step.
#[derive(Clone, Debug)]
pub(super) enum Why {
    /// It breaks the promise at this position of the ticket's playbook.
    Promise(usize),
    /// It never comes to rest; where its `always` stand.
    Endless(Place),
    /// It sends, at this place, to a ticket that takes nothing because this event is at the head of its queue.
    Piled(Place, String),
}

/// What was found by exploring one playbook.
pub(super) struct Exploration<'h> {
    pub(super) stepper: Stepper<'h>,
    pub(super) first: &'h Playbook,
    pub(super) nodes: Vec<Node>,
    pub(super) falls: Vec<Fall>,
    /// The states that were entered, by playbook.
    pub(super) entered: BTreeSet<(String, StateId)>,
    /// Whether every path was followed to its end.
    pub(super) complete: bool,
    index: HashMap<Config, Vec<usize>>,
    open: VecDeque<usize>,
    steps: usize,
    ceiling: i64,
}

impl<'h> Exploration<'h> {
    /// Explores what tickets of `first` can come to. `opener_unknown` when another ticket opens it that is not explored.
    pub(super) fn of(
        first: &'h Playbook,
        playbooks: &'h Playbooks,
        forms: &dyn Fn(&str) -> Vec<String>,
        opener_unknown: bool,
        most: usize,
    ) -> Self {
        let mut exploration = Self {
            stepper: Stepper::new(playbooks),
            first,
            nodes: Vec::new(),
            falls: Vec::new(),
            entered: BTreeSet::new(),
            complete: true,
            index: HashMap::new(),
            open: VecDeque::new(),
            steps: 0,
            ceiling: ceiling(playbooks),
        };
        for opens in first.opens.iter().filter(|opens| opens.by != OpensBy::Linked || opener_unknown) {
            exploration.open(opens, forms, opener_unknown);
        }
        while let Some(node) = exploration.open.pop_front() {
            if exploration.nodes.len() >= most || exploration.steps >= MAX_STEPS || exploration.stepper.is_spent() {
                exploration.complete = false;
                break;
            }
            exploration.follow(node);
        }
        exploration
    }

    fn open(&mut self, opens: &'h Opens, forms: &dyn Fn(&str) -> Vec<String>, opener_unknown: bool) {
        let (how, known) = opening(self.first, opens, forms);
        let mut config = Config { opener_unknown, ..Config::default() };
        config.tickets.insert(FIRST.to_owned(), Ticket::unbegun(self.first, known));
        for world in self.stepper.step(&config, FIRST, Cause::Begin) {
            let step = Step { ticket: FIRST.to_owned(), cause: Told::Opened(how.clone()), log: world.log.clone() };
            self.add(None, &Zone::at_zero(0), &[], world, step, false);
        }
    }

    fn follow(&mut self, at: usize) {
        let Some(node) = self.nodes.get_mut(at) else { return };
        node.followed = true;
        let (config, zone, rests) = (node.config.clone(), node.zone.clone(), node.rests);
        if !rests {
            config.to_judge().for_each(|name| self.receive(at, &config, &zone, name, true));
            return;
        }
        for name in config.tickets.keys() {
            self.move_on(at, &config, &zone, name);
            self.receive(at, &config, &zone, name, false);
        }
    }

    /// Judges the head of a ticket's queue; `now` when it may be left waiting, otherwise once more.
    fn receive(&mut self, at: usize, config: &Config, zone: &Zone, name: &TicketName, now: bool) {
        let mut config = config.clone();
        let clocks = config.clocks();
        let Some(head) = config.tickets.get_mut(name).and_then(|ticket| ticket.queue.pop_front()) else { return };
        let event = head.event.clone();
        let begins = event == BEGIN;
        let cause = || if begins { Cause::Begin } else { Cause::Event(event.clone()) };
        let mut worlds = self.stepper.step(&config, name, cause());
        let told = if begins { Told::Begun } else { Told::Received { event: event.clone(), waits: false } };
        let left = now && (worlds.is_empty() || (!begins && self.stepper.may_leave(&config, name, &event)));
        if head.again {
            let mut again = config.clone();
            again.tickets.entry(name.clone()).and_modify(|ticket| ticket.queue.push_front(head.clone()));
            worlds.extend(self.stepper.step(&again, name, cause()));
        }
        for world in worlds {
            let step = Step { ticket: name.clone(), cause: told.clone(), log: world.log.clone() };
            self.add(Some(at), zone, &clocks, world, step, false);
        }
        if left {
            if let Some(ticket) = config.tickets.get_mut(name) {
                ticket.queue.push_front(head);
                ticket.parked = true;
            }
            let cause = Told::Received { event, waits: true };
            let step = Step { ticket: name.clone(), cause, log: Log::default() };
            self.add(Some(at), zone, &clocks, World::new(config), step, false);
        }
    }

    fn move_on(&mut self, at: usize, config: &Config, zone: &Zone, name: &TicketName) {
        let Some((playbook, active)) = config.standing(name, self.stepper.playbooks) else { return };
        let timers = config.tickets.get(name).map(|ticket| ticket.timers.clone()).unwrap_or_default();
        let clocks = config.clocks();
        let opener_unknown = name == FIRST && config.opener_unknown;
        for next in graph::moves(playbook, active, timers.into_iter(), opener_unknown) {
            let mut zone = zone.clone();
            let (cause, told, outside) = match next {
                Move::Choice(choice) => (Cause::Choice(choice), Told::Choice(choice.name.clone()), false),
                Move::Happening { event, outside } => (Cause::Event(event.clone()), Told::Event(event), outside),
                Move::Return => {
                    let event = "requester.replied".to_owned();
                    (Cause::Event(event.clone()), Told::Event(event), true)
                }
                Move::Timer(timer) => {
                    let clock = Clock::Timer(name.clone(), timer);
                    let least = graph::timer(playbook, timer).map(|due| due.bounds.0);
                    let (Ok(clock), Some(least)) = (clocks.binary_search(&clock), least) else { continue };
                    if !zone.at_least(clock, least) {
                        continue;
                    }
                    (Cause::Timer(timer), Told::Timer(timer), false)
                }
            };
            for world in self.stepper.step(config, name, cause) {
                let step = Step { ticket: name.clone(), cause: told.clone(), log: world.log.clone() };
                self.add(Some(at), &zone, &clocks, world, step, outside);
            }
        }
    }

    /// Adds what a step leads to, unless it is known.
    fn add(&mut self, from: Option<usize>, zone: &Zone, clocks: &[Clock], world: World, step: Step, outside: bool) {
        let World { config, log, .. } = world;
        self.steps += 1;
        self.complete &= !log.cut;
        if config.clocks().len() > MAX_CLOCKS {
            self.complete = false;
            return;
        }
        if let Some(ticket) = config.tickets.get(&step.ticket) {
            self.entered.extend(log.entered.iter().map(|state| (ticket.playbook.clone(), *state)));
        }
        let broken = log.broken.iter().map(|promise| Why::Promise(*promise));
        let endless = log.endless.iter().map(|place| Why::Endless(place.clone()));
        let piled = log.piled.iter().map(|(place, head)| Why::Piled(place.clone(), head.clone()));
        let falls: Vec<Why> = broken.chain(endless).chain(piled).collect();
        let sources: Vec<Option<usize>> = (config.clocks().iter())
            .map(|clock| if log.set.contains(clock) { None } else { clocks.binary_search(clock).ok() })
            .collect();
        let mut zone = zone.rearranged(&sources);
        let rests = config.to_judge().next().is_none();
        if rests {
            self.let_time_pass(&config, &mut zone);
        }
        zone.forget_beyond(self.ceiling);
        let known = self.index.entry(config.clone()).or_default();
        let same =
            known.iter().copied().find(|node| self.nodes.get(*node).is_some_and(|node| node.zone.includes(&zone)));
        let is_endless = log.endless.is_some();
        let node = match same {
            Some(node) => node,
            None => {
                let node = self.nodes.len();
                known.push(node);
                let came = (from.unwrap_or(node), step.clone());
                self.nodes.push(Node { config, zone, came, onward: Vec::new(), rests, followed: is_endless });
                if !is_endless {
                    self.open.push_back(node);
                }
                node
            }
        };
        if let Some(from) = from.and_then(|from| self.nodes.get_mut(from)) {
            from.onward.push((node, outside));
        }
        for why in falls {
            self.falls.push(Fall { from: from.unwrap_or(node), step: step.clone(), why });
        }
    }

    /// Time passes until the first timer must fire.
    fn let_time_pass(&self, config: &Config, zone: &mut Zone) {
        zone.elapse();
        for (position, clock) in config.clocks().iter().enumerate() {
            let Clock::Timer(name, timer) = clock else { continue };
            let Some(playbook) = self.stepper.playbook_of(config, name) else { continue };
            if let Some(due) = graph::timer(playbook, *timer).filter(|due| due.bounds.1 < UNBOUNDED) {
                zone.at_most(position, due.bounds.1);
            }
        }
    }

    /// The steps that lead to a configuration, from the opening on, each with the configuration it leads to.
    pub(super) fn path(&self, mut node: usize) -> Vec<(usize, &Step)> {
        let mut path = Vec::new();
        while let Some((from, step)) = self.nodes.get(node).map(|node| &node.came) {
            path.push((node, step));
            if *from == node {
                break;
            }
            node = *from;
        }
        path.reverse();
        path
    }
}

/// How an opening is told, and what is known of the fields then.
fn opening(playbook: &Playbook, opens: &Opens, forms: &dyn Fn(&str) -> Vec<String>) -> (String, Knowledge) {
    let all: Vec<&str> = playbook.fields.keys().map(String::as_str).collect();
    let filled;
    let (how, open): (String, Vec<&str>) = match &opens.by {
        OpensBy::Form(form) => {
            filled = forms(form);
            (format!("the form `{form}` opens it"), filled.iter().map(String::as_str).collect())
        }
        OpensBy::Mail { .. } => ("a mail opens it".to_owned(), Vec::new()),
        OpensBy::Chat => ("a chat opens it".to_owned(), Vec::new()),
        OpensBy::Api => ("the API opens it".to_owned(), all),
        OpensBy::Hand => ("a colleague opens it".to_owned(), all),
        OpensBy::Linked => ("another ticket opens it".to_owned(), all),
        OpensBy::Schedule => {
            let schedule = opens.scheduled().map(ToString::to_string).unwrap_or_default();
            (format!("the schedule `{schedule}` opens it"), Vec::new())
        }
    };
    (how, begins_with(playbook, &opens.set, &open))
}

/// More than any timer or promise asks for, in seconds.
fn ceiling(playbooks: &Playbooks) -> i64 {
    let mut most = 0;
    for playbook in playbooks.values() {
        for (id, state) in playbook.states.iter().enumerate() {
            let dues = (0..state.timers().count()).filter_map(|position| graph::timer(playbook, (id, position)));
            most = dues.map(|due| due.bounds.1).filter(|bound| *bound < UNBOUNDED).fold(most, i64::max);
        }
        let spans = suggested::spans(playbook).chain(clocks::spans(playbook));
        most = spans.map(|span| graph::bounds(span).1).fold(most, i64::max);
        for promise in &playbook.promises {
            if let Promised::Hears { within, .. } = &promise.promised {
                most = most.max(graph::bounds(*within).1);
            }
        }
    }
    most + 1
}
