//! `POST /api/v1/mailboxes/{name}/trial`: whether a mailbox could be fetched from and sent through now.

use axum::Json;
use axum::extract::State;
use desk::mailboxes::connected::{self, keys};
use desk::rights::{self, Verb};

use super::shape::Trial;
use crate::edge::{Bearer, Place, Problem};
use crate::state::App;

/// Try a mailbox: connect, sign in, open its folder, and ask whether a mail from its address would be taken. Nothing is fetched or sent.
/// For owners.
#[utoipa::path(post, path = "/api/v1/mailboxes/{name}/trial", tag = "mail",
    params(("name" = String, Path, description = "What it is called")),
    responses(
        (status = 200, description = "How it went", body = Trial),
        (status = 403, description = "Only owners may", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "The desk has no such mailbox", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "The process was given no master key, or another one", body = Problem, content_type = "application/problem+json"),
    ), security(("token" = [])))]
pub(in crate::api) async fn try_out(
    State(app): State<App>,
    Place(name): Place<String>,
    Bearer(actor): Bearer,
) -> Result<Json<Trial>, Problem> {
    rights::require(&actor, Verb::KeepMailboxes)?;
    let mailbox = connected::find_by_name(&mut app.desk.read().await?, &name).await?;
    let mailbox = mailbox.ok_or_else(|| desk::Error::not_found("mailbox"))?;
    let opened = keys::open(&app.desk.ground.settings.seals, &mailbox)?;
    let trial = app.post.try_mailbox(&app.desk, Some(mailbox.id), &opened).await;
    let ok = trial.is_well();
    Ok(Json(Trial { ok, incoming: trial.incoming.map(Into::into), outgoing: trial.outgoing.map(Into::into) }))
}
