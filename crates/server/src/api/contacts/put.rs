//! `PUT /api/v1/contacts/{email}`: a contact is made or changed.

use axum::Json;
use axum::extract::State;
use desk::contacts;
use desk::handle::{Command, UpsertContact};
use desk::organizations;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use store::Id;
use utoipa::ToSchema;

use crate::edge::{Asked, Place, Problem};
use crate::state::App;

/// What is known of a contact. What is left out or null stays as it is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct PutContact {
    name: Option<String>,
    /// The key of their organization.
    organization: Option<String>,
    /// Their role there, such as `admin`.
    role: Option<String>,
    /// The language they are written to in.
    language: Option<String>,
    /// Attributes to set; a null takes one away.
    #[schema(value_type = Option<Object>)]
    attributes: Option<Map<String, Value>>,
    /// All that they may do for their organization, as playbooks name it, such as `confirm-access`.
    may: Option<Vec<String>>,
}

/// A contact.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct Contact {
    #[schema(value_type = String)]
    id: Id,
    /// The address they are written to.
    email: Option<String>,
    name: Option<String>,
    /// The key of their organization.
    organization: Option<String>,
    role: Option<String>,
    language: Option<String>,
    #[schema(value_type = Object)]
    attributes: Map<String, Value>,
    /// What they may do for their organization, sorted.
    may: Vec<String>,
}

/// Make or change the contact with this mail address. What comes this way counts as known to be true.
#[utoipa::path(put, path = "/api/v1/contacts/{email}", tag = "people", request_body = PutContact,
    params(("email" = String, Path, description = "Their mail address, compared whole and without case")),
    responses(
        (status = 200, description = "The contact as it is now", body = Contact),
        (status = 422, description = "Something in it is wrong", body = Problem, content_type = "application/problem+json"),
    ), security(("token" = [])))]
pub(in crate::api) async fn put(
    State(app): State<App>,
    Place(email): Place<String>,
    asked: Asked<PutContact>,
) -> Result<Json<Contact>, Problem> {
    let Asked { actor, content, .. } = asked;
    let command = UpsertContact {
        email: email.clone(),
        name: content.name,
        organization: content.organization,
        role: content.role,
        language: content.language,
        attributes: content.attributes.unwrap_or_default(),
        may: content.may,
    };
    app.desk.handle(&actor, Command::UpsertContact(command)).await?;
    let mut conn = app.desk.read().await?;
    let found = contacts::find_by_address(&mut conn, &email).await?.ok_or_else(Problem::defect)?;
    let organization = match found.organization {
        Some(organization) => organizations::find(&mut conn, organization).await?.map(|found| found.key),
        None => None,
    };
    let may = contacts::rights::of(&mut conn, found.id).await?;
    Ok(Json(Contact {
        id: found.id,
        email: found.address,
        name: found.name,
        organization,
        role: found.role,
        language: found.language,
        attributes: found.attributes,
        may,
    }))
}
