//! `POST /tickets/{id}/suggestions/{suggestion}/dismissal`: a suggestion is put aside.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use desk::Error;
use desk::error::Kind;
use desk::handle::{Command, DismissSuggestion};

use super::back;
use super::fill_ticket::Again;
use super::show::read_id;
use crate::pages::posted::Posted;
use crate::state::App;

/// Puts it aside. One that went meanwhile is not there on the page that follows.
pub async fn post(State(app): State<App>, Path((id, suggestion)): Path<(String, String)>, posted: Posted) -> Response {
    let visit = &posted.visit;
    let work = async {
        let suggestion = suggestion.parse().map_err(|_| Error::not_found("suggestion"))?;
        let command = DismissSuggestion { ticket: read_id(&id)?, suggestion: Some(suggestion) };
        match app.desk.handle(&visit.actor(), Command::DismissSuggestion(command)).await {
            Ok(_) => Ok(back::to(&posted, &id)),
            Err(error) if error.kind == Kind::Conflict => {
                back::again(&posted, &id, StatusCode::CONFLICT, &Again::default()).await
            }
            Err(error) => Err(error),
        }
    };
    visit.answer(work).await
}
