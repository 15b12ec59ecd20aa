//! `DELETE /api/v1/notifications/browsers/{id}`: nothing is pushed to a browser any longer.

use axum::extract::State;
use axum::http::StatusCode;
use desk::Error;
use desk::handle::Command;
use desk::handle::notices::Notices;

use crate::edge::{Bearer, Place, Problem};
use crate::state::App;

/// Have nothing pushed to a browser of the caller's any longer.
#[utoipa::path(delete, path = "/api/v1/notifications/browsers/{id}", tag = "notifications",
    params(("id" = String, Path, description = "The browser's id")),
    responses(
        (status = 204, description = "Nothing is pushed to it"),
        (status = 404, description = "The caller has no such browser", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "The token is nobody's own", body = Problem, content_type = "application/problem+json"),
    ), security(("token" = [])))]
pub(in crate::api) async fn delete(
    State(app): State<App>,
    Bearer(actor): Bearer,
    Place(id): Place<String>,
) -> Result<StatusCode, Problem> {
    let id = id.parse().map_err(|_| Error::not_found("browser"))?;
    app.desk.handle(&actor, Command::Notices(Notices::RemoveBrowser(id))).await?;
    Ok(StatusCode::NO_CONTENT)
}
