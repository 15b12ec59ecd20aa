//! `reply: NAME`, `reply: {name, to}`: a canned reply to the requester or to a party, in their language, sent by the outbox under the effect's key.

use futures::FutureExt;
use playbook::{ActionSpec, Argument, ArgumentKind, Effect, Event, Fault, NameKind, REQUESTER};
use serde_json::{Map, Value, json};

use super::{Action, key, text};
use crate::messages::{self, Author, Kind, Message};
use crate::runs::{Case, parties};
use crate::{Actor, Context, Result, mailboxes, notifications, outbox, tickets};
use store::Id;

pub(super) const ACTION: Action = Action {
    name: "reply",
    spec: Some(ActionSpec {
        name: "reply",
        summary: "Sends a canned reply to the requester, or to a party, and raises `reply.NAME`.",
        arguments: &[
            Argument {
                name: "name",
                kind: ArgumentKind::Name(NameKind::Reply),
                required: true,
                summary: "The reply, a file of `replies/` without its ending.",
            },
            Argument {
                name: "to",
                kind: ArgumentKind::Name(NameKind::Party),
                required: false,
                summary: "The party: each of its people with a verified address gets a mail of their own, ten at most; the requester when left out.",
            },
        ],
        short: Some("name"),
        emits: &["reply.*"],
    }),
    prepare: Some(render),
    perform: |context, case, effect| async move { send(context, case, effect).await }.boxed(),
};

/// Renders the reply into the effect, so that a text with a missing variable moves nothing.
fn render(case: &Case, values: &Map<String, Value>, effect: &mut Effect) -> Result<(), Fault> {
    let name = text(effect, "name").unwrap_or_default().to_owned();
    let language = match party(effect) {
        Some(_) => case.organization_language(),
        None => case.requester.language.as_deref(),
    };
    let reply = case.handbook.reply(&name, language.unwrap_or_default()).ok_or_else(|| Fault {
        code: "unknown-reply".to_owned(),
        place: effect.place.clone(),
        message: format!("there is no reply called {name}"),
        help: None,
    })?;
    let rendered = reply.render(values)?;
    effect.arguments.insert("subject".to_owned(), json!(rendered.subject));
    effect.arguments.insert("markdown".to_owned(), json!(rendered.markdown));
    Ok(())
}

/// The party that a reply goes to, when it does not go to the requester.
fn party(effect: &Effect) -> Option<&str> {
    text(effect, "to").filter(|to| *to != REQUESTER)
}

async fn send(context: &mut Context<'_>, case: &mut Case, effect: &Effect) -> Result<()> {
    let name = text(effect, "name").unwrap_or_default();
    let Some(party) = party(effect) else {
        let (contact, address) = (case.requester.id, case.requester.address.clone());
        let Some(address) = address else {
            return nobody(context, case, name, "the requester of the ticket has no address").await;
        };
        write(context, case, effect, (contact, address), key(case, effect)).await?;
        case.raised.push_back(Event::new(format!("reply.{name}")));
        return Ok(());
    };
    let people = parties::people(context.tx, case, party).await?;
    if people.is_empty() {
        let why = format!("nobody with a verified address is known as its {}", party.replace('_', " "));
        return nobody(context, case, name, &why).await;
    }
    for contact in people {
        let Some(address) = contact.address else { continue };
        mailboxes::remember_participant(context, case.ticket.id, &address).await?;
        let key = format!("{}:{}", key(case, effect), contact.id);
        write(context, case, effect, (contact.id, address), key).await?;
    }
    case.raised.push_back(Event::new(format!("reply.{name}")).with_data(json!({ "to": party })));
    Ok(())
}

/// Tells the team that a reply has nowhere to go.
async fn nobody(context: &mut Context<'_>, case: &Case, name: &str, why: &str) -> Result<()> {
    let words = format!("The reply {name} of ticket {} could not be sent: {why}.", case.ticket.number);
    notifications::tell_team(context, &case.ticket, &words).await
}

/// One mail to one person, once under `key`.
async fn write(
    context: &mut Context<'_>,
    case: &Case,
    effect: &Effect,
    (contact, address): (Id, String),
    key: String,
) -> Result<()> {
    let markdown = text(effect, "markdown").unwrap_or_default().to_owned();
    let author = Author::actor(&Actor::Desk);
    let mut message = Message::begin(context, case.ticket.id, Kind::Automatic, "playbook", author, markdown);
    message.reply_name = text(effect, "name").map(str::to_owned);
    message.subject = text(effect, "subject").map(tickets::subject);
    message.recipient = Some(address);
    message.delivery = Some("waiting".to_owned());
    messages::add(context, &message).await?;
    mailboxes::outgoing::give_mail_id(context, &message, contact).await?;
    outbox::put_mail(context, &key, case.ticket.id, message.id).await
}
