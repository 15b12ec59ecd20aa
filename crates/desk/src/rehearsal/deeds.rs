//! What people do in a story, done to the desk as the world would do it.

use std::collections::BTreeMap;
use std::fmt::Write;

use playbook::{Deed, DeedKind, Outside};
use serde_json::{Map, Value};

use super::answers;
use super::checks;
use super::stage::Stage;
use crate::handle::{Choose, Command, OpenTicket, Reply, ReplyKind, Sender, SubmitForm, WriteToParty};
use crate::outbox::catcher;
use crate::page::Page;
use crate::{Actor, Error, Result, agents};

/// Does one deed.
pub(super) async fn perform(stage: &Stage, deed: &Deed) -> Result<()> {
    match &deed.kind {
        DeedKind::Form { form, from, answers, on } => submit(stage, (form, from, answers), on.as_deref()).await,
        DeedKind::Mail { from, text, subject, headers, in_reply_to_last } => {
            let answered = if *in_reply_to_last { last_mail(stage, from).await? } else { None };
            let raw = raw_mail(stage, from, text, subject.as_deref(), headers, answered.as_ref());
            stage.mailbox.deliver(&stage.desk, raw.into_bytes().into()).await
        }
        DeedKind::Chooses { agent, choice, on, inputs, fields } => {
            let choice = Choose {
                ticket: ticket(stage, on.as_deref()).await?,
                choice: choice.clone(),
                note: None,
                inputs: inputs.clone(),
                fields: fields.clone(),
                key: None,
            };
            handle(stage, &actor(stage, agent).await?, Command::Choose(choice)).await
        }
        DeedKind::Checks { agent, item, with, on } => {
            checks::check(stage, &actor(stage, agent).await?, item, with.as_ref(), on.as_deref()).await
        }
        DeedKind::Unchecks { agent, item, on } => {
            checks::uncheck(stage, &actor(stage, agent).await?, item, on.as_deref()).await
        }
        DeedKind::Replies { agent, text, to: Some(to), on } => write_to(stage, agent, text, (to, on.as_deref())).await,
        DeedKind::Replies { agent, text, to: None, on } => {
            write(stage, agent, text, on.as_deref(), ReplyKind::Reply).await
        }
        DeedKind::Notes { agent, text, on } => write(stage, agent, text, on.as_deref(), ReplyKind::Note).await,
        DeedKind::Fails { what: Outside::Mailbox, lasts } => stage.mailbox.fail(&stage.desk, *lasts).await,
        DeedKind::Fails { what, lasts } => {
            check_known(stage, what).await?;
            stage.outages.begin(what.clone(), *lasts);
            Ok(())
        }
        DeedKind::Answers { agent, answer, question, note, on } => {
            let (actor, ticket) = (actor(stage, agent).await?, ticket(stage, on.as_deref()).await?);
            answers::answer(stage, &actor, ticket, (question, answer, note.as_deref())).await
        }
        DeedKind::SendsSuggestion { agent, text, on } => {
            let (actor, ticket) = (actor(stage, agent).await?, ticket(stage, on.as_deref()).await?);
            answers::send(stage, &actor, ticket, text.as_deref()).await
        }
        DeedKind::DismissesSuggestion { agent, on } => {
            let (actor, ticket) = (actor(stage, agent).await?, ticket(stage, on.as_deref()).await?);
            answers::dismiss(stage, &actor, ticket).await
        }
        DeedKind::Api { request } => handle(stage, &Stage::onlooker(), Command::OpenTicket(open(request)?)).await,
    }
}

/// Only what the handbook asks can be away.
async fn check_known(stage: &Stage, what: &Outside) -> Result<()> {
    let Outside::Database(name) = what else { return Ok(()) };
    let handbook = stage.desk.handbooks.current(&mut stage.desk.read().await?).await?;
    let known = handbook.lookups.values().any(|lookup| lookup.name == *name || lookup.connection == *name);
    if known {
        return Ok(());
    }
    let message = format!("Nothing is called {name}: `fails` takes `sender`, a connection or a look-up.");
    Err(Error::invalid("nothing-fails", message))
}

pub(super) async fn handle(stage: &Stage, actor: &Actor, command: Command) -> Result<()> {
    stage.desk.handle(actor, command).await.map(drop)
}

async fn write(stage: &Stage, agent: &str, text: &str, on: Option<&str>, kind: ReplyKind) -> Result<()> {
    let ticket = ticket(stage, on).await?;
    let reply = Reply { ticket, body: text.to_owned(), kind, seen: None, key: None };
    handle(stage, &actor(stage, agent).await?, Command::Reply(reply)).await
}

/// An agent writes to a party.
async fn write_to(stage: &Stage, agent: &str, text: &str, (party, on): (&str, Option<&str>)) -> Result<()> {
    let (ticket, party, body) = (ticket(stage, on).await?, party.to_owned(), text.to_owned());
    let words = WriteToParty { ticket, party, body, seen: None, key: None };
    handle(stage, &actor(stage, agent).await?, Command::WriteToParty(words)).await
}

pub(super) async fn ticket(stage: &Stage, alias: Option<&str>) -> Result<store::Id> {
    let ticket = stage.ticket(alias).await?;
    ticket.map(|ticket| ticket.id).ok_or_else(|| match alias {
        Some(alias) => Error::conflict("no-ticket", format!("The first ticket has opened none as {alias}.")),
        None => Error::conflict("no-ticket", "There is no ticket yet."),
    })
}

/// Submits a form: the client does, or for a ticket that is there already somebody for them by the API.
async fn submit(
    stage: &Stage,
    (form, from, answers): (&str, &str, &Map<String, Value>),
    on: Option<&str>,
) -> Result<()> {
    let (by, ticket) = match on {
        Some(on) => (Stage::onlooker(), Some(ticket(stage, Some(on)).await?)),
        None => (Actor::Outside, None),
    };
    let from = Sender { email: from.to_owned(), name: None };
    let form = SubmitForm { form: form.to_owned(), from, answers: answers.clone(), ticket, key: None };
    handle(stage, &by, Command::SubmitForm(form)).await
}

async fn actor(stage: &Stage, name: &str) -> Result<Actor> {
    let agent = agents::find_by_name(&mut stage.desk.read().await?, name).await?;
    agent.map(|agent| agent.as_actor()).ok_or_else(|| Error::not_found(&format!("agent as {name}")))
}

fn open(request: &Map<String, Value>) -> Result<OpenTicket> {
    let word = |name: &str| request.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let requester = request.get("requester").cloned().unwrap_or_default();
    Ok(OpenTicket {
        subject: word("subject"),
        body: word("body"),
        requester: serde_json::from_value(requester)
            .map_err(|error| Error::invalid_field("requester", "wrong-type", error.to_string()))?,
        playbook: request.get("playbook").and_then(Value::as_str).map(str::to_owned),
        fields: request.get("fields").and_then(Value::as_object).cloned().unwrap_or_default(),
        tags: Vec::new(),
        priority: word("priority").parse().unwrap_or_default(),
        key: None,
    })
}

/// The last mail that the desk sent to `to`; to somebody who never got one, the last to anybody, as if it had been passed on.
async fn last_mail(stage: &Stage, to: &str) -> Result<Option<mail::Incoming>> {
    let mut conn = stage.desk.read().await?;
    let onlooker = Stage::onlooker();
    let caught = catcher::list(&mut conn, &onlooker, Page { after: None, limit: 200 }).await?.items;
    let found = caught.iter().find(|mail| mail.recipient.eq_ignore_ascii_case(to)).or_else(|| caught.first());
    match found {
        None => Ok(None),
        Some(found) => Ok(Some(mail::parse(&catcher::show(&mut conn, &onlooker, found.id).await?.1))),
    }
}

/// The mail as a mail program would write it.
fn raw_mail(
    stage: &Stage,
    from: &str,
    text: &str,
    subject: Option<&str>,
    headers: &BTreeMap<String, String>,
    answered: Option<&mail::Incoming>,
) -> String {
    let to = answered
        .and_then(mail::Incoming::answer_to)
        .map_or(&stage.desk.ground.settings.address.address, |a| &a.address);
    let answered_subject = answered.and_then(|mail| mail.subject.as_deref()).map(|subject| format!("Re: {subject}"));
    let subject = subject.map(str::to_owned).or(answered_subject).unwrap_or_else(|| "A question".to_owned());
    let id = stage.desk.ground.ids.next();
    let mut raw = format!("From: {from}\r\nTo: {to}\r\nSubject: {subject}\r\nMessage-ID: <{id}@client.example>\r\n");
    if let Some(answered_id) = answered.and_then(|mail| mail.message_id.as_deref()) {
        let _ = write!(raw, "In-Reply-To: <{answered_id}>\r\nReferences: <{answered_id}>\r\n");
    }
    for (name, value) in headers {
        let _ = write!(raw, "{name}: {value}\r\n");
    }
    let _ = write!(raw, "Content-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n");
    raw
}
