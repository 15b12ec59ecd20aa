//! `GET /api/v1/sendings`: the replies that wait, on whichever ticket.

use axum::Json;
use axum::extract::State;
use desk::rights::Scope;
use desk::sendings;
use desk::today::{self, Of};
use serde::Serialize;
use utoipa::ToSchema;

use super::shape::{self, Sending};
use crate::edge::{Bearer, Parameters, Problem};
use crate::state::App;

/// A page of replies that wait.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct Sendings {
    items: Vec<Sending>,
    /// What `after` takes for the next page; null on the last.
    next: Option<String>,
}

/// The replies that wait for their time or are held back: those that are held back first, then those that leave first.
#[utoipa::path(get, path = "/api/v1/sendings", tag = "tickets",
    params(
        ("of" = Option<String>, Query, description = "`mine` for those that the caller wrote, `teams` for those on tickets of their teams, `all` for all that they may see; `all` when left out"),
        ("limit" = Option<u32>, Query, description = "1 to 200; 50 when left out"),
        ("after" = Option<String>, Query, description = "`next` of the page before"),
    ),
    responses(
        (status = 200, description = "A page of them", body = Sendings),
        (status = 422, description = "A parameter is wrong", body = Problem, content_type = "application/problem+json"),
    ), security(("token" = [])))]
pub(in crate::api) async fn list(
    State(app): State<App>,
    Bearer(actor): Bearer,
    mut parameters: Parameters,
) -> Result<Json<Sendings>, Problem> {
    let scope = Scope::of(&actor)?;
    let of = parameters.read("of", |text| text.parse::<Of>().map_err(|error| error.message)).unwrap_or(Of::All);
    let page = parameters.page();
    parameters.finish()?;
    let mut conn = app.desk.read().await?;
    let Some(whose) = today::whose(&mut conn, &actor, of).await? else {
        return Ok(Json(Sendings { items: Vec::new(), next: None }));
    };
    let listed = sendings::list(&mut conn, scope, &whose, page).await?;
    let mut items = Vec::with_capacity(listed.items.len());
    for listing in listed.items {
        items.push(shape::of(&mut conn, listing.sending).await?);
    }
    Ok(Json(Sendings { items, next: listed.next.map(|cursor| cursor.to_string()) }))
}
