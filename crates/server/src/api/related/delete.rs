//! `DELETE /api/v1/tickets/{id}/related/{other}`: the link of two tickets is taken away.

use axum::Json;
use axum::extract::State;
use desk::handle::Command;
use desk::handle::work::{Unrelate, Work};
use desk::rights::Scope;

use crate::api::merges::delete::Nothing;
use crate::api::tickets::shape::{self, Ticket};
use crate::edge::path::ticket_id;
use crate::edge::{Asked, Place, Problem};
use crate::state::App;

/// Take the link of two tickets away; where there is none nothing changes.
#[utoipa::path(delete, path = "/api/v1/tickets/{id}/related/{other}", tag = "tickets",
    params(
        ("id" = String, Path, description = "The ticket's id"),
        ("other" = String, Path, description = "The other ticket's id"),
    ),
    responses(
        (status = 200, description = "The ticket as it stands now", body = Ticket),
        (status = 404, description = "There is no such ticket", body = Problem, content_type = "application/problem+json"),
    ), security(("token" = [])))]
pub(in crate::api) async fn delete(
    State(app): State<App>,
    Place((id, other)): Place<(String, String)>,
    asked: Asked<Nothing>,
) -> Result<Json<Ticket>, Problem> {
    let scope = Scope::of(&asked.actor)?;
    let (ticket, other) = (ticket_id(&id)?, ticket_id(&other)?);
    app.desk.handle(&asked.actor, Command::Work(Work::Unrelate(Unrelate { ticket, other }))).await?;
    Ok(Json(shape::now(&app.desk, scope, ticket).await?))
}
