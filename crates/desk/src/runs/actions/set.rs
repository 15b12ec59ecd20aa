//! `set: {subject: …}`: attributes of the ticket itself. Declared fields are the interpreter's own.

use futures::FutureExt;
use serde_json::Value;

use super::Action;
use crate::tickets;

pub(super) const ACTION: Action = Action {
    name: "set",
    spec: None,
    prepare: None,
    perform: |_context, case, effect| {
        async move {
            if let Some(subject) = effect.arguments.get("subject").and_then(Value::as_str) {
                case.ticket.subject = tickets::subject(subject);
                case.touch();
            }
            Ok(())
        }
        .boxed()
    },
};
