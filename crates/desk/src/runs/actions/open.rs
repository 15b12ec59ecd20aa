//! `open: {as, playbook, fields, note, each, key}`: a linked ticket, one of many where it has a key, which begins in a transaction of its own.

use futures::FutureExt;
use serde_json::{Map, Value};

use super::{Action, note, text};
use crate::Error;
use crate::runs::start;
use crate::tickets::{self, NewTicket, links};

pub(super) const ACTION: Action = Action {
    name: "open",
    spec: None,
    prepare: None,
    perform: |context, case, effect| {
        async move {
            let argument = |name: &str| {
                text(effect, name)
                    .ok_or_else(|| Error::internal(format!("open: {name} is missing at {}", effect.place)))
            };
            let (alias, name) = (argument("as")?, argument("playbook")?);
            let playbook = case.handbook.playbook(name).cloned();
            let playbook = playbook.ok_or_else(|| Error::internal(format!("no playbook is called {name}")))?;
            let fields = effect.arguments.get("fields").and_then(Value::as_object).cloned().unwrap_or_else(Map::new);
            let key = text(effect, "key");
            // Many of one subject could not be told apart in a list.
            let subject =
                key.map_or_else(|| case.ticket.subject.clone(), |key| format!("{} ({key})", case.ticket.subject));
            let new = NewTicket {
                subject: &subject,
                priority: case.ticket.priority,
                playbook: name,
                team: playbook.team(),
                organization: case.ticket.organization,
                requester: case.ticket.requester,
                tags: &[],
                fields,
            };
            let child = tickets::open(context, new).await?;
            match key {
                Some(key) => links::link_one_of_many(context, case.ticket.id, alias, key, child.id).await?,
                None => links::link(context, case.ticket.id, alias, child.id).await?,
            }
            case.look_again();
            if let Some(words) = text(effect, "note") {
                note::add(context, child.id, words).await?;
            }
            start::start_later(context, &child, case.revision).await
        }
        .boxed()
    },
};
