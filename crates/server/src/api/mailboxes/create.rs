//! `POST /api/v1/mailboxes`: connect a mailbox.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use desk::handle::{Command, KeepMailbox, Outcome};
use desk::mailboxes::connected::{Entry, FieldKind};

use super::list;
use super::shape::{Mailbox, Settings};
use crate::edge::{Asked, Problem};
use crate::state::App;

/// Connect a mailbox. It is fetched from at once; what lies in its folder already stays there unless `everything` is asked for. Try it
/// first by `POST /api/v1/mailboxes/{name}/trial` of one that is there, or on the page. For owners.
#[utoipa::path(post, path = "/api/v1/mailboxes", tag = "mail", request_body = Settings,
    params(("Idempotency-Key" = Option<String>, Header, description = "The same key again connects nothing more")),
    responses(
        (status = 201, description = "The mailbox, without its secrets", body = Mailbox),
        (status = 403, description = "Only owners may", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "The process was given no master key", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Something in it is wrong", body = Problem, content_type = "application/problem+json"),
    ), security(("token" = [])))]
pub(in crate::api) async fn create(
    State(app): State<App>,
    asked: Asked<Settings>,
) -> Result<(StatusCode, Json<Mailbox>), Problem> {
    let Asked { actor, content, key } = asked;
    desk::rights::require(&actor, desk::rights::Verb::KeepMailboxes)?;
    let mut fields = content.fields(BTreeMap::new())?;
    let entry = Entry::read(&fields)?;
    let paused = content.paused() == Some(true);
    // A receipt lasts a week, and keeps nothing by which a password could be tried.
    fields.retain(|name, _| Entry::field(name).is_some_and(|field| field.kind != FieldKind::Secret));
    let key = key.map(|key| key.about(format!("{fields:?} {paused}").as_bytes()));
    let command = KeepMailbox { id: None, entry, paused, key };
    let outcome = app.desk.handle(&actor, Command::KeepMailbox(Box::new(command))).await?;
    let Outcome::Mailbox(id) = outcome else { return Err(Problem::defect()) };
    Ok((StatusCode::CREATED, list::one(&app, &actor, id).await?))
}
