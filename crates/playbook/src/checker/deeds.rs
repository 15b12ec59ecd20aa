//! What actions do to the tickets that are explored.

use serde_json::Value;

use super::guards::Knowledge;
use super::product::{BEGIN, Queued, Ticket, linked, opener};
use super::steps::{MAX_QUEUE, MAX_TICKETS, Stepper, World};
use crate::definition::{Action, ArgumentValue, Playbook, StateId};
use crate::expression::Expression;

/// The word that stands as an argument.
pub(super) fn word<'a>(action: &'a Action, argument: &str) -> Option<&'a str> {
    action.arguments.iter().find(|(name, _)| name == argument).and_then(|(_, value)| match value {
        ArgumentValue::Word(word) => Some(word.as_str()),
        _ => None,
    })
}

/// The party that a message of an action reaches, if the action sends one by itself.
pub(super) fn reaches(action: &Action) -> Option<&str> {
    match action.name {
        "reply" => Some(word(action, "to").unwrap_or("requester")),
        _ => None,
    }
}

/// Whether an action changes anything that is explored.
pub(super) fn matters(action: &Action) -> bool {
    matches!(action.name, "set" | "open" | "send" | "suggest") || reaches(action).is_some()
}

/// Whether the `entry` or `exit` of a state, or an `always` out of it, sets a field to something not known here.
pub(super) fn changes_facts(playbook: &Playbook, state: StateId) -> bool {
    let Some(state) = playbook.states.get(state) else { return false };
    let of_always = state.always.iter().flat_map(|transition| &transition.actions);
    state.entry.iter().chain(&state.exit).chain(of_always).any(|action| {
        action.name == "set"
            && action.arguments.iter().any(|(_, value)| match value {
                ArgumentValue::Expression(expression) => expression.constant().is_none(),
                _ => true,
            })
    })
}

impl Stepper<'_> {
    /// Does what an action does to the tickets; false when the step would fault.
    pub(super) fn act(&self, world: &mut World, name: &str, action: &Action) -> bool {
        match action.name {
            "set" => self.set(world, name, action),
            "open" => return self.open(world, name, action),
            "send" => return self.send(world, name, action),
            "suggest" => self.suggest(world, name, action),
            _ => {}
        }
        if let Some(party) = reaches(action) {
            match word(action, "name") {
                Some(reply) => self.says(world, name, reply, party),
                None => self.spoken_to(world, name, party),
            }
        }
        true
    }

    /// A canned reply goes out by itself.
    pub(super) fn says(&self, world: &mut World, name: &str, reply: &str, party: &str) {
        world.log.said.push(reply.to_owned());
        world.raise(format!("reply.{reply}"));
        self.spoken_to(world, name, party);
    }

    fn set(&self, world: &mut World, name: &str, action: &Action) {
        let Some(playbook) = self.playbook_of(&world.config, name) else { return };
        let Some(ticket) = world.config.tickets.get_mut(name) else { return };
        for (field, value) in &action.arguments {
            let path = if playbook.fields.contains_key(field) {
                vec![field.clone()]
            } else {
                vec!["ticket".to_owned(), field.clone()]
            };
            ticket.known.forget(&path);
            if let ArgumentValue::Expression(expression) = value
                && let Some(constant) = expression.constant()
            {
                ticket.known.learn(&path, &constant);
            }
        }
    }

    fn open(&self, world: &mut World, name: &str, action: &Action) -> bool {
        let (Some(alias), Some(playbook)) = (word(action, "as"), word(action, "playbook")) else { return true };
        let Some(playbook) = self.playbooks.get(playbook) else { return true };
        let child = linked(name, alias);
        if world.config.tickets.contains_key(&child) && !world.config.has_ended(&child, self.playbooks) {
            return false;
        }
        world.config.remove(&child);
        if world.config.tickets.len() >= MAX_TICKETS {
            world.log.cut = true;
            return true;
        }
        let given = action.arguments.iter().find(|(argument, _)| argument == "fields");
        let given = match given {
            Some((_, ArgumentValue::Assignments(fields))) => fields.as_slice(),
            _ => &[],
        };
        let mut ticket = Ticket::unbegun(playbook, begins_with(playbook, given, &[]));
        ticket.queue.push_back(Queued::once(BEGIN));
        world.config.tickets.insert(child, ticket);
        world.log.opened.push(alias.to_owned());
        true
    }

    fn send(&self, world: &mut World, name: &str, action: &Action) -> bool {
        let (Some(to), Some(event)) = (word(action, "to"), word(action, "event")) else { return true };
        let (receiver, event) = match (to, opener(name)) {
            ("opener", Some((opener, alias))) => (opener.to_owned(), format!("{alias}.{event}")),
            // Whoever opened the first ticket is not part of what is explored.
            ("opener", None) => return true,
            (alias, _) => (linked(name, alias), format!("opener.{event}")),
        };
        let Some(ticket) = world.config.tickets.get_mut(&receiver) else { return false };
        // The same event again behind itself waits just as the one before it, and how often it does is not counted.
        if let Some(last) = ticket.queue.back_mut().filter(|last| last.event == event)
            && ticket.parked
        {
            last.again = true;
            return true;
        }
        if ticket.queue.len() >= MAX_QUEUE {
            world.log.piled = ticket.queue.front().map(|head| (action.place.clone(), head.event.clone()));
            return true;
        }
        ticket.queue.push_back(Queued::once(&event));
        world.log.sent.push((receiver, event));
        true
    }
}

/// What is known of the fields of a ticket that begins: defaults, unless they are given or may be.
pub(super) fn begins_with(playbook: &Playbook, given: &[(String, Expression)], open: &[&str]) -> Knowledge {
    let mut known = Knowledge::default();
    for (name, field) in &playbook.fields {
        let value = match given.iter().find(|(given, _)| given == name) {
            Some((_, expression)) => expression.constant(),
            None if open.contains(&name.as_str()) => None,
            None => Some(field.default.clone().unwrap_or(Value::Null)),
        };
        if let Some(value) = value {
            known.learn(std::slice::from_ref(name), &value);
        }
    }
    known
}
