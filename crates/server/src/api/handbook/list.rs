//! `GET /api/v1/handbook/revisions`: what was published.

use axum::Json;
use axum::extract::State;
use desk::rights::{self, Scope, Verb};
use serde::Serialize;
use utoipa::ToSchema;

use super::shape::Revision;
use crate::edge::{Bearer, Parameters, Problem};
use crate::state::App;

/// A page of revisions.
#[derive(Serialize, ToSchema)]
#[schema(as = HandbookRevisions)]
pub(in crate::api) struct Revisions {
    items: Vec<Revision>,
    /// What `after` takes for the next page; null on the last.
    next: Option<String>,
}

/// Every revision of the handbook, the newest first.
#[utoipa::path(get, path = "/api/v1/handbook/revisions", tag = "handbook",
    params(
        ("limit" = Option<u32>, Query, description = "1 to 200; 50 when left out"),
        ("after" = Option<String>, Query, description = "`next` of the page before"),
    ),
    responses(
        (status = 200, description = "A page of them", body = Revisions),
        (status = 422, description = "A parameter is wrong", body = Problem, content_type = "application/problem+json"),
    ), security(("token" = [])))]
pub(in crate::api) async fn list(
    State(app): State<App>,
    Bearer(actor): Bearer,
    mut parameters: Parameters,
) -> Result<Json<Revisions>, Problem> {
    rights::require(&actor, Verb::ReadHandbook)?;
    let limit = parameters.limit();
    let is_number = |number: &i64| *number > 0;
    let after = parameters.read("after", |text| {
        text.parse::<i64>().ok().filter(is_number).ok_or_else(|| "is no `next` of a page".to_owned())
    });
    parameters.finish()?;
    let handbooks = &app.desk.handbooks;
    let mut conn = app.desk.read().await?;
    let (rows, more) = handbooks.revisions_before(&mut conn, Scope::of(&actor)?, after, limit).await?;
    let next = rows.last().filter(|_| more).map(|last| last.number.to_string());
    let today = handbooks.current_number();
    Ok(Json(Revisions { items: rows.into_iter().map(|row| Revision::of(row, today)).collect(), next }))
}
