//! `DELETE /api/v1/tickets/{id}/checklists/{checklist}/{item}`: the mark of an item is taken back.

use axum::Json;
use axum::extract::State;
use desk::handle::{Command, UncheckItem};
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

/// Take the mark of a checklist's item back; one that is not checked stays as it is.
#[utoipa::path(delete, path = "/api/v1/tickets/{id}/checklists/{checklist}/{item}", tag = "tickets",
    params(
        ("id" = String, Path, description = "The ticket's id"),
        ("checklist" = String, Path, description = "The checklist's name"),
        ("item" = String, Path, description = "The item's id"),
        ("Idempotency-Key" = Option<String>, Header, description = "The same key again changes nothing more"),
    ),
    responses(
        (status = 200, description = "The ticket as it stands now", body = Ticket),
        (status = 404, description = "There is no such ticket or item", body = Problem, content_type = "application/problem+json"),
    ), security(("token" = [])))]
pub(in crate::api) async fn delete(
    State(app): State<App>,
    Place((id, checklist, item)): Place<(String, String, String)>,
    asked: Asked<Nothing>,
) -> Result<Json<Ticket>, Problem> {
    let Asked { actor, key, .. } = asked;
    let scope = Scope::of(&actor)?;
    let ticket = ticket_id(&id)?;
    app.desk.handle(&actor, Command::UncheckItem(UncheckItem { ticket, checklist, item, key })).await?;
    Ok(Json(shape::now(&app.desk, scope, ticket).await?))
}
