//! What people do in a story, done to the desk as the world would do it.

use playbook::{Deed, DeedKind, Outside};
use serde_json::{Map, Value};

use super::stage::Stage;
use super::{answers, checks, letters, publish};
use crate::handle::{Change, Choose, Command, OpenTicket, Reply, ReplyKind, Sender, SubmitForm, WriteToParty};
use crate::tickets::bulk;
use crate::{Actor, Error, Result, agents};

/// Does one deed.
pub(super) async fn perform(stage: &Stage, deed: &Deed) -> Result<()> {
    match &deed.kind {
        DeedKind::Form { form, from, answers, on } => submit(stage, (form, from, answers), on.as_deref()).await,
        DeedKind::Mail { letter, in_reply_to_last } => letters::deliver(stage, letter, *in_reply_to_last).await,
        DeedKind::Publish { changes, moves } => publish::publish(stage, changes, moves).await,
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
        DeedKind::Assigns { agent, to, on } => {
            let to = match to {
                Some(name) => actor(stage, name).await?.agent_id(),
                None => None,
            };
            change(stage, agent, on.as_deref(), bulk::Deed::Assign { agent: to }).await
        }
        DeedKind::Prioritises { agent, priority, on } => {
            change(stage, agent, on.as_deref(), bulk::Deed::Priority { priority: priority.parse()? }).await
        }
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
    let reply = Reply { ticket, body: text.to_owned(), kind, files: Vec::new(), seen: None, key: None };
    handle(stage, &actor(stage, agent).await?, Command::Reply(reply)).await
}

/// An agent does something with a ticket beside its procedure.
async fn change(stage: &Stage, agent: &str, on: Option<&str>, deed: bulk::Deed) -> Result<()> {
    let change = Change { ticket: ticket(stage, on).await?, deeds: vec![deed], bulk: None };
    handle(stage, &actor(stage, agent).await?, Command::Change(change)).await
}

/// An agent writes to a party.
async fn write_to(stage: &Stage, agent: &str, text: &str, (party, on): (&str, Option<&str>)) -> Result<()> {
    let (ticket, party, body) = (ticket(stage, on).await?, party.to_owned(), text.to_owned());
    let words = WriteToParty { ticket, party, body, files: Vec::new(), seen: None, key: None };
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

/// The ticket that the body of a call asks for.
fn open(request: &Map<String, Value>) -> Result<OpenTicket> {
    let word = |name: &str| request.get(name).and_then(Value::as_str);
    let text = |name: &str| word(name).unwrap_or_default().to_owned();
    let requester = request.get("requester").cloned().unwrap_or_default();
    let tags = match request.get("tags") {
        Some(Value::Array(tags)) => tags.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        tag => tag.and_then(Value::as_str).map(str::to_owned).into_iter().collect(),
    };
    Ok(OpenTicket {
        subject: text("subject"),
        body: text("body"),
        requester: serde_json::from_value(requester)
            .map_err(|error| Error::invalid_field("requester", "wrong-type", error.to_string()))?,
        playbook: word("playbook").map(str::to_owned),
        fields: request.get("fields").and_then(Value::as_object).cloned().unwrap_or_default(),
        tags,
        priority: word("priority").map(str::parse).transpose()?.unwrap_or_default(),
        key: None,
    })
}
