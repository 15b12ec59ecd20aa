//! `GET /api/v1/questions`: the open questions that are put to the caller.

use axum::Json;
use axum::extract::State;
use desk::questions;
use desk::rights::Scope;
use serde::Serialize;
use utoipa::ToSchema;

use super::shape::Question;
use crate::edge::{Bearer, Parameters, Problem};
use crate::state::App;

/// A page of questions.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct Questions {
    items: Vec<Question>,
    /// What `after` takes for the next page; null on the last.
    next: Option<String>,
}

/// The open questions that are put to the caller by name, team or role, the newest first.
#[utoipa::path(get, path = "/api/v1/questions", tag = "questions",
    params(
        ("limit" = Option<u32>, Query, description = "1 to 200; 50 when left out"),
        ("after" = Option<String>, Query, description = "`next` of the page before"),
    ),
    responses(
        (status = 200, description = "A page of them", body = Questions),
        (status = 422, description = "A parameter is wrong", body = Problem, content_type = "application/problem+json"),
    ), security(("token" = [])))]
pub(in crate::api) async fn list(
    State(app): State<App>,
    Bearer(actor): Bearer,
    mut parameters: Parameters,
) -> Result<Json<Questions>, Problem> {
    let scope = Scope::of(&actor)?;
    let page = parameters.page();
    parameters.finish()?;
    let listed = questions::put_to(&mut app.desk.read().await?, scope, &actor, page).await?;
    let items = listed.items.iter().map(|listing| Question::from(&listing.question)).collect();
    Ok(Json(Questions { items, next: listed.next.map(|cursor| cursor.to_string()) }))
}
