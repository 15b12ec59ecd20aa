//! What a run does next: one event in, the next run and the effects out.
//!
//! A step runs to completion: the transition that takes the event (innermost state first), then every `always` whose
//! guard holds, until none does. Whatever fails on the way is a [`Fault`], and then nothing has moved.

mod carry;
mod checklists;
mod choices;
mod clock_views;
mod clocks;
mod due;
mod explain;
mod heard;
mod links;
mod machine;
mod merged;
mod moves;
mod pauses;
mod perform;
mod recount;
mod select;
mod timers;
mod view;

pub use carry::{Carried, StateMap};
use jiff::Timestamp;
use serde_json::{Map, Value};

use crate::definition::{Opens, Playbook};
use crate::facts::Facts;
use crate::memory::Memory;
use crate::occurrence::Occurrence;
use crate::run::{Event, Fault, Run, Step};
pub(crate) use links::MEMBER;
use machine::Machine;
pub use merged::Taking;
pub use recount::RECOUNTED;
use select::Selected;

impl Playbook {
    /// Begins a run: fields from their defaults, then from `given`, then from what the opening sets; the subject that
    /// the opening gives becomes an effect `set`; then the initial state is entered.
    ///
    /// # Errors
    /// A [`Fault`] when `given` holds an unknown field or a value that does not suit, or when the first step fails.
    pub fn begin(
        &self,
        opening: Option<&Opens>,
        given: &Map<String, Value>,
        facts: &Facts,
        event: &Event,
        now: Timestamp,
    ) -> Result<Step, Fault> {
        self.begin_at(opening, None, given, facts, event, now)
    }

    /// The same for a ticket that a schedule opens at an occurrence, which it knows as `opening`.
    ///
    /// # Errors
    /// As [`begin`](Self::begin).
    pub fn begin_at(
        &self,
        opening: Option<&Opens>,
        occurrence: Option<&Occurrence>,
        given: &Map<String, Value>,
        facts: &Facts,
        event: &Event,
        now: Timestamp,
    ) -> Result<Step, Fault> {
        let mut run = self.set_fields(&self.blank_run(), given)?;
        run.memory.opening = occurrence.cloned();
        let mut machine = Machine::new(self, &run, facts, Some(event), now);
        machine.trace.place = Some(opening.map_or(&self.place, |opens| &opens.place).clone());
        if let Some(opening) = opening {
            machine.open(opening)?;
        }
        machine.enter_from_top(self.initial)?;
        machine.settle()?;
        machine.start_clocks()?;
        machine.finish(true)
    }

    /// Takes one event.
    ///
    /// When nothing takes it, [`Step::taken`] is false, the run is unchanged and the trace's note says why.
    ///
    /// # Errors
    /// A [`Fault`] when a guard, a text or an action fails, when a choice cannot be made (`choice-unknown`,
    /// `choice-not-available`, `choice-incomplete`, `choice-invalid`, `not-permitted`), or when the steps would not end.
    pub fn step(&self, run: &Run, facts: &Facts, event: &Event, now: Timestamp) -> Result<Step, Fault> {
        let mut machine = Machine::new(self, run, facts, Some(event), now);
        machine.trace.from = Some(run.state.clone());
        machine.trace.note = event.reason.clone();
        match machine.select(event)? {
            Selected::Nothing(note) => {
                machine.trace.note = Some(note.to_owned());
                machine.finish(false)
            }
            Selected::Done => machine.finish(true),
            Selected::Transition(transition) => {
                machine.trace.place = Some(transition.place.clone());
                machine.take(transition)?;
                machine.settle()?;
                machine.finish(true)
            }
            Selected::Actions(actions) => {
                machine.perform_all(actions)?;
                machine.settle()?;
                machine.finish(true)
            }
            Selected::Switch(choice) => {
                machine.trace.place = Some(choice.place.clone());
                machine.leave_all(choice.transition.as_ref())?;
                Ok(Step { switch: choice.switch.clone(), ..machine.finish(true)? })
            }
        }
    }

    /// Goes on with a ticket that switched to this playbook ([`Step::switch`]): the fields that both playbooks have
    /// keep their values where these suit, the others begin anew; then the initial state is entered. `run` is the
    /// one of the step that switched, so that the effects of both have keys of their own.
    ///
    /// # Errors
    /// A [`Fault`] when the step fails.
    pub fn take_over(&self, run: &Run, facts: &Facts, event: &Event, now: Timestamp) -> Result<Step, Fault> {
        let run = Run { step: run.step, fields: self.fields_kept_of(run), ..self.blank_run() };
        let mut machine = Machine::new(self, &run, facts, Some(event), now);
        machine.trace.place = Some(self.place.clone());
        machine.enter_from_top(self.initial)?;
        machine.settle()?;
        machine.start_clocks()?;
        machine.finish(true)
    }

    /// The fields of this playbook, with the values of a run of another where these suit.
    fn fields_kept_of(&self, run: &Run) -> Map<String, Value> {
        let kept = run.fields.iter().filter_map(|(name, value)| {
            let value = self.fields.get(name)?.accept(value).ok().filter(|value| !value.is_null())?;
            Some((name.clone(), value))
        });
        let mut fields = self.blank_fields();
        fields.extend(kept);
        fields
    }

    /// A run that has not begun.
    fn blank_run(&self) -> Run {
        Run {
            playbook: self.name.clone(),
            state: String::new(),
            fields: self.blank_fields(),
            timers: Vec::new(),
            step: 0,
            ended: None,
            memory: Memory::default(),
        }
    }

    /// Whether some state would take the event now.
    ///
    /// # Errors
    /// As [`step`](Self::step), as far as guards and choices go.
    pub fn takes(&self, run: &Run, facts: &Facts, event: &Event, now: Timestamp) -> Result<bool, Fault> {
        let mut machine = Machine::new(self, run, facts, Some(event), now);
        Ok(!matches!(machine.select(event)?, Selected::Nothing(_)))
    }

    /// What texts see in a run: hand this to [`Reply::render`](crate::Reply::render).
    #[must_use]
    pub fn values(&self, run: &Run, facts: &Facts, event: Option<&Event>, now: Timestamp) -> Map<String, Value> {
        Machine::new(self, run, facts, event, now).values
    }

    /// The run with some of its fields set, as when a person corrects them; no step is taken.
    ///
    /// # Errors
    /// A [`Fault`] when a field is unknown (`unknown-field`) or a value does not suit it (`wrong-type`).
    pub fn set_fields(&self, run: &Run, fields: &Map<String, Value>) -> Result<Run, Fault> {
        let mut run = run.clone();
        for (name, value) in fields {
            let Some(field) = self.fields.get(name) else {
                let help = crate::spelling::suggest(name, self.fields.keys().map(String::as_str));
                let message = format!("`{}` has no field `{name}`", self.name);
                return Err(Fault::new("unknown-field", &self.place, message).with_help(help));
            };
            let value = field
                .accept(value)
                .map_err(|message| Fault::new("wrong-type", &field.place, format!("`{name}` {message}")))?;
            run.fields.insert(name.clone(), value);
        }
        Ok(run)
    }
}

#[cfg(test)]
mod tests;
