//! `note: {text, on}`: words for the team, on this ticket or on a linked one.

use futures::FutureExt;
use playbook::{ActionSpec, Argument, ArgumentKind, NameKind};

use super::{Action, text};
use crate::messages::{self, Author, Kind, Message};
use crate::runs::fan_out;
use crate::tickets::{self, links};
use crate::{Actor, Context, Error, Result};
use store::Id;

pub(super) const ACTION: Action = Action {
    name: "note",
    spec: Some(ActionSpec {
        name: "note",
        summary: "Writes an internal note; an empty text writes none.",
        arguments: &[
            Argument { name: "text", kind: ArgumentKind::Text, required: true, summary: "The words." },
            Argument {
                name: "on",
                kind: ArgumentKind::Name(NameKind::Alias),
                required: false,
                summary: "The linked ticket, or `opener`; this ticket when left out.",
            },
        ],
        short: Some("text"),
        emits: &[],
    }),
    prepare: None,
    perform: |context, case, effect| {
        async move {
            let Some(words) = text(effect, "text") else { return Ok(()) };
            match text(effect, "on") {
                None => {
                    add(context, case.ticket.id, words).await?;
                    case.touch();
                    Ok(())
                }
                Some(alias) => {
                    for other in linked(context, case.ticket.id, alias, None).await? {
                        write_on_other(context, other, words).await?;
                    }
                    Ok(())
                }
            }
        }
        .boxed()
    },
};

/// The tickets at the other end of a link: the newest; of many the one of that key, or every live one.
pub(super) async fn linked(context: &mut Context<'_>, ticket: Id, alias: &str, key: Option<&str>) -> Result<Vec<Id>> {
    let missing = || Error::conflict("no-link", format!("no ticket is linked as {alias}"));
    if alias == "opener" {
        return Ok(vec![links::opener(context.tx, ticket).await?.ok_or_else(missing)?.ticket.id]);
    }
    fan_out::addressed(context.tx, ticket, alias, key).await
}

/// Writes a note, in the desk's own name, on a ticket that this command has not loaded.
pub(super) async fn write_on_other(context: &mut Context<'_>, ticket: Id, words: &str) -> Result<()> {
    add(context, ticket, words).await?;
    tickets::touch(context, ticket).await
}

/// Adds the note's message alone.
pub(in crate::runs) async fn add(context: &mut Context<'_>, ticket: Id, words: &str) -> Result<()> {
    let author = Author::actor(&Actor::Desk);
    let message = Message::begin(context, ticket, Kind::Note, "playbook", author, words.to_owned());
    messages::add(context, &message).await
}
