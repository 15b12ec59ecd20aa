//! `PUT /api/v1/tickets/{id}/checklists/{checklist}/{item}`: an item is checked.

use axum::Json;
use axum::extract::State;
use desk::handle::{CheckItem, Command};
use desk::rights::Scope;
use serde::Deserialize;
use utoipa::ToSchema;

use super::shape::Evidence;
use crate::api::tickets::shape::{self, Ticket};
use crate::edge::path::ticket_id;
use crate::edge::{Asked, Place, Problem};
use crate::state::App;

/// What shows that an item is done.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct PutItem {
    /// Of one of the kinds that the item asks for; may be left out where it asks for none.
    evidence: Option<Evidence>,
}

/// Check an item of a checklist. Checking it again replaces who, when and the evidence.
#[utoipa::path(put, path = "/api/v1/tickets/{id}/checklists/{checklist}/{item}", tag = "tickets", request_body = PutItem,
    params(
        ("id" = String, Path, description = "The ticket's id"),
        ("checklist" = String, Path, description = "The checklist's name"),
        ("item" = String, Path, description = "The item's id"),
        ("Idempotency-Key" = Option<String>, Header, description = "The same key again checks nothing more"),
    ),
    responses(
        (status = 200, description = "The ticket as it stands now", body = Ticket),
        (status = 404, description = "There is no such ticket or item", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "The item does not apply to this ticket", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "The evidence is missing or wrong", body = Problem, content_type = "application/problem+json"),
    ), security(("token" = [])))]
pub(in crate::api) async fn put(
    State(app): State<App>,
    Place((id, checklist, item)): Place<(String, String, String)>,
    asked: Asked<PutItem>,
) -> Result<Json<Ticket>, Problem> {
    let Asked { actor, content, key } = asked;
    let scope = Scope::of(&actor)?;
    let ticket = ticket_id(&id)?;
    let evidence = content.evidence.map(|given| playbook::Evidence { kind: given.kind, value: given.value });
    let command = CheckItem { ticket, checklist, item, evidence, key };
    app.desk.handle(&actor, Command::CheckItem(command)).await?;
    Ok(Json(shape::now(&app.desk, scope, ticket).await?))
}
