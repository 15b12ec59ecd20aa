//! How a run looks from outside: where it stands, what may be chosen, what is missing.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::machine::Machine;
use crate::definition::{Ask, Choice, Playbook, State, StateId, TURN, Transition, US};
use crate::facts::Facts;
use crate::fields::in_words;
use crate::memory::Memory;
use crate::run::{Fault, Run, Standing, Status, Timer};
use crate::text::Localized;
use crate::views::{AskView, ChoiceView, Missing, OutlineState};

impl Playbook {
    /// How a ticket stands in the state of that dotted path; `None` when there is no such state. One that waits on
    /// whoever was spoken to last waits on us here: see [`standing_now`](Self::standing_now).
    #[must_use]
    pub fn standing(&self, state: &str) -> Option<Standing> {
        Some(self.standing_of(self.find(state)?, &Memory::default()))
    }

    /// How a run stands; `None` when its state is unknown.
    #[must_use]
    pub fn standing_now(&self, run: &Run) -> Option<Standing> {
        Some(self.standing_of(self.find(&run.state)?, &run.memory))
    }

    /// Every state, parents before their children, in the order of the file.
    #[must_use]
    pub fn outline(&self) -> Vec<OutlineState> {
        let initial: BTreeSet<StateId> =
            self.states.iter().filter_map(|state| state.initial).chain([self.initial]).collect();
        (self.states.iter().enumerate())
            .map(|(id, state)| OutlineState {
                path: state.path.clone(),
                title: self.own_title(state),
                is_titled: state.title.is_some(),
                depth: self.line(id).skip(1).count(),
                is_final: state.is_final,
                initial: initial.contains(&id),
            })
            .collect()
    }

    /// What the button of a choice says, wherever it stands.
    #[must_use]
    pub fn choice_label(&self, name: &str) -> Option<&Localized> {
        let mut choices = self.states.iter().flat_map(|state| &state.choices);
        choices.find(|choice| choice.name == name).map(|choice| &choice.label)
    }

    /// The choices in the run's state, innermost state's first. One whose guard does not hold is not listed; one that
    /// misses something is, with what is missing.
    ///
    /// # Errors
    /// A [`Fault`] when a guard cannot be decided, or the run's state is unknown.
    pub fn choices(&self, run: &Run, facts: &Facts, now: Timestamp) -> Result<Vec<ChoiceView>, Fault> {
        let mut machine = Machine::new(self, run, facts, None, now);
        let active = machine.active()?;
        let mut views = Vec::new();
        for choice in self.visible_choices(active) {
            if machine.judge(choice.guard.as_ref())? {
                let (unmet, unchecked) = (machine.unmet(active, choice), machine.unchecked(active, choice));
                views.push(ChoiceView {
                    name: choice.name.clone(),
                    label: choice.label.clone(),
                    available: unmet.is_empty() && unchecked.is_empty(),
                    unmet,
                    unchecked,
                    asks: choice.asks.iter().map(ask_view).collect(),
                    leads_to: self.leads_to(active, choice),
                    by: choice.by.clone(),
                });
            }
        }
        Ok(views)
    }

    /// What the choices of the run's state still ask for, each once.
    ///
    /// # Errors
    /// As [`choices`](Self::choices).
    pub fn missing(&self, run: &Run, facts: &Facts, now: Timestamp) -> Result<Vec<Missing>, Fault> {
        let mut missing: Vec<Missing> = Vec::new();
        for unmet in self.choices(run, facts, now)?.into_iter().flat_map(|choice| choice.unmet) {
            if !missing.contains(&unmet) {
                missing.push(unmet);
            }
        }
        Ok(missing)
    }

    /// The state that a timer leads to, when no guard decides about it; `None` as well when it leads nowhere.
    #[must_use]
    pub fn timer_leads_to(&self, timer: &Timer) -> Option<String> {
        let state = self.states.get(self.find(&timer.state)?)?;
        let transitions = state.timer(timer.position)?.transitions();
        let transition = transitions.first().filter(|transition| transition.is_certain())?;
        let target = self.innermost(transition.target?);
        self.states.get(target).map(|state| state.path.clone())
    }

    pub(super) fn standing_of(&self, id: StateId, memory: &Memory) -> Standing {
        let nearest = |what: fn(&State) -> Option<&Localized>| self.line(id).find_map(|(_, state)| what(state));
        let state = self.states.get(id);
        let is_final = state.is_some_and(|state| state.is_final);
        let waiting_on = match self.line(id).find_map(|(_, state)| state.waiting_on.as_deref()) {
            _ if is_final => "nobody",
            Some(TURN) => memory.turn.as_deref().unwrap_or(US),
            Some(party) => party,
            None => US,
        };
        let status = self.line(id).find_map(|(_, state)| state.status).unwrap_or(match waiting_on {
            "nobody" => Status::Closed,
            US => Status::Open,
            _ => Status::Pending,
        });
        let title = nearest(|state| state.title.as_ref())
            .cloned()
            .or_else(|| state.map(|state| self.own_title(state)))
            .unwrap_or_else(|| Localized::plain(""));
        let client_title = nearest(|state| state.client_title.as_ref()).unwrap_or(&title).clone();
        Standing {
            state: state.map(|state| state.path.clone()).unwrap_or_default(),
            title,
            client_title,
            status,
            waiting_on: waiting_on.to_owned(),
            is_final,
        }
    }

    /// The choices of a state and its ancestors; the innermost of each name.
    pub(crate) fn visible_choices(&self, active: StateId) -> impl Iterator<Item = &Choice> {
        let mut seen = BTreeSet::new();
        self.line(active).flat_map(|(_, state)| &state.choices).filter(move |choice| seen.insert(choice.name.as_str()))
    }

    fn own_title(&self, state: &State) -> Localized {
        let name = state.path.rsplit('.').next().unwrap_or(&state.path);
        state.title.clone().unwrap_or_else(|| Localized::plain(in_words(name)))
    }

    /// The state that a choice leads to, when no guard decides about it.
    fn leads_to(&self, active: StateId, choice: &Choice) -> Option<String> {
        let event = format!("choice.{}", choice.name);
        let answered = || {
            let mut on = self.line(active).flat_map(|(_, state)| &state.on);
            on.find(|(name, _)| *name == event).and_then(|(_, transitions)| transitions.first())
        };
        let transition: &Transition = choice.transition.as_ref().or_else(answered)?;
        if !transition.is_certain() {
            return None;
        }
        let target = self.innermost(transition.target?);
        self.states.get(target).map(|state| state.path.clone())
    }
}

fn ask_view(ask: &Ask) -> AskView {
    AskView { field: ask.field.clone(), required: ask.required }
}
