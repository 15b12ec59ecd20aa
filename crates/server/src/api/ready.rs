//! `GET /ready`: whether the desk can do its work.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

use crate::edge::Problem;
use crate::state::App;

/// What the desk stands on, and whether it holds.
#[derive(Serialize, ToSchema)]
pub(super) struct Ready {
    /// `ready`, or `not-ready`.
    status: &'static str,
    /// Whether the database answers.
    database: bool,
    /// Whether today's handbook is compiled.
    handbook: bool,
    /// Whether every loop of the desk turns.
    workers: bool,
    /// The loops that stand still.
    stuck: Vec<&'static str>,
}

/// Whether the desk can do its work: its database answers, its handbook is compiled and its loops turn. Needs no token.
#[utoipa::path(get, path = "/ready", tag = "process", responses(
    (status = 200, description = "It can", body = Ready),
    (status = 503, description = "Something it stands on does not hold", body = Ready),
))]
pub(super) async fn ready(State(app): State<App>) -> Response {
    let (database, handbook) = match handbook(&app).await {
        Ok(()) => (true, true),
        Err(problem) => (problem.status() != StatusCode::SERVICE_UNAVAILABLE, false),
    };
    let stuck = app.pulse.stuck();
    let workers = app.pulse.is_beating();
    let all = database && handbook && workers;
    let status = if all { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    let answer = Ready { status: if all { "ready" } else { "not-ready" }, database, handbook, workers, stuck };
    (status, Json(answer)).into_response()
}

async fn handbook(app: &App) -> Result<(), Problem> {
    let mut conn = app.desk.read().await?;
    // Asks the database even when the revision is compiled already.
    desk::outbox::count_waiting(&mut conn).await?;
    app.desk.handbooks.current(&mut conn).await?;
    Ok(())
}
