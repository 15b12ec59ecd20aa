//! `POST /tickets/{id}/replies`: an answer to the client, words to a party, or a note.

use std::collections::BTreeMap;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use desk::Error;
use desk::error::Kind;
use desk::handle::{Command, Reply, ReplyKind, SendSuggestion, WriteToParty};
use desk::receipts::Key;

use super::fill_asked::in_words;
use super::fill_composer::Unsent;
use super::fill_ticket::Again;
use super::show::{read_id, show};
use crate::pages::posted::Posted;
use crate::pages::see_other;
use crate::state::App;

/// Says it; what cannot be said comes back with its words.
pub async fn post(State(app): State<App>, Path(id): Path<String>, posted: Posted) -> Response {
    let visit = &posted.visit;
    let note = posted.field("kind") == "note";
    let body = posted.fields.get("body").cloned().unwrap_or_default();
    let work = async {
        let (ticket, seen) = (read_id(&id)?, posted.field("seen").parse().ok());
        let key = Some(Key::new("reply", posted.field("submission"), body.as_bytes())?);
        let to = Some(posted.field("to")).filter(|to| !note && !to.is_empty());
        let suggestion = Some(posted.field("suggestion")).filter(|suggestion| !note && !suggestion.is_empty());
        let command = match (to, suggestion) {
            // A draft is for the requester; it goes on waiting for them.
            (Some(party), _) => {
                Command::WriteToParty(WriteToParty { ticket, party: party.to_owned(), body: body.clone(), seen, key })
            }
            (None, Some(suggestion)) => {
                let suggestion = Some(suggestion.parse().map_err(|_| Error::not_found("suggestion"))?);
                Command::SendSuggestion(SendSuggestion { ticket, suggestion, body: Some(body.clone()), seen, key })
            }
            (None, None) => {
                let kind = if note { ReplyKind::Note } else { ReplyKind::Reply };
                Command::Reply(Reply { ticket, body: body.clone(), kind, seen, key })
            }
        };
        match app.desk.handle(&visit.actor(), command).await {
            Ok(_) => Ok(see_other(&format!("/tickets/{id}"))),
            Err(error) if matches!(error.kind, Kind::Invalid | Kind::Conflict | Kind::TooLarge) => {
                let status =
                    if error.kind == Kind::Conflict { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
                let words = match error.code {
                    "crossed" => visit.texts.get("crossed"),
                    "nobody-there" => {
                        visit.texts.with("composer-unreachable", &[("names", &in_words(posted.field("to")))])
                    }
                    "suggestion-gone" => visit.texts.get("suggestion-gone"),
                    _ => error.to_string(),
                };
                let to = posted.field("to").to_owned();
                let unsent = Unsent { body: body.clone(), note, to, error: words };
                let again = Again { composer: Some(unsent), ..Again::default() };
                show(visit, &id, &BTreeMap::new(), status, &again).await
            }
            Err(error) => Err(error),
        }
    };
    visit.answer(work).await
}
