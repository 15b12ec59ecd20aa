//! `DELETE /api/v1/tokens/{name}`: a token is taken away.

use axum::extract::State;
use axum::http::StatusCode;
use desk::handle::{Command, RevokeToken};

use crate::edge::{Bearer, Place, Problem};
use crate::state::App;

/// Take a token away: from now on nobody is known by it, this very request's sender included. For owners.
#[utoipa::path(delete, path = "/api/v1/tokens/{name}", tag = "tokens",
    params(("name" = String, Path, description = "The token's name")),
    responses(
        (status = 204, description = "It is taken away"),
        (status = 404, description = "There is no token of this name", body = Problem, content_type = "application/problem+json"),
    ), security(("token" = [])))]
pub(in crate::api) async fn delete(
    State(app): State<App>,
    Place(name): Place<String>,
    Bearer(actor): Bearer,
) -> Result<StatusCode, Problem> {
    app.desk.handle(&actor, Command::RevokeToken(RevokeToken { name })).await?;
    Ok(StatusCode::NO_CONTENT)
}
