//! The language of playbooks: what a handbook says, whether it is sound, and what a ticket does next.
//!
//! Pure: a handbook is text handed in, a step is a function from a run, the facts and an event to the next run and
//! the effects to carry out. Nothing here knows of tickets' tables, of HTTP or of mail, reads a clock or draws lots.

mod calendar_file;
mod changes;
mod checker;
mod checklist;
mod clock;
mod definition;
mod desk_file;
pub mod drawing;
mod expression;
mod facts;
mod fields;
mod finding;
mod form;
mod grammar;
mod handbook;
mod impact;
mod interpreter;
mod lookup;
mod memory;
mod occurrence;
mod registry;
mod reply;
mod run;
#[cfg(test)]
mod sample;
mod scenario;
mod schemas;
mod scope;
mod segment;
mod source;
pub mod specs;
mod spelling;
mod status;
mod text;
mod types;
mod views;
mod yaml;

pub use calendar_file::{
    CALENDAR_ATTRIBUTE, CalendarChoice, CountedBy, OF_ORGANIZATION, OF_TEAM, Whose, read_calendar,
};
pub use changes::{Change, ChangeKind, changes, renamed_states};
pub use checker::check;
pub use checklist::{Checked, Evidence, EvidenceKind, ItemCheck};
pub use clock::{ClockReason, ClockRun, ClockState, ClockView, Pause, Rest};
pub use definition::{
    AskedField, Opens, OpensBy, Party, Playbook, Promise, Promised, REQUESTER, Scheduled, StillFor, Timetable,
    WRITTEN_TO,
};
pub use desk_file::{Attributes, DeskFile, Role, Team};
pub use expression::{Expression, FUNCTIONS, Function, MACROS, Macro, reference as expression_reference};
pub use facts::{Counting, Facts};
pub use fields::{DEFAULT_MAX_LENGTH, Field, FieldKind};
pub use finding::{Finding, Severity};
pub use form::{AnswerKind, FieldError, Form, FormField, ShownField, Source, Typeform};
pub use handbook::{Handbook, compile};
pub use impact::{Impact, Judged, Lesson, PRIORITIES, Weight};
pub use interpreter::{Carried, RECOUNTED, StateMap, Taking};
pub use lookup::{Lookup, ValueKind};
pub use memory::{Memory, Stood, TakenIn};
pub use occurrence::Occurrence;
pub use registry::{Ability, ActionSpec, Argument, ArgumentKind, AttributeOwner, NameKind, Registry, RootSpec};
pub use reply::{Rendered, Reply};
pub use run::{
    ActionTrace, ClockTrace, Done, Effect, Event, Fault, GuardTrace, Run, Standing, Status, Step, Timer, Trace,
};
pub use scenario::{
    Attached, Deed, DeedKind, Expectation, ExpectationKind, FileChange, FileEdit, Given, Letter, Outside, Scenario,
    Written, scenarios,
};
pub use schemas::{Schema, documents as schema_documents, schemas};
pub use segment::{Segment, SegmentOf};
pub use source::{Files, Place};
pub use text::{FILTERS, Filter, Localized, filter_reference};
pub use types::FactType;
pub use views::{AskView, ChecklistView, ChoiceView, ItemView, Missing, OutlineState, Unchecked};
