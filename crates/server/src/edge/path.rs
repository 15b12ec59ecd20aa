//! The variable parts of a path, with failures as problems.

use axum::extract::rejection::PathRejection;
use axum::extract::{FromRequestParts, Path};
use axum::http::StatusCode;
use store::Id;

use super::Problem;

/// The variable parts of a path.
#[derive(FromRequestParts)]
#[from_request(via(Path), rejection(Problem))]
pub struct Place<T>(pub T);

impl From<PathRejection> for Problem {
    fn from(_: PathRejection) -> Self {
        Problem::new(StatusCode::BAD_REQUEST, "bad-path", "The path of this request cannot be read.")
    }
}

/// The id of a ticket as a path says it. What is no id is the id of nothing.
pub fn ticket_id(text: &str) -> Result<Id, Problem> {
    text.parse().map_err(|_| desk::Error::not_found("ticket").into())
}
