//! `PUT /api/v1/tickets/{id}/related/{other}`: two tickets that have to do with each other are linked.

use axum::Json;
use axum::extract::State;
use desk::handle::Command;
use desk::handle::work::{Relate, Work};
use desk::rights::Scope;

use crate::api::merges::delete::Nothing;
use crate::api::tickets::shape::{self, Ticket};
use crate::edge::path::ticket_id;
use crate::edge::{Asked, Place, Problem};
use crate::state::App;

/// Link two tickets by hand. It moves nothing and reads the same from both; linked already they stay so.
#[utoipa::path(put, path = "/api/v1/tickets/{id}/related/{other}", tag = "tickets",
    params(
        ("id" = String, Path, description = "The ticket's id"),
        ("other" = String, Path, description = "The other ticket's id"),
    ),
    responses(
        (status = 200, description = "The ticket as it stands now", body = Ticket),
        (status = 404, description = "There is no such ticket", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "One of them has too many links", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "They are the same", body = Problem, content_type = "application/problem+json"),
    ), security(("token" = [])))]
pub(in crate::api) async fn put(
    State(app): State<App>,
    Place((id, other)): Place<(String, String)>,
    asked: Asked<Nothing>,
) -> Result<Json<Ticket>, Problem> {
    let scope = Scope::of(&asked.actor)?;
    let (ticket, other) = (ticket_id(&id)?, ticket_id(&other)?);
    app.desk.handle(&asked.actor, Command::Work(Work::Relate(Relate { ticket, other }))).await?;
    Ok(Json(shape::now(&app.desk, scope, ticket).await?))
}
