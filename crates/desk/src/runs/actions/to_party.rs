//! `reply: {name, to: PARTY}`: a canned reply to each of a party's people, in a mail of their own.

use playbook::{Argument, ArgumentKind, Effect, Event, NameKind, REQUESTER};
use serde_json::json;
use store::Id;

use super::{key, text};
use crate::messages::{Author, Kind, Message};
use crate::notifications::{self, What};
use crate::runs::{Case, parties};
use crate::{Actor, Context, Result, tickets};

/// The argument that names the party.
pub(super) const ARGUMENT: Argument = Argument {
    name: "to",
    kind: ArgumentKind::Name(NameKind::Party),
    required: false,
    summary: "The party: each of its people with a verified address gets a mail of their own, ten at most; the requester when left out.",
};

/// The party that a reply goes to, when it does not go to the requester.
pub(super) fn of(effect: &Effect) -> Option<&str> {
    text(effect, "to").filter(|to| *to != REQUESTER)
}

/// The language of whoever a reply goes to: the requester's, or that of a party's organization.
pub(super) fn language<'a>(case: &'a Case, effect: &Effect) -> Option<&'a str> {
    match of(effect) {
        Some(_) => case.organization_language(),
        None => case.requester.language.as_deref(),
    }
}

/// Sends a reply that was rendered into its effect; where there is nobody to send it to, the team is told.
pub(super) async fn send(context: &mut Context<'_>, case: &mut Case, effect: &Effect, party: &str) -> Result<()> {
    let name = text(effect, "name").unwrap_or_default();
    let people = parties::people(context.tx, case, party).await?;
    if people.is_empty() {
        let (reply, party) = (name.to_owned(), party.replace('_', " "));
        let what = What::NobodyToWriteTo { number: case.ticket.number, reply, party };
        return notifications::tell_team(context, &case.ticket, what).await;
    }
    for contact in people {
        if let Some(address) = contact.address {
            write(context, case, effect, contact.id, address).await?;
        }
    }
    case.raised.push_back(Event::new(format!("reply.{name}")).with_data(json!({ "to": party })));
    Ok(())
}

/// One mail to one person.
async fn write(context: &mut Context<'_>, case: &Case, effect: &Effect, contact: Id, address: String) -> Result<()> {
    let markdown = text(effect, "markdown").unwrap_or_default().to_owned();
    let author = Author::actor(&Actor::Desk);
    let mut message = Message::begin(context, case.ticket.id, Kind::Automatic, "playbook", author, markdown);
    message.reply_name = text(effect, "name").map(str::to_owned);
    message.subject = text(effect, "subject").map(tickets::subject);
    let key = format!("{}:{contact}", key(case, effect));
    parties::write_to(context, &mut message, (contact, address), &key).await
}
