//! The abstract configuration: several tickets together, and what is known of each.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

use serde_json::Value;

use super::graph::TimerId;
use super::guards::{Certain, Knowledge};
use crate::definition::{Playbook, StateId};

/// Names a ticket: the aliases that lead to it from the first one, which has the empty name.
pub(super) type TicketName = String;

/// The ticket that is opened first.
pub(super) const FIRST: &str = "";

/// What a linked ticket begins with, as an event in its queue.
pub(super) const BEGIN: &str = "ticket.opened";

/// One ticket.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Ticket {
    /// The playbook's name.
    pub(super) playbook: String,
    /// The innermost active state; none before its first step.
    pub(super) state: Option<StateId>,
    pub(super) known: Knowledge,
    pub(super) timers: BTreeSet<TimerId>,
    /// The events that linked tickets sent and that wait, in order.
    pub(super) queue: VecDeque<Queued>,
    /// Whether the head of the queue was judged and not taken.
    pub(super) parked: bool,
    /// The promises, by their position, whose party waits for a word.
    pub(super) waiting: BTreeSet<usize>,
    /// The clocks that stand still, by their position, and whether their warning is still to come.
    pub(super) still: BTreeSet<(usize, bool)>,
    /// Whether a clock told somebody of it since it came to its state.
    pub(super) noticed: bool,
}

/// An event that a linked ticket sent.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Queued {
    pub(super) event: String,
    /// Whether the same event may stand behind it again, however often: it was sent again while it waited.
    pub(super) again: bool,
}

impl Queued {
    /// An event that was sent once.
    pub(super) fn once(event: &str) -> Self {
        Self { event: event.to_owned(), again: false }
    }
}

/// The tickets that belong together, at one moment.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Config {
    pub(super) tickets: BTreeMap<TicketName, Ticket>,
    /// Whether the first ticket was opened by one that is not among these.
    pub(super) opener_unknown: bool,
}

/// A clock that runs: since a timer was set, or since somebody waits for a word.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Clock {
    Timer(TicketName, TimerId),
    Waiting(TicketName, usize),
}

impl Ticket {
    /// A ticket before its first step.
    pub(super) fn unbegun(playbook: &Playbook, known: Knowledge) -> Self {
        Self {
            playbook: playbook.name.clone(),
            state: None,
            known,
            timers: BTreeSet::new(),
            queue: VecDeque::new(),
            parked: false,
            waiting: BTreeSet::new(),
            still: BTreeSet::new(),
            noticed: false,
        }
    }
}

/// The playbooks of a handbook.
pub(super) type Playbooks = BTreeMap<String, Arc<Playbook>>;

impl Config {
    /// The clocks that run, in order.
    pub(super) fn clocks(&self) -> Vec<Clock> {
        let mut clocks = Vec::new();
        for (name, ticket) in &self.tickets {
            clocks.extend(ticket.timers.iter().map(|timer| Clock::Timer(name.clone(), *timer)));
            clocks.extend(ticket.waiting.iter().map(|promise| Clock::Waiting(name.clone(), *promise)));
        }
        clocks.sort();
        clocks
    }

    /// The tickets whose queues are to be judged before time goes on. Which comes first is not said.
    pub(super) fn to_judge(&self) -> impl Iterator<Item = &TicketName> {
        self.tickets.iter().filter(|(_, ticket)| !ticket.queue.is_empty() && !ticket.parked).map(|(name, _)| name)
    }

    /// The playbook that a ticket runs and the state it is in, once it has begun.
    pub(super) fn standing<'h>(&self, name: &str, playbooks: &'h Playbooks) -> Option<(&'h Playbook, StateId)> {
        let ticket = self.tickets.get(name)?;
        Some((playbooks.get(&ticket.playbook)?, ticket.state?))
    }

    /// Whether a ticket is in a final state.
    pub(super) fn has_ended(&self, name: &str, playbooks: &Playbooks) -> bool {
        self.standing(name, playbooks)
            .is_some_and(|(playbook, state)| playbook.states.get(state).is_some_and(|state| state.is_final))
    }

    /// What a ticket's guards find at a path that the configuration itself decides: links, opener, `waiting_on`.
    pub(super) fn certain(&self, name: &str, path: &[String], playbooks: &Playbooks) -> Certain {
        let words: Vec<&str> = path.iter().map(String::as_str).collect();
        match words.as_slice() {
            ["links", alias, below @ ..] => self.linked(&linked(name, alias), below, playbooks),
            ["opener", below @ ..] => match opener(name) {
                Some((opener, _)) => self.linked(opener, below, playbooks),
                None if self.opener_unknown => Certain::Unknown,
                None => Certain::Value(Value::Null),
            },
            ["waiting_on"] => match self.standing(name, playbooks) {
                Some((playbook, state)) => Certain::Value(Value::from(super::graph::waits_on(playbook, state).0)),
                None => Certain::Unknown,
            },
            _ => Certain::Unknown,
        }
    }

    fn linked(&self, name: &str, below: &[&str], playbooks: &Playbooks) -> Certain {
        let Some(ticket) = self.tickets.get(name) else { return Certain::Value(Value::Null) };
        let standing = || {
            let (playbook, state) = self.standing(name, playbooks)?;
            playbook.standing(&playbook.states.get(state)?.path)
        };
        match below {
            [] | ["number"] => Certain::Something,
            ["state"] => Certain::Value(standing().map_or(Value::Null, |standing| Value::from(standing.state))),
            ["status"] => {
                let status = standing().map_or("open", |standing| standing.status.as_str());
                Certain::Value(Value::from(status))
            }
            ["ended"] => Certain::Value(Value::Bool(ticket.state.is_some() && self.has_ended(name, playbooks))),
            _ => Certain::Unknown,
        }
    }

    /// Takes out a ticket and everything that it opened.
    pub(super) fn remove(&mut self, name: &str) {
        let below = format!("{name}.");
        self.tickets.retain(|other, _| other != name && !other.starts_with(&below));
    }
}

/// The name of the ticket that `name` opened under an alias.
pub(super) fn linked(name: &str, alias: &str) -> TicketName {
    if name == FIRST { alias.to_owned() } else { format!("{name}.{alias}") }
}

/// The ticket that opened this one, and the alias under which it knows it.
pub(super) fn opener(name: &str) -> Option<(&str, &str)> {
    if name == FIRST {
        return None;
    }
    Some(name.rsplit_once('.').unwrap_or((FIRST, name)))
}
