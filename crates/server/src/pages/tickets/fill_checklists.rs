//! The checklists as their ticket's page shows them.

use std::collections::BTreeMap;

use desk::Error;
use desk::attachments::Attachment;
use desk::messages::{Kind, Message};
use desk::runs::view::TicketView;
use playbook::{ChecklistView, Evidence, EvidenceKind, ItemView};

use super::checklist::{Checklist, Item, Mark, Proof};
use super::fill_list::Words;
use super::past::Past;
use crate::pages::field::{Field, FieldKind, FieldOption};
use crate::pages::visit::Visit;

/// How much of a message tells it from others, in characters.
const EXCERPT: usize = 60;

/// What was posted for an item and what is wrong with it.
pub struct Refused {
    /// The checklist.
    pub checklist: String,
    /// The item.
    pub item: String,
    /// What was posted.
    pub fields: BTreeMap<String, String>,
    /// What is wrong.
    pub error: Error,
}

/// What of a ticket can be shown as evidence.
struct Shown<'p> {
    messages: &'p [Message],
    files: Vec<&'p Attachment>,
}

/// The checklists of a ticket, in the order of its playbook.
pub fn checklists(
    visit: &Visit,
    words: &Words,
    view: &TicketView,
    past: &Past,
    refused: Option<&Refused>,
) -> Vec<Checklist> {
    let files = past.messages.iter().flat_map(|message| past.files_of(message.id)).collect();
    let shown = Shown { messages: &past.messages, files };
    let list = |list: &ChecklistView| {
        // What may be left out is not counted, unless there is nothing else.
        let optional_too = list.items.iter().all(|item| !item.required);
        let counted: Vec<_> = list.items.iter().filter(|item| item.required || optional_too).collect();
        let done = counted.iter().filter(|item| item.checked.is_some()).count();
        let counted = [("done", done.to_string()), ("of", counted.len().to_string())];
        Checklist {
            name: list.name.clone(),
            title: list.title.text(words.language).to_owned(),
            progress: visit.texts.with("checklist-progress", &counted.each_ref().map(|(name, n)| (*name, n.as_str()))),
            done: list.done,
            needed: list.needed,
            items: list
                .items
                .iter()
                .map(|item| self::item(visit, words, view, &shown, &list.name, item, refused))
                .collect(),
        }
    };
    view.checklists.iter().map(list).collect()
}

fn item(
    visit: &Visit,
    words: &Words,
    view: &TicketView,
    shown: &Shown<'_>,
    checklist: &str,
    item: &ItemView,
    refused: Option<&Refused>,
) -> Item {
    let refused = refused.filter(|refused| refused.checklist == checklist && refused.item == item.id);
    let field = |kind: &EvidenceKind| {
        evidence(visit, words, shown, &format!("{checklist}-{}", item.id), *kind, item.evidence.len() == 1, refused)
    };
    Item {
        id: item.id.clone(),
        label: item.label.text(words.language).to_owned(),
        required: item.required,
        from: item.from.as_deref().map(|from| from_whom(visit, view, from)),
        mark: item.checked.as_ref().map(|checked| Mark {
            by: name_of(&checked.by).unwrap_or_else(|| view.handbook.desk.name.clone()),
            at: words.moments.when(checked.at),
            proof: checked.evidence.as_ref().map(|evidence| proof(words, shown, evidence)),
        }),
        evidence: item.evidence.iter().map(field).collect(),
        error: refused.filter(|refused| refused.error.fields.is_empty()).map(|refused| match refused.error.code {
            "evidence-missing" => visit.texts.get("evidence-missing"),
            _ => refused.error.to_string(),
        }),
    }
}

/// Who checked an item, as `event.by` names them.
fn name_of(by: &serde_json::Value) -> Option<String> {
    by.get("name").and_then(serde_json::Value::as_str).map(str::to_owned)
}

fn from_whom(visit: &Visit, view: &TicketView, from: &str) -> String {
    match from {
        "requester" => visit.texts.with("item-from", &[("who", view.requester.label())]),
        "us" => visit.texts.get("item-from-us"),
        "third_party" => visit.texts.get("item-from-others"),
        party => visit.texts.with("item-from", &[("who", &party.replace('_', " "))]),
    }
}

fn evidence(
    visit: &Visit,
    words: &Words,
    shown: &Shown<'_>,
    id: &str,
    kind: EvidenceKind,
    alone: bool,
    refused: Option<&Refused>,
) -> Field {
    let posted = refused.and_then(|refused| refused.fields.get(kind.as_str())).cloned().unwrap_or_default();
    let option = |value: String, label: String| FieldOption { chosen: value == posted, value, label };
    let control = match kind {
        EvidenceKind::Link | EvidenceKind::Text => FieldKind::Text(posted.clone()),
        EvidenceKind::File => {
            FieldKind::Choice(shown.files.iter().map(|file| option(file.id.to_string(), file.name.clone())).collect())
        }
        EvidenceKind::Message => {
            let said = shown.messages.iter().rev().filter(|message| message.kind != Kind::Note);
            FieldKind::Choice(said.map(|message| option(message.id.to_string(), told(words, message))).collect())
        }
    };
    let mut field = Field::new(kind.as_str(), visit.texts.get(asked_as(kind).0), control);
    field.id = format!("check-{id}-{kind}");
    field.required = alone;
    if matches!(&field.kind, FieldKind::Choice(options) if options.is_empty()) {
        field.help = Some(visit.texts.get(asked_as(kind).1));
    }
    let wrong = refused.and_then(|refused| refused.error.fields.iter().find(|error| error.field == kind.as_str()));
    field.error = wrong.map(|error| visit.texts.with("field-wrong", &[("problem", &error.message)]));
    field
}

/// What a kind of evidence is asked for with, and what is said when the ticket has none of it to choose from.
fn asked_as(kind: EvidenceKind) -> (&'static str, &'static str) {
    match kind {
        EvidenceKind::File => ("evidence-file", "evidence-no-file"),
        EvidenceKind::Link => ("evidence-link", ""),
        EvidenceKind::Message => ("evidence-message", "evidence-no-message"),
        EvidenceKind::Text => ("evidence-text", ""),
    }
}

/// A message in a line: who wrote it, when, and how it begins.
fn told(words: &Words, message: &Message) -> String {
    let text = message.text.split_whitespace().collect::<Vec<_>>().join(" ");
    let start: String = text.chars().take(EXCERPT).collect();
    let more = if start.len() < text.len() { "…" } else { "" };
    format!("{}, {}: {start}{more}", message.author.name, words.moments.when(message.created_at).relative)
}

fn proof(words: &Words, shown: &Shown<'_>, evidence: &Evidence) -> Proof {
    let value = &evidence.value;
    match evidence.kind {
        EvidenceKind::Text => Proof { words: value.clone(), href: None, elsewhere: false },
        EvidenceKind::Link => Proof { words: value.clone(), href: Some(value.clone()), elsewhere: true },
        EvidenceKind::File => {
            let file = shown.files.iter().find(|file| file.id.to_string() == *value);
            let name = file.map_or_else(|| value.clone(), |file| file.name.clone());
            Proof { words: name, href: Some(format!("/attachments/{value}")), elsewhere: false }
        }
        EvidenceKind::Message => {
            let message = shown.messages.iter().find(|message| message.id.to_string() == *value);
            let said = message.map_or_else(|| value.clone(), |message| told(words, message));
            Proof { words: said, href: Some(format!("#message-{value}")), elsewhere: false }
        }
    }
}
