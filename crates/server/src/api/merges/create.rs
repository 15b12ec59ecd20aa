//! `POST /api/v1/tickets/{id}/merge`: a ticket goes into another one that asks the same.

use axum::Json;
use axum::extract::State;
use desk::Error;
use desk::handle::Command;
use desk::handle::work::{Merge, Work};
use desk::rights::Scope;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::api::tickets::shape::{self, Ticket};
use crate::edge::path::ticket_id;
use crate::edge::{Asked, Place, Problem};
use crate::state::App;

/// Where a ticket goes.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct NewMerge {
    /// The id of the ticket that goes on for both.
    into: String,
    /// Why, for the team: kept as a note.
    why: Option<String>,
}

/// Merge a ticket into another one. Its procedure is suspended, its conversation is shown in the other's, mail that answers either
/// goes to the other, and whoever asked the same gets its answers in copy. `DELETE` takes the two apart again.
#[utoipa::path(post, path = "/api/v1/tickets/{id}/merge", tag = "tickets", request_body = NewMerge,
    params(
        ("id" = String, Path, description = "The id of the ticket that is merged"),
        ("Idempotency-Key" = Option<String>, Header, description = "The same key again changes nothing more"),
    ),
    responses(
        (status = 200, description = "The ticket that was merged, as it stands now", body = Ticket),
        (status = 404, description = "There is no such ticket", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "It would make no sense as the two stand; the message says why", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "`into` is the ticket itself, or is missing", body = Problem, content_type = "application/problem+json"),
    ), security(("token" = [])))]
pub(in crate::api) async fn create(
    State(app): State<App>,
    Place(id): Place<String>,
    asked: Asked<NewMerge>,
) -> Result<Json<Ticket>, Problem> {
    let Asked { actor, content, key } = asked;
    let scope = Scope::of(&actor)?;
    let ticket = ticket_id(&id)?;
    let into = content.into.parse();
    let into = into.map_err(|_| Error::invalid_field("into", "no-such-ticket", "there is no such ticket"))?;
    let merge = Merge { ticket, into, why: content.why, key };
    app.desk.handle(&actor, Command::Work(Work::Merge(merge))).await?;
    Ok(Json(shape::now(&app.desk, scope, ticket).await?))
}
