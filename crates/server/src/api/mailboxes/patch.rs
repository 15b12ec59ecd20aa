//! `PATCH /api/v1/mailboxes/{name}`: change a mailbox.

use axum::Json;
use axum::extract::State;
use desk::handle::{Command, KeepMailbox, PauseMailbox};
use desk::mailboxes::connected::{self, Entry};

use super::list;
use super::shape::{Mailbox, Settings};
use crate::edge::{Asked, Place, Problem};
use crate::state::App;

/// Change a mailbox. What is left out stays as it is; secrets too, unless they would go to another server or login than before. For
/// owners.
#[utoipa::path(patch, path = "/api/v1/mailboxes/{name}", tag = "mail", request_body = Settings,
    params(("name" = String, Path, description = "What it is called")),
    responses(
        (status = 200, description = "The mailbox, without its secrets", body = Mailbox),
        (status = 403, description = "Only owners may", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "The desk has no such mailbox", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Something in it is wrong", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "The process was given no master key, or another one", body = Problem, content_type = "application/problem+json"),
    ), security(("token" = [])))]
pub(in crate::api) async fn patch(
    State(app): State<App>,
    Place(name): Place<String>,
    asked: Asked<Settings>,
) -> Result<Json<Mailbox>, Problem> {
    let Asked { actor, content, .. } = asked;
    desk::rights::require(&actor, desk::rights::Verb::KeepMailboxes)?;
    let mailbox = connected::find_by_name(&mut app.desk.read().await?, &name).await?;
    let mailbox = mailbox.ok_or_else(|| desk::Error::not_found("mailbox"))?;
    let id = mailbox.id;
    let before = mailbox.fields();
    let fields = content.fields(before.clone())?;
    if fields != before {
        let entry = Entry::read(&fields)?;
        app.desk.handle(&actor, Command::KeepMailbox(Box::new(KeepMailbox::of(Some(id), entry)))).await?;
    }
    if let Some(paused) = content.paused() {
        app.desk.handle(&actor, Command::PauseMailbox(PauseMailbox { id, paused })).await?;
    }
    list::one(&app, &actor, id).await
}
