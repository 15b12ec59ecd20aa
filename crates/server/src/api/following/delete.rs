//! `DELETE /api/v1/tickets/{id}/following`: somebody follows a ticket no longer.

use axum::extract::State;
use axum::http::StatusCode;
use desk::handle::Command;
use desk::handle::work::{Follow, Work};

use crate::api::merges::delete::Nothing;
use crate::edge::path::ticket_id;
use crate::edge::{Asked, Place, Problem};
use crate::state::App;

/// Follow a ticket no longer.
#[utoipa::path(delete, path = "/api/v1/tickets/{id}/following", tag = "tickets",
    params(("id" = String, Path, description = "The ticket's id")),
    responses(
        (status = 204, description = "It is so now"),
        (status = 404, description = "There is no such ticket", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "The token is nobody's own", body = Problem, content_type = "application/problem+json"),
    ), security(("token" = [])))]
pub(in crate::api) async fn delete(
    State(app): State<App>,
    Place(id): Place<String>,
    asked: Asked<Nothing>,
) -> Result<StatusCode, Problem> {
    let follow = Follow { ticket: ticket_id(&id)?, follows: false };
    app.desk.handle(&asked.actor, Command::Work(Work::Follow(follow))).await?;
    Ok(StatusCode::NO_CONTENT)
}
