//! `set: {subject: …, organization: …}`: attributes of the ticket itself. Declared fields are the interpreter's own.

use futures::FutureExt;
use playbook::Effect;
use serde_json::Value;

use super::{Action, text};
use crate::runs::Case;
use crate::{Context, Result, organizations, tickets};

pub(super) const ACTION: Action = Action {
    name: "set",
    spec: None,
    prepare: None,
    perform: |context, case, effect| {
        async move {
            if let Some(subject) = effect.arguments.get("subject").and_then(Value::as_str) {
                case.ticket.subject = tickets::subject(subject);
                case.touch();
            }
            if effect.arguments.contains_key("organization") {
                give_organization(context, case, effect).await?;
            }
            Ok(())
        }
        .boxed()
    },
};

/// Gives the ticket to the organization of that name, which the directory learns of here if it did not know it; to none when
/// nothing is named. One that is there already stays, should several have the same name.
async fn give_organization(context: &mut Context<'_>, case: &mut Case, effect: &Effect) -> Result<()> {
    let organization = match text(effect, "organization").map(str::trim) {
        None => None,
        Some(name) => {
            let current = match case.ticket.organization {
                Some(id) => organizations::find(context.tx, id).await?,
                None => None,
            };
            match current.filter(|current| current.name == name) {
                Some(current) => Some(current.id),
                None => Some(organizations::called(context, name).await?.id),
            }
        }
    };
    if case.ticket.organization != organization {
        case.ticket.organization = organization;
        case.look_again();
        case.touch();
    }
    Ok(())
}
