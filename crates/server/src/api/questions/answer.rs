//! `POST /api/v1/questions/{id}/answer`: an answer to what a playbook asks.

use axum::Json;
use axum::extract::State;
use desk::Error;
use desk::handle::{Answer, Command, Outcome};
use desk::rights::Scope;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::api::tickets::shape::{self, Ticket};
use crate::edge::{Asked, Place, Problem};
use crate::state::App;

/// An answer.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct NewAnswer {
    /// One of the question's answers.
    answer: String,
    /// A note for the team, in Markdown.
    note: Option<String>,
}

/// Answer a question. Those who were asked may, and leads in their place; once.
#[utoipa::path(post, path = "/api/v1/questions/{id}/answer", tag = "questions", request_body = NewAnswer,
    params(
        ("id" = String, Path, description = "The question's id"),
        ("Idempotency-Key" = Option<String>, Header, description = "The same key again answers nothing more"),
    ),
    responses(
        (status = 200, description = "The ticket as it stands now", body = Ticket),
        (status = 403, description = "Others were asked", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "There is no such question", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "It was answered already, or is no longer asked", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "This is none of its answers", body = Problem, content_type = "application/problem+json"),
    ), security(("token" = [])))]
pub(in crate::api) async fn answer(
    State(app): State<App>,
    Place(id): Place<String>,
    asked: Asked<NewAnswer>,
) -> Result<Json<Ticket>, Problem> {
    let Asked { actor, content, key } = asked;
    let scope = Scope::of(&actor)?;
    let question = id.parse().map_err(|_| Error::not_found("question"))?;
    let command = Answer { question, answer: content.answer, note: content.note, key };
    let outcome = app.desk.handle(&actor, Command::Answer(command)).await?;
    let Outcome::Ticket(ticket) = outcome else { return Err(Problem::defect()) };
    Ok(Json(shape::now(&app.desk, scope, ticket).await?))
}
