//! The timers of a state: some time `after` it was entered, `at` a calculated instant, and `every` time of a schedule.

use calendar::Span;

use super::body::Reader;
use super::weekly::Weekly;
use super::{State, StateId, Transition};
use crate::expression::{Expression, Wanted};
use crate::finding::Finding;
use crate::grammar;
use crate::source::Place;
use crate::types::Type;
use crate::yaml::{Entries, Node, word};

/// How many timers of one sort a state may have.
const MAX_TIMERS: usize = 20;

/// What happens some time after a state was entered.
#[derive(Clone, Debug)]
pub(crate) struct After {
    pub(crate) span: Span,
    pub(crate) transitions: Vec<Transition>,
    pub(crate) place: Place,
}

/// What happens at an instant that is calculated when the state is entered.
#[derive(Clone, Debug)]
pub(crate) struct At {
    pub(crate) time: Expression,
    pub(crate) transitions: Vec<Transition>,
    pub(crate) place: Place,
}

/// What happens each time of a schedule while the ticket is in the state.
#[derive(Clone, Debug)]
pub(crate) struct Every {
    pub(crate) at: Weekly,
    /// Until when a ticket that enters after the hour is still taken along.
    pub(crate) late_until: Option<Weekly>,
    pub(crate) transitions: Vec<Transition>,
    pub(crate) place: Place,
}

/// One timer that a state declares.
#[derive(Clone, Copy, Debug)]
pub(crate) enum TimerRule<'s> {
    After(&'s After),
    At(&'s At),
    Every(&'s Every),
}

impl<'s> TimerRule<'s> {
    pub(crate) fn transitions(self) -> &'s [Transition] {
        match self {
            Self::After(rule) => &rule.transitions,
            Self::At(rule) => &rule.transitions,
            Self::Every(rule) => &rule.transitions,
        }
    }

    /// What people call it: `after 3 days`, `at due_date`, `every MO 16:00 until MO 23:00`.
    pub(crate) fn name(self) -> String {
        match self {
            Self::After(rule) => format!("after {}", rule.span),
            Self::At(rule) => format!("at {}", rule.time.source()),
            Self::Every(Every { at, late_until: None, .. }) => format!("every {at}"),
            Self::Every(Every { at, late_until: Some(until), .. }) => format!("every {at} until {until}"),
        }
    }

    /// Whether it is of the same sort: `after`, `at` or `every`.
    pub(crate) fn is_like(self, other: TimerRule<'_>) -> bool {
        std::mem::discriminant(&self) == std::mem::discriminant(&other)
    }

    pub(crate) fn place(self) -> &'s Place {
        match self {
            Self::After(rule) => &rule.place,
            Self::At(rule) => &rule.place,
            Self::Every(rule) => &rule.place,
        }
    }
}

impl State {
    /// The timers of the state. Their numbers are the positions of [`Timer`](crate::Timer): first every `after`, then
    /// every `at`, then every `every`, each in the order of the file.
    pub(crate) fn timers(&self) -> impl Iterator<Item = TimerRule<'_>> {
        (self.after.iter().map(TimerRule::After))
            .chain(self.at.iter().map(TimerRule::At))
            .chain(self.every.iter().map(TimerRule::Every))
    }

    /// The timer at a position.
    pub(crate) fn timer(&self, position: u32) -> Option<TimerRule<'_>> {
        self.timers().nth(usize::try_from(position).ok()?)
    }
}

impl Reader<'_> {
    /// Reads `after: { SPAN: transitions }`.
    pub(super) fn after(&mut self, node: &Node, state: StateId) -> Vec<After> {
        let Some(entries) = node.mapping() else {
            self.findings.push(Finding::error(
                "wrong-type",
                node.place.clone(),
                "`after` is a mapping of spans to transitions",
            ));
            return Vec::new();
        };
        let mut after = Vec::new();
        for (key, node) in self.not_too_many("after", entries, |(key, _)| &key.place) {
            let transitions = self.transitions(node, Some(state));
            match Span::parse(&key.text) {
                Ok(span) => after.push(After { span, transitions, place: key.place.clone() }),
                Err(error) => self.findings.push(span_finding(&error, key.place.clone())),
            }
        }
        after
    }

    /// Reads `at: [ { time: EXPR, … } ]`.
    pub(super) fn at(&mut self, node: &Node, state: StateId) -> Vec<At> {
        let members = self.timer_list("at", "`- { time: due, target: late }`", node);
        // An instant, a day, or a text of which only the running shows that it is one.
        let instant = Wanted::Typed(&Type::Text, "`time`, an instant or a day,");
        let mut at = Vec::new();
        for member in self.not_too_many("at", members, |member| &member.place) {
            let Some(mut entries) = Entries::of(member, &grammar::AT, &mut self.findings) else { continue };
            let time = entries.require("time", &mut self.findings).and_then(|node| self.expression(node, instant));
            let transition = self.timer_transition(entries, state);
            if let (Some(time), Some(transition)) = (time, transition) {
                at.push(At { time, place: transition.place.clone(), transitions: vec![transition] });
            }
        }
        at
    }

    /// Reads `every: [ { at: MO 16:00, late_until: MO 23:00, … } ]`.
    pub(super) fn every(&mut self, node: &Node, state: StateId) -> Vec<Every> {
        let members = self.timer_list("every", "`- { at: MO 16:00, target: reset }`", node);
        let mut every = Vec::new();
        for member in self.not_too_many("every", members, |member| &member.place) {
            let Some(mut entries) = Entries::of(member, &grammar::EVERY, &mut self.findings) else { continue };
            let at = entries.require("at", &mut self.findings).and_then(|node| self.weekly("at", node));
            let late_node = entries.get("late_until");
            let late_until = late_node.map(|node| self.weekly("late_until", node));
            let transition = self.timer_transition(entries, state);
            if let (Some(at), Some(Some(late)), Some(node)) = (&at, &late_until, late_node)
                && !at.closes_in_time(late)
            {
                self.findings.push(
                    Finding::error(
                        "bad-schedule",
                        node.place.clone(),
                        "this is later than the next time of the schedule",
                    )
                    .with_help("name the end of the same day, for example `23:00`"),
                );
            }
            if let (Some(at), Some(transition)) = (at, transition) {
                let place = transition.place.clone();
                every.push(Every { at, late_until: late_until.flatten(), place, transitions: vec![transition] });
            }
        }
        every
    }

    /// The timers of a state that are read; that there are more is reported.
    fn not_too_many<'n, T>(&mut self, key: &str, all: &'n [T], place: impl Fn(&'n T) -> &'n Place) -> &'n [T] {
        if let Some(first) = all.get(MAX_TIMERS) {
            let message = format!("a state has {MAX_TIMERS} `{key}` at most, and here are {}", all.len());
            self.findings.push(Finding::error("too-many", place(first).clone(), message));
        }
        all.get(..MAX_TIMERS).unwrap_or(all)
    }

    fn timer_list<'n>(&mut self, key: &str, example: &str, node: &'n Node) -> &'n [Node] {
        node.list().unwrap_or_else(|| {
            let message = format!("`{key}` is a list, here stands {}", node.kind());
            self.findings
                .push(Finding::error("wrong-type", node.place.clone(), message).with_help(format!("write {example}")));
            &[]
        })
    }

    /// What a timer does; one that leads nowhere and does nothing would only wake the ticket up.
    fn timer_transition(&mut self, mut entries: Entries<'_>, state: StateId) -> Option<Transition> {
        let acts = entries.get("target").is_some() || entries.get("actions").is_some();
        if !acts {
            self.findings.push(
                Finding::error("missing-key", entries.place().clone(), "nothing happens at this time")
                    .with_help("give it a `target`, or `actions`"),
            );
        }
        let transition = self.bounded_transition(&mut entries, Some(state));
        entries.close(&mut self.findings);
        transition.filter(|_| acts)
    }

    fn weekly(&mut self, key: &'static str, node: &Node) -> Option<Weekly> {
        let text = word(node, key, &mut self.findings)?;
        let read = Weekly::parse(text).map_err(|message| Finding::error("bad-schedule", node.place.clone(), message));
        read.map_err(|finding| self.findings.push(finding)).ok()
    }

    /// Reads a span.
    pub(super) fn span(&mut self, node: &Node, text: &str) -> Option<Span> {
        Span::parse(text).map_err(|error| self.findings.push(span_finding(&error, node.place.clone()))).ok()
    }
}

fn span_finding(error: &calendar::SpanError, place: Place) -> Finding {
    Finding::error("bad-span", place, error.to_string())
}
