//! `GET /api/v1/views`: the lists that have a name.

use axum::Json;
use axum::extract::State;
use desk::rights::Scope;
use desk::tickets;
use desk::tickets::views::{self, Standing};
use serde::Serialize;
use utoipa::ToSchema;

use super::shape::View;
use crate::edge::{Bearer, Parameters, Problem};
use crate::state::App;

/// All views; there are few.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct Views {
    items: Vec<View>,
    /// Always null.
    #[schema(required)]
    next: Option<String>,
}

/// The views of whoever asks, with how many tickets each holds: the desk's own, then those that they keep or that a team of theirs
/// shares. What is of a person (`mine`, `teams`) is there for tokens that act as an agent.
#[utoipa::path(get, path = "/api/v1/views", tag = "views",
    responses((status = 200, description = "The views", body = Views)), security(("token" = [])))]
pub(in crate::api) async fn list(
    State(app): State<App>,
    Bearer(actor): Bearer,
    parameters: Parameters,
) -> Result<Json<Views>, Problem> {
    let scope = Scope::of(&actor)?;
    parameters.finish()?;
    let now = app.desk.now();
    let mut conn = app.desk.read().await?;
    let is_person = actor.agent_id().is_some();
    let of_a_person = |view: &Standing| matches!(view, Standing::Mine | Standing::Teams);
    let standing: Vec<Standing> = Standing::ALL.into_iter().filter(|view| is_person || !of_a_person(view)).collect();
    let kept = views::of(&mut conn, &actor).await?;
    let mut filters = Vec::new();
    for cut in standing.iter().map(|view| view.cut()).chain(kept.iter().map(|view| view.cut.clone())) {
        filters.push(cut.filter(&mut conn, &actor, now).await?);
    }
    let counts = tickets::counts(&mut conn, scope, &filters).await?;
    let mut counts = counts.into_iter();
    let mut next = || counts.next().unwrap_or_default();
    let mut items: Vec<View> = standing.iter().map(|view| View::standing(*view, next())).collect();
    items.extend(kept.iter().map(|view| View::kept(view, &actor, next())));
    Ok(Json(Views { items, next: None }))
}
