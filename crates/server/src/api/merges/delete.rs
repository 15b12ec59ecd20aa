//! `DELETE /api/v1/tickets/{id}/merge`: a merged ticket is taken out of the other one again.

use axum::Json;
use axum::extract::State;
use desk::handle::Command;
use desk::handle::work::{Unmerge, Work};
use desk::rights::Scope;
use serde::Deserialize;

use crate::api::tickets::shape::{self, Ticket};
use crate::edge::path::ticket_id;
use crate::edge::{Asked, Place, Problem};
use crate::state::App;

/// Nothing goes with it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct Nothing {}

/// Take a merged ticket out again. It stands as it stood; its timers have their old start, so that what fell due meanwhile happens now.
#[utoipa::path(delete, path = "/api/v1/tickets/{id}/merge", tag = "tickets",
    params(
        ("id" = String, Path, description = "The id of the ticket that was merged"),
        ("Idempotency-Key" = Option<String>, Header, description = "The same key again changes nothing more"),
    ),
    responses(
        (status = 200, description = "The ticket as it stands now", body = Ticket),
        (status = 404, description = "There is no such ticket", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "It is not merged", body = Problem, content_type = "application/problem+json"),
    ), security(("token" = [])))]
pub(in crate::api) async fn delete(
    State(app): State<App>,
    Place(id): Place<String>,
    asked: Asked<Nothing>,
) -> Result<Json<Ticket>, Problem> {
    let Asked { actor, key, .. } = asked;
    let scope = Scope::of(&actor)?;
    let ticket = ticket_id(&id)?;
    app.desk.handle(&actor, Command::Work(Work::Unmerge(Unmerge { ticket, key }))).await?;
    Ok(Json(shape::now(&app.desk, scope, ticket).await?))
}
