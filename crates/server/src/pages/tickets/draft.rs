//! `POST /tickets/{id}/draft`, `POST /tickets/{id}/files` and `POST /tickets/{id}/composer`: what somebody is writing, kept as they
//! write. The first two are for the page's scripts; the third is what the composer's own buttons do without them.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use desk::drafts::{self, Draft, Kind, NewDraft};
use desk::handle::{AttachFile, Command, DetachFile, SaveDraft};
use desk::runs::canned::Canned;
use desk::{Error, Result, tickets};
use serde_json::json;
use store::Id;

use super::back;
use super::choice::{DraftFile, FilesPart};
use super::fill_composer::file_view;
use super::show::read_id;
use crate::pages::frame::Section;
use crate::pages::policy::FRAMED_MAIL;
use crate::pages::posted::Posted;
use crate::pages::see_other;
use crate::pages::visit::{Visit, page};
use crate::state::App;

/// Keeps the words, and says which are kept by now. Where others are kept than those that they were written `over`, these come back.
pub async fn save(State(app): State<App>, Path(id): Path<String>, posted: Posted) -> Response {
    let work = async {
        let (ticket, kind) = (read_id(&id)?, Kind::named(posted.field("kind")));
        let saved = keep(&app, ticket, &posted, posted.fields.get("body").cloned().unwrap_or_default()).await;
        let status = match saved {
            Ok(()) => StatusCode::OK,
            Err(error) if error.code == "draft-changed" => StatusCode::CONFLICT,
            Err(error) => return Err(error),
        };
        let kept = kept(&posted.visit, ticket, kind).await?;
        let revision = kept.as_ref().map(Draft::revision).unwrap_or_default();
        let words = kept.filter(|_| status == StatusCode::CONFLICT).map(|draft| draft.text);
        Ok((status, Json(json!({"revision": revision, "words": words.unwrap_or_default()}))).into_response())
    };
    in_words(work.await)
}

/// Adds files and takes one away; the list of those that are there now.
pub async fn files(State(app): State<App>, Path(id): Path<String>, posted: Posted) -> Response {
    let visit = &posted.visit;
    let work = async {
        let (ticket, kind) = (read_id(&id)?, Kind::named(posted.field("kind")));
        attach(&app, ticket, kind, &posted).await?;
        detach(&app, ticket, &posted).await?;
        let files = kept_files(visit, ticket, kind).await?;
        let frame = visit.frame(Section::Tickets).await?;
        Ok(page(StatusCode::OK, &FilesPart { frame, ticket_id: id.clone(), kind: kind.as_str(), files }))
    };
    in_words(work.await)
}

/// Keeps everything that stands in the composer, does what its button says, and goes back to the ticket.
pub async fn composer(State(app): State<App>, Path(id): Path<String>, posted: Posted) -> Response {
    let visit = &posted.visit;
    let work = async {
        let (ticket, kind) = (read_id(&id)?, Kind::named(posted.field("kind")));
        let mut words = match posted.fields.get("body") {
            Some(words) => words.clone(),
            // From the page of canned replies: what stands in the composer was kept before.
            None => kept(visit, ticket, kind).await?.map(|draft| draft.text).unwrap_or_default(),
        };
        let canned = posted.field("canned");
        if !canned.is_empty() {
            let filled = fill(visit, ticket, canned, posted.field("to")).await?;
            words = if words.trim().is_empty() { filled } else { format!("{}\n\n{filled}", words.trim_end()) };
        }
        keep(&app, ticket, &posted, words).await?;
        attach(&app, ticket, kind, &posted).await?;
        detach(&app, ticket, &posted).await?;
        if posted.field("choose") == "canned" {
            let query = form_urlencoded::Serializer::new(String::new())
                .append_pair("kind", kind.as_str())
                .append_pair("to", posted.field("to"))
                .finish();
            return Ok(see_other(&format!("/tickets/{id}/canned?{query}")));
        }
        Ok(back::to(&posted, &id))
    };
    visit.answer(work).await
}

/// `GET /tickets/{id}/canned/{name}`: a canned reply filled in for the ticket, as Markdown; `?to=` names a party.
pub async fn canned(
    visit: Visit,
    Path((id, name)): Path<(String, String)>,
    axum::extract::Query(query): axum::extract::Query<std::collections::BTreeMap<String, String>>,
) -> Response {
    let work = async {
        let party = query.get("to").map(String::as_str).unwrap_or_default();
        let words = fill(&visit, read_id(&id)?, &name, party).await?;
        Ok(([(CONTENT_TYPE, "text/plain; charset=utf-8")], words).into_response())
    };
    in_words(work.await)
}

/// `POST /tickets/{id}/preview`: what the recipient will see of the words, as a page for a frame that runs nothing.
pub async fn preview(Path(id): Path<String>, posted: Posted) -> Response {
    let visit = &posted.visit;
    let work = async {
        tickets::show(&mut visit.read().await?, visit.scope()?, read_id(&id)?).await?;
        let words = posted.fields.get("body").map(String::as_str).unwrap_or_default();
        let html = format!("<!doctype html><meta charset=\"utf-8\">{}", mail::markdown::to_letter(words));
        let headers = [(CONTENT_TYPE, "text/html; charset=utf-8"), (CONTENT_SECURITY_POLICY, FRAMED_MAIL)];
        Ok((headers, html).into_response())
    };
    in_words(work.await)
}

async fn fill(visit: &Visit, ticket: Id, name: &str, party: &str) -> Result<String> {
    let desk = &visit.app.desk;
    let view = desk.view(&mut visit.read().await?, visit.scope()?, ticket).await?;
    let canned = Canned::of(&view, desk.now()).ok_or_else(|| Error::not_found("canned reply"))?;
    Ok(canned.fill(name, party)?.markdown.trim().to_owned())
}

async fn keep(app: &App, ticket: Id, posted: &Posted, text: String) -> Result<()> {
    let draft = NewDraft {
        kind: Kind::named(posted.field("kind")),
        party: posted.field("to").to_owned(),
        text,
        submission: posted.field("submission").to_owned(),
        over: posted.fields.get("over").cloned(),
    };
    app.desk.handle(&posted.visit.actor(), Command::SaveDraft(SaveDraft { ticket, draft })).await.map(drop)
}

/// Puts what was posted to the draft; the ids, in order.
pub(super) async fn attach(app: &App, ticket: Id, kind: Kind, posted: &Posted) -> Result<Vec<Id>> {
    let mut attached = Vec::with_capacity(posted.files.len());
    for file in &posted.files {
        let command = AttachFile { ticket, kind, file: Arc::new(file.clone()) };
        match app.desk.handle(&posted.visit.actor(), Command::AttachFile(command)).await? {
            desk::handle::Outcome::File(id) => attached.push(id),
            other => return Err(Error::internal(format!("{other:?} is no file"))),
        }
    }
    Ok(attached)
}

async fn detach(app: &App, ticket: Id, posted: &Posted) -> Result<()> {
    let file = posted.field("detach");
    if file.is_empty() {
        return Ok(());
    }
    let file = file.parse().map_err(|_| Error::not_found("file"))?;
    app.desk.handle(&posted.visit.actor(), Command::DetachFile(DetachFile { ticket, file })).await.map(drop)
}

/// What is kept of a draft of the viewer's.
pub(super) async fn kept(visit: &Visit, ticket: Id, kind: Kind) -> Result<Option<Draft>> {
    let drafts = drafts::of_ticket(&mut visit.read().await?, visit.scope()?, &visit.actor(), ticket).await?;
    Ok(drafts.into_iter().find(|draft| draft.kind == kind))
}

async fn kept_files(visit: &Visit, ticket: Id, kind: Kind) -> Result<Vec<DraftFile>> {
    let files = kept(visit, ticket, kind).await?.map(|draft| draft.files).unwrap_or_default();
    Ok(files.iter().map(file_view).collect())
}

/// An answer to a script: what went wrong in words, which it shows.
fn in_words(outcome: Result<Response>) -> Response {
    outcome.unwrap_or_else(|error| {
        let status = crate::edge::problem::status_of(error.kind);
        let words = match error.kind {
            desk::error::Kind::Internal => crate::edge::Problem::from(error).detail().to_owned(),
            _ => error.to_string(),
        };
        (status, [(CONTENT_TYPE, "text/plain; charset=utf-8")], words).into_response()
    })
}
