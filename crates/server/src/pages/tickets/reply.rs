//! `POST /tickets/{id}/replies`: an answer to the client, words to a party, or a note.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use desk::drafts::{self, RECEIPT};
use desk::error::Kind;
use desk::handle::work::{SendLater, When, Work};
use desk::handle::{Command, Reply, ReplyKind};
use desk::receipts::Key;
use desk::{Error, Result};
use store::Id;

use super::back;
use super::draft::attach;
use super::fill_asked::in_words;
use super::fill_composer::Unsent;
use super::fill_ticket::Again;
use super::sending::later;
use super::show::read_id;
use crate::pages::posted::Posted;
use crate::state::App;

/// Says it, with its files; what cannot be said comes back with its words, and its files stay with the draft.
pub async fn post(State(app): State<App>, Path(id): Path<String>, posted: Posted) -> Response {
    let visit = &posted.visit;
    let work = async {
        match say(&app, &id, &posted).await {
            Ok(()) => Ok(back::to(&posted, &id)),
            Err(error) if matches!(error.kind, Kind::Invalid | Kind::Conflict | Kind::TooLarge) => {
                let status =
                    if error.kind == Kind::Conflict { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
                let again = Again { composer: Some(unsent(&posted, &error)), ..Again::default() };
                back::again(&posted, &id, status, &again).await
            }
            Err(error) => Err(error),
        }
    };
    visit.answer(work).await
}

async fn say(app: &App, id: &str, posted: &Posted) -> Result<()> {
    let (ticket, seen) = (read_id(id)?, posted.field("seen").parse().ok());
    let body = posted.fields.get("body").cloned().unwrap_or_default();
    let key = Some(Key::new(RECEIPT, posted.field("submission"), body.as_bytes())?);
    let kind = drafts::Kind::named(posted.field("kind"));
    let note = kind == drafts::Kind::Note;
    let to = Some(posted.field("to")).filter(|to| !note && !to.is_empty());
    let suggestion = Some(posted.field("suggestion")).filter(|suggestion| !note && !suggestion.is_empty());
    unchanged(posted, ticket, kind).await?;
    let files = files(app, ticket, kind, posted).await?;
    let suggestion = match suggestion {
        Some(suggestion) => Some(suggestion.parse().map_err(|_| Error::not_found("suggestion"))?),
        None => None,
    };
    let command = if note {
        Command::Reply(Reply { ticket, body, kind: ReplyKind::Note, files, seen, key })
    } else {
        // A suggestion is for the requester; it goes on waiting for them.
        let (party, suggestion) = (to.map(str::to_owned), suggestion.filter(|_| to.is_none()));
        let at = later(posted).await?.unwrap_or(When::Briefly);
        Command::Work(Work::SendLater(SendLater { ticket, party, suggestion, body, files, seen, at, key }))
    };
    app.desk.handle(&posted.visit.actor(), command).await.map(drop)
}

/// Refuses to send in the place of words that came back to the draft and that its page has not shown.
async fn unchanged(posted: &Posted, ticket: Id, kind: drafts::Kind) -> Result<()> {
    let Some(over) = posted.fields.get("over") else { return Ok(()) };
    let kept = super::draft::kept(&posted.visit, ticket, kind).await?.map(|draft| draft.revision()).unwrap_or_default();
    if kept.is_empty() || kept == *over {
        return Ok(());
    }
    Err(Error::conflict("draft-changed", "Other words are kept of this draft by now.")
        .advise("Read them, and send both."))
}

/// What goes along: the files that the page named, then those that came with the form itself.
async fn files(app: &App, ticket: Id, kind: drafts::Kind, posted: &Posted) -> Result<Vec<Id>> {
    let field = format!("{}-file", kind.as_str());
    let named = posted.values(&field).map(|id| id.parse().map_err(|_| Error::not_found("file")));
    let mut files: Vec<Id> = named.collect::<Result<_>>()?;
    files.extend(attach(app, ticket, kind, posted).await?);
    Ok(files)
}

/// The words, and what is wrong with them.
fn unsent(posted: &Posted, error: &Error) -> Unsent {
    let texts = posted.visit.texts;
    let code = error.fields.first().map_or(error.code, |field| field.code.as_str());
    let words = match code {
        "required" => texts.get("composer-empty"),
        "no-time" => texts.get("later-no-time"),
        "too-far" => texts.get("later-too-far"),
        "crossed" => texts.get("crossed"),
        "draft-changed" => texts.get("composer-returned"),
        "file-gone" => texts.get("file-gone"),
        "nobody-there" => texts.with("composer-unreachable", &[("names", &in_words(posted.field("to")))]),
        "suggestion-gone" => texts.get("suggestion-gone"),
        _ => error.to_string(),
    };
    Unsent {
        body: posted.fields.get("body").cloned().unwrap_or_default(),
        note: posted.field("kind") == drafts::Kind::Note.as_str(),
        to: posted.field("to").to_owned(),
        error: words,
    }
}
