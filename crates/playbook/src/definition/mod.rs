//! A playbook: a statechart over a ticket, read and checked.

mod actions;
mod body;
mod choices;
mod events;
mod header;
mod names;
mod opens;
mod outline;
mod sent;
mod states;
mod transitions;

use std::collections::BTreeMap;

use calendar::Span;
use serde_json::{Map, Value};

pub(crate) use body::read;
pub(crate) use header::{Header, check_identifier, read_language, read_name};
pub(crate) use names::Names;
pub use opens::{Opens, OpensBy};
pub(crate) use sent::read as read_sent;

use crate::expression::Expression;
use crate::fields::Field;
use crate::run::Status;
use crate::source::Place;
use crate::text::{Localized, Template};

/// A procedure for tickets: a statechart with typed fields, read from `playbooks/NAME.yaml`.
#[derive(Clone, Debug)]
pub struct Playbook {
    pub(crate) name: String,
    pub(crate) title: Localized,
    pub(crate) team: Option<String>,
    pub(crate) place: Place,
    pub(crate) opens: Vec<Opens>,
    pub(crate) fields: BTreeMap<String, Field>,
    pub(crate) links: BTreeMap<String, String>,
    pub(crate) emits: Vec<String>,
    pub(crate) receives: Vec<String>,
    pub(crate) converses_with_opener: bool,
    pub(crate) reopen: Option<Reopen>,
    /// Every state, parents before their children, in the order of the file.
    pub(crate) states: Vec<State>,
    /// The top-level state that a run begins in.
    pub(crate) initial: StateId,
}

/// The position of a state in [`Playbook::states`].
pub(crate) type StateId = usize;

/// A state.
#[derive(Clone, Debug)]
pub(crate) struct State {
    /// The dotted path.
    pub(crate) path: String,
    pub(crate) parent: Option<StateId>,
    /// The child entered when this state is; only a state with children has one.
    pub(crate) initial: Option<StateId>,
    pub(crate) title: Option<Localized>,
    pub(crate) client_title: Option<Localized>,
    pub(crate) status: Option<Status>,
    pub(crate) waiting_on: Option<String>,
    pub(crate) is_final: bool,
    pub(crate) entry: Vec<Action>,
    pub(crate) exit: Vec<Action>,
    pub(crate) on: Vec<(String, Vec<Transition>)>,
    pub(crate) always: Vec<Transition>,
    pub(crate) after: Vec<After>,
    pub(crate) choices: Vec<Choice>,
    pub(crate) require: Vec<Requirement>,
    pub(crate) place: Place,
}

/// What happens some time after a state was entered.
#[derive(Clone, Debug)]
pub(crate) struct After {
    pub(crate) span: Span,
    pub(crate) transitions: Vec<Transition>,
    pub(crate) place: Place,
}

/// A way out of a state, or something done without leaving it.
#[derive(Clone, Debug)]
pub(crate) struct Transition {
    pub(crate) guard: Option<Expression>,
    pub(crate) target: Option<StateId>,
    pub(crate) actions: Vec<Action>,
    pub(crate) place: Place,
}

/// A button for colleagues.
#[derive(Clone, Debug)]
pub(crate) struct Choice {
    pub(crate) name: String,
    pub(crate) label: Localized,
    pub(crate) guard: Option<Expression>,
    pub(crate) by: Vec<String>,
    pub(crate) require: Vec<Requirement>,
    /// What the choice itself does; `None` when an `on: choice.NAME` says it, or nothing.
    pub(crate) transition: Option<Transition>,
    pub(crate) place: Place,
}

/// Something that must be known before a choice can be made.
#[derive(Clone, Debug)]
pub(crate) struct Requirement {
    pub(crate) path: Vec<String>,
    pub(crate) label: Localized,
}

/// Something to be done.
#[derive(Clone, Debug)]
pub(crate) struct Action {
    pub(crate) name: &'static str,
    pub(crate) when: Option<Expression>,
    pub(crate) arguments: Vec<(String, ArgumentValue)>,
    pub(crate) place: Place,
}

/// What stands as an argument. `set` keeps its assignments as arguments that are expressions.
#[derive(Clone, Debug)]
pub(crate) enum ArgumentValue {
    Text(Template),
    Expression(Expression),
    Word(String),
    Flag(bool),
    Assignments(Vec<(String, Expression)>),
}

/// Until when, and whereto, a closed ticket comes back when its requester writes.
#[derive(Clone, Debug)]
pub(crate) struct Reopen {
    pub(crate) within: Span,
    pub(crate) transitions: Vec<Transition>,
}

impl Playbook {
    /// The name, as other files refer to it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What people call it.
    #[must_use]
    pub fn title(&self) -> &Localized {
        &self.title
    }

    /// The team that its tickets belong to.
    #[must_use]
    pub fn team(&self) -> Option<&str> {
        self.team.as_deref()
    }

    /// Where it is declared.
    #[must_use]
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// What opens it.
    #[must_use]
    pub fn opens(&self) -> &[Opens] {
        &self.opens
    }

    /// The declared fields by name.
    #[must_use]
    pub fn fields(&self) -> &BTreeMap<String, Field> {
        &self.fields
    }

    /// The linked tickets it may open: alias to playbook.
    #[must_use]
    pub fn links(&self) -> &BTreeMap<String, String> {
        &self.links
    }

    /// The events it sends to its opener.
    #[must_use]
    pub fn emits(&self) -> &[String] {
        &self.emits
    }

    /// The events it takes from its opener.
    #[must_use]
    pub fn receives(&self) -> &[String] {
        &self.receives
    }

    /// Whether its team writes to the requester on the opener's thread (`conversation: opener`).
    #[must_use]
    pub fn converses_with_opener(&self) -> bool {
        self.converses_with_opener
    }

    /// Whether a closed ticket may come back when its requester writes.
    #[must_use]
    pub fn has_reopen(&self) -> bool {
        self.reopen.is_some()
    }

    /// The fields of a new run: each with its default, otherwise null.
    pub(crate) fn blank_fields(&self) -> Map<String, Value> {
        self.fields.iter().map(|(name, field)| (name.clone(), field.default.clone().unwrap_or(Value::Null))).collect()
    }

    /// The state of that dotted path.
    pub(crate) fn find(&self, path: &str) -> Option<StateId> {
        self.states.iter().position(|state| state.path == path)
    }

    /// A state and its ancestors, innermost first.
    pub(crate) fn line(&self, innermost: StateId) -> impl Iterator<Item = (StateId, &State)> {
        let mut next = Some(innermost);
        std::iter::from_fn(move || {
            let id = next?;
            let state = self.states.get(id)?;
            next = state.parent;
            Some((id, state))
        })
    }

    /// The innermost state that is entered when `state` is.
    pub(crate) fn innermost(&self, mut state: StateId) -> StateId {
        while let Some(initial) = self.states.get(state).and_then(|state| state.initial) {
            state = initial;
        }
        state
    }

    /// Every action of every state, transition and choice.
    pub(crate) fn actions(&self) -> impl Iterator<Item = &Action> {
        let of_states = self.states.iter().flat_map(|state| {
            let transitions = (state.on.iter().flat_map(|(_, transitions)| transitions))
                .chain(&state.always)
                .chain(state.after.iter().flat_map(|after| &after.transitions))
                .chain(state.choices.iter().filter_map(|choice| choice.transition.as_ref()));
            (state.entry.iter().chain(&state.exit)).chain(transitions.flat_map(|transition| &transition.actions))
        });
        let of_reopening = self.reopen.iter().flat_map(|reopen| &reopen.transitions);
        of_states.chain(of_reopening.flat_map(|transition| &transition.actions))
    }
}
