//! `POST /tickets/{id}/merge`, `/unmerge`, `/related`, `/related/{other}/removal`, `/follow` and `/messages/{message}/split`: what a
//! colleague does with a ticket beside its procedure.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use desk::error::Kind;
use desk::handle::work::{Follow, Merge, Relate, Split, Unmerge, Unrelate, Work};
use desk::handle::{Command, Outcome};
use desk::{Error, Result, tickets};
use store::Id;

use super::back;
use super::fill_beside::Undone;
use super::fill_ticket::Again;
use super::show::read_id;
use crate::pages::posted::Posted;
use crate::state::App;

/// Merges the ticket into the one of the number that was entered, and goes there.
pub async fn merge(State(app): State<App>, Path(id): Path<String>, posted: Posted) -> Response {
    let work = async {
        let merging = async {
            let into = numbered(&posted).await?;
            let why = Some(posted.field("why").to_owned());
            let merge = Merge { ticket: read_id(&id)?, into, why, key: None };
            app.desk.handle(&posted.visit.actor(), Command::Work(Work::Merge(merge))).await?;
            Ok(into)
        };
        match merging.await {
            Ok(into) => Ok(back::to(&posted, into)),
            Err(error) => again(&posted, &id, true, error).await,
        }
    };
    posted.visit.answer(work).await
}

/// Takes a merged ticket out again, and goes to it.
pub async fn unmerge(State(app): State<App>, Path(id): Path<String>, posted: Posted) -> Response {
    let work = async {
        let unmerge = Unmerge { ticket: read_id(&id)?, key: None };
        app.desk.handle(&posted.visit.actor(), Command::Work(Work::Unmerge(unmerge))).await?;
        Ok(back::to(&posted, &id))
    };
    posted.visit.answer(work).await
}

/// Links the ticket with the one of the number that was entered.
pub async fn relate(State(app): State<App>, Path(id): Path<String>, posted: Posted) -> Response {
    let work = async {
        let linking = async {
            let relate = Relate { ticket: read_id(&id)?, other: numbered(&posted).await? };
            app.desk.handle(&posted.visit.actor(), Command::Work(Work::Relate(relate))).await
        };
        match linking.await {
            Ok(_) => Ok(back::to(&posted, &id)),
            Err(error) => again(&posted, &id, false, error).await,
        }
    };
    posted.visit.answer(work).await
}

/// Takes a link away.
pub async fn unrelate(State(app): State<App>, Path((id, other)): Path<(String, String)>, posted: Posted) -> Response {
    let work = async {
        let unrelate = Unrelate { ticket: read_id(&id)?, other: read_id(&other)? };
        app.desk.handle(&posted.visit.actor(), Command::Work(Work::Unrelate(unrelate))).await?;
        Ok(back::to(&posted, &id))
    };
    posted.visit.answer(work).await
}

/// Begins a ticket with a message, and goes to it.
pub async fn split(State(app): State<App>, Path((id, message)): Path<(String, String)>, posted: Posted) -> Response {
    let work = async {
        let message = message.parse().map_err(|_| Error::not_found("message"))?;
        let subject = Some(posted.field("subject").to_owned());
        let split = Split { ticket: read_id(&id)?, message, requester: None, subject, key: None };
        match app.desk.handle(&posted.visit.actor(), Command::Work(Work::Split(split))).await? {
            Outcome::Ticket(ticket) => Ok(back::to(&posted, ticket)),
            other => Err(Error::internal(format!("{other:?} is no ticket"))),
        }
    };
    posted.visit.answer(work).await
}

/// Has the viewer follow the ticket, or follow it no longer.
pub async fn follow(State(app): State<App>, Path(id): Path<String>, posted: Posted) -> Response {
    let work = async {
        let follow = Follow { ticket: read_id(&id)?, follows: posted.field("follows") == "yes" };
        app.desk.handle(&posted.visit.actor(), Command::Work(Work::Follow(follow))).await?;
        Ok(back::to(&posted, &id))
    };
    posted.visit.answer(work).await
}

/// The ticket of the number that was entered, as people write it: `12`, `#12`.
async fn numbered(posted: &Posted) -> Result<Id> {
    let unknown = || Error::invalid_field("number", "no-such-ticket", "there is no ticket of that number");
    let number = posted.field("number").trim_start_matches('#').trim().parse::<i64>().map_err(|_| unknown())?;
    let mut conn = posted.visit.read().await?;
    match tickets::show_by_number(&mut conn, posted.visit.scope()?, number).await {
        Ok(ticket) => Ok(ticket.id),
        Err(error) if error.kind == Kind::NotFound => Err(unknown()),
        Err(error) => Err(error),
    }
}

/// The text that says why two tickets were not brought together.
fn refusal(code: &str) -> Option<&'static str> {
    Some(match code {
        "closed" => "together-closed",
        "merged" => "together-merged",
        "merged-already" => "together-merged-already",
        "merged-elsewhere" => "together-merged-elsewhere",
        "no-such-ticket" => "together-no-such-ticket",
        "organizations-differ" => "together-organizations-differ",
        "reply-waits" => "together-reply-waits",
        "same-ticket" => "together-same-ticket",
        "too-many-links" => "together-too-many-links",
        "waited-for" => "together-waited-for",
        "works-for-it" => "together-works-for-it",
        _ => return None,
    })
}

/// The ticket's page with what was wrong.
async fn again(posted: &Posted, id: &str, merge: bool, error: Error) -> Result<Response> {
    if !matches!(error.kind, Kind::Invalid | Kind::Conflict) {
        return Err(error);
    }
    let status = if error.kind == Kind::Conflict { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
    let code = error.fields.first().map_or(error.code, |field| field.code.as_str());
    let undone = Undone {
        merge,
        number: posted.field("number").to_owned(),
        error: refusal(code).map_or_else(|| error.to_string(), |key| posted.visit.texts.get(key)),
    };
    let again = Again { undone: Some(undone), ..Again::default() };
    back::again(posted, id, status, &again).await
}
