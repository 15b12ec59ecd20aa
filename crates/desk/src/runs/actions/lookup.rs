//! `lookup: {as, query, with}`: a question to another database, put when the step is stored.

use futures::FutureExt;
use playbook::specs;
use serde_json::{Map, Value};

use super::{Action, key, text};
use crate::Error;
use crate::lookups::{self, NewAsking};

pub(super) const ACTION: Action = Action {
    name: specs::LOOKUP.name,
    spec: Some(specs::LOOKUP),
    prepare: None,
    perform: |context, case, effect| {
        async move {
            let argument = |name: &str| {
                text(effect, name)
                    .ok_or_else(|| Error::internal(format!("lookup: {name} is missing at {}", effect.place)))
            };
            let (name, query) = (argument("as")?, argument("query")?);
            let lookup = case.handbook.lookups.get(query);
            let lookup = lookup.ok_or_else(|| Error::internal(format!("no look-up is called {query}")))?;
            let none = Map::new();
            let new = NewAsking {
                key: &key(case, effect),
                ticket: case.ticket.id,
                playbook: &case.run.playbook,
                name,
                lookup: query,
                connection: &lookup.connection,
                revision: case.revision,
                parameters: effect.arguments.get("with").and_then(Value::as_object).unwrap_or(&none),
            };
            lookups::put(context, &new).await
        }
        .boxed()
    },
};
