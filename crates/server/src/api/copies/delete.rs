//! `DELETE /api/v1/tickets/{id}/copies/{address}`: somebody gets replies in copy no longer.

use axum::extract::State;
use axum::http::StatusCode;
use desk::handle::Command;
use desk::handle::work::{Copy, Work};
use mail::Address;

use crate::api::merges::delete::Nothing;
use crate::edge::path::ticket_id;
use crate::edge::{Asked, Place, Problem};
use crate::state::App;

/// Take somebody out of copy. What they were sent is not taken back.
#[utoipa::path(delete, path = "/api/v1/tickets/{id}/copies/{address}", tag = "tickets",
    params(
        ("id" = String, Path, description = "The ticket's id"),
        ("address" = String, Path, description = "Their mail address"),
    ),
    responses(
        (status = 204, description = "It is so now"),
        (status = 404, description = "There is no such ticket", body = Problem, content_type = "application/problem+json"),
    ), security(("token" = [])))]
pub(in crate::api) async fn delete(
    State(app): State<App>,
    Place((id, address)): Place<(String, String)>,
    asked: Asked<Nothing>,
) -> Result<StatusCode, Problem> {
    let copy = Copy { ticket: ticket_id(&id)?, who: Address::bare(&address), in_copy: false };
    app.desk.handle(&asked.actor, Command::Work(Work::Copy(copy))).await?;
    Ok(StatusCode::NO_CONTENT)
}
