//! `DELETE /api/v1/imports/{id}`: one that was not carried out is thrown away.

use axum::extract::State;
use axum::http::StatusCode;

use super::shape;
use crate::edge::{Bearer, Place, Problem};
use crate::state::App;

/// Throw an import away, rows and all, that was not carried out.
#[utoipa::path(delete, path = "/api/v1/imports/{id}", tag = "people",
    params(("id" = String, Path, description = "The import's id")),
    responses(
        (status = 204, description = "It is gone"),
        (status = 404, description = "There is no such import", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "It was carried out", body = Problem, content_type = "application/problem+json"),
    ), security(("token" = [])))]
pub(in crate::api) async fn delete(
    State(app): State<App>,
    Bearer(actor): Bearer,
    Place(id): Place<String>,
) -> Result<StatusCode, Problem> {
    let import = shape::find(&mut app.desk.read().await?, &actor, &id).await?;
    app.desk.discard_import(&actor, import.id).await?;
    Ok(StatusCode::NO_CONTENT)
}
