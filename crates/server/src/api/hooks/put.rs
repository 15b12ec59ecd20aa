//! `PUT /api/v1/hooks/typeform/{form}`: Typeform may submit a form from now on.

use axum::Json;
use axum::extract::State;
use desk::handle::{Command, KeepHook, Outcome};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::edge::{Asked, Place, Problem};
use crate::state::App;

/// Nothing goes with it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct PutHook {}

/// A hook with its secret, readable this once.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct NewHook {
    /// The form that it submits.
    form: String,
    /// Where to deliver to, on this desk's address.
    path: String,
    /// What to sign with.
    secret: String,
}

/// Let Typeform submit a form: makes a new secret, in place of any it had, and shows it this once. For owners. The form says
/// `from: [ typeform: … ]` in the handbook.
#[utoipa::path(put, path = "/api/v1/hooks/typeform/{form}", tag = "forms", request_body = PutHook,
    params(("form" = String, Path, description = "The form's name")),
    responses(
        (status = 200, description = "The hook with its secret", body = NewHook),
        (status = 404, description = "There is no such form", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "The form names no Typeform, or this process was given no master key", body = Problem, content_type = "application/problem+json"),
    ), security(("token" = [])))]
pub(in crate::api) async fn put(
    State(app): State<App>,
    Place(form): Place<String>,
    asked: Asked<PutHook>,
) -> Result<Json<NewHook>, Problem> {
    let command = KeepHook { form: form.clone() };
    let outcome = app.desk.handle(&asked.actor, Command::KeepHook(command)).await?;
    let Outcome::Token(secret) = outcome else { return Err(Problem::defect()) };
    Ok(Json(NewHook { path: format!("/api/v1/hooks/typeform/{form}"), form, secret }))
}
