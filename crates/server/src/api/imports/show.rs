//! `GET /api/v1/imports/{id}`: how far an import is.

use axum::Json;
use axum::extract::State;

use super::shape::{self, Import};
use crate::edge::{Bearer, Place, Problem};
use crate::state::App;

/// An import: how far it is, what its columns are taken for, and how many rows there are of each outcome.
#[utoipa::path(get, path = "/api/v1/imports/{id}", tag = "people",
    params(("id" = String, Path, description = "The import's id")),
    responses(
        (status = 200, description = "The import", body = Import),
        (status = 404, description = "There is no such import", body = Problem, content_type = "application/problem+json"),
    ), security(("token" = [])))]
pub(in crate::api) async fn show(
    State(app): State<App>,
    Bearer(actor): Bearer,
    Place(id): Place<String>,
) -> Result<Json<Import>, Problem> {
    let mut conn = app.desk.read().await?;
    let import = shape::find(&mut conn, &actor, &id).await?;
    Ok(Json(Import::of(&mut conn, import).await?))
}
