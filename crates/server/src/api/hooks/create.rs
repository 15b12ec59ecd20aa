//! `POST /api/v1/hooks/typeform/{form}`: Typeform delivers a response.

use std::sync::Arc;

use axum::Json;
use axum::body::Body;
use axum::extract::{FromRequest, State};
use axum::http::{Request, StatusCode};
use desk::Actor;
use desk::handle::{Command, ReceiveTypeform};
use desk::hooks;
use serde::Serialize;
use store::Id;
use utoipa::ToSchema;

use crate::edge::{Place, Problem, json};
use crate::state::App;

/// The header with the signature.
const SIGNATURE: &str = "typeform-signature";

/// What came of a delivery.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct Delivered {
    /// The id of the ticket that it opened; the same again for a delivery that is repeated.
    #[schema(value_type = String)]
    ticket: Id,
}

/// The bytes of a delivery and its signature.
pub(in crate::api) struct Signed {
    signature: String,
    body: Arc<[u8]>,
}

impl FromRequest<App> for Signed {
    type Rejection = Problem;

    async fn from_request(request: Request<Body>, _: &App) -> Result<Self, Problem> {
        let (parts, body) = request.into_parts();
        let signature = parts.headers.get(SIGNATURE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let bytes = json::bytes(&parts.headers, body, "delivery", json::JSON_MAX).await?;
        Ok(Self { signature: signature.to_owned(), body: Arc::from(bytes.as_ref()) })
    }
}

/// Take in what somebody answered on Typeform. Needs no token: the delivery is signed with the hook's secret. Every delivery opens a
/// ticket; one that is repeated, by its `event_id`, opens nothing more.
#[utoipa::path(post, path = "/api/v1/hooks/typeform/{form}", tag = "forms",
    request_body(content = Object, content_type = "application/json", description = "As Typeform's webhook sends it, at most 1 MiB"),
    params(
        ("form" = String, Path, description = "The form of the handbook that it fills in"),
        ("Typeform-Signature" = String, Header, description = "`sha256=` and the HMAC-SHA256 of the body, byte for byte, in base64"),
    ),
    responses(
        (status = 200, description = "It is taken in", body = Delivered),
        (status = 403, description = "It is not signed with the secret of this form's hook", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "It is too large", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "It is signed, and no JSON", body = Problem, content_type = "application/problem+json"),
    ))]
pub(in crate::api) async fn create(
    State(app): State<App>,
    Place(form): Place<String>,
    signed: Signed,
) -> Result<Json<Delivered>, Problem> {
    if !hooks::is_signed(&app.desk.ground, &form, &signed.signature, &signed.body).await? {
        let detail = "The header Typeform-Signature is not that of this body under the secret of this form's hook.";
        return Err(Problem::new(StatusCode::FORBIDDEN, "bad-signature", detail));
    }
    let command = ReceiveTypeform { form, body: signed.body };
    let outcome = app.desk.handle(&Actor::Outside, Command::ReceiveTypeform(command)).await?;
    Ok(Json(Delivered { ticket: outcome.ticket().ok_or_else(Problem::defect)? }))
}
