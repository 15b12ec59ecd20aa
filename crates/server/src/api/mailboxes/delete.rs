//! `DELETE /api/v1/mailboxes/{name}`: nobody reads the mailbox any more.

use axum::extract::State;
use axum::http::StatusCode;
use desk::handle::{Command, ForgetMailbox};

use crate::edge::{Bearer, Place, Problem};
use crate::state::App;

/// Forget a mailbox. Nothing waits for it any more.
#[utoipa::path(delete, path = "/api/v1/mailboxes/{name}", tag = "mail",
    params(("name" = String, Path, description = "The name that it was reported under")),
    responses(
        (status = 204, description = "It is forgotten"),
        (status = 404, description = "Nobody reported it", body = Problem, content_type = "application/problem+json"),
    ), security(("token" = [])))]
pub(in crate::api) async fn delete(
    State(app): State<App>,
    Place(name): Place<String>,
    Bearer(actor): Bearer,
) -> Result<StatusCode, Problem> {
    app.desk.handle(&actor, Command::ForgetMailbox(ForgetMailbox { name })).await?;
    Ok(StatusCode::NO_CONTENT)
}
