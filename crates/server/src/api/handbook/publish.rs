//! `POST /api/v1/handbook/revisions`: a handbook becomes today's.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use desk::handbook::Published;
use desk::handle::{Command, Outcome, PublishHandbook};
use desk::rights::{self, Verb};
use serde::Deserialize;
use utoipa::ToSchema;

use super::shape::{self, Revision};
use crate::edge::{Asked, Problem};
use crate::state::App;

/// A handbook to be published.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct NewRevision {
    /// The number of the revision that it was made from, which must still be the newest.
    base: i64,
    /// The texts of all its files, by their paths.
    files: BTreeMap<String, String>,
    /// Why, for those who read it later.
    #[serde(default)]
    note: String,
}

/// Publish a handbook. New tickets run it from now on; those under way keep theirs. Files that are just those of the newest revision
/// make no other: that one is answered again.
#[utoipa::path(post, path = "/api/v1/handbook/revisions", tag = "handbook", request_body = NewRevision,
    responses(
        (status = 201, description = "The revision", body = Revision),
        (status = 409, description = "Another one was published since the base", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "It is not sound, or something in it is wrong", body = Problem, content_type = "application/problem+json"),
    ), security(("token" = [])))]
pub(in crate::api) async fn publish(
    State(app): State<App>,
    asked: Asked<NewRevision>,
) -> Result<(StatusCode, Json<Revision>), Problem> {
    let Asked { actor, content, .. } = asked;
    rights::require(&actor, Verb::PublishHandbook)?;
    let NewRevision { base, files, note } = content;
    let files = shape::files(files)?;
    if let Err(findings) = playbook::scenarios(&files) {
        return Err(shape::unsound(&findings));
    }
    let command = PublishHandbook { base: Some(base), note, ..PublishHandbook::of(files) };
    let number = match app.desk.handle(&actor, Command::PublishHandbook(command)).await? {
        Outcome::Published(Published::Revision(number) | Published::Unchanged(number)) => number,
        Outcome::Published(Published::Unsound(findings)) => return Err(shape::unsound(&findings)),
        _ => return Err(Problem::defect()),
    };
    let handbooks = &app.desk.handbooks;
    let published = handbooks.about(&mut app.desk.read().await?, number).await?;
    Ok((StatusCode::CREATED, Json(Revision::of(published, handbooks.current_number()))))
}
