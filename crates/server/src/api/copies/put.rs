//! `PUT /api/v1/tickets/{id}/copies/{address}`: somebody gets replies in copy.

use axum::extract::State;
use axum::http::StatusCode;
use desk::handle::Command;
use desk::handle::work::{Copy, Work};
use mail::Address;

use crate::api::merges::delete::Nothing;
use crate::edge::path::ticket_id;
use crate::edge::{Asked, Place, Problem};
use crate::state::App;

/// Put somebody in copy of what people say on a ticket from now on. What they answer joins it.
#[utoipa::path(put, path = "/api/v1/tickets/{id}/copies/{address}", tag = "tickets",
    params(
        ("id" = String, Path, description = "The ticket's id"),
        ("address" = String, Path, description = "Their mail address"),
    ),
    responses(
        (status = 204, description = "It is so now"),
        (status = 404, description = "There is no such ticket", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "It has 30 people in copy already", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "That is no mail address", body = Problem, content_type = "application/problem+json"),
    ), security(("token" = [])))]
pub(in crate::api) async fn put(
    State(app): State<App>,
    Place((id, address)): Place<(String, String)>,
    asked: Asked<Nothing>,
) -> Result<StatusCode, Problem> {
    let copy = Copy { ticket: ticket_id(&id)?, who: Address::bare(&address), in_copy: true };
    app.desk.handle(&asked.actor, Command::Work(Work::Copy(copy))).await?;
    Ok(StatusCode::NO_CONTENT)
}
