//! `POST /api/v1/imports/{id}/carrying`: its rows are carried out.

use axum::Json;
use axum::extract::State;

use super::shape::{self, Import};
use crate::edge::{Bearer, Place, Problem};
use crate::state::App;

/// Carry an import out: each row is judged once more, then done. What was cut off half way goes on; carried out already, it stays as it is.
#[utoipa::path(post, path = "/api/v1/imports/{id}/carrying", tag = "people",
    params(("id" = String, Path, description = "The import's id")),
    responses(
        (status = 200, description = "It is carried out", body = Import),
        (status = 404, description = "There is no such import", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "Its rows are being looked at, or it was undone", body = Problem, content_type = "application/problem+json"),
    ), security(("token" = [])))]
pub(in crate::api) async fn create(
    State(app): State<App>,
    Bearer(actor): Bearer,
    Place(id): Place<String>,
) -> Result<Json<Import>, Problem> {
    let import = shape::find(&mut app.desk.read().await?, &actor, &id).await?;
    app.desk.carry_import(&actor, import.id).await?;
    let mut conn = app.desk.read().await?;
    let import = shape::find(&mut conn, &actor, &id).await?;
    Ok(Json(Import::of(&mut conn, import).await?))
}
