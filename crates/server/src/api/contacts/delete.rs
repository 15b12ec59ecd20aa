//! `DELETE /api/v1/contacts/{email}`: somebody is erased.

use axum::extract::State;
use axum::http::StatusCode;
use desk::contacts;
use desk::rights::{self, Verb};

use crate::edge::{Bearer, Place, Problem};
use crate::state::App;

/// Erase the contact with this mail address: who they are, and their words and files on every ticket. Their tickets stay as numbers. It
/// cannot be undone. For owners.
#[utoipa::path(delete, path = "/api/v1/contacts/{email}", tag = "people",
    params(("email" = String, Path, description = "One of their mail addresses, compared whole and without case")),
    responses(
        (status = 204, description = "Nothing is known of them any more"),
        (status = 404, description = "There is none with this address", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "This is no mail address", body = Problem, content_type = "application/problem+json"),
    ), security(("token" = [])))]
pub(in crate::api) async fn delete(
    State(app): State<App>,
    Bearer(actor): Bearer,
    Place(email): Place<String>,
) -> Result<StatusCode, Problem> {
    rights::require(&actor, Verb::ErasePeople)?;
    let found = contacts::find_by_address(&mut app.desk.read().await?, &email).await?;
    let found = found.ok_or_else(|| desk::Error::not_found("contact"))?;
    app.desk.erase_contact(&actor, found.id).await?;
    Ok(StatusCode::NO_CONTENT)
}
