//! `POST /api/v1/notifications/read`: some of what the caller was told is read.

use axum::extract::State;
use axum::http::StatusCode;
use desk::Error;
use desk::handle::Command;
use desk::handle::notices::Notices;
use desk::notifications::own::Which;
use serde::Deserialize;
use store::Id;
use utoipa::ToSchema;

use crate::edge::{Asked, Problem};
use crate::state::App;

/// Which notices are read: one of these.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct Read {
    /// One, by its id.
    id: Option<String>,
    /// All about a ticket, by its id.
    ticket: Option<String>,
    /// All up to this one, by its id: those that came later stay unread.
    up_to: Option<String>,
}

/// Mark notices as read. Those of others, and those that are read already, stay as they are.
#[utoipa::path(post, path = "/api/v1/notifications/read", tag = "notifications", request_body = Read,
    responses(
        (status = 204, description = "They are read now"),
        (status = 409, description = "The token is nobody's own", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "None, or more than one, is named", body = Problem, content_type = "application/problem+json"),
    ), security(("token" = [])))]
pub(in crate::api) async fn read(State(app): State<App>, asked: Asked<Read>) -> Result<StatusCode, Problem> {
    let Asked { actor, content, .. } = asked;
    let id = |field: &str, text: String| {
        text.parse::<Id>().map_err(|_| Error::invalid_field(field, "no-id", "this is no id"))
    };
    let which = match (content.id, content.ticket, content.up_to) {
        (Some(one), None, None) => Which::One(id("id", one)?),
        (None, Some(ticket), None) => Which::OnTicket(id("ticket", ticket)?),
        (None, None, Some(last)) => Which::UpTo(id("up_to", last)?),
        _ => {
            return Err(Error::invalid_field(
                "id",
                "required",
                "name `id`, `ticket` or `up_to`, and one of them alone",
            )
            .into());
        }
    };
    app.desk.handle(&actor, Command::Notices(Notices::Read(which))).await?;
    Ok(StatusCode::NO_CONTENT)
}
