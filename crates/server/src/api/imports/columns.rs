//! `PUT /api/v1/imports/{id}/columns`: the columns are taken for something else.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;

use super::shape::{self, Import};
use crate::edge::{Asked, Place, Problem};
use crate::state::App;

/// What each column is taken for.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct Columns {
    /// An entry a column, in their order; null leaves one out. Of contacts: `email`, `name`, `first_name`, `last_name`, `organization`,
    /// `role`, `language`; of organizations: `key`, `name`, `plan`, `parent`, `time_zone`, `language`; and `attributes.NAME` of a declared
    /// attribute.
    columns: Vec<Option<String>>,
}

/// Take the columns of an import for something else than their titles say, and look at each row again. Before it is carried out.
#[utoipa::path(put, path = "/api/v1/imports/{id}/columns", tag = "people", request_body = Columns,
    params(("id" = String, Path, description = "The import's id")),
    responses(
        (status = 200, description = "It was looked at again", body = Import),
        (status = 404, description = "There is no such import", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "It was carried out already", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "The columns cannot be taken for that", body = Problem, content_type = "application/problem+json"),
    ), security(("token" = [])))]
pub(in crate::api) async fn put(
    State(app): State<App>,
    Place(id): Place<String>,
    asked: Asked<Columns>,
) -> Result<Json<Import>, Problem> {
    let Asked { actor, content, .. } = asked;
    let import = shape::find(&mut app.desk.read().await?, &actor, &id).await?;
    app.desk.map_import(&actor, import.id, content.columns).await?;
    let mut conn = app.desk.read().await?;
    let import = shape::find(&mut conn, &actor, &id).await?;
    Ok(Json(Import::of(&mut conn, import).await?))
}
