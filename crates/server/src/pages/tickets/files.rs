//! `GET /tickets/{id}/messages/{message}` and `GET /attachments/{id}`: a mail as it looked, and what came with it.

use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use desk::{Error, attachments, messages};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use store::Id;

use super::show::read_id;
use crate::pages::mail::parts::framed;
use crate::pages::visit::Visit;
use crate::state::App;

/// A message's HTML, made safe on its way in, for a frame of ours.
pub async fn html(visit: Visit, Path((ticket, message)): Path<(String, String)>) -> Response {
    let work = async {
        let scope = visit.scope()?;
        let mut conn = visit.read().await?;
        let ticket = desk::tickets::show(&mut conn, scope, read_id(&ticket)?).await?;
        let message: Id = message.parse().map_err(|_| Error::not_found("message"))?;
        let message = messages::find(&mut conn, message).await?.filter(|message| message.ticket == ticket.id);
        let html = message.and_then(|message| message.html).ok_or_else(|| Error::not_found("message"))?;
        Ok(framed(html))
    };
    visit.answer(work).await
}

/// An attachment, always as a file to keep: nothing that somebody sent is shown in the desk's own name.
pub async fn attachment(State(app): State<App>, visit: Visit, Path(id): Path<String>) -> Response {
    let work = async {
        let id: Id = id.parse().map_err(|_| Error::not_found("attachment"))?;
        let found = attachments::show(&mut visit.read().await?, visit.scope()?, id).await?;
        let bytes = app.desk.shelf.read(&found.storage_key).await?;
        // RFC 6266, section 4.3: the extended form takes any name.
        let name = utf8_percent_encode(&found.name, NON_ALPHANUMERIC);
        let headers = [
            (CONTENT_TYPE, "application/octet-stream".to_owned()),
            (CONTENT_DISPOSITION, format!("attachment; filename*=UTF-8''{name}")),
            (CACHE_CONTROL, "private, no-store".to_owned()),
        ];
        Ok((headers, bytes).into_response())
    };
    visit.answer(work).await
}
