//! `POST /api/v1/imports`: a file is brought and looked at.

use axum::Json;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use desk::imports::{self, FILE_MAX, Kind};
use desk::rights::{self, Verb};

use super::shape::Import;
use crate::edge::problem::WrongField;
use crate::edge::{Bearer, Parameters, Problem, json};
use crate::state::App;

/// Bring a file of contacts or organizations, and see what would become of each row; nothing is changed before it is carried out. The body
/// is the file itself: CSV, or an Excel workbook (`.xlsx`, its first sheet), with 5,000 rows and 5 MiB at most. The first row names the
/// columns.
#[utoipa::path(post, path = "/api/v1/imports", tag = "people",
    request_body(content = String, content_type = "application/octet-stream", description = "The file, of any media type"),
    params(
        ("kind" = String, Query, description = "What it is of: `contacts` or `organizations`"),
        ("name" = Option<String>, Query, description = "What the file is called"),
    ),
    responses(
        (status = 201, description = "It was looked at", body = Import),
        (status = 413, description = "It is too large", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "It is no table, or a parameter is wrong", body = Problem, content_type = "application/problem+json"),
    ), security(("token" = [])))]
pub(in crate::api) async fn create(
    State(app): State<App>,
    Bearer(actor): Bearer,
    mut parameters: Parameters,
    request: Request<Body>,
) -> Result<(StatusCode, Json<Import>), Problem> {
    rights::require(&actor, Verb::KeepPeople)?;
    let kind =
        parameters.read("kind", |word| word.parse::<Kind>().map_err(|_| "is contacts or organizations".to_owned()));
    let name = parameters.take("name");
    parameters.finish()?;
    let kind =
        kind.ok_or_else(|| Problem::wrong(vec![WrongField::new("kind", "is needed: contacts or organizations")]))?;
    let (parts, body) = request.into_parts();
    let bytes = json::bytes(&parts.headers, body, "file", FILE_MAX).await?;
    let name = name.unwrap_or_else(|| kind.as_str().to_owned());
    let id = app.desk.begin_import(&actor, kind, &name, bytes.to_vec()).await?;
    let mut conn = app.desk.read().await?;
    let import = imports::find(&mut conn, id).await?;
    Ok((StatusCode::CREATED, Json(Import::of(&mut conn, import).await?)))
}
