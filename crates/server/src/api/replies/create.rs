//! `POST /api/v1/tickets/{id}/replies`: an answer to the client, or a note for the team.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use desk::Error;
use desk::handle::{Command, Outcome, Reply, ReplyKind, SendSuggestion};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::api::messages::shape::{self, Message};
use crate::edge::path::ticket_id;
use crate::edge::{Asked, Place, Problem};
use crate::state::App;

/// Words on a ticket.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct NewReply {
    /// The words, in Markdown.
    body: String,
    kind: ReplyTo,
    /// For a reply: the id of the ticket's suggestion, when this is what was suggested, in these words.
    suggestion: Option<String>,
}

/// Whom the words are for.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(in crate::api) enum ReplyTo {
    /// The client gets it by mail.
    Reply,
    /// Only the team sees it.
    Note,
}

/// Answer the client, or write a note for the team. An answer stops the clocks that wait for one.
#[utoipa::path(post, path = "/api/v1/tickets/{id}/replies", tag = "tickets", request_body = NewReply,
    params(
        ("id" = String, Path, description = "The ticket's id"),
        ("Idempotency-Key" = Option<String>, Header, description = "The same key again writes nothing more"),
    ),
    responses(
        (status = 201, description = "The message", body = Message),
        (status = 404, description = "There is no such ticket", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "The requester has no address, or the suggestion no longer waits", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Something in it is wrong", body = Problem, content_type = "application/problem+json"),
    ), security(("token" = [])))]
pub(in crate::api) async fn create(
    State(app): State<App>,
    Place(id): Place<String>,
    asked: Asked<NewReply>,
) -> Result<(StatusCode, Json<Message>), Problem> {
    let Asked { actor, content, key } = asked;
    let (ticket, body) = (ticket_id(&id)?, content.body);
    let command = match (content.kind, content.suggestion) {
        (ReplyTo::Note, None) => Command::Reply(Reply { ticket, body, kind: ReplyKind::Note, seen: None, key }),
        (ReplyTo::Reply, None) => Command::Reply(Reply { ticket, body, kind: ReplyKind::Reply, seen: None, key }),
        (ReplyTo::Reply, Some(suggestion)) => {
            let suggestion = Some(suggestion.parse().map_err(|_| Error::not_found("suggestion"))?);
            Command::SendSuggestion(SendSuggestion { ticket, suggestion, body: Some(body), seen: None, key })
        }
        (ReplyTo::Note, Some(_)) => {
            let message = "a note is not what was suggested to the client";
            return Err(Error::invalid_field("suggestion", "not-a-reply", message).into());
        }
    };
    let outcome = app.desk.handle(&actor, command).await?;
    let Outcome::Message { message, .. } = outcome else { return Err(Problem::defect()) };
    let mut conn = app.desk.read().await?;
    let message = desk::messages::find(&mut conn, message).await?.ok_or_else(Problem::defect)?;
    Ok((StatusCode::CREATED, Json(shape::of(&mut conn, message).await?)))
}
