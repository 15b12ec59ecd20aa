//! `GET /api/v1/tickets/{id}`: one ticket.

use axum::Json;
use axum::extract::State;
use desk::rights::Scope;
use desk::tickets::seen;
use serde::Serialize;
use utoipa::ToSchema;

use super::shape::{self, Link, Ticket};
use crate::api::history::shape::{self as history, Entry};
use crate::api::messages::shape::{self as messages, Message};
use crate::edge::path::ticket_id;
use crate::edge::{Bearer, Parameters, Place, Problem};
use crate::state::App;

/// A ticket, with what `include` asked for.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct FullTicket {
    #[serde(flatten)]
    ticket: Ticket,
    /// With `include=messages`: the newest 1,000, oldest first; those written from here on the opener's thread too.
    #[serde(skip_serializing_if = "Option::is_none")]
    messages: Option<Vec<Message>>,
    /// With `include=history`: the newest 1,000 steps, oldest first.
    #[serde(skip_serializing_if = "Option::is_none")]
    history: Option<Vec<Entry>>,
    /// With `include=links`.
    #[serde(skip_serializing_if = "Option::is_none")]
    links: Option<Vec<Link>>,
}

/// What may be shown beside a ticket.
#[derive(Default)]
struct Include {
    messages: bool,
    history: bool,
    links: bool,
}

impl Include {
    fn read(text: &str) -> Result<Self, String> {
        let mut include = Self::default();
        for word in text.split(',').map(str::trim) {
            match word {
                "messages" => include.messages = true,
                "history" => include.history = true,
                "links" => include.links = true,
                other => return Err(format!("{other:?} cannot be included; messages, history and links can")),
            }
        }
        Ok(include)
    }
}

/// One ticket as it stands now.
#[utoipa::path(get, path = "/api/v1/tickets/{id}", tag = "tickets",
    params(
        ("id" = String, Path, description = "The ticket's id"),
        ("include" = Option<String>, Query, description = "Any of messages, history, links, with commas between them"),
    ),
    responses(
        (status = 200, description = "The ticket", body = FullTicket),
        (status = 404, description = "There is no such ticket", body = Problem, content_type = "application/problem+json"),
    ), security(("token" = [])))]
pub(in crate::api) async fn show(
    State(app): State<App>,
    Bearer(actor): Bearer,
    Place(id): Place<String>,
    mut parameters: Parameters,
) -> Result<Json<FullTicket>, Problem> {
    let scope = Scope::of(&actor)?;
    let include = parameters.read("include", Include::read).unwrap_or_default();
    parameters.finish()?;
    let id = ticket_id(&id)?;
    let mut conn = app.desk.read().await?;
    let view = app.desk.view(&mut conn, scope, id).await?;
    let messages = match include.messages {
        true => Some(messages::of_ticket(&mut conn, scope, id).await?),
        false => None,
    };
    let history = match include.history {
        true => Some(history::of_ticket(&mut conn, scope, id).await?),
        false => None,
    };
    let links = include.links.then(|| shape::links(&view));
    let unread = seen::unread(&mut conn, &actor, &[&view.ticket]).await?;
    Ok(Json(FullTicket { ticket: Ticket::from(&view).unread(&actor, &unread), messages, history, links }))
}
