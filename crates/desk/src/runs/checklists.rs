//! Checking the items of checklists: what counts as evidence, and the line that history keeps. No step is taken; what was checked is
//! seen by the next one, and by choices at once.

use playbook::{Evidence, EvidenceKind, Fault, ItemCheck, ItemView, Place, Trace};
use store::Id;

use super::history::{Stands, remark};
use super::{Case, facts, parties};
use crate::error::FieldError;
use crate::messages::{self, Message};
use crate::{Context, Error, Result, attachments};

/// The longest evidence in words, in characters; a link may be as long.
const WORDS_MAX: usize = 2_000;

/// What the event of an item that was checked ends with, after `checklist.CHECKLIST.ITEM`.
const CHECKED: &str = "checked";
/// What the event of an item whose mark was taken back ends with.
const UNCHECKED: &str = "unchecked";

/// Checks an item. The caller stores the case.
pub async fn check(context: &mut Context<'_>, case: &mut Case, check: &ItemCheck) -> Result<()> {
    require_begun(case)?;
    let (playbook, facts) = (case.playbook()?, facts::gather(context, case).await?);
    let run = playbook.check_item(&case.run, &facts, check, context.now).map_err(refusal)?;
    if let Some(evidence) = &check.evidence {
        let lists = playbook.checklists(&case.run, &facts, context.now).map_err(refusal)?;
        let mut items = lists.into_iter().filter(|list| list.name == check.checklist).flat_map(|list| list.items);
        let item = items.find(|item| item.id == check.item).ok_or_else(|| Error::not_found("item of a checklist"))?;
        require_evidence(context, case, &item, evidence).await?;
    }
    case.run = run;
    keep(context, case, &check.checklist, &check.item, CHECKED).await
}

/// Takes the mark of an item back; one that was not checked stays as it is. The caller stores the case.
pub async fn uncheck(context: &mut Context<'_>, case: &mut Case, checklist: &str, item: &str) -> Result<()> {
    require_begun(case)?;
    let run = case.playbook()?.uncheck_item(&case.run, checklist, item).map_err(refusal)?;
    if run == case.run {
        return Ok(());
    }
    case.run = run;
    keep(context, case, checklist, item, UNCHECKED).await
}

/// The checklist and the item that an event of the history is about, and whether it was checked.
#[must_use]
pub fn of_event(event: &str) -> Option<(&str, &str, bool)> {
    let (rest, done) = event.strip_prefix("checklist.")?.rsplit_once('.')?;
    let (checklist, item) = rest.split_once('.')?;
    [CHECKED, UNCHECKED].contains(&done).then_some((checklist, item, done == CHECKED))
}

fn require_begun(case: &Case) -> Result<()> {
    if case.begun {
        return Ok(());
    }
    Err(Error::conflict("not-begun", "The ticket has not begun yet.").advise("Try again in a moment."))
}

async fn keep(context: &mut Context<'_>, case: &mut Case, checklist: &str, item: &str, done: &str) -> Result<()> {
    case.touch();
    let event = format!("checklist.{checklist}.{item}.{done}");
    let place = case.playbook()?.checklist_item(checklist, item).map(|(_, place)| Place::clone(place));
    let stands = Stands { ticket: case.ticket.id, step: case.run.step, state: &case.run.state };
    remark(context, &stands, Trace { event, place, ..Trace::default() }, None).await
}

/// Evidence is what it says it is: a file or message is on this ticket and from whoever the item is from, a link leads somewhere.
async fn require_evidence(context: &mut Context<'_>, case: &Case, item: &ItemView, evidence: &Evidence) -> Result<()> {
    let message = match evidence.kind {
        EvidenceKind::Link => return require_link(&evidence.value),
        EvidenceKind::Text => return require_words(&evidence.value),
        EvidenceKind::Message => evidence.value.parse().ok(),
        EvidenceKind::File => match evidence.value.parse().ok() {
            Some(file) => attachments::message_of(context.tx, file).await?,
            None => None,
        },
    };
    let kind = evidence.kind.as_str();
    let message = match message {
        Some(message) => on_ticket(context, case.ticket.id, message).await?,
        None => None,
    };
    let message =
        message.ok_or_else(|| wrong(kind, "no-such-evidence", format!("there is no such {kind} on this ticket")))?;
    match item.from.as_deref() {
        Some(from) if !is_from(context, case, from, &message).await? => {
            Err(wrong(kind, "wrong-sender", format!("this {kind} is not from the {from}")))
        }
        _ => Ok(()),
    }
}

async fn on_ticket(context: &mut Context<'_>, ticket: Id, message: Id) -> Result<Option<Message>> {
    let message = messages::find(context.tx, message).await?;
    Ok(message.filter(|message| message.ticket == ticket || message.via_ticket == Some(ticket)))
}

/// Whether the one that an item is from wrote a message. Of third parties the desk knows nothing, so anybody's counts.
async fn is_from(context: &mut Context<'_>, case: &Case, from: &str, message: &Message) -> Result<bool> {
    match from {
        "requester" => Ok(message.author.kind == "contact" && message.author.id == Some(case.requester.id)),
        "us" => Ok(message.author.kind == "agent"),
        "third_party" => Ok(true),
        party => parties::said(context.tx, case, party, message).await,
    }
}

fn require_link(link: &str) -> Result<()> {
    let link = link.trim();
    let host = link.strip_prefix("https://").or_else(|| link.strip_prefix("http://"));
    let leads_somewhere =
        host.is_some_and(|rest| rest.starts_with(|first: char| first.is_alphanumeric() || first == '['));
    let fits = link.len() <= WORDS_MAX && !link.contains(|c: char| c.is_whitespace() || c.is_control());
    if leads_somewhere && fits {
        return Ok(());
    }
    Err(wrong("link", "not-a-link", "an address is needed that begins with https://"))
}

fn require_words(words: &str) -> Result<()> {
    if words.chars().count() <= WORDS_MAX {
        return Ok(());
    }
    Err(wrong("text", "too-long", format!("{WORDS_MAX} characters at most")))
}

fn wrong(kind: &str, code: &str, message: impl Into<String>) -> Error {
    Error::invalid_fields(vec![FieldError::new(kind, code, message)])
}

fn refusal(fault: Fault) -> Error {
    match fault.code.as_str() {
        "item-unknown" => Error::not_found("item of a checklist"),
        "item-not-needed" => Error::conflict("item-not-needed", fault.message),
        "evidence-missing" => Error::invalid("evidence-missing", fault.message),
        _ => Error::internal(fault.to_string()),
    }
}
