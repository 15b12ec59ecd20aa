//! `POST /api/v1/mailboxes`: connect a mailbox.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use desk::handle::{Command, KeepMailbox, Outcome, PauseMailbox};
use desk::mailboxes::connected::Entry;

use super::list;
use super::shape::{Mailbox, Settings};
use crate::edge::{Asked, Problem};
use crate::state::App;

/// Connect a mailbox. It is fetched from at once; what lies in its folder already stays there unless `everything` is asked for. Try it
/// first by `POST /api/v1/mailboxes/{name}/trial` of one that is there, or on the page. For owners.
#[utoipa::path(post, path = "/api/v1/mailboxes", tag = "mail", request_body = Settings,
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
    let Asked { actor, content, .. } = asked;
    desk::rights::require(&actor, desk::rights::Verb::KeepMailboxes)?;
    let entry = Entry::read(&content.fields(BTreeMap::new()))?;
    let name = entry.name.clone();
    let outcome = app.desk.handle(&actor, Command::KeepMailbox(Box::new(KeepMailbox { id: None, entry }))).await?;
    if let (Outcome::Mailbox(id), Some(true)) = (outcome, content.paused()) {
        app.desk.handle(&actor, Command::PauseMailbox(PauseMailbox { id, paused: true })).await?;
    }
    Ok((StatusCode::CREATED, list::one(&app, &actor, &name).await?))
}
