//! `DELETE /api/v1/tickets/{id}/sendings/{sending}`: a reply that waits is taken back.

use axum::extract::State;
use axum::http::StatusCode;
use desk::Error;
use desk::handle::Command;
use desk::handle::work::{WithdrawSending, Work};

use crate::api::merges::delete::Nothing;
use crate::edge::path::ticket_id;
use crate::edge::{Asked, Place, Problem};
use crate::state::App;

/// Take a reply back that has not left. Its words and files are its writer's draft again.
#[utoipa::path(delete, path = "/api/v1/tickets/{id}/sendings/{sending}", tag = "tickets",
    params(
        ("id" = String, Path, description = "The ticket's id"),
        ("sending" = String, Path, description = "The reply's id"),
    ),
    responses(
        (status = 204, description = "It does not leave"),
        (status = 404, description = "There is no such ticket", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "It no longer waits", body = Problem, content_type = "application/problem+json"),
    ), security(("token" = [])))]
pub(in crate::api) async fn delete(
    State(app): State<App>,
    Place((id, sending)): Place<(String, String)>,
    asked: Asked<Nothing>,
) -> Result<StatusCode, Problem> {
    let ticket = ticket_id(&id)?;
    let sending = sending.parse().map_err(|_| Error::not_found("reply that waits"))?;
    let withdraw = WithdrawSending { ticket, sending };
    app.desk.handle(&asked.actor, Command::Work(Work::WithdrawSending(withdraw))).await?;
    Ok(StatusCode::NO_CONTENT)
}
