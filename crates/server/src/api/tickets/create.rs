//! `POST /api/v1/tickets`: a program opens a ticket for somebody.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::IntoResponse;
use desk::handle::{Command, OpenTicket, Sender};
use desk::rights::Scope;
use serde::Deserialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::shape::{self, Ticket};
use crate::edge::{Asked, Problem};
use crate::state::App;

/// A ticket for somebody.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct NewTicket {
    subject: String,
    /// What they say, as plain text.
    body: String,
    requester: Person,
    /// The procedure; by the handbook's rules when it is left out.
    playbook: Option<String>,
    /// What the playbook's fields begin with.
    #[serde(default)]
    #[schema(value_type = Option<Object>)]
    fields: Option<Map<String, Value>>,
    #[serde(default)]
    tags: Option<Vec<String>>,
    /// Any but `normal` stands, whatever rules of impact find.
    #[schema(value_type = Option<shape::Priority>)]
    priority: Option<String>,
}

/// Somebody outside, known by their mail address.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct Person {
    pub(in crate::api) email: String,
    /// Taken only where no name is known yet.
    pub(in crate::api) name: Option<String>,
}

impl From<Person> for Sender {
    fn from(person: Person) -> Self {
        Self { email: person.email, name: person.name }
    }
}

/// Open a ticket for somebody. It begins its playbook at once.
#[utoipa::path(post, path = "/api/v1/tickets", tag = "tickets", request_body = NewTicket,
    params(("Idempotency-Key" = Option<String>, Header, description = "The same key again opens nothing more")),
    responses(
        (status = 201, description = "The ticket", body = Ticket),
        (status = 422, description = "Something in it is wrong", body = Problem, content_type = "application/problem+json"),
    ), security(("token" = [])))]
pub(in crate::api) async fn create(
    State(app): State<App>,
    asked: Asked<NewTicket>,
) -> Result<impl IntoResponse, Problem> {
    let Asked { actor, content, key } = asked;
    let scope = Scope::of(&actor)?;
    let command = OpenTicket {
        subject: content.subject,
        body: content.body,
        requester: content.requester.into(),
        playbook: content.playbook,
        fields: content.fields.unwrap_or_default(),
        tags: content.tags.unwrap_or_default(),
        priority: content.priority.map(|text| text.parse()).transpose()?.unwrap_or_default(),
        key,
    };
    let outcome = app.desk.handle(&actor, Command::OpenTicket(command)).await?;
    let id = outcome.ticket().ok_or_else(Problem::defect)?;
    let ticket = shape::now(&app.desk, scope, id).await?;
    Ok((StatusCode::CREATED, [(LOCATION, format!("/api/v1/tickets/{id}"))], Json(ticket)))
}
