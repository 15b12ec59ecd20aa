//! Clocks: by when somebody must have been answered, whatever states the ticket goes through meanwhile.

use calendar::Span;

use super::Action;
use super::body::Reader;
use super::header::{check_identifier, read_calendar};
use super::pauses::Pause;
use crate::calendar_file::CalendarChoice;
use crate::expression::{Expression, Wanted};
use crate::fields::in_words;
use crate::finding::Finding;
use crate::grammar;
use crate::source::Place;
use crate::text::Localized;
use crate::yaml::{Entries, Key, Node, word};

/// The event that a run begins with; only a clock can wait for it.
pub(crate) const OPENED: &str = "ticket.opened";

/// By when something must have happened.
#[derive(Clone, Debug)]
pub(crate) struct Clock {
    pub(crate) name: String,
    /// What people call it; its name in words where the playbook says nothing.
    pub(crate) title: Localized,
    /// The events that start it. One that is running goes on: the first counts.
    pub(crate) start: Vec<String>,
    /// The events that stop it.
    pub(crate) stop: Vec<String>,
    pub(crate) span: Span,
    /// The calendar that it is counted in; the playbook's without one.
    pub(crate) calendar: Option<CalendarChoice>,
    /// Whether it starts again when it was stopped or has run out (`every`), or runs once (`within`).
    pub(crate) repeats: bool,
    /// Whether running out counts, judged when it has.
    pub(crate) while_: Option<Expression>,
    /// Where it stands still.
    pub(crate) pause: Option<Pause>,
    pub(crate) warn: Option<Warn>,
    pub(crate) breach: Vec<Action>,
    pub(crate) place: Place,
}

/// What is done some time before a clock runs out.
#[derive(Clone, Debug)]
pub(crate) struct Warn {
    pub(crate) before: Span,
    pub(crate) actions: Vec<Action>,
}

impl Reader<'_> {
    /// Reads the `clocks` of a playbook.
    pub(super) fn clocks(&mut self, node: &Node) -> Vec<Clock> {
        let Some(entries) = node.mapping() else {
            let message = "`clocks` is a mapping of names to clocks";
            self.findings.push(Finding::error("wrong-type", node.place.clone(), message));
            return Vec::new();
        };
        entries.iter().filter_map(|(key, node)| self.clock(key, node)).collect()
    }

    fn clock(&mut self, key: &Key, node: &Node) -> Option<Clock> {
        check_identifier("a clock", &key.text, &key.place, &mut self.findings);
        let mut entries = Entries::of(node, &grammar::CLOCK, &mut self.findings)?;
        let title = entries.get("title");
        let title = self.localized(title);
        let start = self.clock_events("start", &mut entries);
        let stop = self.clock_events("stop", &mut entries);
        let length = self.length(&mut entries);
        let while_ = entries.get("while").map(|node| self.expression(node, Wanted::Condition));
        let pause = entries.get("pause").map(|node| self.pause(node));
        let warn = entries.get("warn").map(|node| self.warn(node));
        let breach = entries.require("breach", &mut self.findings).map(|node| self.actions(node)).unwrap_or_default();
        let calendar = entries.get("calendar").and_then(|node| read_calendar(node, &mut self.findings));
        if let Some((choice, place)) = &calendar {
            self.check_calendar(choice, place);
        }
        entries.close(&mut self.findings);
        let (span, repeats) = length?;
        if let Some(Some(warn)) = &warn
            && warn.before.seconds() >= span.seconds()
        {
            self.findings.push(
                Finding::error("bad-span", key.place.clone(), "the warning would come before the clock has started")
                    .with_help(format!("`before` is shorter than {span}")),
            );
        }
        // What could not be read has been reported; without it the clock would mean something else.
        if matches!(while_, Some(None)) || matches!(warn, Some(None)) || matches!(pause, Some(None)) {
            return None;
        }
        Some(Clock {
            title: title.unwrap_or_else(|| Localized::plain(in_words(&key.text))),
            name: key.text.clone(),
            start,
            stop,
            span,
            calendar: calendar.map(|(choice, _)| choice),
            repeats,
            while_: while_.flatten(),
            pause: pause.flatten(),
            warn: warn.flatten(),
            breach,
            place: key.place.clone(),
        })
    }

    /// Reads `within: SPAN` or `every: SPAN`; the flag is whether it repeats.
    fn length(&mut self, entries: &mut Entries<'_>) -> Option<(Span, bool)> {
        let (within, every) = (entries.get("within"), entries.get("every"));
        let (key, node) = match (within, every) {
            (Some(node), None) => ("within", node),
            (None, Some(node)) => ("every", node),
            _ => {
                self.findings.push(
                    Finding::error("missing-key", entries.place().clone(), "a clock has a `within` or an `every`")
                        .with_help("`within: 4h` runs once, `every: 24h` again and again"),
                );
                return None;
            }
        };
        let text = word(node, key, &mut self.findings)?;
        let span = self.span(node, text)?;
        if span.seconds() == 0 {
            let message = "a clock takes some time";
            self.findings.push(Finding::error("bad-span", node.place.clone(), message));
            return None;
        }
        Some((span, key == "every"))
    }

    fn warn(&mut self, node: &Node) -> Option<Warn> {
        let mut entries = Entries::of(node, &grammar::WARN, &mut self.findings)?;
        let before = entries.require("before", &mut self.findings);
        let before = before.and_then(|node| {
            let text = word(node, "before", &mut self.findings)?;
            self.span(node, text)
        });
        let actions = entries.require("actions", &mut self.findings).map(|node| self.actions(node));
        entries.close(&mut self.findings);
        Some(Warn { before: before?, actions: actions.unwrap_or_default() })
    }

    /// Reads the events that start or stop a clock.
    fn clock_events(&mut self, key: &'static str, entries: &mut Entries<'_>) -> Vec<String> {
        entries.require(key, &mut self.findings);
        let mut events = Vec::new();
        for (name, place) in entries.words(key, &mut self.findings) {
            if name != OPENED {
                self.check_event(name, &place);
            }
            events.push(name.to_owned());
        }
        events
    }
}
