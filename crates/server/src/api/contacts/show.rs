//! `GET /api/v1/contacts/{email}`: a contact.

use axum::Json;
use axum::extract::State;
use desk::contacts;
use desk::rights::{self, Verb};

use super::shape::Contact;
use crate::edge::{Bearer, Place, Problem};
use crate::state::App;

/// The contact with this mail address.
#[utoipa::path(get, path = "/api/v1/contacts/{email}", tag = "people",
    params(("email" = String, Path, description = "One of their mail addresses, compared whole and without case")),
    responses(
        (status = 200, description = "The contact", body = Contact),
        (status = 404, description = "There is none with this address", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "This is no mail address", body = Problem, content_type = "application/problem+json"),
    ), security(("token" = [])))]
pub(in crate::api) async fn show(
    State(app): State<App>,
    Bearer(actor): Bearer,
    Place(email): Place<String>,
) -> Result<Json<Contact>, Problem> {
    rights::require(&actor, Verb::ReadPeople)?;
    let mut conn = app.desk.read().await?;
    let found = contacts::find_by_address(&mut conn, &email).await?;
    let known = found.ok_or_else(|| desk::Error::not_found("contact"))?;
    // By whichever address they were asked for, they are told by the one that they are written to.
    let found = contacts::find(&mut conn, known.id).await?.ok_or_else(Problem::defect)?;
    Ok(Json(Contact::of(&mut conn, found).await?))
}
