//! `POST /api/v1/forms/{form}/submissions`: a form that was filled in.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use desk::handle::{Command, SubmitForm};
use desk::rights::Scope;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

use crate::api::tickets::create::Person;
use crate::api::tickets::shape::{self, Ticket};
use crate::edge::path::ticket_id;
use crate::edge::{Asked, Place, Problem};
use crate::state::App;

/// A form that was filled in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct NewSubmission {
    /// Who filled it in.
    from: Person,
    /// What they said, by the names of the form's fields.
    #[schema(value_type = Object)]
    answers: Map<String, Value>,
    /// The id of the ticket that it belongs to; left out, it opens one.
    ticket: Option<String>,
}

/// What came of it.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct Submitted {
    ticket: Ticket,
}

/// Submit a form. It opens a ticket with the playbook that the form belongs to, or adds to one.
#[utoipa::path(post, path = "/api/v1/forms/{form}/submissions", tag = "forms", request_body = NewSubmission,
    params(
        ("form" = String, Path, description = "The form's name"),
        ("Idempotency-Key" = Option<String>, Header, description = "The same key again submits nothing more"),
    ),
    responses(
        (status = 201, description = "The ticket that it opened or was added to", body = Submitted),
        (status = 404, description = "There is no such form or ticket", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "An answer is wrong", body = Problem, content_type = "application/problem+json"),
    ), security(("token" = [])))]
pub(in crate::api) async fn create(
    State(app): State<App>,
    Place(form): Place<String>,
    asked: Asked<NewSubmission>,
) -> Result<(StatusCode, Json<Submitted>), Problem> {
    let Asked { actor, content, key } = asked;
    let scope = Scope::of(&actor)?;
    let ticket = content.ticket.as_deref().map(ticket_id).transpose()?;
    let command = SubmitForm { form, from: content.from.into(), answers: content.answers, ticket, key };
    let outcome = app.desk.handle(&actor, Command::SubmitForm(command)).await?;
    let id = outcome.ticket().ok_or_else(Problem::defect)?;
    let ticket = shape::now(&app.desk, scope, id).await?;
    Ok((StatusCode::CREATED, Json(Submitted { ticket })))
}
