//! `GET /api/v1/organizations`: organizations by name.

use axum::Json;
use axum::extract::State;
use desk::organizations::{self, Filter};
use desk::page::NamePlace;
use desk::rights::{self, Verb};
use serde::Serialize;
use utoipa::ToSchema;

use super::shape::Organization;
use crate::edge::{Bearer, Parameters, Problem};
use crate::state::App;

/// A page of organizations.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct Organizations {
    items: Vec<Organization>,
    /// What `after` takes for the next page; null on the last.
    next: Option<String>,
}

/// Organizations in the order of their names.
#[utoipa::path(get, path = "/api/v1/organizations", tag = "people",
    params(
        ("q" = Option<String>, Query, description = "Words of their names or keys, the last of which may be the beginning of one"),
        ("plan" = Option<String>, Query, description = "The plan they pay for"),
        ("limit" = Option<u32>, Query, description = "1 to 200; 50 when left out"),
        ("after" = Option<String>, Query, description = "`next` of the page before"),
    ),
    responses(
        (status = 200, description = "A page of them", body = Organizations),
        (status = 422, description = "A parameter is wrong", body = Problem, content_type = "application/problem+json"),
    ), security(("token" = [])))]
pub(in crate::api) async fn list(
    State(app): State<App>,
    Bearer(actor): Bearer,
    mut parameters: Parameters,
) -> Result<Json<Organizations>, Problem> {
    rights::require(&actor, Verb::ReadPeople)?;
    let limit = parameters.limit();
    let after = parameters.read("after", |text| text.parse::<NamePlace>().map_err(|error| error.message));
    let filter = Filter { words: parameters.typed("q"), plan: parameters.take("plan") };
    parameters.finish()?;
    let mut conn = app.desk.read().await?;
    let listed = organizations::list(&mut conn, &filter, after.as_ref(), limit).await?;
    let mut items = Vec::with_capacity(listed.items.len());
    for found in listed.items {
        items.push(Organization::of(&mut conn, found).await?);
    }
    Ok(Json(Organizations { items, next: listed.next.map(|place| place.to_string()) }))
}
