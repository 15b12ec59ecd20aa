//! `DELETE /api/v1/views/{id}`: a view is removed.

use axum::extract::State;
use axum::http::StatusCode;
use desk::handle::{Command, RemoveView};

use super::shape;
use crate::edge::{Bearer, Place, Problem};
use crate::state::App;

/// Remove a view; its tickets stay as they are. For whoever keeps it; for leads where it is shared.
#[utoipa::path(delete, path = "/api/v1/views/{id}", tag = "views",
    params(("id" = String, Path, description = "The view's id")),
    responses(
        (status = 204, description = "It is removed"),
        (status = 404, description = "There is no such view", body = Problem, content_type = "application/problem+json"),
    ), security(("token" = [])))]
pub(in crate::api) async fn delete(
    State(app): State<App>,
    Bearer(actor): Bearer,
    Place(id): Place<String>,
) -> Result<StatusCode, Problem> {
    let command = RemoveView { id: shape::read_id(&id)? };
    app.desk.handle(&actor, Command::RemoveView(command)).await?;
    Ok(StatusCode::NO_CONTENT)
}
