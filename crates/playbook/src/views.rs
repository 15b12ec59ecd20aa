//! How a run looks from outside, as plain data: its choices, its checklists, the outline of its playbook.

use serde::Serialize;

use crate::checklist::{Checked, EvidenceKind};
use crate::text::Localized;

/// A choice as it is offered in a state.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ChoiceView {
    /// The name: the event is `choice.NAME`.
    pub name: String,
    /// What the button says.
    pub label: Localized,
    /// Whether it can be made now, once what it asks is answered.
    pub available: bool,
    /// What is still missing when it cannot.
    pub unmet: Vec<Missing>,
    /// The checklist items that must be checked first.
    pub unchecked: Vec<Unchecked>,
    /// What its maker is asked; the answers are the inputs of [`Event::choice`](crate::Event::choice).
    pub asks: Vec<AskView>,
    /// The state it leads to, when that is certain.
    pub leads_to: Option<String>,
    /// The teams and roles that may make it; empty for everybody on the desk.
    pub by: Vec<String>,
}

/// Something that a choice requires and that is not known yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Missing {
    /// The path: a declared field (`documents`) or a fact (`organization.plan`).
    pub field: String,
    /// What people call it.
    pub label: Localized,
}

/// Something that a choice asks its maker.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AskView {
    /// The name: guards and texts read `choice.NAME`.
    pub name: String,
    /// The type, as a handbook writes it: `text`, `integer`, …
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// What to choose from, of a `choice`; otherwise empty.
    pub of: Vec<String>,
    /// What people call it.
    pub label: Localized,
    /// Whether the choice cannot be made without it.
    pub required: bool,
}

/// A checklist item that holds a choice back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Unchecked {
    /// The checklist.
    pub checklist: String,
    /// The item's id.
    pub item: String,
    /// What is to be done.
    pub label: Localized,
}

/// A checklist as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ChecklistView {
    /// The name.
    pub name: String,
    /// What people call it.
    pub title: Localized,
    /// Whether every required item that applies is checked.
    pub done: bool,
    /// Whether the state, or a choice in it, needs it.
    pub needed: bool,
    /// The items that apply, in the order of the file.
    pub items: Vec<ItemView>,
}

/// An item of a checklist as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ItemView {
    /// The id.
    pub id: String,
    /// What is to be done.
    pub label: Localized,
    /// Whether the checklist is not done without it.
    pub required: bool,
    /// The kinds of evidence of which one is to be given; empty when none is.
    pub evidence: Vec<EvidenceKind>,
    /// Who is to bring it: `us`, `requester`, `third_party` or a party.
    pub from: Option<String>,
    /// Who checked it, and when; `None` while it is open.
    pub checked: Option<Checked>,
}

/// A state in the outline of a playbook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OutlineState {
    /// The dotted path.
    pub path: String,
    /// What colleagues call it.
    pub title: Localized,
    /// Whether the playbook gives it a title of its own; otherwise its name stands for one.
    pub is_titled: bool,
    /// How deeply it is nested, from 0.
    pub depth: usize,
    /// Whether the run is over here.
    pub is_final: bool,
    /// Whether its parent is entered here.
    pub initial: bool,
}
