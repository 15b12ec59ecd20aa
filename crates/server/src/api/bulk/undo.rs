//! `POST /api/v1/bulk/{id}/undo`: what was done to many tickets is taken back.

use axum::Json;
use axum::extract::State;
use desk::Error;
use serde::Deserialize;
use utoipa::ToSchema;

use super::shape::Bulk;
use crate::edge::path::ticket_id;
use crate::edge::{Asked, Place, Problem};
use crate::state::App;

/// What is to be put back.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct UndoBulk {
    /// One ticket of it alone; all of them when it is left out.
    ticket: Option<String>,
}

/// Put tickets back as they stood before. One that changed since is left alone and said in `refused`.
#[utoipa::path(post, path = "/api/v1/bulk/{id}/undo", tag = "bulk", request_body = UndoBulk,
    params(("id" = String, Path, description = "`id` of what came of it")),
    responses(
        (status = 200, description = "What came of it", body = Bulk),
        (status = 404, description = "There was no such change", body = Problem, content_type = "application/problem+json"),
    ), security(("token" = [])))]
pub(in crate::api) async fn undo(
    State(app): State<App>,
    Place(id): Place<String>,
    asked: Asked<UndoBulk>,
) -> Result<Json<Bulk>, Problem> {
    let Asked { actor, content, .. } = asked;
    desk::rights::require(&actor, desk::rights::Verb::WorkOnTickets)?;
    let id = id.parse().map_err(|_| Error::not_found("bulk change"))?;
    let only = content.ticket.as_deref().map(ticket_id).transpose()?;
    Ok(Json(Bulk::of(app.desk.undo_bulk(&actor, id, only).await?, false)))
}
