//! A playbook: a statechart over a ticket, read and checked.

mod actions;
mod arguments;
mod asking;
mod asks;
mod body;
mod checklists;
mod choices;
mod clocks;
mod events;
mod header;
mod linking;
mod names;
mod opens;
mod outline;
mod parties;
mod pauses;
mod promises;
mod recurrence;
mod scheduled;
mod sent;
mod states;
mod survey;
mod timers;
mod transitions;
mod weekly;

use std::collections::BTreeMap;

use calendar::Span;
use serde_json::{Map, Value};

pub(crate) use body::read;
pub(crate) use clocks::{Clock, OPENED};
pub(crate) use events::FROM_PEOPLE;
pub(crate) use header::{CONVERSATIONS, Header, check_identifier, check_known, read_language, read_name};
pub(crate) use names::Names;
pub use opens::{AskedField, Opens, OpensBy};
pub(crate) use opens::{OPENINGS, ORGANIZATIONS};
pub(crate) use parties::{OWNERS, TURN, US};
pub use parties::{Party, REQUESTER, WRITTEN_TO};
pub use pauses::StillFor;
pub use promises::{Promise, Promised};
pub(crate) use scheduled::KeyPart;
pub use scheduled::{Scheduled, Timetable};
pub(crate) use sent::read as read_sent;
pub(crate) use states::STATE_TYPES;
pub(crate) use timers::{After, At, Every, TimerRule};
pub(crate) use weekly::Weekly;

use crate::calendar_file::CalendarChoice;
use crate::checklist::EvidenceKind;
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
    pub(crate) calendar: Option<CalendarChoice>,
    pub(crate) parties: BTreeMap<String, Party>,
    pub(crate) checklists: Vec<Checklist>,
    pub(crate) clocks: Vec<Clock>,
    pub(crate) promises: Vec<Promise>,
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
    pub(crate) at: Vec<At>,
    pub(crate) every: Vec<Every>,
    pub(crate) choices: Vec<Choice>,
    pub(crate) require: Vec<Requirement>,
    /// The checklists that must be done before any choice is made in it.
    pub(crate) needs: Vec<String>,
    pub(crate) place: Place,
}

/// A way out of a state, or something done without leaving it.
#[derive(Clone, Debug)]
pub(crate) struct Transition {
    pub(crate) guard: Option<Expression>,
    pub(crate) target: Option<StateId>,
    pub(crate) actions: Vec<Action>,
    pub(crate) bound: Option<Bound>,
    pub(crate) place: Place,
}

/// How often a transition may be taken before its state is left for good.
#[derive(Clone, Debug)]
pub(crate) struct Bound {
    /// The key of its counter in [`Memory`](crate::Memory): the state's path, `#`, and a number in the state.
    pub(crate) counter: String,
    pub(crate) max: u32,
}

/// A button for colleagues.
#[derive(Clone, Debug)]
pub(crate) struct Choice {
    pub(crate) name: String,
    pub(crate) label: Localized,
    pub(crate) guard: Option<Expression>,
    pub(crate) by: Vec<String>,
    pub(crate) require: Vec<Requirement>,
    /// The checklists that must be done.
    pub(crate) needs: Vec<String>,
    /// What its maker is asked.
    pub(crate) asks: Vec<Ask>,
    /// The playbook that the ticket goes on in; then the transition has no target.
    pub(crate) switch: Option<String>,
    /// What the choice itself does; `None` when an `on: choice.NAME` says it, or nothing.
    pub(crate) transition: Option<Transition>,
    pub(crate) place: Place,
}

/// Something that a choice asks its maker.
#[derive(Clone, Debug)]
pub(crate) struct Ask {
    pub(crate) field: Field,
    pub(crate) required: bool,
}

/// What must be done, and shown to be done, before a choice can be made.
#[derive(Clone, Debug)]
pub(crate) struct Checklist {
    pub(crate) name: String,
    pub(crate) title: Localized,
    pub(crate) items: Vec<ChecklistItem>,
    pub(crate) place: Place,
}

/// One thing on a checklist.
#[derive(Clone, Debug)]
pub(crate) struct ChecklistItem {
    pub(crate) id: String,
    pub(crate) label: Localized,
    /// Whether it applies; without one it always does.
    pub(crate) when: Option<Expression>,
    pub(crate) required: bool,
    /// The kinds of evidence of which one is to be given.
    pub(crate) evidence: Vec<EvidenceKind>,
    pub(crate) from: Option<String>,
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
    Expressions(Vec<Expression>),
    Word(String),
    Words(Vec<String>),
    Span(Span, Place),
    Flag(bool),
    Assignments(Vec<(String, Expression)>),
}

/// Until when, and whereto, a closed ticket comes back when its requester writes.
#[derive(Clone, Debug)]
pub(crate) struct Reopen {
    pub(crate) within: Span,
    pub(crate) transitions: Vec<Transition>,
}

impl Action {
    /// What stands as the argument of that name.
    pub(crate) fn argument(&self, name: &str) -> Option<&ArgumentValue> {
        self.arguments.iter().find(|(known, _)| known == name).map(|(_, value)| value)
    }
}

impl Transition {
    /// Whether it is taken whatever else is so.
    pub(crate) fn is_certain(&self) -> bool {
        self.guard.is_none() && self.bound.is_none()
    }

    /// Whether it can be used up.
    pub(crate) fn is_bounded(&self) -> bool {
        self.bound.is_some()
    }
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

    /// The calendar that it names for its working time and days; without one the desk's.
    #[must_use]
    pub fn calendar(&self) -> Option<&CalendarChoice> {
        self.calendar.as_ref()
    }

    /// The calendars that its clocks name for themselves; each once.
    #[must_use]
    pub fn calendars_of_clocks(&self) -> Vec<&CalendarChoice> {
        let mut choices: Vec<&CalendarChoice> = Vec::new();
        for choice in self.clocks.iter().filter_map(|clock| clock.calendar.as_ref()) {
            if !choices.contains(&choice) {
                choices.push(choice);
            }
        }
        choices
    }

    /// Whether some state, or a clock, would take the event of that name at some time.
    #[must_use]
    pub fn listens_to(&self, event: &str) -> bool {
        let in_states = self.states.iter().flat_map(|state| &state.on).any(|(name, _)| name == event);
        in_states || self.clocks.iter().any(|clock| clock.start.iter().chain(&clock.stop).any(|name| name == event))
    }

    /// The people beside the requester whom it speaks to and waits for.
    #[must_use]
    pub fn parties(&self) -> &BTreeMap<String, Party> {
        &self.parties
    }

    /// What is promised of every ticket, for the checker to prove.
    #[must_use]
    pub fn promises(&self) -> &[Promise] {
        &self.promises
    }

    /// Whether some state waits on whoever was spoken to last.
    pub(crate) fn takes_turns(&self) -> bool {
        self.states.iter().any(|state| state.waiting_on.as_deref() == Some(TURN))
    }

    /// What the choices of that name ask, wherever they stand.
    pub(crate) fn asked<'a>(&'a self, choice: &'a str) -> impl Iterator<Item = &'a Ask> {
        let choices = self.states.iter().flat_map(|state| &state.choices);
        choices.filter(move |other| other.name == choice).flat_map(|choice| &choice.asks)
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

    /// Whether some state, transition or clock has an action of that name.
    #[must_use]
    pub fn uses(&self, action: &str) -> bool {
        self.actions().any(|other| other.name == action)
    }

    /// Every action of every state, transition, choice and clock.
    pub(crate) fn actions(&self) -> impl Iterator<Item = &Action> {
        let of_states = self.states.iter().flat_map(|state| {
            let of_transitions = state.transitions().flat_map(|transition| &transition.actions);
            state.entry.iter().chain(&state.exit).chain(of_transitions)
        });
        let of_reopening = self.reopen.iter().flat_map(|reopen| &reopen.transitions);
        let of_warnings = self.clocks.iter().filter_map(|clock| clock.warn.as_ref()).flat_map(|warn| &warn.actions);
        let of_clocks = self.clocks.iter().flat_map(|clock| &clock.breach).chain(of_warnings);
        of_states.chain(of_reopening.flat_map(|transition| &transition.actions)).chain(of_clocks)
    }
}
