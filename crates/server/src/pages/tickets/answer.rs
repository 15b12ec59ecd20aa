//! `POST /questions/{id}/answer`: an answer to what the procedure asks.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use desk::error::Kind;
use desk::handle::{Answer, Command};
use desk::{Error, questions};

use super::back;
use super::fill_ticket::Again;
use crate::pages::posted::Posted;
use crate::state::App;

/// Answers, and shows the ticket. When somebody else was first, the page says so where it was asked.
pub async fn post(State(app): State<App>, Path(id): Path<String>, posted: Posted) -> Response {
    let visit = &posted.visit;
    let work = async {
        visit.scope()?;
        let question = id.parse().map_err(|_| Error::not_found("question"))?;
        let found = questions::find(&mut visit.read().await?, question).await?;
        let ticket = found.ok_or_else(|| Error::not_found("question"))?.ticket.to_string();
        let note = Some(posted.field("note")).filter(|note| !note.is_empty()).map(str::to_owned);
        let command = Answer { question, answer: posted.field("answer").to_owned(), note, key: None };
        match app.desk.handle(&visit.actor(), Command::Answer(command)).await {
            Ok(_) => Ok(back::to(&posted, &ticket)),
            Err(error) if matches!(error.kind, Kind::Invalid | Kind::Conflict) => {
                let status =
                    if error.kind == Kind::Conflict { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
                let again = Again { question: Some((id.clone(), error.to_string())), ..Again::default() };
                back::again(&posted, &ticket, status, &again).await
            }
            Err(error) => Err(error),
        }
    };
    visit.answer(work).await
}
