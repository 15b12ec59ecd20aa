//! `PUT /api/v1/views/{id}`: a view is kept otherwise.

use axum::Json;
use axum::extract::State;
use desk::handle::{Command, KeepView};

use super::shape::{self, NewView, View};
use crate::edge::{Asked, Place, Problem};
use crate::state::App;

/// Keep another list in the place of a view. For whoever keeps it; for leads where it is shared.
#[utoipa::path(put, path = "/api/v1/views/{id}", tag = "views", request_body = NewView,
    params(("id" = String, Path, description = "The view's id")),
    responses(
        (status = 200, description = "The view", body = View),
        (status = 409, description = "The token acts as nobody", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "There is no such view", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Something in it is wrong", body = Problem, content_type = "application/problem+json"),
    ), security(("token" = [])))]
pub(in crate::api) async fn put(
    State(app): State<App>,
    Place(id): Place<String>,
    asked: Asked<NewView>,
) -> Result<Json<View>, Problem> {
    let Asked { actor, content, .. } = asked;
    let id = shape::read_id(&id)?;
    let command = KeepView { id: Some(id), view: content.read()? };
    app.desk.handle(&actor, Command::KeepView(command)).await?;
    Ok(Json(shape::one(&mut app.desk.read().await?, &actor, id, app.desk.now()).await?))
}
