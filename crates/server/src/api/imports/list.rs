//! `GET /api/v1/imports`: the files that were brought.

use axum::Json;
use axum::extract::State;
use desk::imports::{self, Kind};
use desk::rights::{self, Verb};
use serde::Serialize;
use store::Id;
use utoipa::ToSchema;

use super::shape::Import;
use crate::edge::problem::WrongField;
use crate::edge::{Bearer, Parameters, Problem};
use crate::state::App;

/// A page of imports.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct Imports {
    items: Vec<Import>,
    /// What `after` takes for the next page; null on the last.
    next: Option<String>,
}

/// The files of contacts or of organizations that were brought, the newest first. They go 90 days after they were carried out.
#[utoipa::path(get, path = "/api/v1/imports", tag = "people",
    params(
        ("kind" = String, Query, description = "`contacts` or `organizations`"),
        ("limit" = Option<u32>, Query, description = "1 to 200; 50 when left out"),
        ("after" = Option<String>, Query, description = "`next` of the page before"),
    ),
    responses(
        (status = 200, description = "A page of them", body = Imports),
        (status = 422, description = "A parameter is wrong", body = Problem, content_type = "application/problem+json"),
    ), security(("token" = [])))]
pub(in crate::api) async fn list(
    State(app): State<App>,
    Bearer(actor): Bearer,
    mut parameters: Parameters,
) -> Result<Json<Imports>, Problem> {
    rights::require(&actor, Verb::KeepPeople)?;
    let kind =
        parameters.read("kind", |word| word.parse::<Kind>().map_err(|_| "is contacts or organizations".to_owned()));
    let after = parameters.read("after", |text| text.parse::<Id>().map_err(|_| "is no cursor of this list".to_owned()));
    let limit = parameters.limit();
    parameters.finish()?;
    let kind =
        kind.ok_or_else(|| Problem::wrong(vec![WrongField::new("kind", "is needed: contacts or organizations")]))?;
    let mut conn = app.desk.read().await?;
    let (listed, more) = imports::list(&mut conn, kind, after, limit).await?;
    let next = listed.last().filter(|_| more).map(|import| import.id.to_string());
    let mut items = Vec::with_capacity(listed.len());
    for import in listed {
        items.push(Import::of(&mut conn, import).await?);
    }
    Ok(Json(Imports { items, next }))
}
