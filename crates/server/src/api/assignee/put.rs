//! `PUT /api/v1/tickets/{id}/assignee`: a ticket is given to somebody, or to nobody.

use axum::Json;
use axum::extract::State;
use desk::Error;
use desk::handle::{Assign, Command};
use desk::rights::Scope;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::api::tickets::shape::{self, Ticket};
use crate::edge::path::ticket_id;
use crate::edge::{Asked, Place, Problem};
use crate::state::App;

/// Who is to have a ticket.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct PutAssignee {
    /// The agent's id; null for nobody.
    #[schema(required)]
    #[serde(deserialize_with = "Option::deserialize")]
    agent: Option<String>,
}

/// Give a ticket to an agent, or to nobody. The playbook is not told: it sees the assignee at the next event.
#[utoipa::path(put, path = "/api/v1/tickets/{id}/assignee", tag = "tickets", request_body = PutAssignee,
    params(("id" = String, Path, description = "The ticket's id")),
    responses(
        (status = 200, description = "The ticket as it stands now", body = Ticket),
        (status = 404, description = "There is no such ticket", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "There is no such agent", body = Problem, content_type = "application/problem+json"),
    ), security(("token" = [])))]
pub(in crate::api) async fn put(
    State(app): State<App>,
    Place(id): Place<String>,
    asked: Asked<PutAssignee>,
) -> Result<Json<Ticket>, Problem> {
    let Asked { actor, content, .. } = asked;
    let scope = Scope::of(&actor)?;
    let ticket = ticket_id(&id)?;
    let no_agent = |_| Error::invalid_field("agent", "no-such-agent", "there is no such agent");
    let agent = content.agent.map(|agent| agent.parse().map_err(no_agent)).transpose()?;
    app.desk.handle(&actor, Command::Assign(Assign { ticket, agent })).await?;
    Ok(Json(shape::now(&app.desk, scope, ticket).await?))
}
