//! `PATCH /api/v1/tickets/{id}/sendings/{sending}`: another time for a reply that waits.

use axum::Json;
use axum::extract::State;
use desk::Error;
use desk::handle::Command;
use desk::handle::work::{ChangeSending, Work};
use desk::sendings;
use jiff::Timestamp;
use serde::Deserialize;
use utoipa::ToSchema;

use super::shape::{self, Sending};
use crate::edge::path::ticket_id;
use crate::edge::{Asked, Place, Problem};
use crate::state::App;

/// Another time.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct PatchSending {
    /// When it leaves (RFC 3339); null for at once.
    #[schema(value_type = Option<String>, format = DateTime, required)]
    #[serde(deserialize_with = "Option::deserialize")]
    send_at: Option<Timestamp>,
}

/// Say when a reply that waits leaves. Whoever says it has read what was said meanwhile, so that this holds it back no longer.
#[utoipa::path(patch, path = "/api/v1/tickets/{id}/sendings/{sending}", tag = "tickets", request_body = PatchSending,
    params(
        ("id" = String, Path, description = "The ticket's id"),
        ("sending" = String, Path, description = "The reply's id"),
    ),
    responses(
        (status = 200, description = "The reply as it waits", body = Sending),
        (status = 404, description = "There is no such ticket", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "It no longer waits", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "That is no time", body = Problem, content_type = "application/problem+json"),
    ), security(("token" = [])))]
pub(in crate::api) async fn patch(
    State(app): State<App>,
    Place((id, sending)): Place<(String, String)>,
    asked: Asked<PatchSending>,
) -> Result<Json<Sending>, Problem> {
    let Asked { actor, content, .. } = asked;
    let (ticket, sending) = (ticket_id(&id)?, sending.parse().map_err(|_| Error::not_found("reply that waits"))?);
    // As it will wait: it may leave before it could be read again.
    let found = sendings::find(&mut app.desk.read().await?, sending).await?;
    let change = ChangeSending { ticket, sending, at: content.send_at };
    app.desk.handle(&actor, Command::Work(Work::ChangeSending(change))).await?;
    let mut conn = app.desk.read().await?;
    let now = app.desk.now();
    let waits = match sendings::find(&mut conn, sending).await? {
        Some(waits) => waits,
        None => {
            let left = found.ok_or_else(Problem::defect)?;
            sendings::Sending { held: None, send_at: content.send_at.unwrap_or(now), ..left }
        }
    };
    Ok(Json(shape::of(&mut conn, waits).await?))
}
