//! A checklist as programs see it.

use jiff::Timestamp;
use playbook::{ChecklistView, EvidenceKind, ItemView};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A checklist of a ticket's playbook.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::api) struct Checklist {
    name: String,
    title: String,
    /// Whether every required item that applies is checked.
    done: bool,
    /// Whether the ticket's state, or a choice in it, needs it.
    needed: bool,
    /// The items that apply: `PUT /api/v1/tickets/{id}/checklists/{checklist}/{item}`.
    items: Vec<Item>,
}

/// An item of a checklist.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::api) struct Item {
    id: String,
    label: String,
    /// Whether the checklist is not done without it.
    required: bool,
    /// The kinds of evidence of which one is to be given; empty when none is.
    #[schema(value_type = Vec<Kind>)]
    evidence: Vec<&'static str>,
    /// Who is to bring it: `us`, `requester`, `third_party` or a party; null where the playbook says nothing.
    from: Option<String>,
    /// Who checked it; null while it is open.
    checked: Option<Checked>,
}

/// The mark on an item that is done.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::api) struct Checked {
    /// The name of whoever checked it; null for the desk itself.
    by: Option<String>,
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// What shows it.
    evidence: Option<Evidence>,
}

/// What shows that an item is done.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct Evidence {
    #[schema(value_type = Kind)]
    pub(in crate::api) kind: EvidenceKind,
    /// The id of a file or message of this ticket, an address that begins with `https://`, or words.
    pub(in crate::api) value: String,
}

/// A kind of evidence.
#[derive(ToSchema)]
#[schema(rename_all = "lowercase")]
#[expect(dead_code, reason = "only described")]
pub(in crate::api) enum Kind {
    File,
    Link,
    Message,
    Text,
}

impl Checklist {
    pub(in crate::api) fn of(view: &ChecklistView, language: &str) -> Self {
        Self {
            name: view.name.clone(),
            title: view.title.text(language).to_owned(),
            done: view.done,
            needed: view.needed,
            items: view.items.iter().map(|item| Item::of(item, language)).collect(),
        }
    }
}

impl Item {
    fn of(item: &ItemView, language: &str) -> Self {
        Self {
            id: item.id.clone(),
            label: item.label.text(language).to_owned(),
            required: item.required,
            evidence: item.evidence.iter().map(|kind| kind.as_str()).collect(),
            from: item.from.clone(),
            checked: item.checked.as_ref().map(|checked| Checked {
                by: checked.by.get("name").and_then(serde_json::Value::as_str).map(str::to_owned),
                at: checked.at,
                evidence: checked.evidence.clone().map(|given| Evidence { kind: given.kind, value: given.value }),
            }),
        }
    }
}
