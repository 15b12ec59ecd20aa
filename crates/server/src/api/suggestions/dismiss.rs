//! `DELETE /api/v1/tickets/{id}/suggestions/{suggestion}`: a suggestion is put aside.

use axum::Json;
use axum::extract::State;
use desk::Error;
use desk::handle::{Command, DismissSuggestion};
use desk::rights::Scope;

use crate::api::tickets::shape::{self, Ticket};
use crate::edge::path::ticket_id;
use crate::edge::{Bearer, Place, Problem};
use crate::state::App;

/// Put a suggestion aside: it is not sent, by itself neither.
#[utoipa::path(delete, path = "/api/v1/tickets/{id}/suggestions/{suggestion}", tag = "tickets",
    params(
        ("id" = String, Path, description = "The ticket's id"),
        ("suggestion" = String, Path, description = "The suggestion's id"),
    ),
    responses(
        (status = 200, description = "The ticket as it stands now", body = Ticket),
        (status = 404, description = "There is no such ticket", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "It no longer waits", body = Problem, content_type = "application/problem+json"),
    ), security(("token" = [])))]
pub(in crate::api) async fn dismiss(
    State(app): State<App>,
    Bearer(actor): Bearer,
    Place((id, suggestion)): Place<(String, String)>,
) -> Result<Json<Ticket>, Problem> {
    let scope = Scope::of(&actor)?;
    let ticket = ticket_id(&id)?;
    let suggestion = suggestion.parse().map_err(|_| Error::not_found("suggestion"))?;
    let command = DismissSuggestion { ticket, suggestion: Some(suggestion) };
    app.desk.handle(&actor, Command::DismissSuggestion(command)).await?;
    Ok(Json(shape::now(&app.desk, scope, ticket).await?))
}
