//! `PUT /api/v1/contacts/{email}`: a contact is made or changed.

use axum::Json;
use axum::extract::State;
use desk::contacts;
use desk::handle::{Command, Outcome, UpsertContact};
use serde::Deserialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::shape::Contact;
use crate::edge::{Asked, Place, Problem};
use crate::state::App;

/// What is known of a contact. What is left out or null stays as it is; an empty text takes away what was there.
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
    /// All of their mail addresses, the one they are written to first. One that mail was exchanged with stays; one of somebody else's is
    /// refused.
    addresses: Option<Vec<String>>,
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
        email,
        name: content.name,
        organization: content.organization,
        role: content.role,
        language: content.language,
        attributes: content.attributes.unwrap_or_default(),
        may: content.may,
        addresses: content.addresses,
    };
    let Outcome::Person(id) = app.desk.handle(&actor, Command::UpsertContact(command)).await? else {
        return Err(Problem::defect());
    };
    let mut conn = app.desk.read().await?;
    let found = contacts::find(&mut conn, id).await?.ok_or_else(Problem::defect)?;
    Ok(Json(Contact::of(&mut conn, found).await?))
}
