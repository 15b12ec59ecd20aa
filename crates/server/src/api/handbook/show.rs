//! `GET /api/v1/handbook` and `/api/v1/handbook/revisions/{number}`: a revision with its files.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use desk::rights::{self, Verb};
use desk::{Actor, Error};
use serde::Serialize;
use utoipa::ToSchema;

use super::shape::Revision;
use crate::edge::{Bearer, Place, Problem};
use crate::state::App;

/// A revision with its files.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct Handbook {
    #[serde(flatten)]
    revision: Revision,
    /// The texts of its files, by their paths.
    files: BTreeMap<String, String>,
}

/// Today's handbook.
#[utoipa::path(get, path = "/api/v1/handbook", tag = "handbook",
    responses((status = 200, description = "The revision that new tickets run, with its files", body = Handbook)),
    security(("token" = [])))]
pub(in crate::api) async fn today(State(app): State<App>, Bearer(actor): Bearer) -> Result<Json<Handbook>, Problem> {
    let number = app.desk.handbooks.current_number();
    one(&app, &actor, number).await
}

/// A revision of the handbook.
#[utoipa::path(get, path = "/api/v1/handbook/revisions/{number}", tag = "handbook",
    params(("number" = String, Path, description = "The revision's number")),
    responses(
        (status = 200, description = "The revision with its files", body = Handbook),
        (status = 404, description = "There is no such revision", body = Problem, content_type = "application/problem+json"),
    ), security(("token" = [])))]
pub(in crate::api) async fn show(
    State(app): State<App>,
    Bearer(actor): Bearer,
    Place(number): Place<String>,
) -> Result<Json<Handbook>, Problem> {
    rights::require(&actor, Verb::ReadHandbook)?;
    let number = number.parse().map_err(|_| Error::not_found("handbook revision"))?;
    one(&app, &actor, number).await
}

async fn one(app: &App, actor: &Actor, number: i64) -> Result<Json<Handbook>, Problem> {
    rights::require(actor, Verb::ReadHandbook)?;
    let handbooks = &app.desk.handbooks;
    let mut conn = app.desk.read().await?;
    let revision = Revision::of(handbooks.about(&mut conn, number).await?, handbooks.current_number());
    let files = handbooks.files(&mut conn, number).await?;
    let files = files.iter().map(|(path, text)| (path.to_owned(), text.to_owned())).collect();
    Ok(Json(Handbook { revision, files }))
}
