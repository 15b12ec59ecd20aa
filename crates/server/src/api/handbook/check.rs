//! `POST /api/v1/handbook/findings`: what is to be said of some files, without publishing them.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use desk::handbook::tree;
use desk::rights::{self, Verb};
use playbook::Severity;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::shape::{self, Finding};
use crate::edge::{Asked, Problem};
use crate::state::App;

/// The files of a handbook.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct HandbookFiles {
    /// Their texts, by their paths.
    files: BTreeMap<String, String>,
}

/// What is to be said of a handbook.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct Findings {
    /// Whether it could be published.
    sound: bool,
    /// Errors first.
    findings: Vec<Finding>,
}

/// Check a handbook: every file is read, and every path that tickets can take is walked. Nothing is stored.
#[utoipa::path(post, path = "/api/v1/handbook/findings", tag = "handbook", request_body = HandbookFiles,
    responses(
        (status = 200, description = "What is to be said of it", body = Findings),
        (status = 422, description = "Something in it is wrong", body = Problem, content_type = "application/problem+json"),
    ), security(("token" = [])))]
pub(in crate::api) async fn check(
    State(app): State<App>,
    asked: Asked<HandbookFiles>,
) -> Result<Json<Findings>, Problem> {
    rights::require(&asked.actor, Verb::PublishHandbook)?;
    let files = shape::files(asked.content.files)?;
    let found = app.rehearsals.findings(&files, &tree::write(&files).1).await?;
    let sound = found.iter().all(|finding| finding.severity != Severity::Error);
    Ok(Json(Findings { sound, findings: found.iter().map(Finding::from).collect() }))
}
