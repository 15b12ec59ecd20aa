//! `GET /api/v1/organizations/{key}`: an organization.

use axum::Json;
use axum::extract::State;
use desk::organizations;
use desk::rights::{self, Verb};

use super::shape::Organization;
use crate::edge::{Bearer, Place, Problem};
use crate::state::App;

/// The organization with this key.
#[utoipa::path(get, path = "/api/v1/organizations/{key}", tag = "people",
    params(("key" = String, Path, description = "The key that other systems know it by")),
    responses(
        (status = 200, description = "The organization", body = Organization),
        (status = 404, description = "There is none with this key", body = Problem, content_type = "application/problem+json"),
    ), security(("token" = [])))]
pub(in crate::api) async fn show(
    State(app): State<App>,
    Bearer(actor): Bearer,
    Place(key): Place<String>,
) -> Result<Json<Organization>, Problem> {
    rights::require(&actor, Verb::ReadPeople)?;
    let mut conn = app.desk.read().await?;
    let found = organizations::find_by_key(&mut conn, &key).await?;
    let found = found.ok_or_else(|| desk::Error::not_found("organization"))?;
    Ok(Json(Organization::of(&mut conn, found).await?))
}
