//! Transitions: a target, or `{guard, target, actions}`, or a list of them.

use super::body::Reader;
use super::{Bound, Playbook, State, StateId, TimerRule, Transition};
use crate::expression::{Expression, Wanted};
use crate::finding::Finding;
use crate::grammar;
use crate::scope::Scope;
use crate::yaml::{Entries, Node, word};

impl State {
    /// Every transition that the state declares, those of its timers and choices included.
    pub(crate) fn transitions(&self) -> impl Iterator<Item = &Transition> {
        (self.on.iter().flat_map(|(_, transitions)| transitions))
            .chain(&self.always)
            .chain(self.timers().flat_map(TimerRule::transitions))
            .chain(self.choices.iter().filter_map(|choice| choice.transition.as_ref()))
    }
}

impl Playbook {
    /// The state on the line of `active` that declares a transition; `active` itself where none of them does, as with a
    /// way back into a closed ticket.
    pub(crate) fn declarer(&self, active: StateId, transition: &Transition) -> StateId {
        let mut line = self.line(active);
        let declares = |state: &State| state.transitions().any(|other| std::ptr::eq(other, transition));
        line.find(|(_, state)| declares(state)).map_or(active, |(id, _)| id)
    }
}

impl Reader<'_> {
    /// Reads what an event, a span or `always` leads to, from the state `from`.
    pub(super) fn transitions(&mut self, node: &Node, from: Option<StateId>) -> Vec<Transition> {
        let members = node.list().unwrap_or(std::slice::from_ref(node));
        let mut transitions: Vec<Transition> = Vec::new();
        for member in members {
            let Some(transition) = self.transition(member, from) else { continue };
            if let Some(earlier) = transitions.iter().find(|earlier| earlier.is_certain()) {
                let line = earlier.place.line;
                self.findings.push(
                    Finding::error(
                        "never-reached",
                        member.place.clone(),
                        "this is never reached: the one before it has no guard",
                    )
                    .with_help(format!("the one in line {line} is always taken; give it a guard, or put it last")),
                );
            }
            transitions.push(transition);
        }
        if members.is_empty() {
            self.findings.push(
                Finding::error("missing-key", node.place.clone(), "an empty list leads nowhere")
                    .with_help("`{}` takes the event and stays"),
            );
        }
        transitions
    }

    fn transition(&mut self, node: &Node, from: Option<StateId>) -> Option<Transition> {
        let place = node.place.clone();
        if node.is_nothing() {
            self.findings.push(
                Finding::error("missing-key", place, "nothing stands here").with_help("`{}` takes the event and stays"),
            );
            return None;
        }
        if let Some(name) = node.text() {
            let target = self.outline.target(name, from, &place, &mut self.findings)?;
            return Some(Transition { guard: None, target: Some(target), actions: Vec::new(), bound: None, place });
        }
        let table = if from.is_some() { &grammar::TRANSITION } else { &grammar::RETURN };
        let mut entries = Entries::of(node, table, &mut self.findings)?;
        let transition = self.bounded_transition(&mut entries, from);
        entries.close(&mut self.findings);
        transition
    }

    /// Reads the keys `guard`, `target`, `actions` and, within a state, `max`.
    pub(super) fn bounded_transition(
        &mut self,
        entries: &mut Entries<'_>,
        from: Option<StateId>,
    ) -> Option<Transition> {
        let bound = from.map(|state| self.bound(entries, state)).unwrap_or_default();
        Some(Transition { bound, ..self.transition_of(entries, from)? })
    }

    /// Reads `max`: how often the transition may be taken before its state is left.
    fn bound(&mut self, entries: &mut Entries<'_>, state: StateId) -> Option<Bound> {
        let place = entries.entry("max").map(|(_, node)| node.place.clone())?;
        let max = entries.integer("max", &mut self.findings)?;
        let max = u32::try_from(max).ok().filter(|max| *max > 0);
        if max.is_none() {
            self.findings.push(
                Finding::error("wrong-type", place, "`max` is 1 or more")
                    .with_help("what is never to be taken can be left out"),
            );
        }
        let path = self.outline.entries.get(state).map(|entry| entry.path.as_str()).unwrap_or_default();
        let number = self.bounds.entry(state).or_insert(0);
        let counter = format!("{path}#{number}");
        *number += 1;
        Some(Bound { counter, max: max? })
    }

    /// Reads the keys `guard`, `target` and `actions`.
    pub(super) fn transition_of(&mut self, entries: &mut Entries<'_>, from: Option<StateId>) -> Option<Transition> {
        let guard = entries.get("guard").map(|node| self.expression(node, Wanted::Condition));
        let target = entries.get("target").map(|node| {
            let name = word(node, "target", &mut self.findings)?;
            self.outline.target(name, from, &node.place, &mut self.findings)
        });
        let actions = entries.get("actions").map(|node| self.actions(node)).unwrap_or_default();
        // A guard or target that could not be read has been reported; without it the transition would mean more.
        let guard = match guard {
            Some(None) => return None,
            other => other.flatten(),
        };
        let target = match target {
            Some(None) => return None,
            other => other.flatten(),
        };
        Some(Transition { guard, target, actions, bound: None, place: entries.place().clone() })
    }

    /// Reads an expression and checks it for what it refers to, for its types, and for what the place wants.
    pub(super) fn expression(&mut self, node: &Node, wanted: Wanted<'_>) -> Option<Expression> {
        let mut expression = Expression::read(node, &mut self.findings)?;
        expression.check(&self.scope, wanted, &mut self.findings);
        Some(expression)
    }

    /// The same where other names are known.
    pub(super) fn expression_in(&mut self, node: &Node, scope: &Scope, wanted: Wanted<'_>) -> Option<Expression> {
        let mut expression = Expression::read(node, &mut self.findings)?;
        expression.check(scope, wanted, &mut self.findings);
        Some(expression)
    }
}
