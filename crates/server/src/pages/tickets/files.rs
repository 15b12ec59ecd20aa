//! `GET /tickets/{id}/messages/{message}` and `GET /attachments/{id}`: a mail as it looked, and what came with it.

use std::collections::{BTreeMap, HashMap};

use axum::extract::{Path, Query, State};
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use desk::attachments::{self, Attachment, Shelf};
use desk::{Error, messages};
use store::Id;

use super::show::read_id;
use crate::pages::mail::parts::{framed, framed_with_images, kept};
use crate::pages::visit::Visit;
use crate::state::App;

/// What a browser shows as a picture without running anything.
const PICTURES: [&str; 4] = ["image/png", "image/jpeg", "image/gif", "image/webp"];
/// The most that the pictures within a mail may hold together to be shown in it, in bytes; the others are kept as files.
const WITHIN_MAX: usize = 10 * 1024 * 1024;

/// A message's HTML, made safe on its way in, for a frame of ours. Pictures from elsewhere are shown for `?images=1` alone: whoever asks
/// for this one message has agreed to it.
pub async fn html(
    State(app): State<App>,
    visit: Visit,
    Path((ticket, message)): Path<(String, String)>,
    Query(query): Query<BTreeMap<String, String>>,
) -> Response {
    let work = async {
        let scope = visit.scope()?;
        let mut conn = visit.read().await?;
        let ticket = desk::tickets::show(&mut conn, scope, read_id(&ticket)?).await?;
        let message: Id = message.parse().map_err(|_| Error::not_found("message"))?;
        let message = messages::find(&mut conn, message).await?.filter(|message| message.ticket == ticket.id);
        let message = message.ok_or_else(|| Error::not_found("message"))?;
        let html = message.html.ok_or_else(|| Error::not_found("message"))?;
        let files = if shows_files(&html) { attachments::of_message(&mut conn, message.id).await? } else { Vec::new() };
        drop(conn);
        let html = with_pictures(&app.desk.shelf, html, &files).await?;
        match query.get("images").map(String::as_str) {
            Some("1") => Ok(framed_with_images(mail::sanitise::show_remote_images(&html))),
            _ => Ok(framed(html)),
        }
    };
    visit.answer(work).await
}

/// Whether the text shows files of its own mail.
pub fn shows_files(html: &str) -> bool {
    !mail::sanitise::inline_ids(html).is_empty()
}

/// How many pictures it would fetch from elsewhere.
pub fn remote_pictures(html: &str) -> u32 {
    let count = html.matches(&format!(" {}=\"", mail::sanitise::REMOTE_SOURCE)).count();
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// The HTML with the pictures of its own mail in their places: a frame of ours has no name of its own, so that it could fetch none.
async fn with_pictures(shelf: &Shelf, html: String, files: &[Attachment]) -> desk::Result<String> {
    let wanted = mail::sanitise::inline_ids(&html);
    let mut pictures = HashMap::new();
    let mut within = 0;
    for file in files.iter().filter(|file| PICTURES.contains(&file.kind.as_str())) {
        let Some(id) = file.content_id.as_ref().filter(|id| wanted.contains(*id)) else { continue };
        within += usize::try_from(file.size).unwrap_or(usize::MAX).min(WITHIN_MAX);
        if within > WITHIN_MAX {
            break;
        }
        let bytes = shelf.read(&file.storage_key).await?;
        pictures.insert(id.clone(), format!("data:{};base64,{}", file.kind, STANDARD.encode(bytes)));
    }
    Ok(mail::sanitise::with_inline_images(&html, |id| pictures.get(id).cloned()))
}

/// An attachment, always as a file to keep: nothing that somebody sent is shown in the desk's own name.
pub async fn attachment(State(app): State<App>, visit: Visit, Path(id): Path<String>) -> Response {
    let work = async {
        let id: Id = id.parse().map_err(|_| Error::not_found("attachment"))?;
        let found = attachments::show(&mut visit.read().await?, visit.scope()?, id).await?;
        Ok(kept(&found.name, app.desk.shelf.read(&found.storage_key).await?))
    };
    visit.answer(work).await
}
