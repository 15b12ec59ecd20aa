//! `GET /api/v1/tickets/{id}/sendings`: the replies that wait on a ticket.

use axum::Json;
use axum::extract::State;
use desk::rights::Scope;
use desk::sendings;

use super::shape::{self, Sending};
use crate::edge::path::ticket_id;
use crate::edge::{Bearer, Place, Problem};
use crate::state::App;

/// The replies that wait on a ticket for their time, in the order in which they were written: twenty at most.
#[utoipa::path(get, path = "/api/v1/tickets/{id}/sendings", tag = "tickets",
    params(("id" = String, Path, description = "The ticket's id")),
    responses(
        (status = 200, description = "The replies", body = Vec<Sending>),
        (status = 404, description = "There is no such ticket", body = Problem, content_type = "application/problem+json"),
    ), security(("token" = [])))]
pub(in crate::api) async fn list(
    State(app): State<App>,
    Bearer(actor): Bearer,
    Place(id): Place<String>,
) -> Result<Json<Vec<Sending>>, Problem> {
    let scope = Scope::of(&actor)?;
    let ticket = ticket_id(&id)?;
    let mut conn = app.desk.read().await?;
    desk::tickets::show(&mut conn, scope, ticket).await?;
    let mut shaped = Vec::new();
    for sending in sendings::of_ticket(&mut conn, scope, ticket).await? {
        shaped.push(shape::of(&mut conn, sending).await?);
    }
    Ok(Json(shaped))
}
