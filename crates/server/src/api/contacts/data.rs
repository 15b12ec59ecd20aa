//! `GET /api/v1/contacts/{email}/data`: all that is known of somebody.

use axum::extract::State;
use axum::response::Response;
use desk::contacts;
use desk::exports::person;
use desk::rights::{self, Verb};

use crate::edge::download::download;
use crate::edge::{Bearer, Place, Problem};
use crate::state::App;

/// All that is known of the contact with this mail address, as a ZIP: `person.json` with who they are, their tickets, every message on
/// these and what they wrote on tickets of others, and the files, 200 MiB at most. Notes of colleagues are among it.
#[utoipa::path(get, path = "/api/v1/contacts/{email}/data", tag = "people",
    params(("email" = String, Path, description = "One of their mail addresses, compared whole and without case")),
    responses(
        (status = 200, description = "The archive", body = String, content_type = "application/zip"),
        (status = 404, description = "There is none with this address", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "There is too much", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "This is no mail address", body = Problem, content_type = "application/problem+json"),
    ), security(("token" = [])))]
pub(in crate::api) async fn show(
    State(app): State<App>,
    Bearer(actor): Bearer,
    Place(email): Place<String>,
) -> Result<Response, Problem> {
    rights::require(&actor, Verb::KeepPeople)?;
    let mut conn = app.desk.read().await?;
    let found = contacts::find_by_address(&mut conn, &email).await?;
    let found = found.ok_or_else(|| desk::Error::not_found("contact"))?;
    let bytes = person::archive(&mut conn, &app.desk.shelf, found.id).await?;
    Ok(download(bytes, "application/zip", &format!("contact-{}.zip", found.id)))
}
