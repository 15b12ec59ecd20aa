//! `DELETE /api/v1/hooks/typeform/{form}`: Typeform may submit a form no longer.

use axum::extract::State;
use axum::http::StatusCode;
use desk::handle::{Command, RemoveHook};

use crate::edge::{Bearer, Place, Problem};
use crate::state::App;

/// Take a hook away: what is signed with its secret is refused from now on. For owners.
#[utoipa::path(delete, path = "/api/v1/hooks/typeform/{form}", tag = "forms",
    params(("form" = String, Path, description = "The form's name")),
    responses(
        (status = 204, description = "It is taken away"),
        (status = 404, description = "The form has no hook", body = Problem, content_type = "application/problem+json"),
    ), security(("token" = [])))]
pub(in crate::api) async fn delete(
    State(app): State<App>,
    Place(form): Place<String>,
    Bearer(actor): Bearer,
) -> Result<StatusCode, Problem> {
    app.desk.handle(&actor, Command::RemoveHook(RemoveHook { form })).await?;
    Ok(StatusCode::NO_CONTENT)
}
