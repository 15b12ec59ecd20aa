//! `PUT /api/v1/organizations/{key}`: an organization is made or changed.

use axum::Json;
use axum::extract::State;
use desk::handle::{Command, UpsertOrganization};
use desk::organizations::{self, Change};
use serde::Deserialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::shape::Organization;
use crate::edge::{Asked, Place, Problem};
use crate::state::App;

/// What is known of an organization. What is left out or null stays as it is; an empty text takes away what was there.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct PutOrganization {
    name: String,
    /// The plan it pays for.
    plan: Option<String>,
    /// The key of its upstream organization.
    parent: Option<String>,
    /// Its IANA time zone.
    time_zone: Option<String>,
    /// The language its people are written to in.
    language: Option<String>,
    /// Attributes to set; a null takes one away.
    #[schema(value_type = Option<Object>)]
    attributes: Option<Map<String, Value>>,
}

/// Make or change the organization with this key.
#[utoipa::path(put, path = "/api/v1/organizations/{key}", tag = "people", request_body = PutOrganization,
    params(("key" = String, Path, description = "The key that other systems know it by")),
    responses(
        (status = 200, description = "The organization as it is now", body = Organization),
        (status = 422, description = "Something in it is wrong", body = Problem, content_type = "application/problem+json"),
    ), security(("token" = [])))]
pub(in crate::api) async fn put(
    State(app): State<App>,
    Place(key): Place<String>,
    asked: Asked<PutOrganization>,
) -> Result<Json<Organization>, Problem> {
    let Asked { actor, content, .. } = asked;
    let change = Change {
        name: Some(content.name),
        plan: content.plan,
        parent: content.parent,
        time_zone: content.time_zone,
        language: content.language,
        attributes: content.attributes.unwrap_or_default(),
    };
    let command = UpsertOrganization { key: key.clone(), change };
    app.desk.handle(&actor, Command::UpsertOrganization(command)).await?;
    let mut conn = app.desk.read().await?;
    let found = organizations::require(&mut conn, &key, "key").await?;
    Ok(Json(Organization::of(&mut conn, found).await?))
}
