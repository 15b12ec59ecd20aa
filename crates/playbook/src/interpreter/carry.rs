//! Carrying a run over into another revision of its playbook: it stands where it stood, its timers keep their start, and nothing
//! is done on the way: no action of entering, no `always`, no mail.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::due::{before, runs_out};
use super::machine::Machine;
use crate::definition::{Clock, Playbook, REQUESTER, State, StateId, TimerRule, US};
use crate::facts::Facts;
use crate::run::{Event, Fault, Run, Step, Timer};
use crate::spelling;

/// The event that a history tells a move by. No playbook can wait for it.
const MOVED: &str = "handbook.moved";

/// Where the states of an old revision are to be found in a new one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StateMap(BTreeMap<String, String>);

impl StateMap {
    /// What an old path is called. A state that is not named lies where its nearest ancestor that is named lies, otherwise where it
    /// always did.
    #[must_use]
    pub fn place_of(&self, path: &str) -> String {
        let mut ancestor = path;
        loop {
            if let Some(named) = self.0.get(ancestor) {
                return format!("{named}{}", path.strip_prefix(ancestor).unwrap_or_default());
            }
            match ancestor.rsplit_once('.') {
                Some((parent, _)) => ancestor = parent,
                None => return path.to_owned(),
            }
        }
    }

    /// The old paths that it names.
    pub fn named(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

impl<P: Into<String>> FromIterator<(P, P)> for StateMap {
    fn from_iter<I: IntoIterator<Item = (P, P)>>(pairs: I) -> Self {
        Self(pairs.into_iter().map(|(old, new)| (old.into(), new.into())).collect())
    }
}

/// What carrying runs over from one state does to what they have; in words, for people to look at before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Carried {
    /// The timers that go on, with their start: the new name, and the old one where that is another.
    pub kept: Vec<(String, Option<String>)>,
    /// The timers that begin with the move.
    pub begun: Vec<String>,
    /// The timers that end.
    pub ended: Vec<String>,
    /// The fields whose values are lost: the new revision does not declare them, or with another type.
    pub lost: Vec<String>,
}

/// A timer of the new revision and the one that it was.
struct Pair<'p> {
    state: &'p State,
    position: u32,
    rule: TimerRule<'p>,
    was: Option<(&'p State, u32, TimerRule<'p>)>,
}

impl Playbook {
    /// Carries a run of `before`, an older revision of this playbook, over into this one. Fields keep their values where these suit.
    /// The timers of the states it stands in keep their start, and so do its running clocks: a timer of the old state and one of the
    /// new are the same when they are written alike, or else by their order among the others of their sort. One that has fired does not
    /// fire again. A timer that is new begins now; a clock that is new begins with the next event that starts it.
    ///
    /// # Errors
    /// A [`Fault`] when the state where `map` puts the run is none of this playbook (`unknown-state`), is final or has states of its own
    /// (`no-place-to-stand`), or when a timer cannot be counted.
    pub fn carry_over(
        &self,
        before: &Playbook,
        run: &Run,
        map: &StateMap,
        facts: &Facts,
        now: Timestamp,
    ) -> Result<Step, Fault> {
        let place = map.place_of(&run.state);
        let target = self.place_to_stand(&place)?;
        let mut memory = run.memory.clone();
        memory.counters = counters(&memory.counters, map);
        memory.turn = memory.turn.filter(|who| who == US || who == REQUESTER || self.parties.contains_key(who));
        memory.clocks.retain(|clock, _| self.clocks.iter().any(|known| known.name == *clock));
        memory.pauses.retain(|clock, _| self.clocks.iter().any(|known| known.name == *clock));
        memory.checked.retain(|list, _| self.checklists.iter().any(|known| known.name == *list));
        for (list, items) in &mut memory.checked {
            let known = self.checklists.iter().find(|known| known.name == *list);
            items.retain(|id, _| known.is_some_and(|list| list.items.iter().any(|item| item.id == *id)));
        }
        let carried = Run {
            playbook: self.name.clone(),
            state: place,
            fields: self.fields_kept_of(run),
            timers: Vec::new(),
            step: run.step,
            ended: None,
            memory,
        };
        let mut machine = Machine::new(self, &carried, facts, Some(&Event::new(MOVED)), now);
        machine.trace.from = Some(run.state.clone());
        machine.trace.place = self.states.get(target).map(|state| state.place.clone());
        // A window that is open now was open before: nobody enters it by the move.
        machine.by_schedule = true;
        for pair in self.timer_pairs(before, &run.state, target, map) {
            machine.carry_timer(&pair, run)?;
        }
        for clock in &self.clocks {
            let old = before.clocks.iter().find(|old| old.name == clock.name);
            if let Some(old) = old {
                machine.carry_clock(clock, old, run)?;
            }
        }
        machine.count_clocks_anew();
        machine.finish(true)
    }

    /// What carrying runs over from the state at the path `from` does to their timers and fields.
    ///
    /// # Errors
    /// As [`carry_over`](Self::carry_over), for where `map` puts them.
    pub fn carried(&self, before: &Playbook, from: &str, map: &StateMap) -> Result<Carried, Fault> {
        let target = self.place_to_stand(&map.place_of(from))?;
        let pairs = self.timer_pairs(before, from, target, map);
        let mut carried = Carried::default();
        for pair in &pairs {
            let name = format!("{} ({})", pair.rule.name(), pair.state.path);
            match &pair.was {
                Some((state, _, rule)) => {
                    let was = format!("{} ({})", rule.name(), state.path);
                    carried.kept.push((name.clone(), (was != name).then_some(was)));
                }
                None => carried.begun.push(name),
            }
        }
        let active = before.find(from);
        for (_, state) in active.into_iter().flat_map(|active| before.line(active)) {
            for (position, rule) in (0..).zip(state.timers()) {
                let is_this = |old: &State, at: u32| old.path == state.path && at == position;
                if !pairs.iter().any(|pair| pair.was.as_ref().is_some_and(|(old, at, _)| is_this(old, *at))) {
                    carried.ended.push(format!("{} ({})", rule.name(), state.path));
                }
            }
        }
        let lost =
            before.fields.values().filter(|old| self.fields.get(&old.name).is_none_or(|new| new.kind != old.kind));
        carried.lost = lost.map(|field| field.name.clone()).collect();
        Ok(carried)
    }

    /// The state at a path, if a ticket can be put there.
    fn place_to_stand(&self, path: &str) -> Result<StateId, Fault> {
        let Some(id) = self.find(path) else {
            let message = format!("`{}` has no state `{path}`", self.name);
            let help = spelling::suggest(path, self.states.iter().map(|state| state.path.as_str()));
            return Err(Fault::new("unknown-state", &self.place, message).with_help(help));
        };
        let (inner, is_final, place) = match self.states.get(id) {
            Some(state) => (state.initial, state.is_final, &state.place),
            None => (None, false, &self.place),
        };
        if let Some(inner) = inner.and_then(|inner| self.states.get(inner)) {
            return Err(Fault::new("no-place-to-stand", place, format!("`{path}` has states of its own"))
                .with_help(format!("name one of them, such as `{}`", inner.path)));
        }
        if is_final {
            return Err(Fault::new(
                "no-place-to-stand",
                place,
                format!("`{path}` is final, and a move ends no ticket"),
            )
            .with_help("name a state from which the ticket ends by itself, or by a choice"));
        }
        Ok(id)
    }

    /// The timers of the states that are active around `target`, each with what it was in the old revision.
    fn timer_pairs<'p>(&'p self, before: &'p Playbook, from: &str, target: StateId, map: &StateMap) -> Vec<Pair<'p>> {
        let old_line: Vec<&State> =
            before.find(from).into_iter().flat_map(|active| before.line(active)).map(|(_, state)| state).collect();
        let mut pairs = Vec::new();
        for (_, state) in self.line(target) {
            let old = old_line.iter().find(|old| map.place_of(&old.path) == state.path).copied();
            let mut left: Vec<(u32, TimerRule<'p>)> =
                old.map(|old| (0..).zip(old.timers()).collect()).unwrap_or_default();
            let rules: Vec<(u32, TimerRule<'p>)> = (0..).zip(state.timers()).collect();
            let mut was: Vec<Option<(u32, TimerRule<'p>)>> = vec![None; rules.len()];
            let alike = |new: TimerRule<'_>, old: TimerRule<'_>| new.is_like(old) && new.name() == old.name();
            let in_order = |new: TimerRule<'_>, old: TimerRule<'_>| new.is_like(old);
            for fits in [&alike as &dyn Fn(TimerRule<'_>, TimerRule<'_>) -> bool, &in_order] {
                for ((_, rule), was) in rules.iter().zip(&mut was).filter(|(_, was)| was.is_none()) {
                    let found = left.iter().position(|(_, old)| fits(*rule, *old));
                    *was = found.map(|at| left.remove(at));
                }
            }
            for ((position, rule), was) in rules.into_iter().zip(was) {
                let was = was.zip(old).map(|((position, rule), old)| (old, position, rule));
                pairs.push(Pair { state, position, rule, was });
            }
        }
        pairs
    }
}

impl<'p> Machine<'p> {
    /// Sets a timer as the one that it was stands in the run.
    fn carry_timer(&mut self, pair: &Pair<'_>, run: &Run) -> Result<(), Fault> {
        let set = match pair.was {
            None => self.first_due(pair.rule)?.map(|due| (self.now, due)),
            Some((old, position, rule)) => {
                let was = run.timers.iter().find(|timer| timer.state == old.path && timer.position == position);
                match (was, pair.rule) {
                    // Counted from its start as things are now, like every length of time.
                    (Some(was), TimerRule::After(after)) => {
                        Some((was.started, after.counted(was.started, self.facts)?))
                    }
                    (Some(was), new) if new.name() == rule.name() => Some((was.started, was.due)),
                    (Some(was), TimerRule::At(_)) => self.first_due(pair.rule)?.map(|due| (was.started, due)),
                    (Some(_), TimerRule::Every(_)) => self.first_due(pair.rule)?.map(|due| (self.now, due)),
                    // It has fired, or never had an instant to fire at.
                    (None, _) => None,
                }
            }
        };
        if let Some((started, due)) = set {
            let state = pair.state.path.clone();
            self.run.timers.push(Timer { state, position: pair.position, started, due });
        }
        Ok(())
    }
}

/// Counters with the paths of the new revision.
fn counters(old: &BTreeMap<String, u32>, map: &StateMap) -> BTreeMap<String, u32> {
    let carried = old.iter().map(|(counter, count)| {
        let (state, number) = counter.split_once('#').unwrap_or((counter, ""));
        (format!("{}#{number}", map.place_of(state)), *count)
    });
    carried.collect()
}

impl Machine<'_> {
    /// Sets the timers of a clock that was running as `old`, from when it started.
    fn carry_clock(&mut self, clock: &Clock, old: &Clock, run: &Run) -> Result<(), Fault> {
        let (end, warning) = (clock.end_of(run), clock.warning_of(run));
        let Some(end) = end else {
            // It stands still. Where it did not warn before, its warning is still to come.
            let pauses = self.run.memory.pauses.get_mut(&clock.name).filter(|_| old.warn.is_none());
            pauses.into_iter().for_each(|pauses| pauses.warns = true);
            return Ok(());
        };
        let pauses = clock.pauses_of(run, end);
        let bad = |error: calendar::SpanError| Fault::new("bad-time", &clock.place, error.to_string());
        let is_same = clock.span == old.span && clock.calendar == old.calendar;
        let breach = match is_same {
            true => end.due,
            false => runs_out(clock, &pauses, self.facts).map_err(bad)?,
        };
        let mut set = vec![Timer { due: breach, ..end.clone() }];
        if let Some(warn) = &clock.warn {
            let due = before(warn.before, breach, clock, self.facts).map_err(bad)?.max(pauses.runs_since());
            match (warning, &old.warn) {
                (Some(warning), _) => set.push(Timer { due, ..warning.clone() }),
                // The warning was given.
                (None, Some(_)) => {}
                (None, None) if due > self.now => set.push(clock.warning(end.started, due)),
                (None, None) => {}
            }
        }
        self.run.timers.extend(set);
        Ok(())
    }
}
