//! `GET /api/v1/tokens`: the tokens that there are.

use axum::Json;
use axum::extract::State;
use desk::agents::tokens;
use desk::page;
use desk::rights::{self, Verb};
use jiff::Timestamp;
use serde::Serialize;
use store::Id;
use utoipa::ToSchema;

use crate::edge::{Bearer, Parameters, Problem};
use crate::state::App;

/// A page of tokens.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct Tokens {
    items: Vec<Token>,
    /// What `after` takes for the next page; null on the last.
    #[schema(required)]
    next: Option<String>,
}

/// A token, which itself can never be read again.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct Token {
    /// What it is for; no two have the same name.
    name: String,
    /// `owner`, `lead` or `agent`.
    #[schema(value_type = String)]
    role: &'static str,
    /// The agent that it acts as, and never may more than; null for a program of its own.
    #[schema(required)]
    agent: Option<ActsAs>,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    /// When it was last used, to the hour; null when it never was.
    #[schema(required, value_type = Option<String>, format = DateTime)]
    used_at: Option<Timestamp>,
    /// From when on it counts no more; null for never.
    #[schema(required, value_type = Option<String>, format = DateTime)]
    expires_at: Option<Timestamp>,
}

/// The agent that a token acts as.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct ActsAs {
    #[schema(value_type = String)]
    id: Id,
    name: String,
}

impl From<tokens::Token> for Token {
    fn from(token: tokens::Token) -> Self {
        Self {
            name: token.name,
            role: token.role.as_str(),
            agent: token.agent.map(|(id, name)| ActsAs { id, name }),
            created_at: token.created_at,
            used_at: token.used_at,
            expires_at: token.expires_at,
        }
    }
}

/// The tokens that there are, by their names. For owners. `deskhand token create` makes one.
#[utoipa::path(get, path = "/api/v1/tokens", tag = "tokens",
    params(
        ("limit" = Option<u32>, Query, description = "1 to 200; 50 when left out"),
        ("after" = Option<String>, Query, description = "`next` of the page before"),
    ),
    responses(
        (status = 200, description = "A page of them", body = Tokens),
        (status = 422, description = "A parameter is wrong", body = Problem, content_type = "application/problem+json"),
    ), security(("token" = [])))]
pub(in crate::api) async fn list(
    State(app): State<App>,
    Bearer(actor): Bearer,
    mut parameters: Parameters,
) -> Result<Json<Tokens>, Problem> {
    rights::require(&actor, Verb::KeepAgents)?;
    let limit = parameters.limit();
    let after = parameters.take("after");
    parameters.finish()?;
    let mut found = tokens::list(&mut app.desk.read().await?, after.as_deref(), limit + 1).await?;
    let more = page::cut(&mut found, limit);
    let next = found.last().filter(|_| more).map(|last| last.name.clone());
    Ok(Json(Tokens { items: found.into_iter().map(Token::from).collect(), next }))
}
