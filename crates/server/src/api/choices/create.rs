//! `POST /api/v1/tickets/{id}/choices/{name}`: one of the choices that the ticket's state offers.

use axum::Json;
use axum::extract::State;
use desk::handle::{Choose, Command};
use desk::rights::Scope;
use serde::Deserialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use crate::api::tickets::shape::{self, Ticket};
use crate::edge::path::ticket_id;
use crate::edge::{Asked, Place, Problem};
use crate::state::App;

/// What goes with a choice.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct NewChoice {
    /// A note for the team, in Markdown.
    note: Option<String>,
    /// What the choice asks its maker.
    #[schema(value_type = Option<Object>)]
    inputs: Option<Map<String, Value>>,
    /// Fields of the playbook to fill in first; what is listed in `missing` belongs here.
    #[schema(value_type = Option<Object>)]
    fields: Option<Map<String, Value>>,
}

/// Make one of the choices that the ticket's state offers.
#[utoipa::path(post, path = "/api/v1/tickets/{id}/choices/{name}", tag = "tickets", request_body = NewChoice,
    params(
        ("id" = String, Path, description = "The ticket's id"),
        ("name" = String, Path, description = "The choice's name"),
        ("Idempotency-Key" = Option<String>, Header, description = "The same key again chooses nothing more"),
    ),
    responses(
        (status = 200, description = "The ticket as it stands now", body = Ticket),
        (status = 403, description = "Others may make this choice", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "There is no such ticket", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "The ticket does not offer it", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Something is still missing", body = Problem, content_type = "application/problem+json"),
    ), security(("token" = [])))]
pub(in crate::api) async fn create(
    State(app): State<App>,
    Place((id, name)): Place<(String, String)>,
    asked: Asked<NewChoice>,
) -> Result<Json<Ticket>, Problem> {
    let Asked { actor, content, key } = asked;
    let scope = Scope::of(&actor)?;
    let ticket = ticket_id(&id)?;
    let command = Choose {
        ticket,
        choice: name,
        note: content.note,
        inputs: content.inputs.unwrap_or_default(),
        fields: content.fields.unwrap_or_default(),
        key,
    };
    app.desk.handle(&actor, Command::Choose(command)).await?;
    Ok(Json(shape::now(&app.desk, scope, ticket).await?))
}
