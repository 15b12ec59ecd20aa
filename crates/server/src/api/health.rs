//! `GET /health`: whether the process answers.

use axum::Json;
use serde::Serialize;
use utoipa::ToSchema;

/// That the process answers.
#[derive(Serialize, ToSchema)]
pub(super) struct Health {
    /// Always `ok`.
    status: &'static str,
}

/// Whether the process answers. Needs no token and looks at nothing else; see `GET /ready`.
#[utoipa::path(get, path = "/health", tag = "process", responses((status = 200, description = "It answers", body = Health)))]
pub(super) async fn health() -> Json<Health> {
    Json(Health { status: "ok" })
}
