//! Failures as `application/problem+json` (RFC 9457).

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use desk::error::Kind;
use serde::Serialize;
use utoipa::ToSchema;

/// What went wrong. Its `type` is `about:blank`, so `title` is the status in words and `code` says the rest (RFC 9457,
/// section 4.2.1).
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Problem {
    /// Always `about:blank`; look at `code`.
    #[serde(rename = "type")]
    kind: &'static str,
    /// The HTTP status in words.
    title: &'static str,
    /// The HTTP status.
    status: u16,
    /// What happened and what to do about it, in words.
    detail: String,
    /// A stable name for programs, such as `choice-not-available`.
    code: &'static str,
    /// The parts of the request that were wrong.
    errors: Vec<WrongField>,
}

/// A part of the request and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct WrongField {
    /// The part: a field of the body as a path (`requester.email`), or a query parameter.
    pub field: String,
    /// What is wrong with it, in words.
    pub message: String,
}

impl WrongField {
    /// A wrong field.
    pub fn new(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self { field: field.into(), message: message.into() }
    }
}

impl Problem {
    /// A problem with this status, name and words.
    pub fn new(status: StatusCode, code: &'static str, detail: impl Into<String>) -> Self {
        Self {
            kind: "about:blank",
            title: status.canonical_reason().unwrap_or("Error"),
            status: status.as_u16(),
            detail: detail.into(),
            code,
            errors: Vec::new(),
        }
    }

    /// Parts of the request are wrong: 422.
    pub fn wrong(errors: Vec<WrongField>) -> Self {
        let said: Vec<String> = errors.iter().map(|error| format!("{}: {}", error.field, error.message)).collect();
        let problem = Self::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid-fields", said.join("; "));
        Self { errors, ..problem }
    }

    /// Nobody, or nobody known, asks: 401. Always in the same words.
    pub fn unauthorized() -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            "unauthorized",
            "Send a token of this desk: Authorization: Bearer TOKEN. An owner makes one with deskhand token create.",
        )
    }

    /// There is nothing at this address: 404.
    pub fn nowhere() -> Self {
        Self::new(StatusCode::NOT_FOUND, "not-found", "There is nothing at this address. See GET /api/v1/openapi.json.")
    }

    /// Something is there, but not for this method: 405.
    pub fn wrong_method() -> Self {
        let detail = "This address does not take this method; the header Allow lists those it takes.";
        Self::new(StatusCode::METHOD_NOT_ALLOWED, "method-not-allowed", detail)
    }

    /// `thing` is larger than `limit` bytes: 413.
    pub fn too_large(thing: &str, limit: usize) -> Self {
        desk::Error::too_large(thing, limit).into()
    }

    /// A defect of the desk: 500, in words that say nothing about its inside.
    pub fn defect() -> Self {
        let detail = "Something went wrong inside the desk. Nothing was changed; its log names this request.";
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", detail)
    }

    /// The status.
    pub fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// What happened, in words.
    pub fn detail(&self) -> &str {
        &self.detail
    }

    /// The stable name.
    pub fn code(&self) -> &'static str {
        self.code
    }
}

/// The status of each kind of failure.
pub fn status_of(kind: Kind) -> StatusCode {
    match kind {
        Kind::NotFound => StatusCode::NOT_FOUND,
        Kind::Forbidden => StatusCode::FORBIDDEN,
        Kind::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
        Kind::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        Kind::Conflict => StatusCode::CONFLICT,
        Kind::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        Kind::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

impl From<desk::Error> for Problem {
    fn from(error: desk::Error) -> Self {
        if error.kind == Kind::Internal {
            tracing::error!(code = error.code, %error, "a request met a defect");
            return Self::defect();
        }
        let problem = Self::new(status_of(error.kind), error.code, error.to_string());
        let errors = error.fields.into_iter().map(|wrong| WrongField::new(wrong.field, wrong.message)).collect();
        Self { errors, ..problem }
    }
}

impl From<store::Error> for Problem {
    fn from(error: store::Error) -> Self {
        desk::Error::from(error).into()
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = self.status();
        let mut response = (status, Json(self)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        match status {
            StatusCode::UNAUTHORIZED => {
                headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"deskhand\""));
            }
            StatusCode::SERVICE_UNAVAILABLE => {
                headers.insert(header::RETRY_AFTER, HeaderValue::from_static("2"));
            }
            _ => {}
        }
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_failure_has_its_status() {
        let statuses = [
            (desk::Error::not_found("ticket"), 404),
            (desk::Error::forbidden("read tickets"), 403),
            (desk::Error::invalid("x", "y"), 422),
            (desk::Error::too_large("mail", 1), 413),
            (desk::Error::conflict("x", "y"), 409),
            (desk::Error::unavailable("y"), 503),
            (desk::Error::internal("y"), 500),
        ];
        for (error, status) in statuses {
            let kind = error.kind;
            assert_eq!(Problem::from(error).status().as_u16(), status, "{kind:?}");
        }
    }

    #[test]
    fn what_is_inside_the_desk_stays_inside() {
        let problem = Problem::from(desk::Error::internal("SELECT secret FROM vault failed at 10.0.0.7"));
        let said = serde_json::to_string(&problem).unwrap();
        assert!(!said.contains("secret") && !said.contains("10.0.0.7"), "{said}");
    }
}
