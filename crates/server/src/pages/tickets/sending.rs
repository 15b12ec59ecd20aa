//! `POST /tickets/{id}/sendings/{sending}` and `…/withdrawal`: a reply that waits is sent at another hour or at once, or taken back.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use desk::error::Kind;
use desk::handle::Command;
use desk::handle::work::{ChangeSending, When, WithdrawSending, Work};
use desk::today::Of;
use desk::{Error, Result};
use store::Id;

use super::back;
use super::beside::Late;
use super::fill_beside::{in_an_hour, next_morning};
use super::fill_deeds::written;
use super::fill_list::Words;
use super::fill_ticket::Again;
use super::show::read_id;
use crate::pages::posted::Posted;
use crate::pages::{see_other, sendings};

/// Says when it leaves. A time that is none comes back where it was entered.
pub async fn change(Path((id, sending)): Path<(String, String)>, posted: Posted) -> Response {
    let work = async {
        let sending = read_sending(&sending)?;
        let at = match later(&posted).await {
            Ok(Some(When::At(at))) => Some(at),
            Ok(Some(When::Briefly) | None) => None,
            Err(error) if error.kind == Kind::Invalid => return too_late(&posted, &id, sending).await,
            Err(error) => return Err(error),
        };
        let change = ChangeSending { ticket: read_id(&id)?, sending, at };
        done(&posted, &id, Work::ChangeSending(change)).await
    };
    posted.visit.answer(work).await
}

/// The ticket, or the list of replies that wait, with what was entered.
async fn too_late(posted: &Posted, id: &str, sending: Id) -> Result<Response> {
    let late = Late { entered: posted.field("later_at").to_owned(), error: posted.visit.texts.get("later-no-time") };
    if posted.field("back").parse::<Of>().is_ok() {
        return sendings::index::again(posted, sending, late).await;
    }
    let again = Again { late: Some((sending, late)), ..Again::default() };
    back::again(posted, id, StatusCode::UNPROCESSABLE_ENTITY, &again).await
}

/// Takes it back: its words are the writer's draft again.
pub async fn withdraw(Path((id, sending)): Path<(String, String)>, posted: Posted) -> Response {
    let work = async {
        let withdraw = WithdrawSending { ticket: read_id(&id)?, sending: read_sending(&sending)? };
        done(&posted, &id, Work::WithdrawSending(withdraw)).await
    };
    posted.visit.answer(work).await
}

/// Goes back to the ticket, or to the list that it was done in. One that has left meanwhile stands there as it was said, which says it all.
async fn done(posted: &Posted, id: &str, work: Work) -> Result<Response> {
    match posted.visit.app.desk.handle(&posted.visit.actor(), Command::Work(work)).await {
        Err(error) if error.code != "left-already" => Err(error),
        _ => Ok(match posted.field("back").parse::<Of>() {
            Ok(of) => see_other(&format!("/sendings?of={}", of.as_str())),
            Err(_) => back::to(posted, id),
        }),
    }
}

/// The hour that a form asks for: one of the presets, or a date and time in the viewer's zone; `None` where it asks for none.
///
/// # Errors
/// `no-time` for what is no time ahead.
pub async fn later(posted: &Posted) -> Result<Option<When>> {
    let now = posted.visit.app.desk.now();
    let at = match posted.field("later") {
        "" => return Ok(None),
        "hour" => in_an_hour(now),
        "morning" => next_morning(&Words::of(&posted.visit).await?, now),
        _ => written(&posted.visit.moments().await?, posted.field("later_at")).filter(|at| *at > now),
    };
    at.map(|at| Some(When::At(at)))
        .ok_or_else(|| Error::invalid_field("later_at", "no-time", "this is no time ahead of now"))
}

fn read_sending(id: &str) -> Result<Id> {
    id.parse().map_err(|_| Error::not_found("reply"))
}
