//! `GET /api/v1/hooks`: the hooks that there are.

use axum::Json;
use axum::extract::State;
use desk::hooks;
use desk::rights::{self, Verb};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use crate::edge::{Bearer, Parameters, Problem};
use crate::state::App;

/// The hooks that there are.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct Hooks {
    items: Vec<Hook>,
    /// Always null: a handbook has few forms, and all of them stand here.
    #[schema(required)]
    next: Option<String>,
}

/// A hook, whose secret can never be read again.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct Hook {
    /// `typeform`.
    #[schema(value_type = String)]
    kind: &'static str,
    /// The form that it submits.
    form: String,
    /// Where it delivers to, on this desk's address.
    path: String,
    /// The name of whoever made it.
    created_by: String,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
}

/// The hooks that there are, by their forms. For owners.
#[utoipa::path(get, path = "/api/v1/hooks", tag = "forms",
    responses(
        (status = 200, description = "All of them", body = Hooks),
        (status = 422, description = "A parameter is wrong", body = Problem, content_type = "application/problem+json"),
    ), security(("token" = [])))]
pub(in crate::api) async fn list(
    State(app): State<App>,
    Bearer(actor): Bearer,
    parameters: Parameters,
) -> Result<Json<Hooks>, Problem> {
    rights::require(&actor, Verb::KeepAgents)?;
    parameters.finish()?;
    let hooks = hooks::all(&mut app.desk.read().await?).await?.into_iter();
    let shape = |hook: hooks::Hook| Hook {
        kind: "typeform",
        path: format!("/api/v1/hooks/typeform/{}", hook.form),
        form: hook.form,
        created_by: hook.created_by,
        created_at: hook.created_at,
    };
    Ok(Json(Hooks { items: hooks.map(shape).collect(), next: None }))
}
