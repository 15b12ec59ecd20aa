//! `POST /api/v1/tickets/{id}/attachments`: a file for a message that is sent afterwards.

use std::sync::Arc;

use axum::Json;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use desk::drafts::{FILES_MAX, Kind};
use desk::handle::{AttachFile, Command, Outcome};
use serde::Serialize;
use store::Id;
use utoipa::ToSchema;

use crate::edge::path::ticket_id;
use crate::edge::problem::WrongField;
use crate::edge::{Bearer, Parameters, Place, Problem, json};
use crate::state::App;

/// A file that waits for its message.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct Waiting {
    /// What `attachments` of a reply takes.
    #[schema(value_type = String)]
    id: Id,
    name: String,
    #[serde(rename = "type")]
    kind: String,
    /// In bytes.
    size: usize,
}

/// Bring a file for a reply or a note that follows and names it. It waits with the caller's draft; all files of one message may have
/// 25 MiB together.
#[utoipa::path(post, path = "/api/v1/tickets/{id}/attachments", tag = "tickets",
    request_body(content = String, content_type = "application/octet-stream", description = "The file, of any media type"),
    params(
        ("id" = String, Path, description = "The ticket's id"),
        ("name" = String, Query, description = "The file's name"),
        ("kind" = Option<String>, Query, description = "What it goes along with: `reply`, which is meant when left out, or `note`"),
    ),
    responses(
        (status = 201, description = "The file", body = Waiting),
        (status = 404, description = "There is no such ticket", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "It is too large", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "A parameter is wrong", body = Problem, content_type = "application/problem+json"),
    ), security(("token" = [])))]
pub(in crate::api) async fn create(
    State(app): State<App>,
    Place(id): Place<String>,
    Bearer(actor): Bearer,
    mut parameters: Parameters,
    request: Request<Body>,
) -> Result<(StatusCode, Json<Waiting>), Problem> {
    let ticket = ticket_id(&id)?;
    let name = parameters.take("name");
    let kind = parameters.read("kind", |word| match word {
        "reply" => Ok(Kind::Reply),
        "note" => Ok(Kind::Note),
        _ => Err("is reply or note".to_owned()),
    });
    parameters.finish()?;
    let name = name.ok_or_else(|| Problem::wrong(vec![WrongField::new("name", "is needed: the file's name")]))?;
    let (parts, body) = request.into_parts();
    let bytes = json::bytes(&parts.headers, body, "file", FILES_MAX).await?;
    let media =
        parts.headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or("application/octet-stream");
    let (media, size) = (media.to_owned(), bytes.len());
    let file = mail::Attachment {
        name: name.clone(),
        kind: media.clone(),
        size,
        inline: false,
        bytes: bytes.to_vec(),
        content_id: None,
        within: None,
    };
    let command = AttachFile { ticket, kind: kind.unwrap_or(Kind::Reply), file: Arc::new(file) };
    let outcome = app.desk.handle(&actor, Command::AttachFile(command)).await?;
    let Outcome::File(id) = outcome else { return Err(Problem::defect()) };
    Ok((StatusCode::CREATED, Json(Waiting { id, name, kind: media, size })))
}
