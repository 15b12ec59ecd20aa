//! `POST /api/v1/tickets/{id}/replies`: an answer to the client, words to a party of the playbook, or a note for the team.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use desk::Error;
use desk::handle::{Command, Outcome, Reply, ReplyKind, SendSuggestion, WriteToParty};
use serde::Deserialize;
use store::Id;
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
    /// For a reply: a party of the ticket's playbook instead of the client, such as `confirmer`. Each of its people with a verified
    /// address gets a mail of their own.
    to: Option<String>,
    /// Files that go along: ids that `POST /api/v1/tickets/{id}/attachments` answered with, in order.
    #[serde(default)]
    attachments: Vec<String>,
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

/// Answer the client, write to a party, or write a note for the team. An answer to the client stops the clocks that wait for one;
/// words to a party do not, and raise `PARTY.written_to`. Of those the first person's message is given back.
#[utoipa::path(post, path = "/api/v1/tickets/{id}/replies", tag = "tickets", request_body = NewReply,
    params(
        ("id" = String, Path, description = "The ticket's id"),
        ("Idempotency-Key" = Option<String>, Header, description = "The same key again writes nothing more"),
    ),
    responses(
        (status = 201, description = "The message", body = Message),
        (status = 404, description = "There is no such ticket", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "There is nobody to send it to, a file is no longer there, or the suggestion no longer waits", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Something in it is wrong", body = Problem, content_type = "application/problem+json"),
    ), security(("token" = [])))]
pub(in crate::api) async fn create(
    State(app): State<App>,
    Place(id): Place<String>,
    asked: Asked<NewReply>,
) -> Result<(StatusCode, Json<Message>), Problem> {
    let Asked { actor, content, key } = asked;
    let (ticket, body) = (ticket_id(&id)?, content.body);
    let files = files(&content.attachments)?;
    let reply = |body, kind, files, key| Command::Reply(Reply { ticket, body, kind, files, seen: None, key });
    let command = match (content.kind, content.suggestion, content.to) {
        (ReplyTo::Note, None, None) => reply(body, ReplyKind::Note, files, key),
        (ReplyTo::Reply, None, None) => reply(body, ReplyKind::Reply, files, key),
        (ReplyTo::Reply, None, Some(party)) => {
            Command::WriteToParty(WriteToParty { ticket, party, body, files, seen: None, key })
        }
        (ReplyTo::Reply, Some(suggestion), None) => {
            let suggestion = Some(suggestion.parse().map_err(|_| Error::not_found("suggestion"))?);
            let body = Some(body);
            Command::SendSuggestion(SendSuggestion { ticket, suggestion, body, files, seen: None, key })
        }
        (ReplyTo::Note, Some(_), _) => {
            return Err(not_sent("suggestion", "a note is not what was suggested to the client"));
        }
        (ReplyTo::Note, None, Some(_)) => return Err(not_sent("to", "a note goes to nobody outside")),
        (ReplyTo::Reply, Some(_), Some(_)) => return Err(not_sent("to", "what was suggested is for the client")),
    };
    let outcome = app.desk.handle(&actor, command).await?;
    let Outcome::Message { message, .. } = outcome else { return Err(Problem::defect()) };
    let mut conn = app.desk.read().await?;
    let message = desk::messages::find(&mut conn, message).await?.ok_or_else(Problem::defect)?;
    Ok((StatusCode::CREATED, Json(shape::of(&mut conn, message).await?)))
}

/// What is no id is the id of nothing.
fn files(ids: &[String]) -> Result<Vec<Id>, Problem> {
    let read = |id: &String| id.parse().map_err(|_| not_sent("attachments", "there is no such file"));
    ids.iter().map(read).collect()
}

fn not_sent(field: &str, message: &str) -> Problem {
    Error::invalid_field(field, "not-a-reply", message).into()
}
