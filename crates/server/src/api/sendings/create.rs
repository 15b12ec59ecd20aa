//! `POST /api/v1/tickets/{id}/sendings`: a reply that leaves later.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use desk::Error;
use desk::handle::work::{SendLater, When, Work};
use desk::handle::{Command, Outcome};
use desk::sendings;
use jiff::Timestamp;
use serde::Deserialize;
use store::Id;
use utoipa::ToSchema;

use super::shape::{self, Sending};
use crate::edge::path::ticket_id;
use crate::edge::{Asked, Place, Problem};
use crate::state::App;

/// A reply for later.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct NewSending {
    /// The words, in Markdown.
    body: String,
    /// A party of the ticket's playbook instead of the client, such as `confirmer`.
    to: Option<String>,
    /// The id of the ticket's suggestion, when it is made from that.
    suggestion: Option<String>,
    /// Files that go along: ids that `POST /api/v1/tickets/{id}/attachments` answered with, in order.
    #[serde(default)]
    attachments: Vec<String>,
    /// When it leaves, a year ahead at most (RFC 3339).
    #[schema(value_type = String, format = DateTime)]
    send_at: Timestamp,
}

/// Write a reply that leaves later. Nothing is said before: the message is made, and the playbook told, as it leaves. What is said on
/// the ticket meanwhile, from outside or to somebody outside, holds it back until somebody says another time.
#[utoipa::path(post, path = "/api/v1/tickets/{id}/sendings", tag = "tickets", request_body = NewSending,
    params(
        ("id" = String, Path, description = "The ticket's id"),
        ("Idempotency-Key" = Option<String>, Header, description = "The same key again writes nothing more"),
    ),
    responses(
        (status = 201, description = "The reply as it waits", body = Sending),
        (status = 404, description = "There is no such ticket", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "There is nobody to send it to, the ticket is closed, or a file or the suggestion is no longer there", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Something in it is wrong", body = Problem, content_type = "application/problem+json"),
    ), security(("token" = [])))]
pub(in crate::api) async fn create(
    State(app): State<App>,
    Place(id): Place<String>,
    asked: Asked<NewSending>,
) -> Result<(StatusCode, Json<Sending>), Problem> {
    let Asked { actor, content, key } = asked;
    let ticket = ticket_id(&id)?;
    let no_file = |_| Error::invalid_field("attachments", "not-a-reply", "there is no such file");
    let files: Result<Vec<Id>, Error> = content.attachments.iter().map(|id| id.parse().map_err(no_file)).collect();
    let suggestion = content.suggestion.map(|id| id.parse().map_err(|_| Error::not_found("suggestion"))).transpose()?;
    let later = SendLater {
        ticket,
        party: content.to,
        suggestion,
        body: content.body,
        files: files?,
        seen: None,
        at: When::At(content.send_at),
        key,
    };
    let outcome = app.desk.handle(&actor, Command::Work(Work::SendLater(later))).await?;
    let Outcome::Sending(_, sending) = outcome else { return Err(Problem::defect()) };
    let mut conn = app.desk.read().await?;
    let sending = sendings::find(&mut conn, sending).await?.ok_or_else(|| Error::not_found("reply that waits"))?;
    Ok((StatusCode::CREATED, Json(shape::of(&mut conn, sending).await?)))
}
