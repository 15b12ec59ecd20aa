//! `send: {to, event, data, note, key}`: an event in the queue of linked tickets or of the opener.

use futures::FutureExt;
use serde_json::Value;

use super::{Action, note, text};
use crate::runs::queue;
use crate::tickets::links;
use crate::{Context, Error, Result};
use store::Id;

pub(super) const ACTION: Action = Action {
    name: "send",
    spec: None,
    prepare: None,
    perform: |context, case, effect| {
        async move {
            let to = text(effect, "to").unwrap_or_default();
            let event = text(effect, "event").unwrap_or_default();
            let others = note::linked(context, case.ticket.id, to, text(effect, "key")).await?;
            let (prefix, key) = name_of_sender(context, case.ticket.id, to).await?;
            let data = effect.arguments.get("data").cloned().unwrap_or(Value::Null);
            for other in others {
                if let Some(words) = text(effect, "note") {
                    note::write_on_other(context, other, words).await?;
                }
                queue::put_from(context, other, &format!("{prefix}.{event}"), &data, key.as_deref(), true).await?;
            }
            Ok(())
        }
        .boxed()
    },
};

/// What the receiver calls the sender: `opener` downwards, and upwards the alias, and where that stands for many the key, under which
/// the opener knows it.
async fn name_of_sender(context: &mut Context<'_>, sender: Id, to: &str) -> Result<(String, Option<String>)> {
    if to != "opener" {
        return Ok(("opener".to_owned(), None));
    }
    let link = links::opener(context.tx, sender).await?;
    link.map(|link| (link.alias, link.key)).ok_or_else(|| Error::conflict("no-link", "no ticket opened this one"))
}
