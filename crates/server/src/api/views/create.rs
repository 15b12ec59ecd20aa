//! `POST /api/v1/views`: somebody keeps a list under a name.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use desk::handle::{Command, KeepView, Outcome};

use super::shape::{self, NewView, View};
use crate::edge::{Asked, Problem};
use crate::state::App;

/// Keep a list under a name. For tokens that act as an agent, whose view it is; a lead may share it with a team.
#[utoipa::path(post, path = "/api/v1/views", tag = "views", request_body = NewView,
    responses(
        (status = 201, description = "The view", body = View),
        (status = 409, description = "There are too many, or the token acts as nobody", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Something in it is wrong", body = Problem, content_type = "application/problem+json"),
    ), security(("token" = [])))]
pub(in crate::api) async fn create(
    State(app): State<App>,
    asked: Asked<NewView>,
) -> Result<(StatusCode, Json<View>), Problem> {
    let Asked { actor, content, .. } = asked;
    let command = KeepView { id: None, view: content.read()? };
    let Outcome::View(id) = app.desk.handle(&actor, Command::KeepView(command)).await? else {
        return Err(Problem::defect());
    };
    let view = shape::one(&mut app.desk.read().await?, &actor, id, app.desk.now()).await?;
    Ok((StatusCode::CREATED, Json(view)))
}
