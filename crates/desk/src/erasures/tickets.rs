//! A ticket that holds something of somebody who is erased.

use playbook::{FieldKind, Handbook, Trace};
use serde_json::{Map, Value};
use store::Id;

use super::marks::{ERASED, Marks};
use super::{ERASED_PERSON, ERASED_SUBJECT, known_by, queries};
use crate::contacts::Contact;
use crate::tickets::Ticket;
use crate::words::{self, Document};
use crate::{Context, Error, Result, organizations, tickets};

/// The least characters of a word of theirs that is looked for in what stands beside messages.
const FIELD_MIN: usize = 4;

/// Takes `contact` out of a ticket. Of a ticket of theirs every word goes, of another one what they wrote, and their names and addresses
/// wherever they stand. `handbook` is the one of its run, which goes on as it stood. Gives the keys of the files that go.
pub async fn ticket(
    context: &mut Context<'_>,
    handbook: &Handbook,
    contact: &Contact,
    ticket: Id,
) -> Result<Vec<String>> {
    let before = tickets::find(context.tx, ticket).await?.ok_or_else(|| Error::not_found("ticket"))?;
    let is_theirs = before.requester == contact.id;
    let known = known_by(context.tx, contact).await?;
    let marks = Marks::of(known.iter().map(String::as_str));
    let mut files = Vec::new();
    for message in queries::messages(context.tx, ticket).await? {
        let goes = is_theirs || (message.author_kind == "contact" && message.author == Some(contact.id));
        files.extend(erase_message(context, &message, goes, contact, &marks).await?);
    }
    let mut after = before.clone();
    let mut said: Vec<String> = known.clone();
    if is_theirs {
        said.push(before.subject.clone());
        said.extend(contact.name.iter().flat_map(|name| name.split_whitespace()).map(str::to_owned));
        let fields = not_of_company(context, &before, &marks).await?;
        said.extend(texts_of(&fields));
        said.extend(forget_corrections(context, ticket).await?);
        after.subject = ERASED_SUBJECT.to_owned();
        after.fields.extend(without_words(handbook, &before.playbook, &fields));
        files.extend(queries::forget_unsent(context.tx, ticket, context.now).await?);
    } else if let Some(fields) = marks.taken_out(&Value::Object(before.fields.clone()).to_string()) {
        after.fields = serde_json::from_str(&fields)?;
    }
    if !is_theirs && let Some(subject) = marks.taken_out(&before.subject) {
        after.subject = subject;
    }
    let long_enough = |word: &&str| known.iter().any(|known| known == word) || word.chars().count() >= FIELD_MIN;
    let beside = Marks::of(said.iter().map(String::as_str).filter(long_enough));
    queries::take_out(context.tx, ticket, &beside).await?;
    queries::rename_actor(context.tx, ticket, contact.id, ERASED_PERSON).await?;
    queries::forget_beside(context.tx, ticket, &known, is_theirs).await?;
    if after != before {
        tickets::save(context, &before, &mut after).await?;
    }
    Ok(files)
}

/// Takes out of the history what corrected fields said and say; gives these words, which may stand elsewhere beside the ticket.
async fn forget_corrections(context: &mut Context<'_>, ticket: Id) -> Result<Vec<String>> {
    let mut said = Vec::new();
    for (line, trace) in queries::corrections(context.tx, ticket).await? {
        let mut trace: Trace = serde_json::from_str(&trace)?;
        let Some(note) = trace.note.as_deref() else { continue };
        let mut told: Map<String, Value> = serde_json::from_str(note)?;
        let field = told.remove("field").unwrap_or_default();
        said.extend(texts_of(&told));
        for value in told.values_mut().filter(|value| value.is_string()) {
            *value = Value::from(ERASED);
        }
        told.insert("field".to_owned(), field);
        trace.note = Some(Value::Object(told).to_string());
        queries::tell(context.tx, line, &serde_json::to_string(&trace)?).await?;
    }
    Ok(said)
}

async fn erase_message(
    context: &mut Context<'_>,
    message: &queries::Message,
    goes: bool,
    contact: &Contact,
    marks: &Marks,
) -> Result<Vec<String>> {
    let author = match message.author_kind == "contact" && message.author == Some(contact.id) {
        true => ERASED_PERSON.to_owned(),
        false => marks.taken_out(&message.author_name).unwrap_or_else(|| message.author_name.clone()),
    };
    let (text, html, subject) = match goes {
        true => (String::new(), None, None),
        false => {
            let left = |text: &String| marks.taken_out(text).unwrap_or_else(|| text.clone());
            (left(&message.text), message.html.as_ref().map(left), message.subject.as_ref().map(left))
        }
    };
    let recipient = message.recipient.clone().filter(|address| !goes && marks.taken_out(address).is_none());
    let mut copies = message.copies.clone();
    copies.retain(|copy| !goes && marks.taken_out(&copy.to_string()).is_none());
    let before = Document::message(message.id, message.is_note, &message.text);
    let after = Document::message(message.id, message.is_note, &text);
    words::change(context, &before, &after).await?;
    if message.recipient.is_some() && recipient.is_none() {
        queries::keep_back(context.tx, message.id, context.now).await?;
    }
    queries::set_words(context.tx, message.id, &author, (recipient, &copies), subject, &text, html).await?;
    if goes { Ok(queries::forget_files(context.tx, message.id).await?) } else { Ok(Vec::new()) }
}

/// The fields that say something else than what their organization is called or known to be, which is no data of the person and what the
/// run goes on with.
async fn not_of_company(context: &mut Context<'_>, ticket: &Ticket, marks: &Marks) -> Result<Map<String, Value>> {
    let company = match ticket.organization {
        Some(id) => organizations::find(context.tx, id).await?,
        None => None,
    };
    let Some(company) = company else { return Ok(ticket.fields.clone()) };
    let known = |text: &str| {
        let of_company = [&company.name, &company.key].into_iter().any(|name| name == text)
            || company.attributes.values().any(|value| value.as_str() == Some(text));
        of_company && marks.taken_out(text).is_none()
    };
    let others = ticket.fields.iter().filter(|(_, value)| !value.as_str().is_some_and(&known));
    Ok(others.map(|(name, value)| (name.clone(), value.clone())).collect())
}

/// The texts of fields, long enough to be somebody's words.
fn texts_of(fields: &Map<String, Value>) -> Vec<String> {
    fields
        .values()
        .flat_map(|value| match value {
            Value::String(text) => vec![text.clone()],
            Value::Array(members) => members.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
            _ => Vec::new(),
        })
        .collect()
}

/// The fields as the run goes on with them: numbers, days, choices as they are, and in place of words that there were some.
fn without_words(handbook: &Handbook, playbook: &str, fields: &Map<String, Value>) -> Map<String, Value> {
    let declared = handbook.playbook(playbook);
    let left = |(name, value): (&String, &Value)| {
        let kind = declared.and_then(|playbook| playbook.fields().get(name)).map(|field| &field.kind);
        let value = match (kind, value) {
            (Some(FieldKind::Text { max_length }), Value::String(text)) if !text.is_empty() => {
                Value::String(ERASED.chars().take(*max_length as usize).collect())
            }
            (Some(FieldKind::List), Value::Array(members)) if !members.is_empty() => Value::from(vec![ERASED]),
            (None, Value::String(_) | Value::Array(_) | Value::Object(_)) => Value::Null,
            _ => value.clone(),
        };
        (name.clone(), value)
    };
    fields.iter().map(left).collect()
}
