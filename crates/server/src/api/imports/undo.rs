//! `POST /api/v1/imports/{id}/undoing`: what it changed is put back.

use axum::Json;
use axum::extract::State;

use super::shape::{self, Import};
use crate::edge::{Bearer, Place, Problem};
use crate::state::App;

/// Undo an import: who was new goes again, who was changed is as before. Whoever somebody changed since, or is in use, is left as they are.
#[utoipa::path(post, path = "/api/v1/imports/{id}/undoing", tag = "people",
    params(("id" = String, Path, description = "The import's id")),
    responses(
        (status = 200, description = "It is undone", body = Import),
        (status = 404, description = "There is no such import", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "It was not carried out", body = Problem, content_type = "application/problem+json"),
    ), security(("token" = [])))]
pub(in crate::api) async fn create(
    State(app): State<App>,
    Bearer(actor): Bearer,
    Place(id): Place<String>,
) -> Result<Json<Import>, Problem> {
    let import = shape::find(&mut app.desk.read().await?, &actor, &id).await?;
    app.desk.undo_import(&actor, import.id).await?;
    let mut conn = app.desk.read().await?;
    let import = shape::find(&mut conn, &actor, &id).await?;
    Ok(Json(Import::of(&mut conn, import).await?))
}
