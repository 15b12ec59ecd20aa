//! What goes into a step of a run and what comes out of it, as plain data.

use std::collections::BTreeMap;
use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::memory::Memory;
use crate::source::Place;
pub use crate::status::Status;
use crate::text::Localized;

/// How a ticket stands in a state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Standing {
    /// The state's dotted path.
    pub state: String,
    /// What colleagues call it: the nearest `title`, or the state's name in words.
    pub title: Localized,
    /// What the client reads: the nearest `client_title`, otherwise the title.
    pub client_title: Localized,
    /// What it means for lists.
    pub status: Status,
    /// Who is to act: `us`, `requester`, `third_party`, a party of the playbook; `nobody` in a final state.
    pub waiting_on: String,
    /// Whether the run is over here.
    pub is_final: bool,
}

/// A ticket on its way through a playbook. Kept between steps; everything the interpreter remembers is in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// The playbook's name.
    pub playbook: String,
    /// The dotted path of the innermost active state.
    pub state: String,
    /// The declared fields; each is present, `null` while it has no value.
    pub fields: Map<String, Value>,
    /// The timers that are set, in order of when they are due.
    pub timers: Vec<Timer>,
    /// How many steps were taken; part of the idempotency key of the effects.
    pub step: u64,
    /// When a final state was entered, while the run is in it.
    pub ended: Option<Timestamp>,
    /// What the run remembers of its way.
    #[serde(default)]
    pub memory: Memory,
}

impl Run {
    /// Whether the run is in a final state.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.ended.is_some()
    }
}

/// A timer of an active state (one of its `after`, `at` and `every`), or of a clock of the run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timer {
    /// The dotted path of the state that declares it; of a clock `@` and its name.
    pub state: String,
    /// Which of the state's timers, from 0: first every `after`, then every `at`, then every `every`. Of a clock 0
    /// for its end, 1 for the warning before.
    pub position: u32,
    /// When the state was entered; of an `every`, when it was last set.
    pub started: Timestamp,
    /// When it fires.
    pub due: Timestamp,
}

/// Something that happened to a ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// The dotted name, as under `on`.
    pub name: String,
    /// What it brings along: `event.data`.
    pub data: Value,
    /// The message that caused it: `event.message`. Never kept in a trace.
    pub message: Option<Value>,
    /// Who caused it: `event.by`.
    pub by: Option<Value>,
    /// Which of many linked tickets sent it: `event.key`.
    pub key: Option<String>,
    /// Why it came, for the trace; in words that may be kept and shown.
    pub reason: Option<String>,
    timer: Option<(String, u32)>,
}

impl Event {
    /// An event with nothing but a name.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), data: Value::Null, message: None, by: None, key: None, reason: None, timer: None }
    }

    /// `ticket.opened`, for [`Playbook::begin`](crate::Playbook::begin).
    #[must_use]
    pub fn opened() -> Self {
        Self::new("ticket.opened")
    }

    /// `choice.NAME` with what the agent said: `choice.REASON` reads `inputs.REASON`.
    #[must_use]
    pub fn choice(name: &str, inputs: Map<String, Value>) -> Self {
        Self::new(format!("choice.{name}")).with_data(Value::Object(inputs))
    }

    /// The firing of a timer.
    #[must_use]
    pub fn timer(timer: &Timer) -> Self {
        Self { timer: Some((timer.state.clone(), timer.position)), ..Self::new(Self::name_of_firing(timer)) }
    }

    /// The same with data.
    #[must_use]
    pub fn with_data(mut self, data: Value) -> Self {
        self.data = data;
        self
    }

    /// The same with the message that caused it; `text` and `subject`, which guards may read of every message, are null
    /// where it has none.
    #[must_use]
    pub fn with_message(mut self, mut message: Value) -> Self {
        if let Value::Object(parts) = &mut message {
            for part in ["text", "subject"] {
                parts.entry(part).or_insert(Value::Null);
            }
        }
        self.message = Some(message);
        self
    }

    /// The same with who caused it.
    #[must_use]
    pub fn with_by(mut self, by: Value) -> Self {
        self.by = Some(by);
        self
    }

    /// The same, sent by the linked ticket of this key, where there are many under one alias.
    #[must_use]
    pub fn with_key(mut self, key: impl Into<String>) -> Self {
        self.key = Some(key.into());
        self
    }

    /// The same with why it came.
    #[must_use]
    pub fn with_reason(mut self, reason: impl Into<String>) -> Self {
        self.reason = Some(reason.into());
        self
    }

    /// The state and position of the timer that fired, if it is one.
    #[must_use]
    pub fn fired(&self) -> Option<(&str, u32)> {
        self.timer.as_ref().map(|(state, position)| (state.as_str(), *position))
    }

    /// The event as guards and texts see it: `event.name`, `.data`, `.message`, `.by`, `.key` and `.at`.
    pub(crate) fn value(&self, now: Timestamp) -> Value {
        serde_json::json!({
            "name": self.name,
            "data": self.data,
            "message": self.message,
            "by": self.by,
            "key": self.key,
            "at": now.to_string(),
        })
    }

    /// The choice that was made, if it is one.
    #[must_use]
    pub fn choice_name(&self) -> Option<&str> {
        self.name.strip_prefix("choice.")
    }
}

/// Something for the desk to carry out, once: its idempotency key is the run, [`Run::step`] after the step, and `index`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Effect {
    /// The action's registered name.
    pub action: String,
    /// The arguments: texts rendered, expressions evaluated, names as they stand. Absent arguments are absent.
    pub arguments: Map<String, Value>,
    /// Where the playbook says so.
    pub place: Place,
    /// The position among the effects of this step, from 0.
    pub index: u32,
    /// The dotted path of the state whose business it is: of `entry` and `exit` that state, of a transition the one that
    /// it leads to, of one without a target the state that declares it. What lapses with its state lapses with this one.
    pub state: String,
    /// The texts among the arguments that differ by language, in each of them: a colleague may read another one than the requester, in
    /// whose language the argument is. By argument, then by language.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub in_languages: BTreeMap<String, BTreeMap<String, String>>,
}

/// What a step made of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// The run afterwards. Its timers replace all earlier ones.
    pub run: Run,
    /// What is to be carried out, in order.
    pub effects: Vec<Effect>,
    /// How the ticket stands afterwards.
    pub standing: Standing,
    /// What was done and why.
    pub trace: Trace,
    /// Whether anything took the event. If not, the run is unchanged and there is no effect.
    pub taken: bool,
    /// The playbook that the ticket goes on in: every state of this one was left, no timer is set, and
    /// [`Playbook::take_over`](crate::Playbook::take_over) of that one makes the next step, which belongs to this one
    /// and is kept together with it or not at all. The standing is still that of the state that was left.
    pub switch: Option<String>,
}

/// Why a step went the way it went. Holds no word of any message.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Trace {
    /// The event's name.
    pub event: String,
    /// The state before; `None` when the run began.
    pub from: Option<String>,
    /// The state after.
    pub to: String,
    /// The states left, innermost first.
    pub exited: Vec<String>,
    /// The states entered, in order.
    pub entered: Vec<String>,
    /// The guards and `when`s judged, in order.
    pub guards: Vec<GuardTrace>,
    /// The actions carried out, in order.
    pub actions: Vec<ActionTrace>,
    /// What came of the actions, as far as it is told in words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub done: Vec<Done>,
    /// The clocks that stopped for a while, or went on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub clocks: Vec<ClockTrace>,
    /// Where the transition stands that took the event.
    pub place: Option<Place>,
    /// Why nothing happened, when nothing did; otherwise why the event came, where it says so.
    pub note: Option<String>,
}

/// What came of an action, for whoever reads what a step did. Holds names alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "did", rename_all = "kebab-case")]
pub enum Done {
    /// The ticket has another priority.
    Prioritised {
        /// Which.
        to: String,
        /// The rule that found it, and its file's name; none where the playbook itself says so.
        rule: Option<(String, String)>,
    },
    /// Somebody has the ticket, or nobody could be found who would.
    Given {
        /// Who.
        to: Option<String>,
    },
    /// Colleagues were told something.
    Told {
        /// What stands in `name`: a `team`, a `role`, a `person` or a `channel`.
        whom: String,
        /// Which.
        name: String,
    },
}

/// One guard that was judged.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GuardTrace {
    /// As the playbook writes it.
    pub expression: String,
    /// The verdict.
    pub held: bool,
    /// What the paths in it stood for; without message words, long texts cut to their length.
    pub values: Map<String, Value>,
    /// Where it stands.
    pub place: Place,
}

/// A clock that stopped for a while, or went on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClockTrace {
    /// The clock's name.
    pub clock: String,
    /// Whether it stands still now.
    pub stands: bool,
    /// The seconds that are left, of working time where it is counted in that.
    pub left: i64,
    /// Where the playbook says so.
    pub place: Place,
}

/// One action that was carried out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActionTrace {
    /// The action's name.
    pub action: String,
    /// Where it stands.
    pub place: Place,
}

/// A step that cannot be taken. Nothing has moved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// A stable word for the kind of fault, such as `unknown-variable`.
    pub code: String,
    /// The line that failed.
    pub place: Place,
    /// What is wrong.
    pub message: String,
    /// What can be done about it.
    pub help: Option<String>,
}

impl Fault {
    pub(crate) fn new(code: &str, place: &Place, message: impl Into<String>) -> Self {
        Self { code: code.to_owned(), place: place.clone(), message: message.into(), help: None }
    }

    pub(crate) fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.message)
    }
}

impl std::error::Error for Fault {}
