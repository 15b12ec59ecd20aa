//! `POST /api/v1/tickets/{id}/messages/{message}/split`: a message begins a ticket of its own.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use desk::Error;
use desk::handle::work::{Split, Work};
use desk::handle::{Command, Outcome, Sender};
use desk::rights::Scope;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::api::tickets::shape::{self, Ticket};
use crate::edge::path::ticket_id;
use crate::edge::{Asked, Place, Problem};
use crate::state::App;

/// What the new ticket begins with beside the message.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct NewSplit {
    /// What it is about; the message's own subject, or else the ticket's, without it.
    subject: Option<String>,
    /// Who asks; whoever wrote the message without it.
    #[schema(value_type = Option<Object>)]
    requester: Option<Sender>,
}

/// Begin a ticket with a message that came from outside. The message stays where it is, and the two tickets are linked.
#[utoipa::path(post, path = "/api/v1/tickets/{id}/messages/{message}/split", tag = "tickets", request_body = NewSplit,
    params(
        ("id" = String, Path, description = "The id of the ticket that shows the message"),
        ("message" = String, Path, description = "The message's id"),
        ("Idempotency-Key" = Option<String>, Header, description = "The same key again opens nothing more"),
    ),
    responses(
        (status = 201, description = "The new ticket", body = Ticket),
        (status = 404, description = "There is no such ticket or message", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "The message did not come from outside", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Something in it is wrong", body = Problem, content_type = "application/problem+json"),
    ), security(("token" = [])))]
pub(in crate::api) async fn create(
    State(app): State<App>,
    Place((id, message)): Place<(String, String)>,
    asked: Asked<NewSplit>,
) -> Result<(StatusCode, Json<Ticket>), Problem> {
    let Asked { actor, content, key } = asked;
    let scope = Scope::of(&actor)?;
    let message = message.parse().map_err(|_| Error::not_found("message"))?;
    let NewSplit { subject, requester } = content;
    let split = Split { ticket: ticket_id(&id)?, message, requester, subject, key };
    let outcome = app.desk.handle(&actor, Command::Work(Work::Split(split))).await?;
    let Outcome::Ticket(ticket) = outcome else { return Err(Problem::defect()) };
    Ok((StatusCode::CREATED, Json(shape::now(&app.desk, scope, ticket).await?)))
}
